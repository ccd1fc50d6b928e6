// The steps of a client's offboarding as a list to tick, what is to be closed before the last day, and the check after it.
import type { ClientRecord } from '../book/book.ts';
import type { Day } from '../day.ts';
import { type BriefOpen, openIssues, openPromises } from './brief.ts';
import { checkDay, findCheck } from './hand-over.ts';
import type { Schedule, ScheduledStep } from './schedule.ts';
import { ownerOf, type Setting } from './setting.ts';
import { runningSchedules, stepNamer, stepOwner } from './step-items.ts';

export type ListedStep = {
  readonly ref: string;
  readonly step: string;
  readonly title: string;
  /** When it is due; for a closed step the day it was closed; null without a deadline. */
  readonly day: Day | null;
  /** A person, `client` or `partner`. */
  readonly owner: string | null;
  readonly is_closed: boolean;
  /** Why it was skipped. */
  readonly skipped: string | null;
};
export type Phase = { readonly title: string | null; readonly steps: readonly ListedStep[] };
export type StillRunning = {
  readonly ref: string;
  readonly offer: string | null;
  readonly open: number;
  readonly forecast_end: Day | null;
};
export type Checklist = {
  readonly phases: readonly Phase[];
  readonly running: readonly StillRunning[];
  readonly promises: readonly BriefOpen[];
  readonly issues: readonly BriefOpen[];
  readonly billing: string | null;
  readonly risks: readonly { readonly what: string; readonly mitigation: string | null }[];
};
export type Check = {
  readonly day: Day;
  readonly ref: string | null;
  readonly owner: string | null;
  readonly script: string | null;
  readonly is_closed: boolean;
};

export function checklistOf(setting: Setting, client: ClientRecord, schedule: Schedule | undefined): Checklist {
  const { today } = setting;
  const schedules = runningSchedules(setting, client);
  const { state = 'ok', note } = client.billing ?? {};
  /** What could go wrong with a step that is closed cannot any more. */
  const isClosed = (id: string | undefined): boolean =>
    id !== undefined && schedule?.steps.find((step) => step.plan.id === id)?.state === 'closed';
  return {
    phases: schedule ? phasesOf(setting, client, schedules, schedule) : [],
    running: schedules
      .filter((it) => it.id !== schedule?.id)
      .map((it) => ({
        ref: `${client.id}/${it.id}`,
        offer: it.plan.offer?.name ?? null,
        open: it.steps.filter((step) => step.state !== 'closed').length,
        forecast_end: it.forecastEnd ?? null,
      })),
    promises: openPromises(client, today),
    issues: openIssues(client, today),
    billing: state === 'ok' ? null : note === undefined ? state : `${state}: ${note.trim()}`,
    risks: (schedule?.plan.offer?.risks ?? []).flatMap((it) =>
      it === undefined || isClosed(it.step)
        ? []
        : [{ what: it.what.trim(), mitigation: it.mitigation?.trim() ?? null }],
    ),
  };
}

function phasesOf(
  setting: Setting,
  client: ClientRecord,
  schedules: readonly Schedule[],
  schedule: Schedule,
): readonly Phase[] {
  const ids = [...new Set(schedule.steps.map((step) => step.plan.phase))];
  return ids.map((id) => ({
    title: id === undefined ? null : (schedule.plan.offer?.phases?.[id]?.title ?? id),
    steps: schedule.steps
      .filter((step) => step.plan.phase === id)
      .map((step) => listed(setting, client, schedules, schedule, step)),
  }));
}

const listed = (
  setting: Setting,
  client: ClientRecord,
  schedules: readonly Schedule[],
  schedule: Schedule,
  step: ScheduledStep,
): ListedStep => ({
  ref: stepNamer(setting, client, schedules)(schedule, step.plan.id),
  step: step.plan.id,
  title: step.plan.title,
  day: step.closed ?? step.due ?? null,
  owner: stepOwner(setting, client, schedule, step),
  is_closed: step.closed !== undefined,
  skipped: step.closed !== undefined && step.plan.skipped !== undefined ? (step.plan.why?.trim() ?? '') : null,
});

/** The step of the plan that asks; without one the day by itself. */
export function checkOf(setting: Setting, client: ClientRecord, schedule: Schedule | undefined, lastDay: Day): Check {
  const found = schedule && findCheck(schedule.steps.map((step) => ({ id: step.plan.id, due: step.rule, step })))?.step;
  if (!found) {
    const owner = ownerOf(setting, client);
    return { day: checkDay(setting, lastDay), ref: null, owner, script: null, is_closed: false };
  }
  return {
    day: found.closed ?? found.due ?? checkDay(setting, lastDay),
    ref: stepNamer(setting, client, runningSchedules(setting, client))(schedule, found.plan.id),
    owner: stepOwner(setting, client, schedule, found),
    script: found.plan.script ?? null,
    is_closed: found.closed !== undefined,
  };
}
