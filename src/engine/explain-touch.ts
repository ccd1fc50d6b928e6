// Why a client is due a contact, or is not: the rule and its level, the contact it counts from, and what keeps it quiet.
import { type ClientRecord, findKind } from '../book/book.ts';
import { type Day, daysBetween, formatFullDay, formatOffset, yearOf } from '../day.ts';
import type { CadenceRule } from '../records/cadence.ts';
import type { Standing } from './cadence.ts';
import { addOffset, addUnrolled } from './calendar.ts';
import { isLastRound } from './client-items.ts';
import { contactsOf } from './contact.ts';
import type { Explanation, Part, Source } from './explain.ts';
import { isLeaving, isSnoozed } from './quiet.ts';
import { isPaused, type Setting } from './setting.ts';
import { countedContacts, formatRule, type Rule, rulesOf, standingOf } from './touch-items.ts';
import { occasionIn, type YearlyDay, yearlyDays } from './yearly.ts';

const part = (label: string, text: string, source?: Source): Part => ({ label, text, ...(source ? { source } : {}) });
const count = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;

/** `undefined` when no rule makes this kind of touch due for the client. */
export function explainTouch(setting: Setting, client: ClientRecord, kind: string): Explanation | undefined {
  const rule = rulesOf(setting, client).find((it) => it.kind === kind);
  const title = `${client.name} · ${findKind(setting.book, kind)?.title ?? kind}`;
  if (!rule) return client.cadence?.[kind] === 'none' ? switchedOff(client, title, kind) : undefined;
  const contacts = contactsOf(setting.book, client, setting.today);
  const quiet = quietParts(setting, client, rule);
  const head = [ruleHead(client, rule)];
  if (rule.rule.form === 'yearly') {
    const days = yearlyDays(
      rule.rule,
      client,
      countedContacts(setting, contacts, kind),
      setting.calendar,
      setting.today,
    );
    return {
      title,
      answer: yearlyAnswer(client, days, setting.today),
      parts: [...head, ...yearlyParts(client, days), ...quiet],
    };
  }
  const standing = standingOf(setting, client, rule, contacts);
  if (!standing)
    return {
      title,
      answer: 'no day to count from',
      parts: [...head, part('missing', 'the client has no touch, no `since` and no `added`'), ...quiet],
    };
  return {
    title,
    answer: answerOf(standing, setting.today),
    parts: [...head, ...standingParts(setting, client, rule.rule, standing), ...quiet],
  };
}

const switchedOff = (client: ClientRecord, title: string, kind: string): Explanation => ({
  title,
  answer: 'never due: switched off for this client',
  parts: [part('rule', 'none', { file: client.file, path: ['cadence', kind] })],
});

function ruleHead(client: ClientRecord, { kind, rule, level }: Rule): Part {
  const source =
    level === 'client'
      ? { file: client.file, path: ['cadence', kind] }
      : { file: 'service.yaml', path: ['segments', client.segment ?? '', 'cadence', kind] };
  const whose = level === 'client' ? "the client's own rule" : `the rule of segment ${client.segment}`;
  return part('rule', `${formatRule(rule)}, ${whose}`, source);
}

function answerOf(standing: Standing, today: Day): string {
  const late = daysBetween(standing.due, today);
  const due = `due ${formatFullDay(standing.due)}`;
  if (late > 0) return `${due}, ${count(late, 'day')} late${standing.state === 'overdue' ? '' : ', within its grace'}`;
  if (late === 0) return `${due}, today`;
  return `${due}, in ${count(-late, 'day')}`;
}

function standingParts(setting: Setting, client: ClientRecord, rule: CadenceRule, standing: Standing): readonly Part[] {
  const { last, period, protectedSince } = standing;
  const counted = last
    ? part('last', `${findKind(setting.book, last.kind)?.title ?? last.kind} on ${formatFullDay(last.day)}`, {
        file: last.file,
        path: last.path,
      })
    : part('last', 'none yet');
  const since =
    rule.form === 'every' && !last && client.since !== undefined
      ? [part('from', `client since ${formatFullDay(client.since)}`, { file: client.file, path: ['since'] })]
      : [];
  const grace = rule.grace
    ? [
        part(
          'grace',
          `${formatOffset(rule.grace)}: overdue after ${formatFullDay(addUnrolled(setting.calendar, standing.due, '+', rule.grace))}`,
        ),
      ]
    : [];
  return [
    counted,
    ...since,
    ...(period
      ? [part('period', `${formatFullDay(period.from)} to ${formatFullDay(period.to)}, due on its last working day`)]
      : []),
    ...(protectedSince
      ? [
          part('new here', `counted from ${formatFullDay(protectedSince)}, so that nobody is late on the first day`, {
            file: client.file,
            path: [client.segment_since === protectedSince ? 'segment_since' : 'added'],
          }),
        ]
      : []),
    ...grace,
  ];
}

function quietParts(setting: Setting, client: ClientRecord, { kind, level }: Rule): readonly Part[] {
  const { today } = setting;
  const { leaving } = client;
  const snooze = isSnoozed(client, kind, today) ? client.snooze?.[kind] : undefined;
  return [
    ...(snooze
      ? [
          part('snoozed', `through ${formatFullDay(snooze.to)} (${snooze.why.trim()})`, {
            file: client.file,
            path: ['snooze', kind],
          }),
        ]
      : []),
    ...(leaving && level === 'segment' && isLeaving(client, today)
      ? [
          part('leaving', `since ${formatFullDay(leaving.decided)}: only the client's own rules hold`, {
            file: client.file,
            path: ['leaving'],
          }),
        ]
      : []),
    ...(client.pause && isPaused(client, today)
      ? [
          part('paused', `through ${formatFullDay(client.pause.to)} (${client.pause.why.trim()})`, {
            file: client.file,
            path: ['pause'],
          }),
        ]
      : []),
  ];
}

function yearlyAnswer(client: ClientRecord, days: readonly YearlyDay[], today: Day): string {
  if (days.length === 0) return 'nothing near today, or it has been kept';
  return days
    .map((day) => {
      const who = day.person === undefined ? '' : `${client.contacts?.[day.person]?.name ?? day.person}: `;
      const late = daysBetween(day.date, today);
      const when = late === 0 ? 'today' : late > 0 ? `${count(late, 'day')} ago` : `in ${count(-late, 'day')}`;
      return `${who}${formatFullDay(day.date)}, ${when}`;
    })
    .join('; ');
}

const yearlyParts = (client: ClientRecord, days: readonly YearlyDay[]): readonly Part[] =>
  days.flatMap((day) =>
    day.person === undefined
      ? []
      : [
          part('birthday', client.contacts?.[day.person]?.name ?? day.person, {
            file: client.file,
            path: ['contacts', day.person, 'birthday'],
          }),
        ],
  );

/** The next time it comes round, whether or not it is near. */
function nextOccasion(occasion: NonNullable<ClientRecord['occasions']>[string], today: Day): string {
  const next = [0, 1]
    .map((n) => occasionIn(occasion, yearOf(today) + n))
    .find((day) => day !== undefined && day >= today);
  if (next === undefined) return 'gone by, and it does not come again';
  const days = daysBetween(today, next);
  return `${formatFullDay(next)}, ${days === 0 ? 'today' : `in ${count(days, 'day')}`}`;
}

/** When the next engagement of a repeating offer is due to start; `undefined` for an offer that does not repeat. */
export function explainStart(setting: Setting, client: ClientRecord, offerId: string): Explanation | undefined {
  const { book, calendar, today } = setting;
  const offer = book.offers.get(offerId);
  const latest = Object.entries(client.engagements ?? {})
    .filter(([, it]) => it.offer?.id === offerId)
    .toSorted(([, a], [, b]) => (a.started < b.started ? -1 : 1))
    .at(-1);
  if (!offer?.repeats || !latest) return undefined;
  const [id, engagement] = latest;
  const { started } = engagement;
  const due = addOffset(calendar, started, '+', offer.repeats);
  const isOver = client.status !== 'active' || isLeaving(client, today);
  const answer = isOver
    ? 'no next start: the client is leaving or gone'
    : isLastRound(engagement, today)
      ? `no next start: ${id} ${engagement.repeats === 'none' ? 'is the last round' : 'was cancelled'}`
      : `the next one is due to start ${formatFullDay(due)}`;
  return {
    title: `${client.name} · ${offer.name}`,
    answer,
    parts: [
      part('repeats', formatOffset(offer.repeats), { file: offer.file, path: ['repeats'] }),
      part('last', `${id} started ${formatFullDay(started)}`, {
        file: client.file,
        path: ['engagements', id, 'started'],
      }),
    ],
  };
}

export function explainOccasion(setting: Setting, client: ClientRecord, id: string): Explanation | undefined {
  const occasion = client.occasions && Object.hasOwn(client.occasions, id) ? client.occasions[id] : undefined;
  if (!occasion) return undefined;
  const title = `${client.name} · ${occasion.title}`;
  const written = part('date', `${formatFullDay(occasion.date)}, ${occasion.once ? 'once' : 'and each year after'}`, {
    file: client.file,
    path: ['occasions', id, 'date'],
  });
  return {
    title,
    answer: nextOccasion(occasion, setting.today),
    parts: [written, part('shown', 'from 7 days before it, gone the day after')],
  };
}
