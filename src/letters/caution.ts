// "Look before you contact": what a client may bring up, or why not to write just now. Knows no letter.
import { type Book, type ClientRecord, findKind } from '../book/book.ts';
import { addDays, type Day, daysBetween, formatFullDay } from '../day.ts';
import { contactsOf } from '../engine/contact.ts';

export type Caution = {
  readonly kind: 'dispute' | 'issue' | 'promise' | 'pause' | 'snooze' | 'busy' | 'repeat' | 'partner' | 'forecast';
  /** How to name it on the command line. */
  readonly ref: string;
  readonly text: string;
};

const BUSY_DAYS = 7;
const BUSY_TOUCHES = 3;

export function cautionsFor(book: Book, today: Day, client: ClientRecord): readonly Caution[] {
  const { billing, pause } = client;
  const recent = contactsOf(book, client, today).filter((each) => each.day > addDays(today, -BUSY_DAYS));
  const hasHappened = (day: Day | undefined): boolean => day !== undefined && day <= today;
  return [
    ...(billing?.state === 'disputed'
      ? [caution('dispute', client.id, `a bill is in dispute${billing.note === undefined ? '' : `: ${billing.note}`}`)]
      : []),
    ...Object.entries(client.issues ?? {})
      .filter(([, issue]) => !hasHappened(issue.closed))
      .map(([id, issue]) => {
        const age = daysBetween(issue.since, today);
        return caution(
          'issue',
          `${client.id}/issue/${id}`,
          `open ${age === 0 ? 'since today' : `for ${days(age)}`}: ${issue.what}`,
        );
      }),
    ...Object.entries(client.promises ?? {})
      .filter(([, promise]) => !hasHappened(promise.kept) && promise.by < today)
      .map(([id, promise]) => {
        const late = daysBetween(promise.by, today);
        return caution('promise', `${client.id}/promise/${id}`, `promised and ${days(late)} late: ${promise.what}`);
      }),
    ...(pause && (pause.from === undefined || pause.from <= today) && today <= pause.to
      ? [caution('pause', client.id, `they asked for quiet until ${formatFullDay(pause.to)}: ${pause.why}`)]
      : []),
    ...Object.entries(client.snooze ?? {})
      .filter(([, snooze]) => today <= snooze.to)
      .map(([kind, { to, why }]) =>
        caution(
          'snooze',
          `${client.id}/touch/${kind}`,
          `${findKind(book, kind)?.title ?? kind} is put off until ${formatFullDay(to)}: ${why}`,
        ),
      ),
    ...(recent.length >= BUSY_TOUCHES
      ? [caution('busy', client.id, `${recent.length} contacts in the last ${BUSY_DAYS} days already`)]
      : []),
  ];
}

export const caution = (kind: Caution['kind'], ref: string, text: string): Caution => ({
  kind,
  ref,
  text: text.replace(/\s+/g, ' '),
});

const days = (n: number): string => `${n} ${n === 1 ? 'day' : 'days'}`;
