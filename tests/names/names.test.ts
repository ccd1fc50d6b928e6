// Whatever is broken in a folder: a name that is typed, in full or in short, means the thing that bears it and nothing else.
// What a command did is read off the lines it changed and the data it printed. SOAK=1 runs it for a long time.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BUILT_IN } from '../../src/book/built-in.generated.ts';
import { runs } from '../support/runs.ts';
import { memoryWorld, runDeliver } from '../support/world.ts';
import {
  anyDamage,
  anyFolder,
  anyWord,
  damaged,
  type Entries,
  type Files,
  type Standing,
  standingIn,
  TODAY,
  wordFrom,
} from './folder.ts';

const SOAK = process.env.SOAK === '1' ? 20 : 1;

/** What a command did: the lines it wrote, each with the keys it lies under, and what it printed as data. */
type Deed = {
  readonly exit: number;
  readonly written: readonly { readonly file: string; readonly path: readonly string[]; readonly line: string }[];
  readonly data: Readonly<Record<string, unknown>>;
};

async function run(files: Files, argv: readonly string[]): Promise<Deed> {
  const memory = memoryWorld({ files, today: TODAY });
  const { exit, stdout } = await runDeliver(memory, [...argv, '--json', '--no-input']);
  const written = [...memory.contents].flatMap(([path, after]) => {
    const file = path.replace('/practice/', '');
    if (typeof after !== 'string' || after === files[file] || file.startsWith('.')) return [];
    return linesChanged(files[file] ?? '', after).map((each) => ({ file, ...each }));
  });
  return { exit, written, data: stdout.startsWith('{') ? (JSON.parse(stdout) as Deed['data']) : {} };
}

function linesChanged(
  before: string,
  after: string,
): readonly { readonly path: readonly string[]; readonly line: string }[] {
  const [old, now] = [before.split('\n'), after.split('\n')];
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head += 1;
  let tail = 0;
  while (tail < old.length - head && tail < now.length - head && old.at(-1 - tail) === now.at(-1 - tail)) tail += 1;
  // A line that is gone is told by what it lay under.
  const lines = now.length - tail > head ? { of: now, to: now.length - tail } : { of: old, to: old.length - tail };
  return lines.of.slice(head, lines.to).map((line, i) => ({ line, path: pathOf(lines.of, head + i) }));
}

const indentOf = (line: string): number => line.length - line.trimStart().length;
const keyOf = (line: string): string => /^\s*([\w-]+):/.exec(line)?.[1] ?? '';

function pathOf(lines: readonly string[], at: number): readonly string[] {
  const line = lines[at] ?? '';
  const above = lines.slice(0, at).findLastIndex((each) => each.trim() !== '' && indentOf(each) < indentOf(line));
  return [...(above < 0 ? [] : pathOf(lines, above)), keyOf(line)];
}

/** The only name that a word may stand for: the name itself, else the only one that begins like it. */
function meant(
  names: Iterable<string>,
  word: string,
  isOpen: (name: string) => boolean = () => true,
): string | undefined {
  const all = [...names];
  if (all.includes(word)) return word;
  const starting = all.filter((name) => name.startsWith(word) && isOpen(name));
  return starting.length === 1 ? starting[0] : undefined;
}

/** A thing that a command acted on, as text, and what it may be by the names in the folder; undefined where it must be refused. */
type Verdict = { readonly did: string; readonly may: string | undefined };
type Judge = (deed: Deed, standing: Standing) => readonly Verdict[];
type Case = { readonly argv: readonly string[]; readonly judge: Judge };
type Typed = { readonly client: string; readonly one: string; readonly two: string };

const fileClients = ({ written }: Deed): readonly string[] => [
  ...new Set(written.flatMap(({ file }) => /^(?:clients|touches)\/(.+)\.yaml$/.exec(file)?.[1] ?? [])),
];

/** The client whose files were written, or whom the data are about. */
const onClient =
  ({ client }: Typed): Judge =>
  (deed, { clients }) =>
    [...fileClients(deed), ...(typeof deed.data.client === 'string' ? [deed.data.client] : [])].map((did) => ({
      did,
      may: meant(clients.keys(), client),
    }));

/** All values of a key of the lines that were written: `kind`, `with`, `by` ... */
const valuesOf = ({ written }: Deed, key: string): readonly string[] =>
  written.flatMap(({ line }) => new RegExp(`\\b${key}: ([\\w/]+)`).exec(line)?.[1] ?? []);

const onValue =
  (key: string, word: string, names: (standing: Standing, client: Entries | undefined) => Iterable<string>): Judge =>
  (deed, standing) =>
    valuesOf(deed, key).map((did) => ({
      did,
      may: meant(names(standing, standing.clients.get(fileClients(deed)[0] ?? '')), word),
    }));

const onData =
  (key: string, word: string, names: (standing: Standing) => Iterable<string>): Judge =>
  ({ data }, standing) =>
    typeof data[key] === 'string' ? [{ did: data[key], may: meant(names(standing), word) }] : [];

const both =
  (...judges: readonly Judge[]): Judge =>
  (deed, standing) =>
    judges.flatMap((judge) => judge(deed, standing));

/** An entry of the client: the promise that was kept, the issue that was closed. */
const onEntry =
  (key: 'promises' | 'issues', word: string): Judge =>
  (deed, { clients }) =>
    deed.written.map(({ path }) => {
      const client = clients.get(fileClients(deed)[0] ?? '');
      const isOpen = (id: string) => key !== 'promises' || !client?.kept.includes(id);
      return {
        did: path[0] === key ? (path[1] ?? '') : path.join('.'),
        may: client && meant(client[key], word, isOpen),
      };
    });

type At = { readonly client: string; readonly engagement: string; readonly step: string; readonly isEnded: boolean };

const stepsOf = (standing: Standing, client: string): readonly At[] =>
  [...(standing.clients.get(client)?.engagements ?? [])].flatMap(([engagement, { steps, isEnded }]) =>
    [...new Set(steps)].map((step) => ({ client, engagement, step, isEnded })),
  );

/**
 * The step that `client/one` or `client/one/two` may be, as `client/engagement/step`: of running work before ended. With
 * `isOpen`, and where nothing is named in full, only of steps that the command can act on.
 */
function stepMeant(
  standing: Standing,
  { client, one, two }: Typed,
  form: 'short' | 'long',
  did: At,
): string | undefined {
  const ids = [...standing.clients.keys()];
  const near = ids.includes(client) ? [client] : ids.filter((id) => id.startsWith(client));
  const word = form === 'short' ? one : two;
  const works = near.flatMap((id) => [...(standing.clients.get(id)?.engagements.keys() ?? [])]);
  const inWork = (name: string): boolean =>
    form === 'short' || (works.includes(one) ? name === one : name.startsWith(one));
  const all = near.flatMap((id) => stepsOf(standing, id)).filter((it) => inWork(it.engagement));
  const exact = all.filter((it) => it.step === word);
  // The name of an engagement is not a step's.
  if (form === 'short' && exact.length === 0 && works.includes(word)) return undefined;
  const named = exact.length > 0 ? exact : all.filter((it) => it.step.startsWith(word));
  const isFull = exact.length > 0 && ids.includes(client) && (form === 'short' || works.includes(one));
  const running = named.filter((it) => !it.isEnded);
  const best = running.length > 0 ? running : named;
  // A command may leave out what it cannot act on, unless it is named in full.
  const only = isFull ? (best.length === 1 ? best[0] : undefined) : named.find((it) => nameOf(it) === nameOf(did));
  return only && nameOf(only);
}

const nameOf = ({ client, engagement, step }: At): string => `${client}/${engagement}/${step}`;

const onStep =
  (typed: Typed, form: 'short' | 'long'): Judge =>
  (deed, standing) => {
    const [client = ''] = fileClients(deed);
    const dids = deed.written.flatMap(({ file, path, line }): readonly At[] => {
      const logged = /\bstep: (\w+)\/(\w+)/.exec(line);
      if (logged) return [{ client, engagement: logged[1] ?? '', step: logged[2] ?? '', isEnded: false }];
      if (file.startsWith('touches/')) return [];
      const [top, engagement = '', steps, step = ''] = path;
      const isContainer = path.length < 4 && (steps ?? 'steps') === 'steps' && (top ?? 'engagements') === 'engagements';
      return isContainer
        ? []
        : [{ client, engagement, step: top === 'engagements' ? step : path.join('.'), isEnded: false }];
    });
    return dids.map((did) => ({ did: nameOf(did), may: stepMeant(standing, typed, form, did) }));
  };

/** Of `email` and `script`, from their data; the client is right already. */
const onStepData =
  (typed: Typed): Judge =>
  ({ data }, standing) => {
    if (typeof data.step !== 'string' || typeof data.client !== 'string') return [];
    const did = { client: data.client, engagement: String(data.engagement), step: data.step, isEnded: false };
    return [{ did: nameOf(did), may: stepMeant(standing, typed, 'short', did) }];
  };

/** Of `show` and `explain`, from the reference they print. */
const onStepRef =
  (typed: Typed): Judge =>
  ({ data }, standing) => {
    if (typeof data.ref !== 'string' || data.kind === 'engagement' || data.answer === undefined) return [];
    const parts = data.ref.split('/');
    const [client = '', step = ''] = [parts[0], parts.at(-1)];
    const works = [...(standing.clients.get(client)?.engagements ?? [])];
    const bearers = works.filter(([, it]) => it.steps.includes(step));
    const engagement = parts.length === 3 ? parts[1] : (bearers.find(([, it]) => !it.isEnded) ?? bearers[0])?.[0];
    if (engagement === undefined || parts.length < 2 || (parts.length === 2 && works.some(([id]) => id === step)))
      return [];
    const did = { client, engagement, step, isEnded: false };
    return [{ did: nameOf(did), may: stepMeant(standing, typed, 'short', did) }];
  };

/** An engagement, by what was written below it. */
const onWork =
  ({ client, one }: Typed): Judge =>
  (deed, standing) => {
    const [of = ''] = fileClients(deed);
    const works = standing.clients.get(of)?.engagements ?? new Map<string, Work>();
    return deed.written.flatMap(({ path }) =>
      path[0] === 'engagements' && path.length > 1
        ? [{ did: `${of}/${path[1]}`, may: workMeant(standing, client, one, of, works) }]
        : path.join('.') === 'engagements'
          ? []
          : [{ did: path.join('.'), may: undefined }],
    );
  };

type Work = { readonly isEnded: boolean };

function workMeant(
  { clients }: Standing,
  client: string,
  word: string,
  of: string,
  works: ReadonlyMap<string, Work>,
): string | undefined {
  if (clients.has(client) ? of !== client : !of.startsWith(client)) return undefined;
  const running = (id: string): boolean => works.get(id)?.isEnded === false;
  const only = meant(works.keys(), word, running);
  return only && `${of}/${only}`;
}

const CASES: Readonly<Record<string, (typed: Typed) => Case>> = {
  touch: (it) => ({ argv: ['touch', it.client, 'call', 'x'], judge: onClient(it) }),
  pause: (it) => ({ argv: ['pause', it.client, '--to', '+2w', '--why', 'x'], judge: onClient(it) }),
  promise: (it) => ({ argv: ['promise', it.client, 'Send it', '--by', '+2w'], judge: onClient(it) }),
  issue: (it) => ({ argv: ['issue', it.client, 'Wrong', '--id', 'wrong'], judge: onClient(it) }),
  brief: (it) => ({ argv: ['brief', it.client], judge: onClient(it) }),
  history: (it) => ({ argv: ['history', it.client], judge: onClient(it) }),
  show: (it) => ({
    argv: ['show', it.client],
    judge: ({ data }, { clients }) =>
      data.kind === 'client' ? [{ did: String(data.ref), may: meant(clients.keys(), it.client) }] : [],
  }),
  status: (it) => ({
    argv: ['status', it.client],
    judge: ({ data }, { clients }) =>
      ['promises', 'issues', 'overdue', 'engagements'].flatMap((key) =>
        ((data[key] ?? []) as readonly { client: string }[]).map(({ client }) => ({
          did: client,
          may: meant(clients.keys(), it.client),
        })),
      ),
  }),
  'list promises': (it) => ({
    argv: ['list', 'promises', it.client],
    judge: ({ data }, { clients }) =>
      ((data.items ?? []) as readonly { ref: string }[]).map(({ ref }) => ({
        did: ref.split('/')[0] ?? '',
        may: meant(clients.keys(), it.client),
      })),
  }),
  segment: (it) => ({
    argv: ['segment', it.client, it.one, '--why', 'x'],
    judge: both(onClient(it), (deed, { segments }) =>
      deed.written
        .filter(({ path }) => path[0] === 'segment')
        .map(({ line }) => ({ did: line.split(': ')[1] ?? '', may: meant(segments, it.one) })),
    ),
  }),
  snooze: (it) => ({
    argv: ['snooze', it.client, it.one, '--to', '+2w', '--why', 'x'],
    judge: both(onClient(it), (deed, { kinds }) =>
      deed.written
        .filter(({ path }) => path[0] === 'snooze' && path.length === 2)
        .map(({ path }) => ({ did: path[1] ?? '', may: meant(kinds, it.one) })),
    ),
  }),
  'touch KIND': (it) => ({
    argv: ['touch', it.client, it.one],
    judge: both(
      onClient(it),
      onValue('kind', it.one, ({ kinds }) => [...kinds, ...BUILT_IN_KINDS]),
    ),
  }),
  'touch --with': (it) => ({
    argv: ['touch', it.client, 'call', '--with', it.one],
    judge: both(
      onClient(it),
      onValue('with', it.one, (_, client) => client?.contacts ?? []),
    ),
  }),
  'touch --rung': (it) => ({
    argv: ['touch', it.client, 'chase', '--rung', it.one],
    judge: both(
      onClient(it),
      onValue('rung', it.one, ({ rungs }) => rungs),
    ),
  }),
  '--as': (it) => ({
    argv: ['touch', it.client, 'call', '--as', it.one],
    judge: both(
      onClient(it),
      onValue('by', it.one, ({ people }) => people),
    ),
  }),
  start: (it) => ({
    argv: ['start', it.client, it.one, '--anyway', '--id', 'fresh', '--owner', it.two],
    judge: both(
      onClient(it),
      onValue('offer', it.one, ({ offers }) => offers.keys()),
      onValue('owner', it.two, ({ people }) => people),
    ),
  }),
  offboard: (it) => ({
    argv: ['offboard', it.client, '--reason', 'misfit', '--last-day', '2027-02-26', '--partner', it.one],
    judge: both(
      onClient(it),
      onValue('partner', it.one, ({ partners }) => partners),
    ),
  }),
  bump: (it) => ({
    argv: ['offer', 'bump', it.one],
    judge: (deed, { offers }) =>
      deed.written.flatMap(({ file }) => {
        const did = /^offers\/(?:past\/)?(\w+)/.exec(file)?.[1];
        return did === undefined ? [] : [{ did, may: meant(offers.keys(), it.one) }];
      }),
  }),
  'new client': (it) => ({
    argv: ['new', 'client', 'fresh', '--segment', it.one, '--since', '2026-12-01', '--last-spoke', 'never'],
    judge: onValue('segment', it.one, ({ segments }) => segments),
  }),
  email: (it) => ({
    argv: ['email', it.client, it.one, '--to', it.two],
    judge: both(
      onClient(it),
      onData('template', it.one, ({ emails }) => [...emails, ...BUILT_IN.emails]),
      ({ data }, { clients }) => {
        const [to] = (data.to ?? []) as readonly { name: string }[];
        return to
          ? [{ did: to.name, may: prefixed('N ', meant(clients.get(String(data.client))?.contacts ?? [], it.two)) }]
          : [];
      },
    ),
  }),
  script: (it) => ({
    argv: ['script', it.client, it.one, '--with', it.two],
    judge: both(
      onClient(it),
      onData('script', it.one, ({ scripts }) => [...scripts, ...BUILT_IN.scripts]),
      ({ data }, { clients }) =>
        typeof data.contact === 'string'
          ? [{ did: data.contact, may: meant(clients.get(String(data.client))?.contacts ?? [], it.two) }]
          : [],
    ),
  }),
  'show partner': (it) => ({
    argv: ['show', `partner/${it.one}`],
    judge: ({ data }, { partners }) =>
      typeof data.ref === 'string' ? [{ did: data.ref, may: prefixed('partner/', meant(partners, it.one)) }] : [],
  }),
  'promise --kept': (it) => ({
    argv: ['promise', `${it.client}/promise/${it.one}`, '--kept'],
    judge: both(onClientNear(it), onEntry('promises', it.one)),
  }),
  'issue --closed': (it) => ({
    argv: ['issue', it.client, it.one, '--closed'],
    judge: both(onClientNear(it), onEntry('issues', it.one)),
  }),
  done: (it) => ({
    argv: ['done', `${it.client}/${it.one}`, '--anyway'],
    judge: both(onClientNear(it), onStep(it, 'short')),
  }),
  'done in full': (it) => ({
    argv: ['done', it.client, it.one, it.two, '--anyway'],
    judge: both(onClientNear(it), onStep(it, 'long')),
  }),
  skip: (it) => ({
    argv: ['skip', `${it.client}/${it.one}`, '--why', 'x'],
    judge: both(onClientNear(it), onStep(it, 'short')),
  }),
  reopen: (it) => ({ argv: ['reopen', `${it.client}/${it.one}`], judge: both(onClientNear(it), onStep(it, 'short')) }),
  'move --due': (it) => ({
    argv: ['move', `${it.client}/${it.one}`, '--due', '+2w', '--why', 'x'],
    judge: both(onClientNear(it), onStep(it, 'short')),
  }),
  'touch --step': (it) => ({
    argv: ['touch', it.client, 'call', '--step', it.one],
    judge: both(onClient(it), onStep(it, 'short')),
  }),
  'touch --step with the client': (it) => ({
    argv: ['touch', it.client, 'call', '--step', `${it.client}/${it.one}`],
    judge: both(onClient(it), onStep(it, 'short')),
  }),
  'email --step': (it) => ({
    argv: ['email', it.client, 'chase-firm', '--step', it.one],
    judge: both(onClient(it), onStepData(it)),
  }),
  explain: (it) => ({ argv: ['explain', `${it.client}/${it.one}`], judge: onStepRef(it) }),
  hold: (it) => ({ argv: ['hold', `${it.client}/${it.one}`, '--why', 'x'], judge: both(onClientNear(it), onWork(it)) }),
  finish: (it) => ({
    argv: ['finish', `${it.client}/${it.one}`, '--open', 'leave'],
    judge: both(onClientNear(it), onWork(it)),
  }),
  'move --promised': (it) => ({
    argv: ['move', `${it.client}/${it.one}`, '--promised', '+4w', '--why', 'x'],
    judge: both(onClientNear(it), onWork(it)),
  }),
};

const prefixed = (before: string, name: string | undefined): string | undefined =>
  name === undefined ? undefined : before + name;

/** Where more follows the client, its beginning may be that of several, as long as what follows is one thing's. */
const onClientNear =
  ({ client }: Typed): Judge =>
  (deed, { clients }) =>
    fileClients(deed).map((did) => ({
      did,
      may: clients.has(client) ? client : did.startsWith(client) ? did : undefined,
    }));

const BUILT_IN_KINDS = ['email', 'call', 'meeting', 'message', 'post', 'chase', 'survey', 'referral', 'note'];

const anyWords = fc.record({ client: anyWord, one: anyWord, two: anyWord });
type Words = typeof anyWords extends fc.Arbitrary<infer T> ? T : never;

/** A client, and what may be theirs. */
function typedFrom({ clients }: Standing, words: Words): Typed {
  const client = wordFrom([...clients.keys()], words.client);
  const own = [...clients].flatMap(([id, it]) => (id.startsWith(client) ? namesOf(it) : []));
  return { client, one: wordFrom(own, words.one), two: wordFrom(own, words.two) };
}

const namesOf = ({ contacts, promises, issues, engagements }: Entries): readonly string[] => [
  ...contacts,
  ...promises,
  ...issues,
  ...[...engagements].flatMap(([id, { steps }]) => [id, ...steps]),
];

describe.each(Object.entries(CASES))('%s', (_, caseFor) => {
  test('acts on the named thing or on nothing', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyFolder,
        anyDamage,
        fc.array(anyWords, { minLength: 4, maxLength: 4 }),
        async (folder, damages, words) => {
          const files = damaged(folder, damages);
          const standing = standingIn(files);
          for (const each of words) {
            const typed = typedFrom(standing, each);
            const { argv, judge } = caseFor(typed);
            const deed = await run(files, argv);
            expect(deed.exit).not.toBe(3);
            for (const { did, may } of judge(deed, standing))
              expect({ argv, did }).toEqual({ argv, did: may ?? 'nothing' });
          }
        },
      ),
      { numRuns: runs(50) * SOAK },
    );
  });
});

test('the names are met often enough', async () => {
  const counted = { acted: 0, refused: 0, unknown: 0 };
  const cases = Object.values(CASES);
  const samples = fc.sample(fc.tuple(anyFolder, anyDamage, anyWords), { numRuns: 150, seed: 7 });
  for (const [i, [folder, damages, words]] of samples.entries()) {
    const files = damaged(folder, damages);
    const argv = cases[i % cases.length]?.(typedFrom(standingIn(files), words)).argv ?? [];
    const { exit } = await run(files, argv);
    counted[exit === 0 ? 'acted' : exit === 1 ? 'refused' : 'unknown'] += 1;
  }
  expect(Math.min(counted.acted, counted.refused, counted.unknown)).toBeGreaterThan(20);
});
