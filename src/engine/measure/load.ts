// The hours that lie ahead, each with the record it comes from: open steps, and the next rounds of repeating offers. What
// cannot be counted is named. Contacts are contact-load's; weeks and shares are capacity's.
import type { ClientRecord } from '../../book/book.ts';
import { addDays, type Day, daysBetween, maxDay } from '../../day.ts';
import { addOffset, nearestWorking } from '../calendar.ts';
import { startItems } from '../client-items.ts';
import type { Schedule, ScheduledStep } from '../schedule.ts';
import type { Setting } from '../setting.ts';
import { runningSchedules, stepNamer, stepOwner } from '../step-items.ts';
import { contactHours } from './contact-load.ts';
import { type Hours, type Piece, spreadPiece, type Uncounted, type Workers } from './hours.ts';
import { usualCourse } from './usual.ts';

export type Load = {
  readonly hours: readonly Hours[];
  /** On hold: as if each went on today. */
  readonly held: readonly Hours[];
  readonly noEffort: readonly Uncounted[];
  readonly unscheduled: readonly Uncounted[];
  readonly onHold: readonly (Uncounted & { readonly minutes: number })[];
  /** Steps and contacts with hours that no person owns. */
  readonly nobody: readonly string[];
  /** Kinds of touch with a cadence and without effort. */
  readonly kinds: readonly string[];
};

const isTheirs = (owner: string | null): boolean => owner === 'client' || owner === 'partner';

/** Of each engagement all that is left to do. */
export function heldWork({
  onHold,
}: Pick<Load, 'onHold'>): readonly { readonly ref: string; readonly minutes: number }[] {
  const minutes = new Map<string, number>();
  for (const each of onHold) minutes.set(each.ref, (minutes.get(each.ref) ?? 0) + each.minutes);
  return [...minutes].map(([ref, all]) => ({ ref, minutes: all }));
}

/** Everything up to `until`; what lies after it is left out. */
export function loadOf(setting: Setting, workers: Workers, until: Day): Load {
  const parts = [...setting.book.clients.values()].map((client) => clientLoad(setting, workers, client, until));
  const all = <T>(pick: (part: Load) => readonly T[]): readonly T[] => parts.flatMap(pick);
  const soon = ({ day }: Hours): boolean => day <= until;
  return {
    hours: all((part) => part.hours).filter(soon),
    held: all((part) => part.held).filter(soon),
    noEffort: all((part) => part.noEffort),
    unscheduled: all((part) => part.unscheduled),
    onHold: all((part) => part.onHold),
    nobody: all((part) => part.nobody),
    kinds: [...new Set(all((part) => part.kinds))].toSorted(),
  };
}

function clientLoad(setting: Setting, workers: Workers, client: ClientRecord, until: Day): Load {
  const schedules = runningSchedules(setting, client);
  const refOf = stepNamer(setting, client, schedules);
  const pieces: Piece[] = [];
  const held: Piece[] = [];
  const noEffort: Uncounted[] = [];
  const unscheduled: Uncounted[] = [];
  const onHold: (Uncounted & { readonly minutes: number })[] = [];
  for (const schedule of schedules) {
    const theirs = new Map<string | null, number>();
    for (const step of schedule.steps) {
      if (step.state === 'closed') continue;
      const owner = stepOwner(setting, client, schedule, step);
      if (isTheirs(owner)) continue;
      const ref = refOf(schedule, step.plan.id);
      const { effort } = step.plan;
      if (schedule.hold) {
        theirs.set(owner, (theirs.get(owner) ?? 0) + (effort ?? 0));
        const piece = stepPiece(setting, schedule, step, ref, owner);
        if (effort !== undefined && piece) held.push(piece);
        continue;
      }
      const piece = stepPiece(setting, schedule, step, ref, owner);
      if (effort === undefined) noEffort.push({ ref, person: owner });
      if (piece === undefined) unscheduled.push({ ref, person: owner });
      else if (effort !== undefined) pieces.push(piece);
    }
    for (const [person, minutes] of theirs) onHold.push({ ref: `${client.id}/${schedule.id}`, person, minutes });
  }
  const rounds = roundPieces(setting, client, until);
  const contacts = contactHours(setting, client, schedules, until);
  const work = [...pieces, ...contacts.pieces, ...rounds.pieces];
  return {
    hours: work.flatMap((piece) => spreadPiece(workers, piece)),
    held: held.flatMap((piece) => spreadPiece(workers, piece)),
    noEffort,
    unscheduled: [...unscheduled, ...rounds.unscheduled],
    onHold,
    nobody: [...new Set(work.filter(({ owner }) => owner === null || !workers.has(owner)).map(({ ref }) => ref))],
    kinds: contacts.kinds,
  };
}

/** Undefined for a step without a day that anything rests on. */
function stepPiece(
  { today }: Setting,
  { client, engagement }: Schedule,
  { plan, due, forecast: day }: ScheduledStep,
  ref: string,
  owner: string | null,
): Piece | undefined {
  if (due === undefined || day === undefined) return undefined;
  const { file, id } = client;
  // Work that has not begun is not done before its first day.
  const earliest = maxDay(today, engagement.started);
  const minutes = plan.effort ?? 0;
  return { owner, minutes, day, earliest, kind: 'step', ref, client: id, file, path: plan.progressPath };
}

type Rounds = { readonly pieces: readonly Piece[]; readonly unscheduled: readonly Uncounted[] };

/** Each next start of a repeating offer up to `until`, and each one that follows from it. */
function roundPieces(setting: Setting, client: ClientRecord, until: Day): Rounds {
  const { book, calendar, today } = setting;
  const pieces: Piece[] = [];
  const unscheduled: Uncounted[] = [];
  for (const { ref, offer: id, due, owner: usual } of startItems(setting, client, daysBetween(today, until))) {
    const offer = book.offers.get(id);
    if (!offer?.repeats) continue;
    let isWhole = true;
    let start = due < today ? nearestWorking(calendar, today, 1) : due;
    while (start <= until) {
      const course = usualCourse(setting, client, offer, start);
      if (!course) break;
      for (const { plan, planned } of course.schedule.steps) {
        const owner = plan.owner ?? usual;
        if (isTheirs(owner) || plan.effort === undefined) continue;
        if (planned === undefined) isWhole = false;
        else
          pieces.push({
            owner,
            minutes: plan.effort,
            day: planned,
            earliest: start,
            kind: 'round',
            ref,
            client: client.id,
            file: plan.planFile,
            path: plan.planPath,
          });
      }
      const next = addOffset(calendar, start, '+', offer.repeats);
      start = next > start ? next : addDays(start, 1);
    }
    if (!isWhole) unscheduled.push({ ref, person: usual });
  }
  return { pieces, unscheduled };
}
