// Who gets a letter: the template's `to` and `cc` as people with addresses, or why that cannot be said. Renders nothing.
import type { Facts } from './facts.ts';

export type Recipient = {
  readonly name: string;
  /** Undefined when none is written. */
  readonly address: string | undefined;
  /** Where it is written, or would be: `clients/acme.yaml: contacts.ada.email`. */
  readonly written: string;
};

export type Found = { readonly recipient: Recipient } | { readonly lacks: string };

/** `to` is a contact's id or `partner`; undefined: the contact the letter is about. */
export function findRecipient(facts: Facts, to: string | undefined): Found {
  if (to === 'partner') return partnerOf(facts);
  const { client } = facts;
  const id = to ?? facts.contact;
  if (id === undefined)
    return { lacks: `${client.name} has no contact: add one under \`contacts:\` in ${client.file}` };
  const contact = client.contacts && Object.hasOwn(client.contacts, id) ? client.contacts[id] : undefined;
  if (!contact) {
    const known = Object.keys(client.contacts ?? {}).join(', ') || 'none';
    return { lacks: `${client.name} has no contact \`${id}\`: there is ${known} (${client.file})` };
  }
  return {
    recipient: { name: contact.name, address: contact.email, written: `${client.file}: contacts.${id}.email` },
  };
}

function partnerOf({ book, client, partner: id }: Facts): Found {
  const partner = id === undefined ? undefined : book.partners.get(id);
  if (!partner) {
    const lacks =
      id === undefined
        ? `no partner is named: write \`partner:\` under the engagement or \`leaving:\` in ${client.file}`
        : `partners/${id}.yaml has errors: deliver validate`;
    return { lacks };
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
export function findCopy(facts: Facts, written: string): Found {
  if (ADDRESS.test(written)) return { recipient: { name: '', address: written, written: '' } };
  const people = facts.book.practice?.people ?? {};
  const isContact = Object.hasOwn(facts.client.contacts ?? {}, written);
  const person = !isContact && Object.hasOwn(people, written) ? people[written] : undefined;
  if (person) {
    return {
      recipient: { name: person.name, address: person.email, written: `deliver.yaml: people.${written}.email` },
    };
  }
  if (isContact || written === 'partner') return findRecipient(facts, written);
  return { lacks: `\`${written}\` is no address, contact or person` };
}
