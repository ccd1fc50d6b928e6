// New records as text: what is known filled in, and the rest as comments that say what may stand there. Knows no disk.
import type { Day } from '../day.ts';
import { LETTER_CONDITIONS } from '../records/email.ts';
import type { Data } from '../source/edit/splice.ts';
import { emitBlock, emitScalar } from '../source/edit/splice.ts';

const text = (value: string): string => emitScalar(value, 'block');

/** The words of an id as a title: `marketing-audit` is `Marketing audit`. */
export function titleFrom(id: string): string {
  const words = id.replace(/-+/g, ' ').trim();
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

export type NewContact = {
  readonly id: string;
  readonly name: string;
  readonly first_name?: string | undefined;
  readonly role?: string | undefined;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
  readonly birthday?: string | undefined;
};

export type NewClient = {
  readonly id: string;
  readonly name: string;
  readonly segment?: string | undefined;
  readonly status?: 'prospect' | 'active' | 'past' | undefined;
  readonly since?: Day | undefined;
  readonly added: Day;
  readonly owner?: string | undefined;
  readonly channel?: string | undefined;
  readonly industry?: string | undefined;
  readonly contacts: readonly NewContact[];
};

/** The map without the keys that have no value. */
function given(values: Readonly<Record<string, Data | undefined>>): { readonly [key: string]: Data } {
  return Object.fromEntries(Object.entries(values).filter((each): each is [string, Data] => each[1] !== undefined));
}

/** What stands in the client's file above its contacts. Active is what a client is when nothing is said. */
const profileOf = ({ name, segment, status, since, added, owner, channel, industry }: NewClient) =>
  given({
    name,
    segment,
    status: status === 'active' ? undefined : status,
    since,
    added,
    owner,
    channel,
    industry,
  });

const contactData = ({ id: _, ...contact }: NewContact) => given(contact);

/** The record as data, to be checked before it is written. */
export const clientData = (client: NewClient): Data => ({
  ...profileOf(client),
  ...(client.contacts.length === 0
    ? {}
    : { contacts: Object.fromEntries(client.contacts.map((each) => [each.id, contactData(each)])) }),
});

/** A client out of a list: what is known, and nothing else. */
export const bareClientText = (client: NewClient): string =>
  emitBlock(profileOf(client), 0) + contactsText(client.contacts);

const contactsText = (contacts: readonly NewContact[]): string =>
  contacts.length === 0
    ? ''
    : `contacts:\n${contacts.map((each) => `  ${each.id}:\n${emitBlock(contactData(each), 4)}`).join('')}`;

/** A client that is entered by hand: with the keys it may have one day. */
export function clientText(client: NewClient): string {
  return `${emitBlock(profileOf(client), 0)}${client.contacts.length === 0 ? NO_CONTACT : contactsText(client.contacts) + MORE_OF_CONTACT}
# More that a client may have; take the # away and change it.
# owner: ada                         # who looks after them; default: the one who runs the practice
# channel: email                     # the one place where you talk
# industry: retail
# occasions:                         # days of the year to remember
#   office: {title: One year in the new office, date: 2025-12-01}
# cadence:
#   check-in: 2w                     # instead of the rule of the segment; \`none\` switches a kind off
# value: {fees_per_year: 24000, hours_per_month: 6}
# referred_by: beta                  # a client, a partner, or text
# renewal: 2027-03-01
`;
}

const NO_CONTACT = `# contacts:                          # the first one is the main contact
#   ada:
#     name: Ada Lovelace
#     email: ada@acme.example
#     phone: "+44 20 7946 0000"
#     birthday: 12-10
`;
const MORE_OF_CONTACT = `    # role: CEO
    # phone: "+44 20 7946 0000"
    # birthday: 12-10                # month and day; the year may stand before it
`;

export type NewOffer = {
  readonly name: string;
  /** The email template of the first step. */
  readonly welcome: string | undefined;
};

export const offerText = ({ name, welcome }: NewOffer): string => `name: ${text(name)}
version: 1
# outcome: The five fixes that will raise revenue most, ranked, within four weeks.   # what the customer buys
# price: 4800
target: 25bd                         # length promised to the client, from the start
# right_fit:                         # what a client needs for this to succeed
#   - A year of data
# milestones:                        # days asked for when an engagement starts, to count from
#   workshop: Date of the workshop
# next_offer: retainer               # what usually follows

# Every step you, your team or the client must take, with the day it is due:
# \`start + 2bd\` (working days from the start), \`report + 1w\` (a week after another step), \`workshop - 3bd\`.
phases:
  onboarding:
    title: Getting started
    steps:
      welcome:
        title: Send the welcome email
        due: start + 1bd
${welcome === undefined ? '        # email: welcome             # the template, emails/welcome.md' : `        email: ${welcome}               # emails/${welcome}.md`}
        effort: 15min
      details:
        title: Send us what we need to begin
        kind: document
        owner: client                # reminders follow the ladder in service.yaml
        due: welcome + 5bd
        expect:
          you_get: A checklist, and a short call if you want one
          we_need: The documents on the checklist
          if_late: The result comes as many working days later
  delivery:
    title: The work
    steps:
      work:
        title: Do the work
        due: details + 10bd
        effort: 16h
      result:
        title: Present the result
        kind: meeting
        due: work + 3bd
        effort: 2h
  closing:
    title: Closing
    steps:
      invoice:
        title: Send the invoice
        kind: invoice
        due: result + 1bd
      feedback:
        title: Ask how it went
        kind: call
        due: result + 1w
`;

export const scriptText = (title: string): string => `title: ${text(title)}
# purpose: check-in                  # discovery kickoff check-in review chase referral complaint transition other
channel: call
goal: They know what comes next, and so do we
prepare:
  - Read the last contacts and what is open
beats:
  - name: Open
    say: |
      Hi {{contact.first_name}}, thank you for making the time.
  - name: Listen
    ask: How is it going, and what is in the way?
    listen_for:
      - something they expected and did not get
    # if:
    #   - they: ask for a discount
    #     say: Let us look at what we could leave out.
  - name: Close
    ask: What is the next step, and by which day?
# avoid:
#   - Talking about the invoice
then:
  - Log the contact
# emails: [summary]                  # templates that go with it
`;

export const emailText = (subject: string): string => `---
subject: ${text(subject)}
# to: ada                            # a contact, or partner; default: the main contact
# cc: [office@acme.example]
# touch: email                       # the kind of contact it counts as
# language: en                       # of its days and amounts; default: the practice's locale
# line: What do you want to thank them for?     # asked of whoever writes it; {{line}} prints the answer
# only_if: [active, not-leaving]     # when it may be written; all must hold:
${Object.entries(LETTER_CONDITIONS)
  .map(([id, what]) => `#   ${id.padEnd(13)} ${what}`)
  .join('\n')}
---
{{> greeting}}

Write to {{client.name}} here. Markdown works: **bold**, lists, [links](https://example.com).

{{> signature}}
`;

export type NewPartner = {
  readonly name: string;
  readonly contact: string | undefined;
  readonly email: string | undefined;
};

export function partnerText({ name, contact, email }: NewPartner): string {
  const person = contact === undefined ? undefined : given({ name: contact, email });
  return `name: ${text(name)}
${person === undefined ? '# contact:\n#   name: Jo Fern\n#   email: jo@fernhill.example\n' : `contact:\n${emitBlock(person, 2)}`}
# What they can take over, and how much of it.
# takes: {segments: [C], industries: [retail], offers: [retainer]}
# capacity: {per_quarter: 3}
# agreed: 2026-06-01                 # the day you agreed on it
`;
}
