// touch/unknown: a kind, contact, person, step or rung in a log that is not known. Only a warning: history stays valid.
import { type Book, type ClientRecord, isRemoved, type TouchLog } from '../book/book.ts';
import type { Problem } from '../problem/problem.ts';
import { nearest } from '../problem/suggest.ts';
import type { Ladder } from '../records/service.ts';
import type { Touch } from '../records/touches.ts';
import type { Directory, Known } from './directory.ts';
import { type CheckedEngagement, hasStep, stepNames } from './engagements.ts';
import { isLostEntry } from './lost.ts';
import { isLostInOffer } from './offers.ts';
import type { Breach, ClientFiles, Rule } from './rule.ts';

export const touchNames: Rule = ({ known }) => ({
  inClient: (files) => (files.log ? inLog(files, known, files.log) : []),
});

function inLog({ book, client, engagements }: ClientFiles, known: Directory, log: TouchLog): readonly Breach[] {
  const subject = client && subjectOf(book, client, engagements);
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

const contactsOf = (book: Book, client: ClientRecord): Known => ({
  what: 'contact',
  ids: new Set(Object.keys(client.contacts ?? {})),
  isLost: (id) => isLostEntry(book, 'client', client.id, ['contacts', id]),
  advice: () => `contacts stand in ${client.file} under \`contacts:\``,
});

function check(known: Known, id: string | undefined, place: Problem['place']): readonly Breach[] {
  if (id === undefined || known.ids.has(id) || known.isLost(id)) return [];
  return [breach(known.what, id, place, [...known.ids], known.advice(id))];
}

function breach(what: string, id: string, place: Problem['place'], ids: readonly string[], help: string): Breach {
  const suggestion = nearest(id, ids);
  return {
    problem: {
      code: 'touch/unknown',
      args: { what, id, ...(suggestion === undefined ? { help } : {}) },
      place,
      ...(suggestion === undefined ? {} : { suggestion }),
    },
  };
}

/** What a log may name of its client, worked out when a line first asks. */
type Subject = {
  readonly book: Book;
  readonly client: ClientRecord;
  readonly contacts: Known;
  readonly engagements: readonly CheckedEngagement[];
  readonly rungs: () => Known;
};

function subjectOf(book: Book, client: ClientRecord, engagements: readonly CheckedEngagement[]): Subject {
  let rungs: Known | undefined;
  return {
    book,
    client,
    contacts: contactsOf(book, client),
    engagements,
    rungs: () => {
      rungs ??= rungsOf(book, engagements);
      return rungs;
    },
  };
}

/** Every id that a step of theirs may be written under. */
const stepIds = (each: CheckedEngagement): readonly string[] => [
  ...new Set([...stepNames(each).keys(), ...Object.keys(each.written)]),
];

/** `engagement/step`, or the step's id alone where one engagement has it. */
function checkStep(subject: Subject, step: string, place: Problem['place']): readonly Breach[] {
  const slash = step.indexOf('/');
  const engagement = slash < 0 ? undefined : step.slice(0, slash);
  const id = step.slice(slash + 1);
  const having = subject.engagements.filter(
    (each) => (engagement === undefined || each.id === engagement) && hasStep(each, id),
  );
  if (having.length === 1 || isLost(subject, engagement, id)) return [];
  if (having.length > 1) {
    const help = `write ${having.map((each) => `${each.id}/${id}`).join(' or ')}`;
    const args = { what: 'step', id, says: `several engagements have a step \`${id}\``, help };
    return [{ problem: { code: 'touch/unknown', args, place } }];
  }
  const all = subject.engagements.flatMap((each) =>
    stepIds(each).map((name) => (engagement === undefined ? name : `${each.id}/${name}`)),
  );
  return [breach('step', step, place, [...new Set(all)], 'write it as engagement/step')];
}

/** Something that may be the step, or have it, was taken out for an error. */
function isLost({ book, client, engagements }: Subject, engagement: string | undefined, id: string): boolean {
  if (engagements.some((each) => !each.isWhole)) return true;
  if (engagement === undefined) {
    return book.removals.some(({ file, path }) => file === client.file && path[0] === 'engagements');
  }
  return (
    isLostEntry(book, 'client', client.id, ['engagements', engagement, 'steps', id]) ||
    isLostEntry(book, 'client', client.id, ['engagements', engagement]) ||
    engagements.some((each) => each.offer !== undefined && isLostInOffer(book, each.offer, id))
  );
}

/** The rungs of the practice's ladder and of every ladder that the client's steps have of their own. */
function rungsOf(book: Book, engagements: readonly CheckedEngagement[]): Known {
  const own = engagements.flatMap(({ offer, written }) => [
    ...(offer?.steps ?? []).map((each) => each.chase),
    ...Object.values(written).map((each) => each.chase),
  ]);
  return {
    what: 'rung',
    ids: new Set([book.service.chase, ...own].flatMap(rungIds)),
    isLost: () =>
      isRemoved(book, 'service', 'service', ['chase']) ||
      engagements.some((each) => !each.isWhole) ||
      book.removals.some(({ kind }) => kind === 'offer' || kind === 'past-offer'),
    advice: () => 'rungs stand in service.yaml under `chase:`',
  };
}

const rungIds = (ladder: Ladder | undefined): readonly string[] =>
  ladder === undefined || ladder === 'none' ? [] : Object.keys(ladder);
