// Every variable a template may use, in one table: what it means, what it is, and the record and key that hold it.
// Rendering, the check of templates, "did you mean" and docs/letters.md all read this table.
import { isRemoved } from '../book/book.ts';
import type { Contact } from '../records/client.ts';
import type { Facts } from './facts.ts';
import type { Form, Value } from './functions.ts';
import type { Home } from './homes.ts';

export type Variable = {
  /** `client.name` */
  readonly name: string;
  readonly form: Form;
  readonly meaning: string;
  /** The record that holds it, and the key in there. */
  readonly home: Home;
  readonly key: string;
  readonly value: (facts: Facts) => Value | undefined;
};

const firstName = (person: Pick<Contact, 'name' | 'first_name'> | undefined): string | undefined =>
  person?.first_name ?? person?.name.split(' ')[0];

const me = ({ book, person }: Facts) => (person === undefined ? undefined : book.practice?.people[person]);
const contact = ({ client, contact: id }: Facts) => (id === undefined ? undefined : client.contacts?.[id]);
const segment = ({ book, client }: Facts) => book.service.segments?.[client.segment ?? ''];
const offer = ({ schedule }: Facts) => schedule?.plan.offer;
const engagement = ({ schedule }: Facts) => schedule?.engagement;
const step = (facts: Facts) => facts.step?.plan;
const partner = ({ book, partner: id }: Facts) => (id === undefined ? undefined : book.partners.get(id));
const moves = ({ schedule }: Facts) =>
  (schedule?.engagement.moves ?? []).toSorted((a, b) => (a.date === b.date ? a.at - b.at : a.date < b.date ? -1 : 1));
const listOr = (entries: readonly string[] | undefined): readonly string[] | undefined =>
  entries && entries.length > 0 ? entries : undefined;

const row = (
  name: string,
  form: Form,
  meaning: string,
  [home, key]: readonly [Home, string],
  value: Variable['value'],
): Variable => ({ name, form, meaning, home, key, value });

export const VARIABLES: readonly Variable[] = [
  row('practice.name', 'text', 'the name of the practice', ['practice', 'practice'], ({ book }) =>
    isRemoved(book, 'practice', 'practice', ['practice']) ? undefined : book.practice?.practice,
  ),
  row(
    'practice.signature',
    'text',
    'how letters end',
    ['practice', 'signature'],
    ({ book }) => book.practice?.signature,
  ),
  row('practice.standards', 'list', 'what every client is promised', ['service', 'standards'], ({ book }) =>
    listOr(Object.values(book.service.standards ?? {}).map((each) => each.promise)),
  ),
  row('me.name', 'text', 'who writes', ['person', 'name'], (facts) => me(facts)?.name),
  row('me.first_name', 'text', 'the first word of that name', ['person', 'name'], (facts) => firstName(me(facts))),
  row('me.email', 'text', 'the address of who writes', ['person', 'email'], (facts) => me(facts)?.email),
  row('me.role', 'text', 'what they are', ['person', 'role'], (facts) => me(facts)?.role),
  row('client.name', 'text', 'the client', ['client', 'name'], ({ client }) => client.name),
  row('client.industry', 'text', 'their trade', ['client', 'industry'], ({ client }) => client.industry),
  row('client.since', 'day', 'client since', ['client', 'since'], ({ client }) => client.since),
  row('client.renewal', 'day', 'when they renew', ['client', 'renewal'], ({ client }) => client.renewal),
  row(
    'client.last_day',
    'day',
    'the last day we work for them',
    ['client', 'leaving.last_day'],
    ({ client }) => client.leaving?.last_day,
  ),
  row('contact.name', 'text', 'whom it is written to', ['contact', 'name'], (facts) => contact(facts)?.name),
  row(
    'contact.first_name',
    'text',
    'the first name, or the first word of the name',
    ['contact', 'first_name'],
    (facts) => firstName(contact(facts)),
  ),
  row('contact.role', 'text', 'what they are', ['contact', 'role'], (facts) => contact(facts)?.role),
  row('contact.email', 'text', 'their address', ['contact', 'email'], (facts) => contact(facts)?.email),
  row('contact.phone', 'text', 'their number', ['contact', 'phone'], (facts) => contact(facts)?.phone),
  row('segment.title', 'text', 'the segment', ['segment', 'title'], (facts) => segment(facts)?.title),
  row('segment.promises', 'list', 'what this segment is promised besides', ['segment', 'promises'], (facts) =>
    listOr(segment(facts)?.promises?.map((it) => it.text)),
  ),
  row('offer.name', 'text', 'what they bought', ['offer', 'name'], (facts) => offer(facts)?.name),
  row('offer.outcome', 'text', 'what they get from it', ['offer', 'outcome'], (facts) => offer(facts)?.outcome),
  row('offer.price', 'amount', 'what it costs', ['offer', 'price'], (facts) => offer(facts)?.price),
  row('offer.right_fit', 'list', 'what a client needs for it', ['offer', 'right_fit'], (facts) =>
    listOr(offer(facts)?.right_fit?.map((it) => it.text)),
  ),
  row(
    'engagement.started',
    'day',
    'when the work started',
    ['engagement', 'started'],
    (facts) => engagement(facts)?.started,
  ),
  row(
    'engagement.promised',
    'day',
    'the day promised now',
    ['engagement', 'promised'],
    ({ schedule }) => schedule?.promised,
  ),
  row(
    'engagement.promised_before',
    'day',
    'the day promised before it was last moved',
    ['engagement', 'moves'],
    (facts) => (moves(facts).length === 0 ? undefined : (moves(facts).at(-2)?.promised ?? engagement(facts)?.promised)),
  ),
  row(
    'engagement.moved_because',
    'text',
    'why it was last moved',
    ['engagement', 'moves'],
    (facts) => moves(facts).at(-1)?.why,
  ),
  row('step.title', 'text', 'the step', ['step', 'title'], (facts) => step(facts)?.title),
  row('step.due', 'day', 'when it is due', ['step', 'due'], (facts) => facts.step?.due),
  row(
    'step.you_get',
    'text',
    'what they get for it',
    ['step', 'expect.you_get'],
    (facts) => step(facts)?.expect?.you_get,
  ),
  row(
    'step.we_need',
    'text',
    'what we need from them',
    ['step', 'expect.we_need'],
    (facts) => step(facts)?.expect?.we_need,
  ),
  row(
    'step.if_late',
    'text',
    'what it means when it is late',
    ['step', 'expect.if_late'],
    (facts) => step(facts)?.expect?.if_late,
  ),
  row(
    'step.if_on_time',
    'text',
    'what it brings when it is on time',
    ['step', 'expect.if_on_time'],
    (facts) => step(facts)?.expect?.if_on_time,
  ),
  row('step.resources', 'list', 'links and papers that go with it', ['step', 'resources'], (facts) =>
    listOr(Object.values(step(facts)?.resources ?? {})),
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
    firstName(partner(facts)?.contact),
  ),
  row(
    'partner.email',
    'text',
    'their address',
    ['partner', 'contact.email'],
    (facts) => partner(facts)?.contact?.email,
  ),
  row('today', 'day', 'the day it is', ['clock', ''], ({ today }) => today),
];

const BY_NAME: ReadonlyMap<string, Variable> = new Map(VARIABLES.map((each) => [each.name, each]));
export const findVariable = (name: string): Variable | undefined => BY_NAME.get(name);
export const VARIABLE_NAMES: readonly string[] = VARIABLES.map((each) => each.name);
/** `practice`, `client` ... */
export const GROUPS: readonly string[] = [
  ...new Set(VARIABLE_NAMES.filter((each) => each.includes('.')).map((each) => each.replace(/\..*$/, ''))),
];
export const namesIn = (group: string): readonly string[] =>
  VARIABLE_NAMES.filter((each) => each.startsWith(`${group}.`));
