// Why a step or an engagement has its days: the rule, the anchor, the days counted over. Answers in parts with their places.
import type { ClientRecord } from '../book/book.ts';
import type { PlannedStep } from '../book/plan.ts';
import { addDays, type Day, daysBetween, formatDay, formatFullDay, formatOffset, weekdayOf } from '../day.ts';
import type { DataPath } from '../problem/problem.ts';
import type { Due } from '../records/languages.ts';
import { addUnrolled, type Calendar } from './calendar.ts';
import { heldSpans, reviewDay, type Schedule, type ScheduledStep } from './schedule.ts';
import type { Setting } from './setting.ts';

export type Source = { readonly file: string; readonly path: DataPath };

/** One ingredient of an answer: what it is, what it says, and where that is written. */
export type Part = { readonly label: string; readonly text: string; readonly source?: Source };

export type Explanation = {
  /** What is explained: a title, and the sentence that answers. */
  readonly title: string;
  readonly answer: string;
  readonly parts: readonly Part[];
};

const part = (label: string, text: string, source?: Source): Part => ({ label, text, ...(source ? { source } : {}) });

const count = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;

/** How a day follows from another by an offset: what was counted, skipped and moved. */
function arithmetic(
  setting: Setting,
  calendar: Calendar,
  from: Day,
  due: Due & { readonly kind: 'anchor' },
  result: Day,
): readonly Part[] {
  const { offset, sign } = due;
  if (offset.n === 0) return [];
  const reached = addUnrolled(calendar, from, sign, offset);
  const words = offset.unit === 'bd' ? count(offset.n, 'working day') : formatOffset(offset);
  const counted = part(
    'count',
    `${words} ${sign === '+' ? 'after' : 'before'} ${formatDay(from)}: ${formatFullDay(reached)}`,
  );
  const skipped =
    offset.unit === 'bd' ? skippedParts(setting, calendar, from, reached) : heldParts(calendar, from, reached);
  const moved =
    reached === result
      ? []
      : [
          part(
            'moved',
            `${formatDay(reached)} is closed${reasonOf(setting, reached)}, so ${formatFullDay(result)} (roll: ${calendar.roll})`,
            closedSource(setting, reached),
          ),
        ];
  return [counted, ...skipped, ...moved];
}

function skippedParts(setting: Setting, calendar: Calendar, from: Day, to: Day): readonly Part[] {
  const [first, last] = from < to ? [addDays(from, 1), to] : [to, addDays(from, -1)];
  const days = Array.from({ length: Math.max(0, daysBetween(first, last) + 1) }, (_, i) => addDays(first, i));
  const closed = days.filter((day) => !calendar.isWorking(day));
  const isHeld = (day: Day) => calendar.held.some((it) => it.from <= day && day <= it.to);
  const held = closed.filter(isHeld);
  const named = closed.filter((day) => !isHeld(day) && closingOf(setting, day) !== undefined);
  const weekly = closed.length - held.length - named.length;
  return [
    ...(weekly > 0 ? [part('skipped', `${count(weekly, 'day')} outside the working week`)] : []),
    ...named.map((day) => part('skipped', `${formatDay(day)}${reasonOf(setting, day)}`, closedSource(setting, day))),
    ...(held.length > 0 ? [part('skipped', `${count(held.length, 'day')} on hold`)] : []),
  ];
}

function heldParts(calendar: Calendar, from: Day, to: Day): readonly Part[] {
  const [first, last] = from < to ? [from, to] : [to, from];
  const crossed = calendar.held.filter((it) => it.from <= last && it.to >= first);
  return crossed.map((it) => part('grown', `by the days on hold, ${formatDay(it.from)} to ${formatDay(it.to)}`));
}

const closingOf = (setting: Setting, day: Day) => {
  const calendar = setting.book.practice?.calendar;
  const isWeekday = calendar?.week.includes(weekdayOf(day)) ?? true;
  return isWeekday ? calendar?.closed.find((it) => it.from <= day && day <= it.to) : undefined;
};

function reasonOf(setting: Setting, day: Day): string {
  const why = closingOf(setting, day)?.why;
  return why ? ` (${why})` : '';
}

function closedSource(setting: Setting, day: Day): Source | undefined {
  const closing = closingOf(setting, day);
  if (!closing) return undefined;
  const key = closing.from === closing.to ? closing.from : `${closing.from}..${closing.to}`;
  return { file: 'deliver.yaml', path: ['calendar', 'closed', key] };
}

const stateWords = (step: ScheduledStep, today: Day): string => {
  if (step.plan.skipped !== undefined && step.closed) return `skipped ${formatFullDay(step.closed)}`;
  if (step.closed) return `done ${formatFullDay(step.closed)}`;
  const late = step.due === undefined ? 0 : daysBetween(step.due, today);
  return late > 0 ? `open and ${count(late, 'day')} late` : 'open';
};

const progressSource = (schedule: Schedule, step: PlannedStep): Source => ({
  file: schedule.client.file,
  path: step.progressPath,
});
const ruleSource = (schedule: Schedule, step: PlannedStep): Source =>
  step.handDue
    ? { file: schedule.client.file, path: [...step.progressPath, 'due'] }
    : { file: step.planFile, path: [...step.planPath, 'due'] };

/** Why a step is due when it is, back to a day that is written down. */
export function explainStep(setting: Setting, schedule: Schedule, step: ScheduledStep): Explanation {
  const { today } = setting;
  const title = `${schedule.client.name} · ${step.plan.title}`;
  const answer =
    step.due === undefined
      ? `no day, ${stateWords(step, today)}`
      : `due ${formatFullDay(step.due)}, ${stateWords(step, today)}`;
  return {
    title,
    answer,
    parts: [
      ...dueParts(setting, schedule, step, new Set()),
      ...waitParts(schedule, step),
      ...(step.neededBy !== undefined && step.neededBy !== step.due
        ? [part('needed by', `${formatFullDay(step.neededBy)}, for what it holds up`)]
        : []),
      ...(step.planned !== undefined && step.planned !== step.due
        ? [part('planned', `${formatFullDay(step.planned)}, as if everything closed on its planned day`)]
        : []),
      ...(step.closed || step.forecast === undefined ? [] : [part('forecast', formatFullDay(step.forecast))]),
      ...holdParts(schedule, today),
      ...(step.startsLate
        ? [
            part(
              'starts late',
              `the day had passed when the engagement started, ${formatFullDay(schedule.engagement.started)}`,
            ),
          ]
        : []),
    ],
  };
}

function waitParts(schedule: Schedule, step: ScheduledStep): readonly Part[] {
  const title = (id: string): string => schedule.steps.find((it) => it.plan.id === id)?.plan.title ?? id;
  const waits = step.waitsFor.map((id) => part('waits for', `${id}: ${title(id)}`));
  const after = schedule.holdsUp(step);
  return after.length === 0 ? waits : [...waits, part('holds up', after.join(', '))];
}

function holdParts(schedule: Schedule, today: Day): readonly Part[] {
  const spans = heldSpans(schedule.engagement, today);
  return (schedule.engagement.holds ?? []).map((hold) => {
    const span = spans.find((it) => it.from === hold.from);
    const length = span ? daysBetween(span.from, span.to) + 1 : 0;
    const until =
      hold.to === undefined ? `still open, review ${formatFullDay(reviewDay(hold))}` : `to ${formatFullDay(hold.to)}`;
    const source = { file: schedule.client.file, path: ['engagements', schedule.id, 'holds', hold.at] };
    return part(
      'hold',
      `from ${formatFullDay(hold.from)}, ${until}: ${count(length, 'closed day')} (${hold.why.trim()})`,
      source,
    );
  });
}

function dueParts(setting: Setting, schedule: Schedule, step: ScheduledStep, seen: Set<string>): readonly Part[] {
  const { rule } = step;
  seen.add(step.plan.id);
  if (!rule)
    return [part('rule', 'none: this step has no deadline', { file: step.plan.planFile, path: step.plan.planPath })];
  const why = step.plan.handDue && step.plan.why !== undefined ? ` (${step.plan.why})` : '';
  const ruled = part(
    'rule',
    `${rule.text}${step.plan.handDue ? `, set by hand${why}` : ''}`,
    ruleSource(schedule, step.plan),
  );
  if (rule.kind === 'day') return [ruled];
  return [ruled, ...anchorParts(setting, schedule, step, rule, seen)];
}

function anchorParts(
  setting: Setting,
  schedule: Schedule,
  step: ScheduledStep,
  rule: Due & { readonly kind: 'anchor' },
  seen: Set<string>,
): readonly Part[] {
  const { client, engagement, id } = schedule;
  const at = ['engagements', id];
  const sums = (from: Day) =>
    step.due === undefined ? [] : arithmetic(setting, schedule.calendar, from, rule, step.due);
  if (rule.anchor === 'start') {
    const started = part('start', formatFullDay(engagement.started), { file: client.file, path: [...at, 'started'] });
    return [started, ...sums(engagement.started)];
  }
  const anchor = schedule.steps.find((it) => it.plan.id === rule.anchor);
  if (!anchor) {
    const day = schedule.plan.milestones[rule.anchor];
    if (day === undefined)
      return [part('milestone', `${rule.anchor} has no date yet`, { file: client.file, path: at })];
    const source = { file: client.file, path: [...at, 'milestones', rule.anchor] };
    return [part('milestone', `${rule.anchor} is on ${formatFullDay(day)}`, source), ...sums(day)];
  }
  if (anchor.closed) {
    const done = part(
      'anchor',
      `${anchor.plan.id} was ${stateWords(anchor, setting.today)}`,
      progressSource(schedule, anchor.plan),
    );
    return [done, ...sums(anchor.closed)];
  }
  const { due } = anchor;
  const before = seen.has(anchor.plan.id) ? [] : dueParts(setting, schedule, anchor, seen);
  const nested = before.map((it) => ({ ...it, label: `· ${it.label}` }));
  if (due === undefined) return [part('anchor', `${anchor.plan.id} is open and has no day itself`), ...nested];
  const counts =
    due < setting.today ? `today stands for it, ${formatFullDay(setting.today)}` : `due ${formatFullDay(due)}`;
  const open = part('anchor', `${anchor.plan.id} is open: ${counts}`);
  const from = due < setting.today ? setting.today : due;
  return [open, ...sums(from), ...nested];
}

/** Why an engagement ends when it does: as planned, as promised, as it looks today. */
export function explainEnd(setting: Setting, schedule: Schedule): Explanation {
  const { client, id, engagement, plan } = schedule;
  const at = ['engagements', id];
  const ends = (pick: (step: ScheduledStep) => Day | undefined, end: Day | undefined) =>
    schedule.steps.filter((step) => end !== undefined && pick(step) === end).map((step) => step.plan.id);
  const named = (ids: readonly string[]): string => (ids.length === 0 ? '' : `, by ${ids.join(' and ')}`);
  const slip = schedule.slip;
  const verdict =
    slip === undefined || slip === 0
      ? ''
      : slip > 0
        ? `, ${count(slip, 'working day')} after it was promised`
        : `, ${count(-slip, 'working day')} before it was promised`;
  return {
    title: `${client.name} · ${plan.offer?.name ?? id}`,
    answer:
      schedule.forecastEnd === undefined ? noEnd(schedule) : `ends ${formatFullDay(schedule.forecastEnd)}${verdict}`,
    parts: [
      part('started', formatFullDay(engagement.started), { file: client.file, path: [...at, 'started'] }),
      ...(schedule.plannedEnd
        ? [
            part(
              'planned',
              `${formatFullDay(schedule.plannedEnd)}${named(ends((it) => it.planned, schedule.plannedEnd))}`,
            ),
          ]
        : []),
      ...promisedParts(client, schedule, at),
      ...(schedule.forecastEnd
        ? [
            part(
              'forecast',
              `${formatFullDay(schedule.forecastEnd)}${named(ends((it) => it.forecast, schedule.forecastEnd))}`,
            ),
          ]
        : []),
      ...holdParts(schedule, setting.today),
    ],
  };
}

function noEnd({ missing, steps }: Schedule): string {
  if (missing.length === 0) return steps.length === 0 ? 'no end: it has no steps' : 'no end can be calculated';
  const named = missing.map((id) => `\`${id}\``).join(' and ');
  return `no end can be calculated: ${named} ${missing.length === 1 ? 'has' : 'have'} no day`;
}

function promisedParts(client: ClientRecord, schedule: Schedule, at: DataPath): readonly Part[] {
  const { engagement, plan, promised } = schedule;
  const first =
    engagement.promised !== undefined
      ? [part('promised', formatFullDay(engagement.promised), { file: client.file, path: [...at, 'promised'] })]
      : plan.offer?.target && promised && (engagement.moves ?? []).length === 0
        ? [
            part('promised', `${formatFullDay(promised)}: start + ${formatOffset(plan.offer.target)}`, {
              file: plan.offer.file,
              path: ['target'],
            }),
          ]
        : [];
  const moves = (engagement.moves ?? []).map((move) =>
    part('moved', `on ${formatFullDay(move.date)} to ${formatFullDay(move.promised)} (${move.why.trim()})`, {
      file: client.file,
      path: [...at, 'moves', move.at],
    }),
  );
  return [...first, ...moves];
}
