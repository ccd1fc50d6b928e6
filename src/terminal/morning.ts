// The agenda as sections of lines, and the sentences around them. Owns the wording of the morning; knows no disk and no clock.
import { addDays, type Day, formatWeekday } from '../day.ts';
import type { Agenda, HoldItem, IssueItem, StepItem, TouchItem, YearlyItem } from '../engine/items.ts';
import type { Style } from './ink.ts';
import type { Fact, Row, Section } from './rows.ts';
import { count, isText, longDate, lowerFirst, type Maybe, shortDate } from './words.ts';

const WEEK = 7;

/** How late, or on which day: red only where something is overdue. */
function timing(today: Day, day: Day | null, late: number | null, lateStyle: Style = 'red') {
  if (late === null || day === null || late === 0) return { when: '', whenStyle: 'plain' as Style };
  if (late > 0) return { when: `${late}d`, whenStyle: lateStyle };
  return { when: -late <= WEEK ? formatWeekday(day) : shortDate(day, today), whenStyle: 'plain' as Style };
}

/** Facts in the order they are read, each with how long it is kept when there is little room. */
const weighed = (...facts: readonly (readonly [weight: number, text: Maybe])[]): readonly Fact[] =>
  facts.flatMap(([weight, text]) => (isText(text) ? [{ text, weight }] : []));

/** The day by which it is listed. */
const placedOn = ({ days_late: late }: StepItem, today: Day): Day | null =>
  late === null ? null : addDays(today, -late);

function stepRow(it: StepItem, today: Day): Row {
  const isBlocked = it.blocked_by.length > 0;
  const slips = !isBlocked && it.forecast_end !== null && it.promised !== null && it.forecast_end > it.promised;
  return {
    ...timing(today, placedOn(it, today), it.days_late),
    who: it.client_name,
    what: it.title,
    facts: [
      ...weighed(
        [4, it.starts_late && 'starts late'],
        [6, isBlocked && `waits for ${it.blocked_by.join(', ')}`],
        [5, !isBlocked && bothDays(it, today)],
        [3, it.blocks > 0 && `holds up ${it.blocks}`],
      ),
      ...(slips ? endFacts(it, today) : []),
      ...weighed([2, it.also_due.length > 0 && `also due: ${it.also_due.join(', ')}`]),
    ],
    ref: it.ref,
  };
}

/** Its own day and the earlier one for which it is needed. */
const bothDays = (it: StepItem, today: Day): Maybe =>
  it.due !== null &&
  it.needed_by !== null &&
  it.needed_by !== it.due &&
  `due ${shortDate(it.due, today)}, needed by ${shortDate(it.needed_by, today)}`;

/** `ends 4 Dec (promised 28 Nov)` */
const endFacts = (it: StepItem, today: Day): readonly Fact[] =>
  it.forecast_end === null || it.promised === null
    ? []
    : [
        {
          text: `ends ${shortDate(it.forecast_end, today)}`,
          weight: 8,
          ...(it.blocks > 0 ? { glue: ', ' as const } : {}),
        },
        { text: `(promised ${shortDate(it.promised, today)})`, weight: 7, glue: ' ' },
      ];

function waitingRow(it: StepItem, today: Day): Row {
  const { chase } = it;
  return {
    ...timing(today, placedOn(it, today), it.days_late),
    who: it.client_name,
    what: it.title,
    facts: weighed(
      [5, it.blocked_by.length > 0 && `waits for ${it.blocked_by.join(', ')}`],
      [
        4,
        chase &&
          (chase.script === undefined || chase.email !== undefined ? `remind: ${chase.rung}` : `talk: ${chase.script}`),
      ],
      [3, chase?.if_late !== undefined && lowerFirst(chase.if_late.replace(/\s+/g, ' '))],
      [2, it.owner === 'partner' && 'with the partner'],
      [1, it.blocks > 0 && `holds up ${it.blocks}`],
    ),
    ref: it.ref,
  };
}

function touchRow(it: TouchItem, today: Day): Row {
  return {
    ...timing(today, it.due, it.days_late, it.state === 'overdue' ? 'red' : 'plain'),
    who: it.segment === null ? it.client_name : `${it.segment}  ${it.client_name}`,
    what: it.title,
    facts: [
      { text: it.rule, weight: 1 },
      { text: lastText(it, today), weight: 2, glue: ', ' },
    ],
    ref: it.ref,
  };
}

const lastText = (it: TouchItem, today: Day): string => {
  if (it.last !== null) return `last ${shortDate(it.last, today)}`;
  return it.since === null ? 'not yet' : `here since ${shortDate(it.since, today)}`;
};

function yearlyRow(it: YearlyItem, today: Day): Row {
  const what =
    it.contact_name === null
      ? `${it.client_name}: ${lowerFirst(it.title)}`
      : `${it.contact_name} (${it.client_name}) ${lowerFirst(it.title)}`;
  return {
    ...timing(today, it.date, it.days_late),
    who: '',
    what,
    facts: weighed([1, it.days_late === 0 && 'today']),
    ref: it.ref,
  };
}

const issueRow = (it: IssueItem): Row => ({
  when: it.age === 0 ? 'today' : it.age < 0 ? '' : `${it.age}d`,
  whenStyle: 'plain',
  who: it.client_name,
  what: it.what.replace(/\s+/g, ' '),
  facts: weighed([1, it.kind]),
  ref: it.ref,
});

const holdRow = (it: HoldItem, today: Day): Row => ({
  when: it.age === 0 ? 'today' : `${it.age}d`,
  whenStyle: 'plain',
  who: it.client_name,
  what: it.why,
  facts: weighed(
    [2, it.review_due ? `review was due ${shortDate(it.review, today)}` : `review ${shortDate(it.review, today)}`],
    [1, it.waiting_on !== null && `waiting on ${it.waiting_on}`],
  ),
  ref: it.ref,
});

const renewalText = (days: number): string => {
  if (days === 0) return 'renews today';
  return days > 0 ? `renews in ${count(days, 'day')}` : `renewal was ${count(-days, 'day')} ago`;
};

/** Sections in the order of the report; those without a line are left out when they are laid out. */
export function morningSections(agenda: Agenda, shown: 'normal' | 'all', within: number): readonly Section[] {
  const { today } = agenda;
  const steps = (items: readonly StepItem[]) => items.map((it) => stepRow(it, today));
  const plain = { when: '', whenStyle: 'plain' as Style, facts: [] };
  return [
    { title: 'Overdue', rows: steps(agenda.overdue) },
    { title: 'Today', rows: steps(agenda.due_today) },
    { title: `Next ${count(within, 'day')}`, rows: steps(agenda.upcoming) },
    {
      title: 'To start',
      rows: agenda.to_start.map((it) => ({
        ...timing(today, it.due, it.days_late),
        who: it.client_name,
        what: it.offer_name,
        facts: weighed([1, `last started ${shortDate(it.last_started, today)}`]),
        ref: it.ref,
      })),
    },
    {
      title: 'To finish',
      rows: agenda.to_finish.map((it) => ({
        ...plain,
        who: it.client_name,
        what: it.engagement,
        facts: weighed([1, `last step closed ${shortDate(it.closed_on, today)}`]),
        ref: it.ref,
      })),
    },
    {
      title: agenda.waiting.some((it) => it.owner === 'partner')
        ? 'Waiting on clients and partners'
        : 'Waiting on clients',
      rows: agenda.waiting.map((it) => waitingRow(it, today)),
    },
    {
      title: 'Reach out',
      rows: agenda.touches.filter((it) => shown === 'all' || it.state !== 'soon').map((it) => touchRow(it, today)),
    },
    { title: 'Dates', rows: agenda.occasions.map((it) => yearlyRow(it, today)) },
    {
      title: 'Promised',
      rows: agenda.promises.map((it) => ({
        ...timing(today, it.by, it.days_late),
        who: it.client_name,
        what: it.what.replace(/\s+/g, ' '),
        facts: [{ text: `(by ${shortDate(it.by, today)})`, weight: 1, glue: ' ' as const }],
        ref: it.ref,
      })),
    },
    {
      title: 'Issues',
      rows: agenda.issues.map(issueRow),
    },
    {
      title: 'Renewals',
      rows: agenda.renewals.map((it) => ({
        ...plain,
        who: it.client_name,
        what: renewalText(it.days),
        facts: weighed([1, longDate(it.date, today)]),
        ref: it.ref,
      })),
    },
    {
      title: 'Billing',
      rows: agenda.billing.map((it) => ({
        ...plain,
        who: it.client_name,
        what: `${it.state}${it.note === null ? '' : `: ${it.note.replace(/\s+/g, ' ')}`}`,
        ref: it.ref,
      })),
    },
    { title: 'On hold', rows: agenda.holds.map((it) => holdRow(it, today)) },
    ...(shown === 'all' ? hiddenSections(agenda) : []),
  ];
}

function hiddenSections(agenda: Agenda): readonly Section[] {
  const { today, hiddenItems } = agenda;
  if (!hiddenItems) return [];
  const steps = (items: readonly StepItem[]) => items.map((it) => stepRow(it, today));
  const quiet = (it: { readonly to: Day; readonly why: string }) =>
    weighed([2, `until ${shortDate(it.to, today)}`], [1, it.why.replace(/\s+/g, ' ')]);
  const plain = { when: '', whenStyle: 'plain' as Style };
  return [
    { title: 'Later', rows: steps(hiddenItems.later) },
    { title: 'Blocked', rows: steps(hiddenItems.blocked).map((row) => ({ ...row, ...plain })) },
    { title: 'Without a day', rows: steps(hiddenItems.unscheduled) },
    { title: 'Without a deadline', rows: steps(hiddenItems.no_due) },
    { title: 'Recent issues', rows: hiddenItems.issues.map(issueRow) },
    {
      title: 'Snoozed',
      rows: hiddenItems.snoozed.map((it) => ({
        ...plain,
        who: it.client_name,
        what: it.title,
        facts: quiet(it),
        ref: it.ref,
      })),
    },
    {
      title: 'Quiet while leaving',
      rows: hiddenItems.leaving.map((it) => ({
        ...plain,
        who: it.client_name,
        what: it.title,
        facts: [],
        ref: it.ref,
      })),
    },
    {
      title: 'Paused',
      rows: hiddenItems.paused.map((it) => ({
        ...plain,
        who: it.client_name,
        what: 'Paused',
        facts: quiet(it),
        ref: it.ref,
      })),
    },
  ];
}
