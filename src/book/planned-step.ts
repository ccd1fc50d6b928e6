// A step of a plan out of what the offer and the engagement say of it. Both ways write all its keys in one order: a large
// practice has a million steps, and spreading takes twice as long and makes objects of another shape.
import type { StepProgress } from '../records/client.ts';
import type { StepPlan } from '../records/offer.ts';
import type { PlannedStep } from './plan.ts';

type Planned = StepPlan & { readonly phase: string | undefined };
type Own = Pick<PlannedStep, 'planDue' | 'handDue' | 'after' | 'progressPath' | 'planFile' | 'planPath' | 'isExtra'>;

export function toPlanned(id: string, plan: Planned, progress: StepProgress | undefined, own: Own): PlannedStep {
  const email = progress?.email ?? plan.email;
  return {
    id,
    phase: progress?.phase ?? plan.phase,
    title: progress?.title ?? plan.title,
    clientTitle: progress?.client_title ?? plan.client_title ?? progress?.title ?? plan.title,
    kind: progress?.kind ?? plan.kind ?? (email === undefined ? 'task' : 'email'),
    owner: progress?.owner ?? plan.owner,
    contact: progress?.contact ?? plan.contact,
    email,
    script: progress?.script ?? plan.script,
    touch: progress?.touch ?? plan.touch,
    effort: progress?.effort ?? plan.effort,
    expect: progress?.expect ?? plan.expect,
    chase: progress?.chase ?? plan.chase,
    internal: progress?.internal ?? plan.internal ?? false,
    resources: progress?.resources ?? plan.resources,
    planDue: own.planDue,
    handDue: own.handDue,
    after: own.after,
    done: progress?.done,
    took: progress?.took,
    skipped: progress?.skipped,
    why: progress?.why,
    progressPath: own.progressPath,
    planFile: own.planFile,
    planPath: own.planPath,
    isExtra: own.isExtra,
  };
}

/** A step of which nothing is written but that it is closed. */
export const closedStep = (step: PlannedStep, { done, took, skipped, why }: StepProgress): PlannedStep => ({
  id: step.id,
  phase: step.phase,
  title: step.title,
  clientTitle: step.clientTitle,
  kind: step.kind,
  owner: step.owner,
  contact: step.contact,
  email: step.email,
  script: step.script,
  touch: step.touch,
  effort: step.effort,
  expect: step.expect,
  chase: step.chase,
  internal: step.internal,
  resources: step.resources,
  planDue: step.planDue,
  handDue: step.handDue,
  after: step.after,
  done,
  took,
  skipped,
  why,
  progressPath: step.progressPath,
  planFile: step.planFile,
  planPath: step.planPath,
  isExtra: step.isExtra,
});
