// What comes next after a change: the step of the engagement to turn to, or that it can be finished. In words and as data.
import type { Practice } from '../command.ts';
import type { Day } from '../day.ts';
import { scheduleOf } from '../engine/schedule.ts';
import { settingOf } from '../engine/setting.ts';
import { runningSchedules, stepNamer, stepOwner } from '../engine/step-items.ts';
import { type Block, line, span } from '../terminal/ink.ts';
import { longDate } from '../terminal/words.ts';

export type Next = {
  readonly ref: string;
  readonly text: string;
};

/** The first step that can be worked on, by its day; or what keeps the engagement open. */
export function nextInEngagement(practice: Practice, clientId: string, engagementId: string): Next | undefined {
  const { book, today } = practice;
  const setting = settingOf(book, today);
  const client = book.clients.get(clientId);
  const schedule = client && scheduleOf(book, setting.calendar, today, client, engagementId);
  if (!client || !schedule) return undefined;
  const ref = `${clientId}/${engagementId}`;
  if (schedule.hold) return { ref, text: `on hold: deliver resume ${ref}` };
  const open = schedule.steps.filter((step) => step.state !== 'closed');
  if (open.length === 0) return { ref, text: `everything is closed: deliver finish ${ref}` };
  const ready = open.filter((step) => step.state === 'ready').toSorted((a, b) => compareDays(a.neededBy, b.neededBy));
  const first = ready[0];
  if (!first) return { ref, text: `${open.length} open, waiting for each other: deliver show ${ref}` };
  const owner = stepOwner(setting, client, schedule, first);
  const whose = owner === 'client' || owner === 'partner' ? ` (${owner})` : '';
  const when = first.due === undefined ? 'no deadline' : `due ${longDate(first.due, today)}`;
  return {
    ref: stepNamer(setting, client, runningSchedules(setting, client))(schedule, first.plan.id),
    text: `${first.plan.title}${whose}, ${when}`,
  };
}

const compareDays = (a: Day | undefined, b: Day | undefined): number => {
  if (a === b) return 0;
  if (a === undefined) return 1;
  return b === undefined || a < b ? -1 : 1;
};

export type Said = {
  /** What changed, one sentence each, with the place where it is written. */
  readonly changed: readonly { readonly what: string; readonly at: string }[];
  readonly next?: Next | undefined;
};

/** `Acme Ltd: Write the report, done Fri 20 Nov  clients/acme.yaml:42`, then what comes next. */
export function sayChange(command: string, { changed, next }: Said) {
  const text: Block = [
    ...changed.map((each) => line(each.what, '  ', span(each.at, 'dim'))),
    line(
      span('Next:', 'bold'),
      ` ${next?.text ?? 'deliver status'}`,
      ...(next === undefined || next.text.includes(next.ref) ? [] : ['  ', span(next.ref, 'dim')]),
    ),
  ];
  const placed = changed.map((each) => {
    const [, file, row] = /^(.+):(\d+)$/.exec(each.at) ?? [];
    return { ...each, file: file ?? null, line: row === undefined ? null : Number(row) };
  });
  return { text, data: { schema: 'deliver.change/1', command, changed: placed, next: next ?? null } };
}
