// Who gets a letter: the template's `to` and `cc` as people with addresses, or why not. Nobody who has left, and nobody else
// than the one who is meant. Renders nothing.
import { formatFullDay } from '../day.ts';
import type { Place, Problem } from '../problem/problem.ts';
import { isLaterThan } from './contacts.ts';
import type { Facts } from './facts.ts';
import { damageTo } from './homes.ts';
import { problemOf } from './lacking.ts';

export type Recipient = {
  readonly name: string;
  /** Undefined when none is written. */
  readonly address: string | undefined;
  /** Where it is written, or would be: `clients/acme.yaml: contacts.ada.email`. */
  readonly written: string;
};

export type Found = { readonly recipient: Recipient } | { readonly problem: Problem };

/** `at` is where the letter says so. */
export function findRecipient(facts: Facts, at: Place): Found {
  return facts.to === 'partner' ? partnerOf(facts, at) : contactOf(facts, facts.to, at);
}

function contactOf(facts: Facts, id: string | undefined, at: Place): Found {
  const { client, lost, today } = facts;
  const { file } = client;
  if (id === undefined) {
    if (lost.contact) return { problem: problemOf(lost.contact, 'the main contact') };
    const everyone = Object.values(client.contacts ?? {});
    const who = everyone.length === 0 ? 'no contact' : 'no contact who has not left';
    return lacks(`${client.name} has ${who}: add one under \`contacts:\` in ${file}`, at);
  }
  const contact = client.contacts && Object.hasOwn(client.contacts, id) ? client.contacts[id] : undefined;
  const removal = damageTo({ ...facts, contact: id }, 'contact', contact === undefined ? '' : 'email');
  if (removal) return { problem: problemOf(removal, `the contact \`${id}\``) };
  if (!contact) {
    const known = Object.keys(client.contacts ?? {}).join(', ') || 'none';
    return lacks(`${client.name} has no contact \`${id}\`: there is ${known} (${file})`, at);
  }
  if (!isLaterThan(contact.left, today) && contact.left !== undefined) {
    const args = {
      says: `${contact.name} left ${client.name} on ${formatFullDay(contact.left)}`,
      help: `write to somebody else: --to CONTACT; or delete \`left:\` if they are back`,
    };
    return { problem: { code: 'letter/has-left', args, place: { file, path: ['contacts', id, 'left'] } } };
  }
  return { recipient: { name: contact.name, address: contact.email, written: `${file}: contacts.${id}.email` } };
}

const lacks = (help: string, place: Place): Found => ({
  problem: { code: 'letter/missing-value', args: { says: 'no recipient', help }, place },
});

function partnerOf(facts: Facts, at: Place): Found {
  const { book, client, partner: id } = facts;
  const removal = damageTo(facts, 'partner', 'contact.email');
  if (removal) return { problem: problemOf(removal, 'the partner') };
  const partner = id === undefined ? undefined : book.partners.get(id);
  if (!partner) {
    const help =
      id === undefined
        ? `no partner is named: write \`partner:\` under the engagement or \`leaving:\` in ${client.file}`
        : `there is no partners/${id}.yaml: deliver new partner ${id}`;
    return lacks(help, at);
  }
  const { contact } = partner;
  return {
    recipient: {
      name: contact?.name ?? partner.name,
      address: contact?.email,
      written: `${partner.file}: contact.email`,
    },
  };
}

const ADDRESS = /^[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()[\]\\]+\.[^\s@<>,;:"()[\]\\.]+$/;

/** One entry of `cc`, rendered: an address, a contact's or a person's id, or `partner`. */
export function findCopy(facts: Facts, written: string, at: Place): Found {
  if (ADDRESS.test(written)) return { recipient: { name: '', address: written, written: '' } };
  if (written === 'partner') return partnerOf(facts, at);
  const people = facts.book.practice?.people ?? {};
  const isContact = Object.hasOwn(facts.client.contacts ?? {}, written);
  const person = !isContact && Object.hasOwn(people, written) ? people[written] : undefined;
  if (person) {
    return {
      recipient: { name: person.name, address: person.email, written: `deliver.yaml: people.${written}.email` },
    };
  }
  if (isContact || damageTo({ ...facts, contact: written }, 'contact', '')) return contactOf(facts, written, at);
  return lacks(`\`${written}\` is not a valid address, contact or person`, at);
}
