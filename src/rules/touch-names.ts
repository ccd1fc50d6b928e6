// touch/unknown: a kind, contact, person, step or rung in a log that is not known. Only a warning: history stays valid.
import { type Book, type ClientRecord, isRemoved, type TouchLog } from '../book/book.ts';
import { isLostEntry, isLostInOffer, removalsOf } from '../book/lost.ts';
import type { Problem } from '../problem/problem.ts';
import type { Suggest } from '../problem/suggest.ts';
import type { Ladder } from '../records/service.ts';
import type { Touch } from '../records/touches.ts';
import type { Breach } from './breach.ts';
import type { Directory, Known } from './directory.ts';
import { type CheckedEngagement, hasStep, stepNames } from './engagements.ts';
import type { CheckedBook, Rule } from './rule.ts';

export const touchNames: Rule = (book) => {
  const engagements = new Map<string, CheckedEngagement[]>();
  for (const each of book.engagements) add(engagements, each.client.id, each);
  return [...book.logs.values()].flatMap((log) => inLog(book, engagements.get(log.id) ?? [], log));
};

function inLog(book: CheckedBook, engagements: readonly CheckedEngagement[], log: TouchLog): readonly Breach[] {
  const { known } = book;
  const client = book.clients.get(log.id);
  const subject = client && subjectOf(book, known, client, engagements);
  return log.touches.flatMap((touch) => {
    if (isPlain(known, subject, touch)) return [];
    const place = (...path: readonly (string | number)[]) => ({ file: log.file, path: [touch.at, ...path] });
    return [
      ...check(known.kinds, touch.kind, place('kind')),
      ...check(known.people, touch.by, place('by')),
      ...check(known.emails, touch.letter, place('letter')),
      ...Object.keys(touch.scores ?? {}).flatMap((id) =>
        check(known.scored, id, { ...place('scores', id), on: 'key' }),
      ),
      ...(subject ? inTouch(subject, touch, place) : []),
    ];
  });
}

/** Everything it names is there: nearly every line of a log. */
const isPlain = (
  { kinds, people }: Directory,
  subject: Subject | undefined,
  { kind, by, with: contacts, step, rung, scores, letter }: Touch,
) =>
  kinds.ids.has(kind) &&
  (by === undefined || people.ids.has(by)) &&
  step === undefined &&
  scores === undefined &&
  letter === undefined &&
  rung === undefined &&
  (contacts === undefined || subject === undefined || contacts.every((id) => subject.contacts.ids.has(id)));

function inTouch(
  subject: Subject,
  { with: contacts, step, rung }: Touch,
  place: (...path: readonly (string | number)[]) => Problem['place'],
): readonly Breach[] {
  return [
    ...(contacts ?? []).flatMap((id, i) => check(subject.contacts, id, place('with', i))),
    ...(step === undefined ? [] : checkStep(subject, step, place('step'))),
    ...(rung === undefined ? [] : check(subject.rungs(), rung, place('rung'))),
  ];
}

const contactsOf = (book: Book, { suggest }: Directory, client: ClientRecord): Known => ({
  what: 'contact',
  ids: new Set(Object.keys(client.contacts ?? {})),
  isLost: (id) => isLostEntry(book, 'client', client.id, ['contacts', id]),
  advice: () => `contacts stand in ${client.file} under \`contacts:\``,
  suggest,
});

function check(known: Known, id: string | undefined, place: Problem['place']): readonly Breach[] {
  if (id === undefined || known.ids.has(id) || known.isLost(id)) return [];
  return [breach(known.what, id, place, known.suggest(id, known.ids), known.advice(id))];
}

function breach(
  what: string,
  id: string,
  place: Problem['place'],
  suggestion: string | undefined,
  help: string,
): Breach {
  return {
    problem: {
      code: 'touch/unknown',
      args: { what, id, ...(suggestion === undefined ? { help } : {}) },
      place,
      ...(suggestion === undefined ? {} : { suggestion }),
    },
  };
}

/** A sentence names no more. */
const MOST_NAMED = 5;

/** What a log may name of its client, worked out when a line first asks. */
type Subject = {
  readonly book: Book;
  readonly client: ClientRecord;
  readonly contacts: Known;
  readonly engagements: ReadonlyMap<string, CheckedEngagement>;
  readonly areWhole: boolean;
  /** A step of theirs may have been taken out, of an engagement that nobody names. */
  readonly isAnyLost: boolean;
  readonly having: (step: string) => readonly CheckedEngagement[];
  readonly rungs: () => Known;
  readonly suggest: Suggest;
};

function subjectOf(
  book: Book,
  known: Directory,
  client: ClientRecord,
  engagements: readonly CheckedEngagement[],
): Subject {
  let rungs: Known | undefined;
  let having: Subject['having'] | undefined;
  return {
    book,
    client,
    contacts: contactsOf(book, known, client),
    engagements: new Map(engagements.map((each) => [each.id, each])),
    areWhole: engagements.every((each) => each.isWhole),
    isAnyLost: removalsOf(book, 'client', client.id).some(({ path }) => path[0] === 'engagements'),
    having: (step) => {
      having ??= stepHolders(engagements);
      return having(step);
    },
    rungs: () => {
      rungs ??= rungsOf(book, known, engagements);
      return rungs;
    },
    suggest: known.suggest,
  };
}

/** The first few that have a step which may be called so. Those of one offer have its steps in common. */
function stepHolders(engagements: readonly CheckedEngagement[]): Subject['having'] {
  const byPlan = new Map<CheckedEngagement['planned'], CheckedEngagement[]>();
  const byOwn = new Map<string, CheckedEngagement[]>();
  const order = new Map(engagements.map((each, at) => [each, at]));
  for (const each of engagements) {
    add(byPlan, each.planned, each);
    for (const id of new Set([...each.strangers, ...each.names().keys()]))
      if (!each.planned.has(id)) add(byOwn, id, each);
  }
  return (step) =>
    [byOwn.get(step) ?? [], ...[...byPlan].map(([plan, each]) => (plan.has(step) ? each : []))]
      .flatMap((each) => each.slice(0, MOST_NAMED))
      .toSorted((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0))
      .slice(0, MOST_NAMED);
}

function add<K>(map: Map<K, CheckedEngagement[]>, key: K, each: CheckedEngagement): void {
  const known = map.get(key);
  if (known) known.push(each);
  else map.set(key, [each]);
}

/** Every id that a step of theirs may be written under. */
function* stepIds({ engagements }: Subject, isFull: boolean): Generator<string> {
  for (const each of engagements.values()) {
    for (const id of stepNames(each).keys()) yield isFull ? `${each.id}/${id}` : id;
    for (const id of each.strangers) if (!stepNames(each).has(id)) yield isFull ? `${each.id}/${id}` : id;
  }
}

/** `engagement/step`, or the step's id alone where one engagement has it. */
function checkStep(subject: Subject, step: string, place: Problem['place']): readonly Breach[] {
  const slash = step.indexOf('/');
  const engagement = slash < 0 ? undefined : step.slice(0, slash);
  const id = step.slice(slash + 1);
  const only = engagement === undefined ? undefined : subject.engagements.get(engagement);
  const having = engagement === undefined ? subject.having(id) : only && hasStep(only, id) ? [only] : [];
  if (having.length === 1 || isLost(subject, engagement, id)) return [];
  if (having.length > 1) {
    const help = `write ${having.map((each) => `${each.id}/${id}`).join(' or ')}`;
    const args = { what: 'step', id, says: `several engagements have a step \`${id}\``, help };
    return [{ problem: { code: 'touch/unknown', args, place } }];
  }
  const suggestion = subject.suggest(step, stepIds(subject, engagement !== undefined));
  return [breach('step', step, place, suggestion, 'write it as engagement/step')];
}

/** Something that may be the step, or have it, was taken out for an error. */
function isLost(subject: Subject, engagement: string | undefined, id: string): boolean {
  const { book, client, engagements } = subject;
  if (!subject.areWhole) return true;
  if (engagement === undefined) return subject.isAnyLost;
  const offer = engagements.get(engagement)?.offer;
  return (
    isLostEntry(book, 'client', client.id, ['engagements', engagement, 'steps', id]) ||
    isLostEntry(book, 'client', client.id, ['engagements', engagement]) ||
    (offer !== undefined && isLostInOffer(book, offer, id))
  );
}

/** The rungs of the practice's ladder and of every ladder that the client's steps have of their own. */
function rungsOf(book: Book, { suggest }: Directory, engagements: readonly CheckedEngagement[]): Known {
  const isAnyLost =
    isRemoved(book, 'service', 'service', ['chase']) ||
    engagements.some((each) => !each.isWhole) ||
    book.removals.some(({ kind }) => kind === 'offer' || kind === 'past-offer');
  const own = engagements.flatMap(({ offer, written }) => [
    ...(offer?.steps ?? []).map((each) => each.chase),
    ...Object.values(written).map((each) => each.chase),
  ]);
  return {
    what: 'rung',
    ids: new Set([book.service.chase, ...own].flatMap(rungIds)),
    isLost: () => isAnyLost,
    advice: () => 'rungs stand in service.yaml under `chase:`',
    suggest,
  };
}

const rungIds = (ladder: Ladder | undefined): readonly string[] =>
  ladder === undefined || ladder === 'none' ? [] : Object.keys(ladder);
