// All names there are on the command line: of clients and what is theirs, and of the records that belong to none; also of what
// cannot be used. Knows not what was typed, nor which of them a command wants.
import { type Book, type ClientRecord, kindIds, peopleIds, type Removal, segmentIds } from '../book/book.ts';
import { planOf } from '../book/plan.ts';
import { entryNames, type Names, recordNames } from '../book/standing.ts';
import { type EngagementNames, engagementNames } from '../book/standing-steps.ts';
import type { Day } from '../day.ts';
import type { DataPath } from '../problem/problem.ts';
import type { Name, NameKind } from './resolve.ts';

export type TargetKind = Exclude<NameKind, 'milestone' | 'contact' | 'rung' | 'part'>;

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

export type Candidate = Name<Target>;

/** What can be said in a shorter way where a command takes one kind alone: `acme/deck` of a promise. */
export type Short = 'promise' | 'issue' | 'occasion' | undefined;

/** Every client there is; one that cannot be read may have anything. */
export function clientNames(book: Book): readonly Candidate[] {
  const { known, unread } = recordNames(book, 'client', book.clients.keys());
  const every: readonly Candidate[] = unread
    ? [{ parts: [], ref: unread.file, kind: 'client', thing: undefined, lost: unread, isOpen: 'all' }]
    : [];
  return [
    ...every,
    ...known.map(({ id, lost }): Candidate => {
      const file = book.clients.get(id)?.file ?? '';
      const target: Target = { kind: 'client', ref: id, client: id, engagement: undefined, id, file, path: [] };
      return lost
        ? { parts: [id], ref: id, kind: 'client', thing: undefined, lost, isOpen: 'all' }
        : { parts: [id], ref: id, kind: 'client', thing: target };
    }),
  ];
}

/** What is theirs, below their id. */
export function namesOfClient(book: Book, today: Day, client: ClientRecord, short: Short): readonly Candidate[] {
  return [
    ...entries(book, client, 'promise', client.promises, short),
    ...entries(book, client, 'issue', client.issues, short),
    ...entries(book, client, 'occasion', client.occasions, short),
    ...touchNames(book, client),
    ...startNames(book, client),
    ...workNames(book, today, client),
  ];
}

const inClient = (book: Book, client: ClientRecord, path: DataPath, present: object | undefined): Names =>
  entryNames(book, { kind: 'client', id: client.id }, path, Object.keys(present ?? {}));

/** Names of a kind that are written `acme/promise/deck`. */
function named(
  client: ClientRecord,
  kind: TargetKind,
  { known, unread }: Names,
  pathOf: (id: string) => DataPath,
): readonly Candidate[] {
  const { id: of, file } = client;
  const container: Candidate = { parts: [of, kind], ref: `${of}/${kind}`, kind: 'part', thing: undefined };
  return [
    container,
    ...(unread ? [{ ...container, kind, lost: unread, isOpen: 'all' as const, reach: 3 }] : []),
    ...known.map(({ id, lost }): Candidate => {
      const ref = `${of}/${kind}/${id}`;
      const target: Target = { kind, ref, client: of, engagement: undefined, id, file, path: pathOf(id) };
      return { parts: [of, kind, id], ref, kind, thing: lost ? undefined : target, lost };
    }),
  ];
}

function entries(
  book: Book,
  client: ClientRecord,
  kind: 'promise' | 'issue' | 'occasion',
  present: object | undefined,
  short: Short,
): readonly Candidate[] {
  const key = `${kind}s`;
  const long = named(client, kind, inClient(book, client, [key], present), (id) => [key, id]);
  if (kind !== short) return long;
  // Where only one kind can be meant its name need not be typed.
  const shorter = long.flatMap((it): readonly Candidate[] => {
    if (it.kind === 'part') return [];
    return [{ ...it, parts: [client.id, ...it.parts.slice(2)], ...(it.reach ? { reach: it.reach - 1 } : {}) }];
  });
  return [...long, ...shorter];
}

/** Every kind of touch, whether or not a rule makes it due: `call` must not be taken for `call-back`. */
function touchNames(book: Book, client: ClientRecord): readonly Candidate[] {
  const own = inClient(book, client, ['cadence'], client.cadence);
  const segment = book.service.segments?.[client.segment ?? ''];
  const kinds = entryNames(book, SERVICE, ['touches'], [...Object.keys(segment?.cadence ?? {}), ...kindIds(book)]);
  const ofSegment = entryNames(book, SERVICE, ['segments', client.segment ?? '', 'cadence'], []);
  const rules = new Map(ofSegment.known.map((it) => [it.id, it.lost]));
  // What the client's own file says of a kind replaces the segment's rule.
  for (const id of Object.keys(client.cadence ?? {})) rules.delete(id);
  const lost = new Map([...rules, ...kinds.known.flatMap((it) => (it.lost ? [[it.id, it.lost] as const] : []))]);
  for (const it of own.known) if (it.lost) lost.set(it.id, it.lost);
  const ids = new Set([...own.known, ...kinds.known, ...ofSegment.known].map((it) => it.id));
  const all = [...ids].map((id) => ({ id, lost: lost.get(id) }));
  const unread = own.unread ?? kinds.unread ?? ofSegment.unread;
  return named(client, 'touch', { known: all, unread }, (id) => ['cadence', id]);
}

const SERVICE = { kind: 'service', id: 'service' } as const;

function startNames(book: Book, client: ClientRecord): readonly Candidate[] {
  const offers = recordNames(book, 'offer', book.offers.keys());
  return named(client, 'start', offers, () => ['engagements']).map((it) =>
    it.thing && !repeats(book, client, it.thing.id)
      ? { ...it, kind: 'offer', thing: { ...it.thing, kind: 'offer' } }
      : it,
  );
}

const repeats = (book: Book, client: ClientRecord, offer: string): boolean =>
  book.offers.get(offer)?.repeats !== undefined &&
  Object.values(client.engagements ?? {}).some((it) => it.offer?.id === offer);

/** Engagements with their steps and milestones. */
function workNames(book: Book, today: Day, client: ClientRecord): readonly Candidate[] {
  const { known, unread } = engagementNames(book, client);
  const isOver = (it: EngagementNames): boolean => it.ended !== undefined && it.ended <= today;
  const isShort = shortSteps(known, isOver);
  return [
    ...(unread
      ? [
          { ...unknownSteps([client.id], client.id, unread), kind: 'engagement' as const },
          unknownSteps([client.id], client.id, unread),
          { ...unknownSteps([client.id], client.id, unread), reach: 3 },
        ]
      : []),
    ...known.flatMap((it) => engagementCandidates(book, client, it, isOver(it), isShort)),
  ];
}

const unknownSteps = (parts: readonly string[], ref: string, lost: Removal): Candidate => ({
  parts,
  ref,
  kind: 'step',
  thing: undefined,
  lost,
  isOpen: 'all',
  reach: parts.length + 1,
});

/** Whether `acme/report` is enough: no other engagement has, or may have, such a step, unless it ended and this one runs. */
function shortSteps(
  all: readonly EngagementNames[],
  isOver: (it: EngagementNames) => boolean,
): (of: EngagementNames, step: string) => boolean {
  const ids = new Set(all.map((it) => it.id));
  const has = (it: EngagementNames, step: string): boolean =>
    it.steps.unread !== undefined || it.steps.known.some((each) => each.id === step);
  return (of, step) =>
    !ids.has(step) && !all.some((it) => it.id !== of.id && (isOver(of) || !isOver(it)) && has(it, step));
}

function engagementCandidates(
  book: Book,
  client: ClientRecord,
  names: EngagementNames,
  isOver: boolean,
  isShort: (of: EngagementNames, step: string) => boolean,
): readonly Candidate[] {
  const { id, file } = client;
  const { id: engagement, lost, steps, milestones } = names;
  const long = `${id}/${engagement}`;
  const common = { client: id, engagement, file };
  const own: Target = { ...common, kind: 'engagement', ref: long, id: engagement, path: ['engagements', engagement] };
  const paths = new Map(planOf(book, client, engagement)?.steps.map((step) => [step.id, step.progressPath]));
  const twice = (kind: NameKind, step: string, more: Pick<Candidate, 'thing' | 'lost'>): readonly Candidate[] => {
    const ref = `${long}/${step}`;
    return [
      { parts: [id, step], ref, kind, isOver, ...more },
      { parts: [id, engagement, step], ref, kind, isOver, ...more },
    ];
  };
  return [
    { parts: [id, engagement], ref: long, kind: 'engagement', thing: lost ? undefined : own, lost, isOver },
    ...(steps.unread
      ? [[id], [id, engagement]].map((parts) => ({ ...unknownSteps(parts, long, steps.unread as Removal), isOver }))
      : []),
    ...milestones.flatMap((milestone) => twice('milestone', milestone, { thing: undefined })),
    ...steps.known.flatMap((step) => {
      const ref = isShort(names, step.id) ? `${id}/${step.id}` : `${long}/${step.id}`;
      const path = paths.get(step.id) ?? ['engagements', engagement, 'steps', step.id];
      const target: Target = { ...common, kind: 'step', ref, id: step.id, path };
      return twice('step', step.id, { thing: step.lost ? undefined : target, lost: step.lost });
    }),
  ];
}

/** Records that belong to no client: by their id, and as `offer/audit` where two share one. */
export function recordCandidates(book: Book): readonly Candidate[] {
  const people = entryNames(book, { kind: 'practice', id: 'practice' }, ['people'], peopleIds(book));
  const segments = entryNames(book, SERVICE, ['segments'], segmentIds(book));
  const fileOf = (kind: TargetKind, id: string): string => recordsOf(book, kind)?.get(id)?.file ?? '';
  return [
    ...RECORDS.flatMap((kind) =>
      namedTwice(kind, recordNames(book, kind, recordsOf(book, kind)?.keys() ?? []), (id) => [fileOf(kind, id), []]),
    ),
    ...namedTwice('person', people, (id) => ['deliver.yaml', ['people', id]]),
    ...namedTwice('segment', segments, (id) => ['service.yaml', ['segments', id]]),
    ...[...book.clients.values()].map(({ id, file }): Candidate => {
      const thing: Target = { kind: 'client', ref: id, client: id, engagement: undefined, id, file, path: [] };
      return { parts: ['client', id], ref: id, kind: 'client', thing };
    }),
  ];
}

const RECORDS = ['offer', 'partner', 'script', 'email'] as const;

function recordsOf(book: Book, kind: TargetKind): ReadonlyMap<string, { readonly file: string }> | undefined {
  if (kind === 'offer') return book.offers;
  if (kind === 'partner') return book.partners;
  if (kind === 'script') return book.scripts;
  return kind === 'email' ? book.emails : undefined;
}

function namedTwice(
  kind: TargetKind,
  { known, unread }: Names,
  placeOf: (id: string) => readonly [file: string, path: DataPath],
): readonly Candidate[] {
  const open = (parts: readonly string[]): Candidate => ({
    parts,
    ref: kind,
    kind,
    thing: undefined,
    lost: unread,
    isOpen: 'beginnings',
    reach: parts.length + 1,
  });
  return [
    { parts: [kind], ref: kind, kind: 'part', thing: undefined },
    ...(unread ? [open([kind]), open([])] : []),
    ...known.flatMap(({ id, lost }): readonly Candidate[] => {
      const [file, path] = placeOf(id);
      const ref = `${kind}/${id}`;
      const target: Target = { kind, ref, client: undefined, engagement: undefined, id, file, path };
      const name = { ref, kind, thing: lost ? undefined : target, lost };
      return [
        { ...name, parts: [kind, id] },
        { ...name, parts: [id] },
      ];
    }),
  ];
}
