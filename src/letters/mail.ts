// A letter as a mail: who it is from and to, and the link that opens it in a mail program. Knows no format of files.
import type { Attachment, Mail, Mailbox } from '../world.ts';
import type { Facts } from './facts.ts';
import type { Letter } from './letter.ts';
import type { Recipient } from './recipients.ts';

/** Some mail programs cut a longer link without a word. */
const LONGEST_LINK = 1900;

export type Sendable = { readonly mail: Mail } | { readonly lacks: readonly Recipient[] };

/** Everyone it goes to has an address, or who has none. */
export function toMail(facts: Facts, letter: Letter, attachments: readonly Attachment[]): Sendable {
  const everyone = [letter.to, ...letter.cc];
  const lacks = everyone.filter((each) => each.address === undefined);
  if (lacks.length > 0) return { lacks };
  return {
    mail: {
      from: senderOf(facts),
      to: [mailbox(letter.to)],
      cc: letter.cc.map(mailbox),
      subject: letter.subject,
      text: letter.text,
      html: letter.html,
      attachments,
      day: facts.today,
    },
  };
}

export function senderOf({ book, person }: Facts): Mailbox | undefined {
  const me = person === undefined ? undefined : book.practice?.people[person];
  return me?.email === undefined ? undefined : { name: me.name, address: me.email };
}

const mailbox = ({ name, address = '' }: Recipient): Mailbox => ({ name, address });

/** Undefined when it would be too long to be safe, or would lose what goes along. */
export function mailtoLink({ to, cc, subject, text, attachments }: Mail): string | undefined {
  if (attachments.length > 0) return undefined;
  const addresses = (boxes: readonly Mailbox[]): string =>
    boxes.map(({ address }) => encodeURIComponent(address).replaceAll('%40', '@')).join(',');
  const fields = [
    ...(cc.length === 0 ? [] : [`cc=${addresses(cc)}`]),
    `subject=${encodeURIComponent(subject)}`,
    `body=${encodeURIComponent(text.replaceAll('\n', '\r\n'))}`,
  ];
  const link = `mailto:${addresses(to)}?${fields.join('&')}`;
  return link.length <= LONGEST_LINK ? link : undefined;
}

/** For a person: `Ada Lovelace <ada@acme.example>`. */
export const formatMailbox = ({
  name,
  address,
}: {
  readonly name: string;
  readonly address?: string | undefined;
}): string => (address === undefined ? name : name === '' ? address : `${name} <${address}>`);
