// What every client is promised, where a record tells whether it was kept: replies, announced delays, ends, promises, issues.
import { type ClientRecord, findKind } from '../../book/book.ts';
import { engagementOf, planOf } from '../../book/plan.ts';
import { addDays, type Day } from '../../day.ts';
import type { DataPath } from '../../problem/problem.ts';
import type { Engagement } from '../../records/client.ts';
import type { Service } from '../../records/service.ts';
import type { Touch } from '../../records/touches.ts';
import { addOffset } from '../calendar.ts';
import { contactsOf, madeTouches } from '../contact.ts';
import { isEnded } from '../schedule.ts';
import type { Setting } from '../setting.ts';
import { type Claim, isTheirs } from './case.ts';

type Standard = NonNullable<Service['standards']>[string];
/** What a standard says of one client. */
type Found = Omit<Claim, 'promise' | 'client'>;

export function standardClaims(setting: Setting, client: ClientRecord): readonly Claim[] {
  return Object.entries(setting.book.service.standards ?? {}).flatMap(([id, standard]) =>
    foundBy(setting, client, standard).map(
      (found): Claim => ({
        promise: `standard/${id}`,
        client: client.id,
        ...found,
      }),
    ),
  );
}

function foundBy(setting: Setting, client: ClientRecord, standard: Standard): readonly Found[] {
  switch (standard.measure) {
    case 'replies':
      return replies(setting, client, standard);
    case 'delays':
      return workOf(setting, client).flatMap((work) => delays(setting, client, work));
    case 'ends':
      return workOf(setting, client).flatMap((work) => ends(setting, client, work));
    case 'promises':
      return promises(setting, client);
    case 'issues':
      return issues(setting, client, standard);
    case undefined:
      return [];
  }
}

/** The days on which somebody of ours answered: what was asked in a survey, our own notes and the post are no answer. */
export function answersTo(setting: Setting, client: ClientRecord): readonly Day[] {
  const { book, today } = setting;
  const isAnswer = (kind: string): boolean => kind !== 'note' && findKind(book, kind)?.channel !== 'post';
  const logged = madeTouches(book.logs.get(client.id), today)
    .filter(({ kind, score }) => score === undefined && isAnswer(kind))
    .map(({ date }) => date);
  const done = contactsOf(book, client, today)
    .filter(({ file, kind }) => file === client.file && isAnswer(kind))
    .map(({ day }) => day);
  return [...logged, ...done].toSorted();
}

/** What came in on one day is one case, named by the kind that comes first in the alphabet: a log has no order. */
function replies(setting: Setting, client: ClientRecord, { within }: Standard): readonly Found[] {
  const { book, calendar, today } = setting;
  const log = book.logs.get(client.id);
  if (!log || !within) return [];
  const byDay = new Map<Day, Touch>();
  for (const touch of log.touches) {
    if (touch.in !== true || touch.reply === 'none' || touch.date > today) continue;
    const known = byDay.get(touch.date);
    if (!known || touch.kind < known.kind) byDay.set(touch.date, touch);
  }
  if (byDay.size === 0) return [];
  const answers = answersTo(setting, client);
  return [...byDay].map(([day, { kind, at }]) => ({
    ref: `${client.id}/touch/${kind}@${day}`,
    deadline: addOffset(calendar, day, '+', within),
    met: answers.find((answer) => answer >= day),
    isExcused: false,
    file: log.file,
    path: [at],
  }));
}

type Work = { readonly id: string; readonly engagement: Engagement; readonly ended: Day | undefined };

/** Engagements, but not those that were cancelled. */
const workOf = ({ today }: Setting, client: ClientRecord): readonly Work[] =>
  Object.keys(client.engagements ?? {}).flatMap((id): readonly Work[] => {
    const engagement = engagementOf(client, id);
    if (!engagement) return [];
    const hasEnded = isEnded(engagement, today);
    if (hasEnded && engagement.result === 'cancelled') return [];
    return [{ id, engagement, ended: hasEnded ? engagement.ended : undefined }];
  });

const movesOf = ({ moves }: Engagement) =>
  (moves ?? []).toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : a.at - b.at));

/** Whether the client had stopped the work on that day. */
const isHeldOn = ({ holds }: Engagement, day: Day, today: Day): boolean =>
  (holds ?? []).some((hold) => isTheirs(hold) && hold.from <= day && day <= (hold.to ?? today));

type Promised = { readonly day: Day; readonly path: DataPath };

/** Each day that was promised for the end and not met: whether the client heard of it in time. */
function delays({ today }: Setting, client: ClientRecord, { id, engagement, ended }: Work): readonly Found[] {
  const path: DataPath = ['engagements', id];
  const moves = movesOf(engagement);
  const promised: readonly Promised[] = [
    ...(engagement.promised === undefined ? [] : [{ day: engagement.promised, path: [...path, 'promised'] }]),
    ...moves.map((move) => ({ day: move.promised, path: [...path, 'moves', move.at] })),
  ];
  const moved = moves.slice(moves.length - promised.length + 1);
  return promised.flatMap(({ day, path: place }, at): readonly Found[] => {
    if (ended !== undefined && ended <= day) return [];
    return [
      {
        ref: `${client.id}/${id}`,
        deadline: day,
        // The last day that was promised: nobody said anything, so it was late from the day after.
        met: at < promised.length - 1 ? moved[at]?.date : ended,
        isExcused: isHeldOn(engagement, day, today),
        file: client.file,
        path: place,
      },
    ];
  });
}

/** Whether the work ended on the day that was promised first. */
function ends(setting: Setting, client: ClientRecord, { id, engagement, ended }: Work): readonly Found[] {
  const { book, calendar, today } = setting;
  const target = planOf(book, client, id)?.offer?.target;
  const [move] = movesOf(engagement);
  const byTarget = target && addOffset(calendar, engagement.started, '+', target);
  const deadline = engagement.promised ?? byTarget ?? move?.promised;
  if (deadline === undefined) return [];
  const isMoved = move?.because === 'client' && move.date <= deadline;
  return [
    {
      ref: `${client.id}/${id}`,
      deadline,
      met: ended,
      isExcused: isMoved || isHeldOn(engagement, deadline, today),
      file: client.file,
      path: ['engagements', id, ...(engagement.promised === undefined ? [] : ['promised'])],
    },
  ];
}

/** A day that has come. */
const happened = (day: Day | undefined, today: Day): Day | undefined =>
  day !== undefined && day <= today ? day : undefined;

const promises = ({ today }: Setting, client: ClientRecord): readonly Found[] =>
  Object.entries(client.promises ?? {}).map(([id, { by, kept }]) => ({
    ref: `${client.id}/promise/${id}`,
    deadline: by,
    met: happened(kept, today),
    isExcused: false,
    file: client.file,
    path: ['promises', id],
  }));

const issues = ({ calendar, today }: Setting, client: ClientRecord, { within }: Standard): readonly Found[] =>
  Object.entries(client.issues ?? {}).map(([id, { since, closed }]) => ({
    ref: `${client.id}/issue/${id}`,
    deadline: within ? addOffset(calendar, since, '+', within) : addDays(since, 0),
    met: happened(closed, today),
    isExcused: false,
    file: client.file,
    path: ['issues', id],
  }));
