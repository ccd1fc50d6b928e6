// Days written for what is still open that will hurt: on a closed day, while the owner is away, before the engagement
// starts. Knows no today: what is open is what nothing closes.
import type { ClientRecord } from '../book/book.ts';
import { engagementOf, type PlannedStep, planOf } from '../book/plan.ts';
import { type Day, formatFullDay } from '../day.ts';
import type { DataPath, Place, Problem, Related } from '../problem/problem.ts';
import type { Engagement } from '../records/client.ts';
import { nearestWorking } from './calendar.ts';
import { type Ground, ownerOf } from './setting.ts';
import { ruleOf } from './step-days.ts';

type Written = {
  readonly what: string;
  readonly day: Day;
  readonly place: Place & { readonly path: DataPath };
  /** Those who must be there. */
  readonly owners: readonly (string | null)[];
  /** The day before which it makes no sense, and where that is written. */
  readonly starts?: { readonly day: Day; readonly place: Place };
};

/** Each a warning, in the order of the file. */
export function writtenDayProblems(ground: Ground, client: ClientRecord): readonly Problem[] {
  const written = [
    ...promiseDays(ground, client),
    ...Object.keys(client.engagements ?? {}).flatMap((id) => engagementDays(ground, client, id)),
  ];
  return written.flatMap((each) => [
    ...closedProblem(ground, each),
    ...each.owners.flatMap((owner) => awayProblem(ground, each, owner)),
    ...startProblem(each),
  ]);
}

const promiseDays = (ground: Ground, client: ClientRecord): readonly Written[] =>
  Object.entries(client.promises ?? {})
    .filter(([, promise]) => promise.kept === undefined)
    .map(([id, { by }]) => ({
      what: id,
      day: by,
      place: { file: client.file, path: ['promises', id, 'by'] },
      owners: [ownerOf(ground, client)],
    }));

function engagementDays(ground: Ground, client: ClientRecord, id: string): readonly Written[] {
  const engagement = engagementOf(client, id);
  const plan = planOf(ground.book, client, id);
  if (!engagement || !plan || engagement.ended !== undefined || (engagement.offer && !plan.offer)) return [];
  const path = ['engagements', id];
  const starts = { day: engagement.started, place: { file: client.file, path: [...path, 'started'] } };
  const milestones = Object.entries(plan.milestones)
    .filter(([milestone]) => isAhead(plan.steps, milestone))
    .map(([milestone, day]) => ({
      what: milestone,
      day,
      place: { file: client.file, path: [...path, 'milestones', milestone] },
      owners: attending(ground, client, engagement, plan.steps, milestone),
      starts,
    }));
  const steps = plan.steps.flatMap((step): readonly Written[] => {
    const rule = ruleOf(step);
    if (!isOpen(step) || rule?.kind !== 'day') return [];
    const place = step.handDue
      ? { file: client.file, path: [...step.progressPath, 'due'] }
      : { file: step.planFile, path: [...step.planPath, 'due'] };
    return [{ what: step.id, day: rule.day, place, owners: [stepOwner(ground, client, engagement, step)], starts }];
  });
  return [...milestones, ...steps];
}

const isOpen = (step: PlannedStep): boolean => step.done === undefined && step.skipped === undefined;

/** A step that counts from it is open, or none ever did. */
function isAhead(steps: readonly PlannedStep[], milestone: string): boolean {
  const counting = steps.filter((step) => {
    const rule = ruleOf(step);
    return rule?.kind === 'anchor' && rule.anchor === milestone;
  });
  return counting.length === 0 || counting.some(isOpen);
}

const stepOwner = (ground: Ground, client: ClientRecord, engagement: Engagement, step: PlannedStep): string | null =>
  ownerOf(ground, client, step.owner, engagement.owner);

/** The people whose open steps are due on the milestone itself, else who is responsible for the engagement. */
function attending(
  ground: Ground,
  client: ClientRecord,
  engagement: Engagement,
  steps: readonly PlannedStep[],
  milestone: string,
): readonly (string | null)[] {
  const owners = steps
    .filter((step) => {
      const rule = ruleOf(step);
      return isOpen(step) && rule?.kind === 'anchor' && rule.anchor === milestone && rule.offset.n === 0;
    })
    .map((step) => stepOwner(ground, client, engagement, step))
    .filter((owner) => owner !== 'client' && owner !== 'partner');
  return owners.length === 0 ? [ownerOf(ground, client, engagement.owner)] : [...new Set(owners)];
}

const on = (day: Day): string => formatFullDay(day);

function closedProblem({ book, calendar }: Ground, { what, day, place }: Written): readonly Problem[] {
  if (calendar.isWorking(day)) return [];
  const closing = book.practice?.calendar?.closed.find((it) => it.from <= day && day <= it.to);
  const next = nearestWorking(calendar, day, 1);
  return [
    {
      code: 'date/closed',
      args: { what, day: on(day), why: closing?.why || undefined, ...(next === day ? {} : { next: on(next) }) },
      place,
    },
  ];
}

function awayProblem({ book }: Ground, { what, day, place }: Written, owner: string | null): readonly Problem[] {
  const person = owner === null ? undefined : book.practice?.people?.[owner];
  const away = person?.away?.find((it) => it.from <= day && day <= it.to);
  if (!owner || !person || !away) return [];
  const key = away.from === away.to ? away.from : `${away.from}..${away.to}`;
  const until = `away until ${on(away.to)}`;
  const related: Related = {
    place: { file: 'deliver.yaml', path: ['people', owner, 'away', key], on: 'key' },
    message: until,
  };
  return [
    {
      code: 'date/owner-away',
      args: { what, day: on(day), who: person.name, why: away.why || undefined },
      place,
      related: [related],
    },
  ];
}

function startProblem({ what, day, place, starts }: Written): readonly Problem[] {
  if (!starts || day >= starts.day) return [];
  return [
    {
      code: 'date/before-start',
      args: { what, day: on(day), start: on(starts.day) },
      place,
      related: [{ place: starts.place, message: 'the engagement starts here' }],
    },
  ];
}
