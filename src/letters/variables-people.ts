// The variables about people and what they were promised: practice, who writes, client, contact, segment, partner, survey.
import { isRemoved } from '../book/book.ts';
import type { Facts } from './facts.ts';
import { firstNameOf, isSameName } from './person.ts';
import { surveyQuestions } from './told.ts';
import { type Contradiction, flagOr, listOr, row, type Variable } from './variable.ts';

const me = ({ book, person }: Facts) => (person === undefined ? undefined : book.practice?.people[person]);
const contact = ({ client, contact: id }: Facts) => (id === undefined ? undefined : client.contacts?.[id]);
const segment = ({ book, client }: Facts) => book.service.segments?.[client.segment ?? ''];
const partner = ({ book, partner: id }: Facts) => (id === undefined ? undefined : book.partners.get(id));

const reader = (facts: Facts) => (facts.to === 'partner' ? partner(facts)?.contact : contact(facts));

/** The sender's own; the practice's only where it is theirs and nobody else's. */
function signature({ book, person }: Facts): string | undefined {
  const { people = {}, me: runs, signature: shared } = book.practice ?? {};
  const own = person === undefined ? undefined : people[person]?.signature;
  if (own !== undefined || shared === undefined) return own;
  const isTheirs = person === undefined || person === runs || Object.keys(people).length === 1;
  if (isTheirs) return shared;
  if (runs !== undefined) return undefined;
  const names = Object.entries(people).filter(([, it]) => shared.includes(it.name));
  return names.every(([id]) => id === person) ? shared : undefined;
}

function latestSurvey({ book, client, today }: Facts) {
  const answers = (book.logs.get(client.id)?.touches ?? []).filter((it) => it.score !== undefined && it.date <= today);
  return answers.toSorted((a, b) => (a.date === b.date ? a.at - b.at : a.date < b.date ? -1 : 1)).at(-1);
}

/** The main contact is who it is written to, unless somebody else was asked for. */
const mainName = (facts: Facts): string | undefined =>
  Object.values(facts.client.contacts ?? {}).find((it) => it.left === undefined || it.left > facts.today)?.name;

const lastDayPassed = ({ client, today }: Facts): Contradiction | undefined => {
  const day = client.leaving?.last_day;
  return day === undefined || day >= today
    ? undefined
    : { says: `was ${day}, which has passed`, help: `set the real last day in ${client.file}: leaving.last_day` };
};

export const PEOPLE_VARIABLES: readonly Variable[] = [
  row('practice.name', 'text', 'the name of the practice', ['practice', 'practice'], ({ book }) =>
    isRemoved(book, 'practice', 'practice', ['practice']) ? undefined : book.practice?.practice,
  ),
  row(
    'practice.signature',
    'text',
    'how letters end: as `{{> signature}}`, where the practice has a signature',
    ['practice', 'signature'],
    (facts) => {
      const { practice } = facts.book;
      if (practice?.signature === undefined) return undefined;
      // Nobody signs with the name of somebody else.
      return signature(facts) ?? `${me(facts)?.name}\n${practice.practice}`;
    },
  ),
  row('practice.standards', 'list', 'what every client is promised', ['service', 'standards'], ({ book }) =>
    listOr(Object.values(book.service.standards ?? {}).map((each) => each.promise)),
  ),
  row('practice.fit', 'list', 'what makes a client a right fit', ['service', 'fit'], ({ book }) =>
    listOr(Object.values(book.service.fit ?? {}).map((each) => each.title)),
  ),
  row('me.name', 'text', 'who writes', ['person', 'name'], (facts) => me(facts)?.name),
  row('me.first_name', 'text', 'their first name', ['person', 'name'], (facts) => firstNameOf(me(facts))),
  row('me.email', 'text', 'their address', ['person', 'email'], (facts) => me(facts)?.email),
  row('me.role', 'text', 'their role', ['person', 'role'], (facts) => me(facts)?.role),
  row(
    'me.signature',
    'text',
    'how their letters end: their own signature, else that of the practice where it is theirs',
    ['person', 'signature'],
    signature,
  ),
  row('client.name', 'text', 'the client', ['client', 'name'], ({ client }) => client.name),
  row(
    'client.is_person',
    'flag',
    'the client is a person: their name is that of the main contact',
    ['client', 'name'],
    (facts) => flagOr(isSameName(facts.client.name, mainName(facts) ?? '')),
  ),
  row('client.main_contact', 'text', 'the main contact, whoever it is written to', ['client', 'contacts'], mainName),
  row('client.industry', 'text', 'their trade', ['client', 'industry'], ({ client }) => client.industry),
  row('client.since', 'day', 'client since', ['client', 'since'], ({ client }) => client.since),
  row('client.renewal', 'day', 'when they renew', ['client', 'renewal'], ({ client }) => client.renewal),
  row(
    'client.last_day',
    'day',
    'the last day we work for them',
    ['client', 'leaving.last_day'],
    ({ client }) => client.leaving?.last_day,
    lastDayPassed,
  ),
  row(
    'leaving.reason',
    'text',
    'why the work ends, for conditions',
    ['client', 'leaving.reason'],
    ({ client }) => client.leaving?.reason,
  ),
  row(
    'leaving.decided',
    'day',
    'when that was decided',
    ['client', 'leaving.decided'],
    ({ client }) => client.leaving?.decided,
  ),
  row(
    'leaving.last_day',
    'day',
    'the last day we work for them',
    ['client', 'leaving.last_day'],
    ({ client }) => client.leaving?.last_day,
    lastDayPassed,
  ),
  row(
    'leaving.tell_client',
    'text',
    'what they are told about why the work ends',
    ['client', 'leaving.tell_client'],
    ({ client }) => client.leaving?.tell_client,
  ),
  row('contact.name', 'text', 'whom it is written to', ['contact', 'name'], (facts) => contact(facts)?.name),
  row(
    'contact.first_name',
    'text',
    '`first_name`, else the first word of the name that is no title',
    ['contact', 'first_name'],
    (facts) => firstNameOf(contact(facts)),
  ),
  row('contact.role', 'text', 'their role', ['contact', 'role'], (facts) => contact(facts)?.role),
  row('contact.email', 'text', 'their address', ['contact', 'email'], (facts) => contact(facts)?.email),
  row('contact.phone', 'text', 'their number', ['contact', 'phone'], (facts) => contact(facts)?.phone),
  row(
    'reader.name',
    'text',
    'whom it goes to: the contact, or who is asked for at the partner',
    ['reader', 'name'],
    (facts) => reader(facts)?.name,
  ),
  row('reader.first_name', 'text', 'their first name', ['reader', 'first_name'], (facts) => firstNameOf(reader(facts))),
  row('segment.title', 'text', 'the segment', ['segment', 'title'], (facts) => segment(facts)?.title),
  row('segment.promises', 'list', 'what this segment is promised besides', ['segment', 'promises'], (facts) =>
    listOr(segment(facts)?.promises?.map((it) => it.text)),
  ),
  row(
    'partner.name',
    'text',
    'the partner of the engagement, or who takes the client over',
    ['partner', 'name'],
    (facts) => partner(facts)?.name,
  ),
  row(
    'partner.contact_name',
    'text',
    'whom to ask for there',
    ['partner', 'contact.name'],
    (facts) => partner(facts)?.contact?.name,
  ),
  row('partner.contact_first_name', 'text', 'their first name', ['partner', 'contact.name'], (facts) =>
    firstNameOf(partner(facts)?.contact),
  ),
  row(
    'partner.email',
    'text',
    'their address',
    ['partner', 'contact.email'],
    (facts) => partner(facts)?.contact?.email,
  ),
  row(
    'survey.score',
    'number',
    'their latest answer to the overall question, 0 to 10',
    ['log', '*.score'],
    (facts) => latestSurvey(facts)?.score,
  ),
  row('survey.note', 'text', 'what they said with it', ['log', '*.note'], (facts) => latestSurvey(facts)?.note),
  row(
    'survey.questions',
    'list',
    'what to ask about, at most five: the standards and the promises of their segment, those that nothing measures first',
    ['service', 'standards'],
    (facts) => listOr(surveyQuestions(facts)),
  ),
];
