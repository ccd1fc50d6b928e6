// letter/no-address: somebody is mailed by an open step, a reminder or a cadence and has no address. One problem a person,
// however many letters there are. Knows no day, so a contact who will have left one day counts as gone.
import { type Book, type ClientRecord, findKind } from '../book/book.ts';
import { isLostEntry, isLostRecord, removalsOf } from '../book/lost.ts';
import { planOf } from '../book/plan.ts';
import { findEmail } from '../letters/built-in.ts';
import type { Place } from '../problem/problem.ts';
import type { Breach } from './breach.ts';
import type { Rule } from './rule.ts';

/** One letter that will be due, and what asks for it. */
type Mailing = {
  readonly email: string;
  readonly because: string;
  readonly partner: string | undefined;
  /** Whom the step asks, instead of the template's or the main contact. */
  readonly contact?: string | undefined;
};

export const letterAddresses: Rule = (book) => {
  const known = new Map<string, string | undefined>();
  const recipientOf = (email: string): string | undefined => {
    if (!known.has(email)) known.set(email, findEmail(book, email)?.to);
    return known.get(email);
  };
  return [...book.clients.values()].flatMap((client) => inClient(book, client, recipientOf));
};

function inClient(
  book: Book,
  client: ClientRecord,
  recipientOf: (email: string) => string | undefined,
): readonly Breach[] {
  const mailings = [...inEngagements(book, client), ...inCadences(book, client)].filter(
    ({ email }) => book.emails.has(email) || (book.builtIn.emails.has(email) && !isLostRecord(book, 'email', email)),
  );
  const byPlace = new Map<string, { readonly lack: Lack; readonly mailings: Mailing[] }>();
  const lacks = new Map<string, Lack | undefined>();
  for (const mailing of mailings) {
    const to = recipientOf(mailing.email);
    const whom = to === 'partner' ? to : (mailing.contact ?? to);
    const name = JSON.stringify([whom, whom === 'partner' ? mailing.partner : undefined]);
    if (!lacks.has(name)) lacks.set(name, lackOf(book, client, whom, mailing.partner));
    const lack = lacks.get(name);
    if (!lack) continue;
    const key = JSON.stringify(lack.place);
    const found = byPlace.get(key) ?? { lack, mailings: [] };
    found.mailings.push(mailing);
    byPlace.set(key, found);
  }
  return [...byPlace.values()].map(({ lack, mailings: due }): Breach => {
    const more = due.length > 1 ? ` and ${due.length - 1} more` : '';
    const says = `${lack.says}, and \`${due[0]?.email}\` is due to them (${due[0]?.because}${more})`;
    return { problem: { code: 'letter/no-address', args: { says, help: lack.help }, place: lack.place } };
  });
}

function* inEngagements(book: Book, client: ClientRecord): Generator<Mailing> {
  for (const [id, engagement] of Object.entries(client.engagements ?? {})) {
    if (engagement.ended !== undefined) continue;
    const partner = engagement.partner ?? client.leaving?.partner;
    for (const step of planOf(book, client, id)?.steps ?? []) {
      if (step.done !== undefined || step.skipped !== undefined) continue;
      const because = `${id}/${step.id}`;
      const { contact } = step;
      if (step.email !== undefined) yield { email: step.email, because, partner, contact };
      const ladder = step.owner === 'client' ? (step.chase ?? book.service.chase) : undefined;
      if (ladder === undefined || ladder === 'none') continue;
      for (const { email } of Object.values(ladder)) {
        if (email !== undefined) yield { email, because, partner, contact };
      }
    }
  }
}

function* inCadences(book: Book, client: ClientRecord): Generator<Mailing> {
  if (client.status === 'past') return;
  const own = client.cadence ?? {};
  const segment = book.service.segments?.[client.segment ?? '']?.cadence ?? {};
  for (const kind of new Set([...Object.keys(own), ...Object.keys(segment)])) {
    const email = own[kind] === 'none' ? undefined : findKind(book, kind)?.email;
    if (email !== undefined) yield { email, because: `touch/${kind}`, partner: client.leaving?.partner };
  }
}

type Lack = { readonly says: string; readonly help: string; readonly place: Place };

function lackOf(
  book: Book,
  client: ClientRecord,
  to: string | undefined,
  partnerId: string | undefined,
): Lack | undefined {
  const { file } = client;
  if (to === 'partner') {
    // Which partner it will be need not be known yet.
    const partner = partnerId === undefined ? undefined : book.partners.get(partnerId);
    if (!partner || partner.contact?.email !== undefined) return undefined;
    return {
      says: `${partner.contact?.name ?? partner.name} has no e-mail address`,
      help: 'write `email:` under `contact:`',
      place: partner.contact
        ? { file: partner.file, path: ['contact'], on: 'key' }
        : { file: partner.file, path: ['name'] },
    };
  }
  const contacts = Object.entries(client.contacts ?? {});
  const id = to ?? contacts.find(([, each]) => each.left === undefined)?.[0];
  const contact = client.contacts && Object.hasOwn(client.contacts, id ?? '') ? client.contacts[id ?? ''] : undefined;
  if (contact) {
    if (contact.email !== undefined) return undefined;
    return {
      says: `${contact.name} has no e-mail address`,
      help: 'write `email:` under the contact',
      place: { file, path: ['contacts', id ?? ''], on: 'key' },
    };
  }
  if (isLostEntry(book, 'client', client.id, ['contacts', id ?? ''])) return undefined;
  if (removalsOf(book, 'client', client.id).some(({ path }) => path[0] === 'contacts')) return undefined;
  return {
    says: `${client.name} has no contact${to === undefined ? '' : ` \`${to}\``}`,
    help: 'write their name and `email:` under `contacts:`',
    place: contacts.length > 0 ? { file, path: ['contacts'], on: 'key' } : { file, path: ['name'] },
  };
}
