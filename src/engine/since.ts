// Two mornings compared, line by line: each with what it is about, and for one that is gone what became of it. Why a line
// left is compare's question.
import { type Book, findKind, isRemoved } from '../book/book.ts';
import { engagementOf } from '../book/plan.ts';
import type { Day } from '../day.ts';
import { isLastRound } from './client-items.ts';
import {
  compareMornings,
  type Gone,
  lateKeys,
  linesOf,
  type Morning,
  type MorningLine,
  singleLines,
} from './compare.ts';
import { contactsOf } from './contact.ts';
import type { Agenda } from './items.ts';
import { quietBy } from './quiet.ts';
import { type ScheduledStep, scheduleOf } from './schedule.ts';
import type { Setting } from './setting.ts';
import { placingDay } from './step-items.ts';
import { countedContacts, rulesOf, standingOf } from './touch-items.ts';

/** What is known of it now; `how` is finer than the reason, `day` and `why` are those written for it. */
export type Fate = {
  readonly how:
    | 'done'
    | 'skipped'
    | 'kept'
    | 'closed'
    | 'resumed'
    | 'settled'
    | 'contacted'
    | 'started'
    | 'due'
    | 'moved'
    | 'passed'
    | 'blocked'
    | 'on-hold'
    | 'snoozed'
    | 'paused'
    | 'leaving'
    | 'open-again'
    | 'last-round'
    | 'ended'
    | 'past-client'
    | 'no-client'
    | 'unreadable'
    | 'removed';
  readonly day: Day | null;
  readonly why: string | null;
  /** The day it had, of what was moved. */
  readonly from: Day | null;
};

export type NewLine = {
  readonly line: MorningLine;
  readonly client_name: string;
  /** The kind of touch in words; null for what is none. */
  readonly kind_title: string | null;
  /** A morning with this line alone; undefined for a touch that is folded into a step's line. */
  readonly only: Agenda | undefined;
};
export type GoneLine = NewLine & { readonly reason: Gone['reason']; readonly fate: Fate };
export type Since = {
  readonly added: readonly NewLine[];
  /** There before, and late only now. */
  readonly late: readonly NewLine[];
  readonly gone: readonly GoneLine[];
};

export function sinceOf(before: Morning, after: Morning): Since {
  const { added, gone } = compareMornings(before, after);
  const [old, now] = [wordsIn(before), wordsIn(after)];
  const [wasThere, wasLate, isLate] = [
    new Set(linesOf(before.agenda).map((it) => it.key)),
    lateKeys(before.agenda),
    lateKeys(after.agenda),
  ];
  return {
    added: added.map(now),
    late: linesOf(after.agenda)
      .filter(({ key }) => isLate.has(key) && wasThere.has(key) && !wasLate.has(key))
      .map(now),
    gone: gone.map((each) => ({
      ...old(each.line),
      reason: each.reason,
      fate: fateOf(each, before.setting, after.setting),
    })),
  };
}

/** What there is to say of a line of this morning. */
function wordsIn({ agenda, setting: { book } }: Morning): (line: MorningLine) => NewLine {
  const single = singleLines(agenda);
  return (line) => ({
    line,
    client_name: book.clients.get(line.client)?.name ?? line.client,
    kind_title: line.kind === 'touch' || line.kind === 'yearly' ? kindTitle(book, line.id ?? '') : null,
    only: single.get(line.key),
  });
}

const kindTitle = (book: Book, id: string): string => findKind(book, id)?.title ?? id;

const fate = (how: Fate['how'], day?: Day, why?: string): Fate => ({
  how,
  day: day ?? null,
  why: why ?? null,
  from: null,
});

function fateOf({ line, reason }: Gone, before: Setting, after: Setting): Fate {
  const client = after.book.clients.get(line.client);
  if (!client) return fate(isRemoved(after.book, 'client', line.client) ? 'unreadable' : 'no-client');
  if (reason === 'removed') return fate('removed');
  switch (line.kind) {
    case 'step':
      return stepFate(line, before, after);
    case 'touch':
    case 'yearly':
      return touchFate({ line, reason }, after);
    case 'promise': {
      const entry = client.promises?.[line.id ?? ''];
      return entry?.kept === undefined ? fate('due', entry?.by) : fate('kept', entry.kept);
    }
    case 'issue':
      return fate('closed', client.issues?.[line.id ?? '']?.closed);
    case 'hold': {
      const engagement = engagementOf(client, line.engagement ?? '');
      if (reason === 'ended') return fate('ended', engagement?.ended);
      return fate(
        'resumed',
        engagement?.holds
          ?.flatMap((hold) => hold.to ?? [])
          .toSorted()
          .at(-1),
      );
    }
    case 'start': {
      const starts = Object.values(client.engagements ?? {}).filter((it) => it.offer?.id === line.id);
      if (reason === 'filled')
        return fate(
          'started',
          starts
            .map((it) => it.started)
            .toSorted()
            .at(-1),
        );
      if (reason !== 'ended') return fate('due');
      const last = client.status === 'active' && starts.find((it) => isLastRound(it, after.today));
      return last ? fate('last-round', last.ended) : fate('past-client');
    }
    case 'finish':
      return reason === 'ended'
        ? fate('ended', engagementOf(client, line.engagement ?? '')?.ended)
        : fate('open-again');
    case 'renewal': {
      const engagement = line.id ? engagementOf(client, line.id) : undefined;
      if (reason === 'ended') return engagement?.ended ? fate('ended', engagement.ended) : fate('past-client');
      return fate('due', engagement ? engagement.renewal : client.renewal);
    }
    case 'billing':
      return fate('settled', undefined, client.billing?.state);
  }
}

/** The step of a line as it was that morning, and the day it was placed by. */
function stepThen(
  line: MorningLine,
  { book, calendar, today }: Setting,
): { readonly step: ScheduledStep; readonly day: Day | undefined } | undefined {
  const client = book.clients.get(line.client);
  const schedule = client && scheduleOf(book, calendar, today, client, line.engagement ?? '');
  const step = schedule?.steps.find((it) => it.plan.id === line.id);
  return schedule && step && { step, day: placingDay(schedule, step) };
}

function stepFate(line: MorningLine, before: Setting, after: Setting): Fate {
  const { book, calendar, today } = after;
  const client = book.clients.get(line.client);
  const engagement = client && engagementOf(client, line.engagement ?? '');
  if (!client || !engagement) return fate('removed');
  if (engagement.ended !== undefined && engagement.ended <= today)
    return fate('ended', engagement.ended, engagement.why ?? engagement.result);
  const schedule = scheduleOf(book, calendar, today, client, line.engagement ?? '');
  const step = schedule?.steps.find((it) => it.plan.id === line.id);
  if (!schedule || !step) return fate('removed');
  if (step.closed) return fate(step.plan.skipped === undefined ? 'done' : 'skipped', step.closed, step.plan.why);
  if (schedule.hold) return fate('on-hold', schedule.hold.from, schedule.hold.why);
  const was = stepThen(line, before);
  const [from, to] = [was?.day, placingDay(schedule, step)];
  const isMoved = from !== undefined && to !== undefined && from !== to;
  // One that waited before as well has not gone for that.
  if (step.state === 'blocked' && !(isMoved && was?.step.state === 'blocked'))
    return fate('blocked', step.due, step.waitsFor.join(', '));
  return isMoved ? { ...fate('moved', to), from } : fate('due', to);
}

function touchFate({ line, reason }: Gone, after: Setting): Fate {
  const { book, today } = after;
  const client = book.clients.get(line.client);
  const kind = line.id ?? '';
  if (!client) return fate('removed');
  if (client.status === 'past') return fate('past-client');
  const rule = rulesOf(after, client).find((it) => it.kind === kind);
  switch (quietBy(client, kind, rule?.level ?? null, today)) {
    case 'paused':
      return fate('paused', client.pause?.to, client.pause?.why);
    case 'leaving':
      return fate('leaving', client.leaving?.decided, client.leaving?.reason);
    case 'snoozed':
      return fate('snoozed', client.snooze?.[kind]?.to, client.snooze?.[kind]?.why);
    case undefined:
      break;
  }
  const contacts = contactsOf(book, client, today);
  const last = countedContacts(after, contacts, kind).at(-1);
  const due = rule && standingOf(after, client, rule, contacts)?.due;
  if (reason === 'filled') return fate('contacted', last?.day);
  return due === undefined ? fate('passed') : fate('due', due);
}
