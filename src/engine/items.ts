// The lines of the morning as data, in the shape `status --json` prints them. Types only: who makes them is elsewhere.
import type { Day } from '../day.ts';
import type { DueState } from './cadence.ts';
import type { UncoveredYear } from './covered-years.ts';

type Common = {
  /** How to name it on the command line. */
  readonly ref: string;
  readonly client: string;
  readonly client_name: string;
  /** A person's id, `client` or `partner`; null when nobody is known. */
  readonly owner: string | null;
};

export type Chase = {
  readonly rung: string;
  readonly day: Day;
  readonly days_late: number;
  readonly email?: string;
  readonly script?: string;
  /** What was said would happen; only with the last rung. */
  readonly if_late?: string;
};

export type StepItem = Common & {
  readonly engagement: string;
  readonly step: string;
  readonly title: string;
  readonly due: Day | null;
  readonly needed_by: Day | null;
  readonly planned: Day | null;
  /** Calendar days from the day that places it to today; negative before. */
  readonly days_late: number | null;
  readonly working_days_late: number | null;
  /** How many open steps come after it. */
  readonly blocks: number;
  readonly blocked_by: readonly string[];
  readonly starts_late: boolean;
  readonly forecast_end: Day | null;
  readonly promised: Day | null;
  readonly slip_working_days: number | null;
  readonly chase: Chase | null;
  /** Kinds of touch that are due for this client and folded into this line. */
  readonly also_due: readonly string[];
  readonly email: string | null;
  readonly script: string | null;
};

export type TouchItem = Common & {
  readonly kind: string;
  readonly title: string;
  readonly segment: string | null;
  readonly rule: string;
  readonly level: 'client' | 'segment';
  readonly last: Day | null;
  /** Client since, or in this folder since. */
  readonly since: Day | null;
  readonly due: Day;
  readonly state: DueState;
  readonly days_late: number;
  readonly ratio: number | null;
  readonly email: string | null;
  readonly script: string | null;
};

export type YearlyItem = Common & {
  /** Null for an occasion that no rule covers. */
  readonly kind: string | null;
  readonly contact: string | null;
  readonly contact_name: string | null;
  readonly title: string;
  readonly date: Day;
  readonly state: DueState;
  readonly days_late: number;
};

export type PromiseItem = Common & {
  readonly promise: string;
  readonly what: string;
  readonly by: Day;
  readonly days_late: number;
};

export type IssueItem = Common & {
  readonly issue: string;
  readonly what: string;
  readonly since: Day;
  readonly age: number;
  readonly kind: string;
};

export type RenewalItem = Common & { readonly date: Day; readonly days: number; readonly engagement: string | null };

export type BillingItem = Common & { readonly state: string; readonly note: string | null };

export type HoldItem = Common & {
  readonly engagement: string;
  readonly from: Day;
  readonly age: number;
  readonly review: Day;
  readonly review_due: boolean;
  readonly why: string;
  readonly waiting_on: string | null;
};

export type EngagementItem = Common & {
  readonly engagement: string;
  readonly offer: string | null;
  readonly version: number | null;
  readonly started: Day;
  readonly planned_end: Day | null;
  readonly promised: Day | null;
  readonly forecast_end: Day | null;
  readonly slip_working_days: number | null;
  /** Milestones without a date and steps without a deadline that leave an open step, and so the forecast end, without a day. */
  readonly missing: readonly string[];
  readonly closed: number;
  readonly open: number;
  readonly on_hold: boolean;
};

export type StartItem = Common & {
  readonly offer: string;
  readonly offer_name: string;
  readonly due: Day;
  readonly days_late: number;
  readonly last_started: Day;
};

/** An engagement with nothing left to do but to finish it. */
export type FinishItem = Common & { readonly engagement: string; readonly closed_on: Day };

export type PauseItem = Common & { readonly to: Day; readonly why: string };
export type SnoozeItem = Common & {
  readonly kind: string;
  readonly title: string;
  readonly to: Day;
  readonly why: string;
};

/** What a client who is leaving would hear otherwise; `kind` is null for an occasion without a rule. */
export type QuietItem = Common & { readonly kind: string | null; readonly title: string };

export type Hidden = {
  readonly later: number;
  /** Open, and younger than those that are listed. */
  readonly issues: number;
  readonly snoozed: number;
  readonly paused: number;
  readonly leaving: number;
  readonly on_hold: number;
  readonly blocked: number;
  readonly unscheduled: number;
  readonly no_due: number;
  readonly soon: number;
};

/** What the hidden counts stand for, where it was asked for. */
export type HiddenItems = {
  readonly later: readonly StepItem[];
  readonly issues: readonly IssueItem[];
  readonly blocked: readonly StepItem[];
  readonly unscheduled: readonly StepItem[];
  readonly no_due: readonly StepItem[];
  readonly snoozed: readonly SnoozeItem[];
  readonly paused: readonly PauseItem[];
  readonly leaving: readonly QuietItem[];
};

/** Something written for a day that has not come, though it says it has happened. */
export type FutureEntry = {
  readonly file: string;
  readonly path: readonly (string | number)[];
  readonly what: string;
  readonly day: Day;
};

export type Agenda = {
  readonly today: Day;
  readonly overdue: readonly StepItem[];
  readonly due_today: readonly StepItem[];
  readonly upcoming: readonly StepItem[];
  readonly to_start: readonly StartItem[];
  readonly to_finish: readonly FinishItem[];
  readonly waiting: readonly StepItem[];
  readonly touches: readonly TouchItem[];
  readonly occasions: readonly YearlyItem[];
  readonly promises: readonly PromiseItem[];
  readonly issues: readonly IssueItem[];
  readonly renewals: readonly RenewalItem[];
  readonly billing: readonly BillingItem[];
  readonly holds: readonly HoldItem[];
  readonly engagements: readonly EngagementItem[];
  readonly hidden: Hidden;
  readonly hiddenItems: HiddenItems | undefined;
  /** The next of the hidden steps that come later and have a day; null when there is none. */
  readonly next_later: StepItem | null;
  readonly future: readonly FutureEntry[];
  /** Years without a closed day in which something is due or likely to be closed; the earliest first. */
  readonly uncovered: readonly UncoveredYear[];
};
