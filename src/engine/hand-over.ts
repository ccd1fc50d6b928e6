// What somebody who takes over a client must know, what is still to be closed, and when we ask how it went. One client, as
// data. What was noted for ourselves stays here: neither notes of contacts nor scores are handed over.
import { type ClientRecord, findKind } from '../book/book.ts';
import { type Day, formatOffset } from '../day.ts';
import { type BriefOpen, type BriefPerson, openIssues, openPromises, people } from './brief.ts';
import { addOffset } from './calendar.ts';
import { OFFBOARDING } from './partners.ts';
import { isEnded, type Schedule, type ScheduledStep, scheduleOf } from './schedule.ts';
import type { Setting } from './setting.ts';
import { hasNoLog, stepNamer, stepOwner } from './step-items.ts';

export type HandedStep = {
  readonly ref: string;
  readonly step: string;
  readonly title: string;
  readonly due: Day | null;
  readonly owner: string | null;
  readonly is_internal: boolean;
};
export type HandedWork = {
  readonly engagement: string;
  readonly offer: string | null;
  readonly outcome: string | null;
  /** The name of the partner who works in it. */
  readonly partner: string | null;
  readonly started: Day;
  readonly ended: Day | null;
  readonly result: string | null;
  readonly forecast_end: Day | null;
  /** What was made and done, in its order; not mails, calls and invoices. */
  readonly delivered: readonly { readonly title: string; readonly day: Day }[];
  readonly open: readonly HandedStep[];
};
export type HandOver = {
  readonly contacts: readonly BriefPerson[];
  /** What runs first, then what ended, the latest first. */
  readonly work: readonly HandedWork[];
  /** Null when the log cannot be read. */
  readonly touches:
    | readonly {
        readonly date: Day;
        readonly title: string;
        readonly with: readonly string[];
        readonly in: boolean;
      }[]
    | null;
  readonly promises: readonly BriefOpen[];
  readonly issues: readonly BriefOpen[];
  readonly resources: readonly { readonly what: string; readonly where: string }[];
};

const LAST_TOUCHES = 8;
const MADE = new Set(['task', 'meeting', 'document', 'homework']);

export function handOverOf(setting: Setting, client: ClientRecord): HandOver {
  const { today } = setting;
  const schedules = schedulesOf(setting, client).filter((it) => it.engagement.offer?.id !== OFFBOARDING);
  const running = schedules.filter((it) => !isEnded(it.engagement, today));
  const ended = schedules
    .filter((it) => isEnded(it.engagement, today))
    .toSorted((a, b) => (a.engagement.started < b.engagement.started ? 1 : -1));
  return {
    contacts: people(client, today),
    work: [...running, ...ended].map((it) => workOf(setting, client, running, it)),
    touches: hasNoLog(setting.book, client) ? null : lastTouches(setting, client),
    promises: openPromises(client, today),
    issues: openIssues(client, today),
    resources: resourcesOf(schedules),
  };
}

const schedulesOf = ({ book, calendar, today }: Setting, client: ClientRecord): readonly Schedule[] =>
  Object.keys(client.engagements ?? {})
    .map((id) => scheduleOf(book, calendar, today, client, id))
    .filter((it) => it !== undefined);

function workOf(setting: Setting, client: ClientRecord, running: readonly Schedule[], it: Schedule): HandedWork {
  const { engagement, plan } = it;
  const isOver = isEnded(engagement, setting.today);
  return {
    engagement: it.id,
    offer: plan.offer?.name ?? null,
    outcome: plan.offer?.outcome?.trim() ?? null,
    partner: partnerName(setting, engagement.partner),
    started: engagement.started,
    ended: isOver ? (engagement.ended ?? null) : null,
    result: engagement.result ?? null,
    forecast_end: isOver ? null : (it.forecastEnd ?? null),
    delivered: it.steps.flatMap((step) =>
      step.plan.done !== undefined &&
      step.closed !== undefined &&
      !step.plan.internal &&
      MADE.has(step.plan.kind) &&
      !isTheirs(stepOwner(setting, client, it, step))
        ? [{ title: step.plan.clientTitle, day: step.closed }]
        : [],
    ),
    open: isOver
      ? []
      : it.steps
          .filter((step) => step.state !== 'closed')
          .map((step) => handedStep(setting, client, running, it, step)),
  };
}

const partnerName = ({ book }: Setting, id: string | undefined): string | null =>
  id === undefined ? null : (book.partners.get(id)?.name ?? id);

const isTheirs = (owner: string | null): boolean => owner === 'client' || owner === 'partner';

const handedStep = (
  setting: Setting,
  client: ClientRecord,
  running: readonly Schedule[],
  schedule: Schedule,
  step: ScheduledStep,
): HandedStep => ({
  ref: stepNamer(setting, client, running)(schedule, step.plan.id),
  step: step.plan.id,
  title: step.plan.clientTitle,
  due: step.due ?? null,
  owner: stepOwner(setting, client, schedule, step),
  is_internal: step.plan.internal,
});

/** What was noted among ourselves is no contact. */
function lastTouches({ book, today }: Setting, client: ClientRecord): HandOver['touches'] {
  return (book.logs.get(client.id)?.touches ?? [])
    .filter((touch) => touch.date <= today && touch.kind !== 'note')
    .toSorted((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : b.at - a.at))
    .slice(0, LAST_TOUCHES)
    .map((touch) => ({
      date: touch.date,
      title: findKind(book, touch.kind)?.title ?? touch.kind,
      with: (touch.with ?? []).map((id) => client.contacts?.[id]?.name ?? id),
      in: touch.in === true,
    }));
}

function resourcesOf(schedules: readonly Schedule[]): HandOver['resources'] {
  const all = schedules.flatMap(({ steps }) =>
    steps
      .filter((step) => !step.plan.internal)
      .flatMap((step) =>
        Object.entries(step.plan.resources ?? {}).map(([id, where]) => ({
          what: `${step.plan.clientTitle}: ${id}`,
          where,
        })),
      ),
  );
  return [...new Map(all.map((each) => [each.where, each])).values()];
}

/** The offboarding of a client: the one that runs, else the last one. */
export function offboardingOf(setting: Setting, client: ClientRecord): Schedule | undefined {
  const all = schedulesOf(setting, client).filter((it) => it.engagement.offer?.id === OFFBOARDING);
  return (
    all.find((it) => !isEnded(it.engagement, setting.today)) ??
    all.toSorted((a, b) => (a.engagement.started < b.engagement.started ? 1 : -1))[0]
  );
}

const CHECK_AFTER = { n: 30, unit: 'd' } as const;
/** A step that comes so long after the last day, or later, is the check. */
const CHECK_FROM: Readonly<Record<string, number>> = { d: 20, bd: 15, w: 3, m: 1, y: 1 };

/** The day on which somebody asks how it goes. */
export const checkDay = ({ calendar }: Pick<Setting, 'calendar'>, lastDay: Day): Day =>
  addOffset(calendar, lastDay, '+', CHECK_AFTER);

/** As it is written in an offer or an engagement. */
export const CHECK_DUE = `last-day + ${formatOffset(CHECK_AFTER)}`;

type Ruled = {
  readonly id: string;
  readonly due?:
    | {
        readonly kind: string;
        readonly anchor?: string;
        readonly sign?: string;
        readonly offset?: { readonly n: number; readonly unit: string };
      }
    | undefined;
};

/** The step that asks after about a month; the last one, where there are several. */
export const findCheck = <T extends Ruled>(steps: readonly T[]): T | undefined =>
  steps.findLast(({ due }) => {
    const { n = 0, unit = 'd' } = due?.offset ?? {};
    return due?.anchor === 'last-day' && due.sign === '+' && n >= (CHECK_FROM[unit] ?? 1);
  }) ?? steps.find(({ id }) => id === 'thirty-days');
