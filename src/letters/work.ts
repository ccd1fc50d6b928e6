// Which work a letter or script is about: the engagement and the step, how they are chosen when nobody names them, and why
// one is lacking. Work that an error took out is never replaced by other work.
import type { ClientRecord, Removal } from '../book/book.ts';
import { findOffer } from '../book/book.ts';
import { currentRung, rungsOf } from '../engine/ladder.ts';
import { OFFBOARDING } from '../engine/partners.ts';
import { isEnded, type Schedule, type ScheduledStep, scheduleOf } from '../engine/schedule.ts';
import type { Setting } from '../engine/setting.ts';
import { stepOwner } from '../engine/step-items.ts';

export type Wanted = {
  readonly template: { readonly kind: 'email' | 'script'; readonly id: string };
  /** The only engagement it may be about. */
  readonly engagement?: string | undefined;
  /** Instead of the step that names the template. */
  readonly step?: { readonly engagement: string; readonly step: string } | undefined;
  /** What it is written about when no step asks for it: work that was delivered, or a payment that is late. */
  readonly after?: 'delivery' | 'payment' | undefined;
  /** Of several steps those whose day has passed, or has not. */
  readonly only?: 'overdue' | 'not-overdue' | undefined;
};

export type Work = {
  readonly schedule: Schedule | undefined;
  readonly step: ScheduledStep | undefined;
  /** Why there is no engagement, or no step, and what would name one. */
  readonly lacks: { readonly engagement: string; readonly step: string };
  /** The error that keeps anyone from knowing which work is meant. */
  readonly lost: Removal | undefined;
};
type Chosen = Omit<Work, 'lost'>;
type Match = { readonly schedule: Schedule; readonly step: ScheduledStep };

const FOUND = { engagement: '', step: '' };

/** `running` are all engagements that run. */
export function workFor(setting: Setting, client: ClientRecord, running: readonly Schedule[], wanted: Wanted): Work {
  if (wanted.step) return namedStep(setting, client, wanted.step);
  const lost = lostWork(setting, client, wanted.engagement);
  if (lost) {
    const because = `an engagement has an error (${lost.file}); name another one: --step ${client.id}/ENGAGEMENT`;
    return { schedule: undefined, step: undefined, lacks: { engagement: because, step: because }, lost };
  }
  return { ...chosenWork(setting, client, running, wanted), lost: undefined };
}

function namedStep({ book, calendar, today }: Setting, client: ClientRecord, named: NonNullable<Wanted['step']>): Work {
  const schedule = scheduleOf(book, calendar, today, client, named.engagement);
  const step = schedule?.steps.find((each) => each.plan.id === named.step);
  const broken = `the offer of ${client.id}/${named.engagement} has errors: deliver validate`;
  const lost = schedule ? undefined : removalOf(book, client, named.engagement);
  return { schedule, step, lacks: { engagement: broken, step: broken }, lost };
}

/** An engagement, or the offer it runs on, that was taken out; of all where none is wanted. */
function lostWork(setting: Setting, client: ClientRecord, wanted: string | undefined): Removal | undefined {
  const { book, today } = setting;
  const removed = book.removals.find(
    ({ kind, id, path }) =>
      kind === 'client' &&
      id === client.id &&
      path[0] === 'engagements' &&
      (path.length === 1 || (path.length === 2 && (wanted === undefined || path[1] === wanted))),
  );
  if (removed) return removed;
  for (const [id, engagement] of Object.entries(client.engagements ?? {})) {
    if ((wanted !== undefined && id !== wanted) || isEnded(engagement, today)) continue;
    const found = removalOf(book, client, id);
    if (found) return found;
  }
  return undefined;
}

function removalOf(book: Setting['book'], client: ClientRecord, id: string): Removal | undefined {
  const offer = client.engagements?.[id]?.offer;
  if (!offer || findOffer(book, offer)) return undefined;
  const isIts = ({ kind, id: removed }: Removal): boolean =>
    (kind === 'offer' && removed === offer.id) ||
    (kind === 'past-offer' && removed === `${offer.id}@${offer.version ?? ''}`);
  return book.removals.find((it) => it.path.length === 0 && isIts(it));
}

/** The one step that asks for this template, else what it is written after, else the one engagement that runs. */
function chosenWork(setting: Setting, client: ClientRecord, all: readonly Schedule[], wanted: Wanted): Chosen {
  const { template, engagement: only, after } = wanted;
  const schedules = all.filter((it) => only === undefined || it.id === only);
  const asking = stepsNaming(setting, client, schedules, template);
  const found = asking.length > 0 || after !== 'payment' ? asking : latePayments(setting, client, schedules);
  const matches = fitting(found, setting, wanted.only);
  const [match] = matches;
  if (match && matches.length === 1) return { ...match, lacks: FOUND };
  const option = `say which: --step ${client.id}/STEP`;
  const names = matches.map(({ schedule, step }) => `${schedule.id}/${step.plan.id}`).join(', ');
  const step =
    matches.length > 1
      ? `several steps ask for \`${template.id}\` (${names}); ${option}`
      : after === 'payment'
        ? `no payment of ${client.name} is late; name the step: --step ${client.id}/STEP`
        : `no open step asks for \`${template.id}\`; ${option}`;
  // One that is named may have ended.
  const done =
    (after === 'delivery' || only !== undefined) && matches.length === 0 ? lastEnded(setting, client, only) : undefined;
  if (done) return { schedule: done, step: undefined, lacks: { engagement: '', step } };
  const [first] = schedules;
  if (first && schedules.length === 1) return { schedule: first, step: undefined, lacks: { engagement: '', step } };
  const running = schedules.map((each) => `--step ${client.id}/${each.id}`).join(', ');
  const engagement =
    first === undefined
      ? `nothing runs for ${client.name}: deliver start ${client.id} OFFER`
      : `several engagements run: name the step it is about, or one of them: ${running}`;
  return { schedule: undefined, step: undefined, lacks: { engagement, step: first === undefined ? engagement : step } };
}

/** All of them when none fits. */
function fitting(matches: readonly Match[], { today }: Setting, only: Wanted['only']): readonly Match[] {
  if (only === undefined) return matches;
  const fits = matches.filter(({ step: { due } }) => (due !== undefined && due < today) === (only === 'overdue'));
  return fits.length > 0 ? fits : matches;
}

/** Open steps first, then reminders by how current they are, then what is done already. */
function stepsNaming(
  setting: Setting,
  client: ClientRecord,
  schedules: readonly Schedule[],
  { kind, id }: Wanted['template'],
): readonly Match[] {
  const { book, today } = setting;
  const all = schedules.flatMap((schedule) => schedule.steps.map((step): Match => ({ schedule, step })));
  const named = all.filter(({ step }) => step.plan[kind] === id);
  const chased = all.filter(
    ({ schedule, step }) => step.state === 'ready' && stepOwner(setting, client, schedule, step) === 'client',
  );
  const log = book.logs.get(client.id);
  const groups = [
    named.filter(({ step }) => step.state !== 'closed'),
    chased.filter(({ schedule, step }) => currentRung(book, log, schedule, step, today)?.[kind] === id),
    chased.filter(({ schedule, step }) => rungsOf(book, schedule, step).some((rung) => rung[kind] === id)),
    named,
  ];
  return groups.find((each) => each.length > 0) ?? [];
}

/** Steps of the kind `payment` that the client owes us and whose day has passed. */
export const latePayments = (
  setting: Setting,
  client: ClientRecord,
  schedules: readonly Schedule[],
): readonly Match[] =>
  schedules.flatMap((schedule) =>
    schedule.steps
      .filter(
        (step) =>
          step.plan.kind === 'payment' &&
          step.state === 'ready' &&
          step.due !== undefined &&
          step.due < setting.today &&
          stepOwner(setting, client, schedule, step) === 'client',
      )
      .map((step) => ({ schedule, step })),
  );

/** The last engagement that ended, however it ended; the exit is none. */
function lastEnded(setting: Setting, client: ClientRecord, only: string | undefined): Schedule | undefined {
  const { book, calendar, today } = setting;
  const [last] = Object.entries(client.engagements ?? {})
    .filter(([id, it]) => (only === undefined || id === only) && isEnded(it, today) && it.offer?.id !== OFFBOARDING)
    .toSorted(([, a], [, b]) => ((a.ended ?? '') < (b.ended ?? '') ? 1 : -1));
  return last && scheduleOf(book, calendar, today, client, last[0]);
}
