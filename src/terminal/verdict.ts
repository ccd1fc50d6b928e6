// The sentences around the morning's lines: the verdict above them, what is hidden below, and whether anything is late.
import { formatFullDay } from '../day.ts';
import type { Agenda } from '../engine/items.ts';
import { count, present, shortDate, unbroken } from './words.ts';

export const NOTHING_DUE = 'nothing due today';

/** `Mon 23 Nov 2026 · 2 overdue · 1 today · 2 to contact`: the verdict, in parts to be joined. */
export function verdictParts(agenda: Agenda, faultyFiles: number): readonly string[] {
  const toContact = agenda.touches.filter((it) => it.state !== 'soon').length;
  const late = agenda.promises.filter((it) => it.days_late > 0).length;
  const parts = present(
    agenda.overdue.length > 0 && `${agenda.overdue.length} overdue`,
    agenda.due_today.length > 0 && `${agenda.due_today.length} today`,
    toContact > 0 && `${toContact} to contact`,
    late > 0 && `${count(late, 'promise')} late`,
  );
  const others = parts.length > 0 ? [] : alsoWaiting(agenda);
  const broken = faultyFiles > 0 ? [`${count(faultyFiles, 'file')} ${faultyFiles === 1 ? 'has' : 'have'} errors`] : [];
  const calm = faultyFiles > 0 ? 'nothing due in what could be read' : NOTHING_DUE;
  const said = [...parts, ...others];
  return [formatFullDay(agenda.today), ...(said.length > 0 ? said : [calm]), ...broken];
}

/** What else wants attention, on the mornings when nothing of ours is due. */
const alsoWaiting = (agenda: Agenda): readonly string[] => {
  const late = agenda.waiting.filter((it) => (it.days_late ?? 0) > 0 || it.chase !== null).length;
  const starts = agenda.to_start.filter((it) => it.days_late >= 0).length;
  const finished = agenda.to_finish.length;
  const reviews = agenda.holds.filter((it) => it.review_due).length;
  const days = agenda.occasions.filter((it) => it.state !== 'soon' && it.kind !== null).length;
  return present(
    late > 0 && `${late} waiting on others`,
    starts > 0 && `${starts} to start`,
    finished > 0 && `${finished} to finish`,
    days > 0 && `${count(days, 'date')} today or past`,
    agenda.issues.length > 0 && `${count(agenda.issues.length, 'old issue')}`,
    agenda.billing.length > 0 && `${count(agenda.billing.length, 'disputed bill')}`,
    reviews > 0 && `${count(reviews, 'hold')} to review`,
  );
};

/** `Hidden: 9 later, 2 snoozed, 1 on hold (review 26 Nov)`; empty when nothing is. */
export function hiddenText(agenda: Agenda): string {
  const { hidden, holds, today } = agenda;
  const review = holds.map((it) => it.review).toSorted()[0];
  const parts = present(
    hidden.later > 0 && `${hidden.later} later`,
    hidden.issues > 0 && count(hidden.issues, 'issue'),
    hidden.blocked > 0 && `${hidden.blocked} blocked`,
    hidden.unscheduled > 0 && `${hidden.unscheduled} without a day`,
    hidden.no_due > 0 && `${hidden.no_due} without a deadline`,
    hidden.soon > 0 && `${hidden.soon} soon`,
    hidden.snoozed > 0 && `${hidden.snoozed} snoozed`,
    hidden.paused > 0 && `${hidden.paused} paused`,
    hidden.leaving > 0 && `${hidden.leaving} leaving`,
    hidden.on_hold > 0 &&
      `${hidden.on_hold} on hold${review === undefined ? '' : ` (review ${shortDate(review, today)})`}`,
  );
  return parts.length === 0 ? '' : `Hidden: ${parts.map(unbroken).join(', ')}`;
}

/** Whether anything at all is late: what `--exit-code` asks. */
export const isAnythingOverdue = (agenda: Agenda): boolean =>
  agenda.overdue.length > 0 ||
  agenda.touches.some((it) => it.state === 'overdue') ||
  agenda.occasions.some((it) => it.state === 'overdue') ||
  [...agenda.waiting, ...agenda.promises].some((it) => (it.days_late ?? 0) > 0);
