// References as a person types them: `acme`, `acme/report`, `acme promise deck`. Finds what one names, or refuses with the choices.
import type { Book, ClientRecord, Removal } from '../book/book.ts';
import { planOf } from '../book/plan.ts';
import type { Day } from '../day.ts';
import { isEnded } from '../engine/schedule.ts';
import { refusal, UsageError } from '../outcome.ts';
import type { DataPath } from '../problem/problem.ts';
import { nearest } from '../problem/suggest.ts';

export type TargetKind =
  | 'client'
  | 'engagement'
  | 'step'
  | 'touch'
  | 'promise'
  | 'issue'
  | 'occasion'
  | 'start'
  | 'offer'
  | 'partner'
  | 'script'
  | 'email'
  | 'person'
  | 'segment';

/** Something that can be named on the command line, and where it is written. */
export type Target = {
  readonly kind: TargetKind;
  /** The shortest form that is never ambiguous. */
  readonly ref: string;
  readonly client: string | undefined;
  readonly engagement: string | undefined;
  /** Its own id: of a step, a promise, a kind of touch, an offer ... */
  readonly id: string;
  readonly file: string;
  readonly path: DataPath;
};

type Candidate = { readonly names: readonly string[]; readonly target: Target };

export type Wanted = {
  readonly kinds: readonly TargetKind[];
  /** What the command can act on; everything of the kinds when left out. */
  readonly where?: (target: Target) => boolean;
  /** Steps of ended engagements too. */
  readonly includeEnded?: true;
  /** What a person calls one: "step". */
  readonly noun: string;
};

/** `words` are the arguments as typed: `acme report` is `acme/report`. Throws UsageError. */
export function findTarget(book: Book, today: Day, words: readonly string[], wanted: Wanted): Target {
  const parts = words
    .join('/')
    .split('/')
    .filter((part) => part !== '');
  const found = narrow(candidatesFor(book, today, parts[0] ?? '', wanted), parts);
  const targets = [...new Map(found.map((it) => [it.target.ref, it.target])).values()];
  const [only] = targets;
  if (only && targets.length === 1) return sure(book, only, parts);
  const written = parts.join('/');
  if (targets.length > 1) {
    throw new UsageError(`\`${written}\` could be ${listed(targets.map((it) => it.ref))}`, 'write it in full');
  }
  throw unknownReference(book, today, parts, wanted);
}

/** What these words name in full, when that is one thing. */
export function findExact(book: Book, today: Day, words: readonly string[], wanted: Wanted): Target | undefined {
  const name = words.join('/');
  const found = candidatesFor(book, today, name.split('/')[0] ?? '', wanted).filter(
    (it) => it.names.join('/') === name,
  );
  const targets = [...new Map(found.map((it) => [it.target.ref, it.target])).values()];
  return targets.length === 1 ? targets[0] : undefined;
}

/** All there is of these kinds, in a stable order: the choices of a question. */
export const allTargets = (book: Book, today: Day, wanted: Wanted): readonly Target[] => [
  ...new Map(candidatesFor(book, today, '', wanted).map((it) => [it.target.ref, it.target])).values(),
];

/** Those of one client, or of the records that belong to none. */
export const targetsOf = (book: Book, today: Day, client: string, wanted: Wanted): readonly Target[] => [
  ...new Map(candidatesFor(book, today, client, wanted).map((it) => [it.target.ref, it.target])).values(),
];

/** A short name may also be that of a step which an error took out of another engagement: then it is not sure. */
function sure(book: Book, target: Target, parts: readonly string[]): Target {
  if (target.kind !== 'step' || parts.length > 2) return target;
  const other = book.removals.find(
    ({ kind, id, path }) =>
      kind === 'client' &&
      id === target.client &&
      path[2] === 'steps' &&
      path[3] === target.id &&
      path[1] !== target.engagement,
  );
  if (!other) return target;
  throw refusal(
    `\`${parts.join('/')}\` may also be ${target.client}/${other.path[1]}/${target.id}, which has an error`,
    `write ${target.client}/${target.engagement}/${target.id}, or mend that first: deliver validate`,
  );
}

/** Part by part: an exact name beats a beginning, and only names of this length are meant. */
function narrow(candidates: readonly Candidate[], parts: readonly string[]): readonly Candidate[] {
  return parts.reduce(
    (left, part, i) => {
      const exact = left.filter((it) => it.names[i] === part);
      return exact.length > 0 ? exact : left.filter((it) => it.names[i]?.startsWith(part));
    },
    candidates.filter((it) => it.names.length === parts.length),
  );
}

const CLIENT_KINDS: readonly TargetKind[] = [
  'client',
  'engagement',
  'step',
  'touch',
  'promise',
  'issue',
  'occasion',
  'start',
];

function candidatesFor(book: Book, today: Day, first: string, wanted: Wanted): readonly Candidate[] {
  const kinds = new Set(wanted.kinds);
  const clients = CLIENT_KINDS.some((kind) => kinds.has(kind))
    ? [...book.clients.values()].filter((client) => client.id.startsWith(first))
    : [];
  const ofClients = clients.flatMap((client) => clientCandidates(book, today, client, wanted));
  const others = [...otherCandidates(book)];
  return [...ofClients, ...others].filter(
    ({ target }) => kinds.has(target.kind) && (wanted.where === undefined || wanted.where(target)),
  );
}

function clientCandidates(book: Book, today: Day, client: ClientRecord, wanted: Wanted): readonly Candidate[] {
  const { id, file } = client;
  const under = (kind: 'promise' | 'issue' | 'occasion', entries: object | undefined): readonly Candidate[] =>
    Object.keys(entries ?? {}).flatMap((key) => {
      const target: Target = {
        kind,
        ref: `${id}/${kind}/${key}`,
        client: id,
        engagement: undefined,
        id: key,
        file,
        path: [`${kind}s`, key],
      };
      const long: Candidate = { names: [id, kind, key], target };
      // Where only one kind can be meant its name need not be said.
      return wanted.kinds.length === 1 ? [long, { names: [id, key], target }] : [long];
    });
  const named = (kind: 'touch' | 'start', key: string, path: DataPath): Candidate => ({
    names: [id, kind, key],
    target: { kind, ref: `${id}/${kind}/${key}`, client: id, engagement: undefined, id: key, file, path },
  });
  const segment = book.service.segments?.[client.segment ?? ''];
  const kindsOfTouch = [...new Set([...Object.keys(client.cadence ?? {}), ...Object.keys(segment?.cadence ?? {})])];
  const repeating = Object.values(client.engagements ?? {}).flatMap((it) =>
    it.offer && book.offers.get(it.offer.id)?.repeats ? [it.offer.id] : [],
  );
  return [
    { names: [id], target: { kind: 'client', ref: id, client: id, engagement: undefined, id, file, path: [] } },
    ...under('promise', client.promises),
    ...under('issue', client.issues),
    ...under('occasion', client.occasions),
    ...kindsOfTouch.map((kind) => named('touch', kind, ['cadence', kind])),
    ...[...new Set(repeating)].map((offer) => named('start', offer, ['engagements'])),
    ...engagementCandidates(book, today, client, wanted),
  ];
}

function engagementCandidates(book: Book, today: Day, client: ClientRecord, wanted: Wanted): readonly Candidate[] {
  const { id, file } = client;
  const engagements = Object.entries(client.engagements ?? {}).filter(
    ([, engagement]) => wanted.includeEnded === true || !isEnded(engagement, today),
  );
  const plans = engagements.map(([engagement]) => ({
    engagement,
    steps: planOf(book, client, engagement)?.steps ?? [],
  }));
  const isShared = (step: string): boolean =>
    plans.filter((it) => it.steps.some((each) => each.id === step)).length > 1;
  return plans.flatMap(({ engagement, steps }): readonly Candidate[] => [
    {
      names: [id, engagement],
      target: {
        kind: 'engagement',
        ref: `${id}/${engagement}`,
        client: id,
        engagement,
        id: engagement,
        file,
        path: ['engagements', engagement],
      },
    },
    ...steps.flatMap((step): readonly Candidate[] => {
      const ref = isShared(step.id) ? `${id}/${engagement}/${step.id}` : `${id}/${step.id}`;
      const target: Target = { kind: 'step', ref, client: id, engagement, id: step.id, file, path: step.progressPath };
      return [
        { names: [id, step.id], target },
        { names: [id, engagement, step.id], target },
      ];
    }),
  ]);
}

/** Records that belong to no client: by their id, and as `offer/audit` where two share one. */
function* otherCandidates(book: Book): Generator<Candidate> {
  const records = { offer: book.offers, partner: book.partners, script: book.scripts, email: book.emails } as const;
  const entries = {
    person: [book.practice?.people, 'deliver.yaml', 'people'],
    segment: [book.service.segments, 'service.yaml', 'segments'],
  } as const;
  for (const [kind, found] of Object.entries(records)) {
    for (const { id, file } of found.values()) yield* namedTwice(kind as TargetKind, id, file, []);
  }
  for (const [kind, [found, file, key]] of Object.entries(entries)) {
    for (const id of Object.keys(found ?? {})) yield* namedTwice(kind as TargetKind, id, file, [key, id]);
  }
}

function* namedTwice(kind: TargetKind, id: string, file: string, path: DataPath): Generator<Candidate> {
  const target: Target = { kind, ref: `${kind}/${id}`, client: undefined, engagement: undefined, id, file, path };
  yield { names: [kind, id], target };
  yield { names: [id], target };
}

/** The error that may be why something is not there: in the record itself, in an entry of that name, in a running offer. */
function removalBehind(book: Book, parts: readonly string[], client: ClientRecord | undefined): Removal | undefined {
  const own = book.removals.find(
    (it) =>
      it.kind !== 'touches' &&
      it.id === parts[0] &&
      (it.path.length === 0 || it.path[0] === 'engagements' || parts.includes(String(it.path.at(-1)))),
  );
  const offers = new Set(
    Object.values(client?.engagements ?? {}).flatMap((it) => (it.offer && it.ended === undefined ? [it.offer.id] : [])),
  );
  return (
    own ??
    book.removals.find(
      (it) => (it.kind === 'offer' || it.kind === 'past-offer') && offers.has(it.id.replace(/@.*$/, '')),
    )
  );
}

function unknownReference(book: Book, today: Day, parts: readonly string[], wanted: Wanted): UsageError {
  const written = parts.join('/');
  const client = book.clients.get(parts[0] ?? '');
  const broken = removalBehind(book, parts, client);
  if (broken) return refusal(`${broken.file} has errors, so \`${written}\` cannot be used`, 'deliver validate');
  // Of a client that is named rightly only what is theirs can be meant.
  const meant = candidatesFor(book, today, client?.id ?? '', wanted).filter(
    (it) => !client || it.target.client === client.id,
  );
  const close = nearest(written, new Set(meant.flatMap((it) => [it.names.join('/'), it.target.ref])));
  const ofClient = client ? allTargets(book, today, wanted).filter((it) => it.client === client.id) : [];
  const hint = ofClient.length > 0 ? `${client?.name} has ${listed(ofClient.map((it) => it.ref))}` : undefined;
  return new UsageError(
    `there is no ${wanted.noun} \`${written}\`${close === undefined ? '' : `, did you mean \`${close}\`?`}`,
    hint,
  );
}

const MOST = 8;

export const listed = (names: readonly string[]): string =>
  names.length > MOST ? `${names.slice(0, MOST).join(', ')} and ${names.length - MOST} more` : names.join(', ');

/** A client by its id or a unique beginning of it. Throws UsageError. */
export function findClient(book: Book, today: Day, written: string): ClientRecord {
  const target = findTarget(book, today, [written], { kinds: ['client'], noun: 'client' });
  const client = book.clients.get(target.id);
  if (!client) throw new Error(`no client ${target.id}`);
  return client;
}
