// Random command lines that make sense for a practice as it is now, and the entries that each may change.
import fc from 'fast-check';
import { CORE_SCHEMA, load } from 'js-yaml';
import { addDays, type Day, daysBetween } from '../../src/day.ts';

export const TODAY = '2026-11-23' as Day;

export type Path = readonly (string | number)[];
// biome-ignore lint/suspicious/noExplicitAny: data of no known shape, read by another program
export type Loose = any;

/** What a random number makes of it depends on the practice. */
export type Wish = {
  readonly verb: (typeof VERBS)[number];
  readonly picks: readonly number[];
  readonly text: string;
};

export type Called = {
  readonly argv: readonly string[];
  readonly client: string;
  /** Entries of the client's file that it may change; of a list, one past its end is a new one. */
  readonly entries: readonly Path[];
  /** Entries of a map, of which one may be new. */
  readonly fresh: readonly Path[];
  readonly logs: boolean;
  /** What must be read from the files afterwards: of the client's file, or of its log. */
  readonly written: (client: Loose, log: Loose) => boolean;
};

const VERBS = [
  ...['done', 'touch', 'skip', 'done', 'touch', 'skip', 'reopen', 'moveStep', 'movePromise', 'hold', 'resume'],
  ...['start', 'finish', 'promise', 'kept', 'issue', 'closed', 'snooze', 'pause', 'segment'],
] as const;

const TRAPS = [
  ...['yes', 'null', '~', '012', '1:20', '2026-11-20', '#1', 'a #b', 'a: b', '- a', '[x', '{{client.name}}', 'a, b'],
  ...["it's", '"so"', ' blanks ', 'two\nlines\n', 'tab\there', '*alias', '&anchor', '!tag', '% off', '@home', '`tick`'],
  ...['João, Inês & Zoë', '多谢', '🎉', '\u2028', '\u0085x', 'back\\slash', '| x', '> y', '?', ':', '…', 'x:', '- '],
];

const anyText = fc
  .oneof(fc.constantFrom(...TRAPS), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }))
  .filter((text) => text.trim() !== '' && !text.includes('\0'));

export const anyWish: fc.Arbitrary<Wish> = fc.record({
  verb: fc.constantFrom(...VERBS),
  picks: fc.array(fc.nat(9999), { minLength: 5, maxLength: 5 }),
  text: anyText,
});

/** By another reader than the program's; of no text, no data. */
export const readData = (text: string): Loose =>
  text === '' ? {} : load(text.replace(/^\ufeff/, ''), { schema: CORE_SCHEMA });

/** The command line a wish comes to; undefined where there is nothing it could be about. */
export function commandFor(
  { verb, picks, text }: Wish,
  clients: readonly string[],
  textOf: (file: string) => string,
): Called | undefined {
  const [p, q, r, s, t] = picks as [number, number, number, number, number];
  const id = pick(clients, p) as string;
  const data = readData(textOf(`clients/${id}.yaml`));
  const running = Object.entries<Loose>(data.engagements ?? {}).filter(([, it]) => it.ended === undefined);
  const [name = '', engagement] = pick(running, q) ?? [];
  const at = ['engagements', name];
  const started = (engagement?.started ?? TODAY) as Day;
  const on = addDays(started, r % (daysBetween(started, TODAY) + 1));
  const ahead = addDays(TODAY, 1 + (r % 60));
  const why = `--why=${text}`;
  const call = (argv: readonly string[], entries: readonly Path[], more: Partial<Called> = {}): Called => ({
    argv,
    client: id,
    entries,
    fresh: [],
    logs: false,
    written: () => true,
    ...more,
  });
  const steps = engagement === undefined ? [] : stepsOf(engagement, textOf);
  const progress = (step: string): Loose => engagement.steps?.[step];
  const isClosed = (step: string): boolean =>
    progress(step)?.done !== undefined || progress(step)?.skipped !== undefined;
  const open = pick(
    steps.filter((step) => !isClosed(step)),
    s,
  );
  const closed = pick(steps.filter(isClosed), s);
  const from = (step: string): readonly string[] => [`${id}/${name}/${step}`];
  const stepIn = (client: Loose, step: string): Loose => client.engagements[name].steps[step];

  switch (verb) {
    case 'done':
      if (open === undefined) return undefined;
      return call(['done', ...from(open), '--anyway', `--on=${on}`], [[...at, 'steps', open]], {
        written: (client) => stepIn(client, open).done === on,
      });
    case 'skip':
      if (open === undefined) return undefined;
      return call(['skip', ...from(open), `--on=${on}`, why], [[...at, 'steps', open]], {
        written: (client) => stepIn(client, open).skipped === on && stepIn(client, open).why === text,
      });
    case 'reopen':
      if (closed === undefined) return undefined;
      return call(['reopen', ...from(closed)], [[...at, 'steps', closed]], {
        written: (client) => stepsIn(client, name)?.[closed]?.done === undefined,
      });
    case 'moveStep':
      if (open === undefined) return undefined;
      return call(['move', ...from(open), `--due=${ahead}`, why], [[...at, 'steps', open]], {
        written: (client) => stepIn(client, open).due === ahead && stepIn(client, open).why === text,
      });
    case 'movePromise':
      if (engagement === undefined) return undefined;
      return call(
        ['move', `${id}/${name}`, `--promised=${ahead}`, why],
        [[...at, 'moves', engagement.moves?.length ?? 0]],
        {
          written: (client) => client.engagements[name].moves.at(-1).why === text,
        },
      );
    case 'hold':
      if (engagement === undefined) return undefined;
      return call(['hold', `${id}/${name}`, `--on=${on}`, why], [[...at, 'holds', engagement.holds?.length ?? 0]], {
        written: (client) => client.engagements[name].holds.at(-1).why === text,
      });
    case 'resume': {
      if (engagement === undefined) return undefined;
      const index = (engagement.holds ?? []).findIndex((it: Loose) => it.to === undefined);
      const milestone = pick(Object.keys(engagement.milestones ?? {}), s);
      const isSet = t % 2 === 0 && milestone !== undefined;
      return call(
        ['resume', `${id}/${name}`, ...(isSet ? [`--set=${milestone}=${ahead}`] : [])],
        [[...at, 'holds', index], ...(isSet ? [[...at, 'milestones', milestone]] : [])],
      );
    }
    case 'start': {
      const offer = pick(['audit', 'dashboard', 'offboarding', 'retainer'], s) as string;
      const milestone = { audit: 'workshop', dashboard: 'go-live', offboarding: 'last-day' }[offer];
      return call(
        [
          ...['start', id, offer, '--anyway', '--segment=B', `--on=${addDays(TODAY, -(r % 20))}`],
          ...(milestone === undefined ? [] : [`--milestones=${milestone}=${ahead}`]),
        ],
        [['segment'], ['segment_since'], ['status'], ['since']],
        { fresh: [['engagements']] },
      );
    }
    case 'finish':
      if (engagement === undefined) return undefined;
      return call(
        [
          ...['finish', `${id}/${name}`, `--on=${on}`, `--open=${t % 2 === 0 ? 'skip' : 'leave'}`],
          ...(t % 3 === 0 ? ['--cancelled', why] : []),
        ],
        [
          [...at, 'ended'],
          [...at, 'result'],
          [...at, 'why'],
          ...steps.filter((step) => !isClosed(step)).map((step) => [...at, 'steps', step]),
        ],
        { written: (client) => client.engagements[name].ended === on },
      );
    case 'promise':
      return call(['promise', `--by=${ahead}`, id, '--', text], [], {
        fresh: [['promises']],
        written: (client) => Object.values<Loose>(client.promises).some((it) => it.what === text),
      });
    case 'issue':
      return call(['issue', `--kind=${pick(['quality', 'other'], s)}`, id, '--', text], [], { fresh: [['issues']] });
    case 'kept':
    case 'closed': {
      const [map, flag] = verb === 'kept' ? ['promises', 'kept'] : ['issues', 'closed'];
      const key = pick(
        Object.keys(data[map as string] ?? {}).filter((it) => data[map as string][it][flag as string] === undefined),
        s,
      );
      if (key === undefined) return undefined;
      const ref = `${id}/${map?.slice(0, -1)}/${key}`;
      return call([verb === 'kept' ? 'promise' : 'issue', ref, `--${flag}`], [[map as string, key]], {
        written: (client) => client[map as string][key][flag as string] === TODAY,
      });
    }
    case 'snooze': {
      const kind = pick(['check-in', 'review', 'birthday', 'lunch'], s) as string;
      return call(['snooze', id, kind, `--to=${ahead}`, why], [['snooze', kind]], {
        written: (client) => client.snooze[kind].why === text,
      });
    }
    case 'pause':
      return call(['pause', id, `--to=${ahead}`, why], [['pause']], { written: (client) => client.pause.why === text });
    case 'segment': {
      const segment = pick(['A', 'B', 'C'], s) as string;
      return call(['segment', id, segment, ...(t % 2 === 0 ? [why] : [])], [['segment'], ['segment_since']], {
        logs: t % 2 === 0,
        written: (client) => client.segment === segment,
      });
    }
    case 'touch': {
      const kind = pick(['call', 'email', 'check-in', 'note'], s) as string;
      const contact = pick(Object.keys(data.contacts ?? {}), t);
      const note = `${text}${t}`;
      return call(
        [
          ...['touch', `--on=${addDays(TODAY, -(r % 20))}`, ...(contact === undefined ? [] : [`--with=${contact}`])],
          ...(t % 3 === 0 ? ['--in'] : []),
          ...[id, kind, '--', note],
        ],
        [],
        { logs: true, written: (_, log) => log.at(-1).note === note && log.at(-1).kind === kind },
      );
    }
  }
}

const stepsIn = (client: Loose, engagement: string): Loose => client.engagements[engagement].steps;

const pick = <T>(from: readonly T[], number: number): T | undefined => from[number % Math.max(from.length, 1)];

function stepsOf(engagement: Loose, textOf: (file: string) => string): readonly string[] {
  const [offer = '', version] = String(engagement.offer).split('@');
  const present = readData(textOf(`offers/${offer}.yaml`));
  const used =
    version === undefined || Number(version) === (present.version ?? 1)
      ? present
      : readData(textOf(`offers/past/${offer}@${version}.yaml`));
  const lists: readonly Loose[] = used.steps ? [used] : Object.values(used.phases ?? {});
  const own = Object.keys(engagement.steps ?? {}).filter((step) => engagement.steps[step]?.title !== undefined);
  return [...lists.flatMap((each) => Object.keys(each.steps)), ...own];
}
