// Who the main contact of a client is. One that an error took out is never replaced by the next.
import type { Book, ClientRecord, Removal } from '../book/book.ts';
import type { Day } from '../day.ts';

/** Still to come, or not known at all. */
export const isLaterThan = (day: Day | undefined, today: Day): boolean => day === undefined || day > today;

/** The first contact who has not left; none when an error took out one who may come before. */
export function mainContact(
  book: Book,
  client: ClientRecord,
  today: Day,
): { readonly contact: string | undefined; readonly lost: Removal | undefined } {
  const contacts = Object.entries(client.contacts ?? {});
  const lost = book.removals.filter(
    ({ kind, id, path }) => kind === 'client' && id === client.id && path[0] === 'contacts' && path.length <= 2,
  );
  const whole = lost.find(({ path }) => path.length === 1);
  if (whole) return { contact: undefined, lost: whole };
  const lostAt = new Map(lost.map((it) => [it.at ?? 0, it]));
  // The contacts that are left fill the places in between.
  for (let at = 0, next = 0; next < contacts.length; at += 1) {
    const removal = lostAt.get(at);
    if (removal) return { contact: undefined, lost: removal };
    const [id, contact] = contacts[next] as (typeof contacts)[number];
    if (isLaterThan(contact.left, today)) return { contact: id, lost: undefined };
    next += 1;
  }
  return { contact: undefined, lost: lost[0] };
}
