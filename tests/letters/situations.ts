// A practice in every situation that a letter may meet: one client, and what is different about it.
import { PRACTICE } from './practice.ts';

type Files = Readonly<Record<string, string>>;

const SERVICE = `standards:
  reply: {promise: We answer every message within one working day., within: 1bd}
segments:
  A: {title: Prime, promises: [A call the same day]}
chase:
  gentle: {when: due - 2bd, email: chase-gentle}
  firm: {when: due + 1bd, email: chase-firm}
`;

const OFFER = `name: Yearly plan
price: 4800
outcome: One page that says what to do each month.
target: 30bd
steps:
  welcome: {title: Send the welcome email, due: start + 1bd, email: welcome}
  numbers:
    title: Chase the accounts
    client_title: Last year's accounts
    kind: document
    owner: client
    due: welcome + 4bd
    expect: {we_need: Last year's accounts, if_late: The plan waits as many days.}
  plan: {title: Write the plan, client_title: Your plan, due: numbers + 10bd}
  notes: {title: Tidy our notes, due: plan + 1bd, internal: true}
  payment: {title: Pay the invoice, kind: payment, owner: client, due: start + 40bd}
`;

const PARTNER = 'name: Fernhill Advisory\ncontact: {name: Jo Fern, email: jo@fernhill.example}\nagreed: 2026-06-01\n';

const CONTACTS = `contacts:
  ada: {name: Ada Lovelace, email: ada@acme.example}
  bob: {name: Bob Byrne, email: bob@acme.example}
`;
const RUNNING = `engagements:
  plan:
    offer: plan@1
    started: 2026-11-12
    promised: 2027-01-15
    steps:
      welcome: {done: 2026-11-13}
`;
const PROFILE = 'name: Acme Ltd\nsegment: A\nsince: 2025-03-03\n';
const LEAVING = 'leaving: {decided: 2026-11-16, reason: misfit, last_day: 2026-12-18';

const client = (...parts: readonly string[]): Files => ({ 'clients/acme.yaml': parts.join('') });
const log = (...lines: readonly string[]): Files => ({ 'touches/acme.yaml': lines.map((it) => `- ${it}\n`).join('') });
const ended = (result: string): string =>
  `engagements:\n  plan: {offer: plan@1, started: 2026-09-07, ended: 2026-10-30, result: ${result}, steps: {welcome: {done: 2026-09-08}}}\n`;

const { 'deliver.yaml': SETTINGS = '' } = PRACTICE;

export const BASE: Files = {
  'deliver.yaml': SETTINGS,
  'service.yaml': SERVICE,
  'offers/plan.yaml': OFFER,
  'partners/fernhill.yaml': PARTNER,
  ...client(PROFILE, CONTACTS, RUNNING),
};

export type Situation = { readonly name: string; readonly today: string; readonly files: Files };

const on = (name: string, files: Files, today = '2026-11-23'): Situation => ({
  name,
  today,
  files: { ...BASE, ...files },
});

/** Accounts are due on 19 November, so that they are late on the 23rd. */
export const SITUATIONS: readonly Situation[] = [
  on('work runs, their step is late', {}),
  on('work runs, their step is due soon', {}, '2026-11-17'),
  on(
    'they wrote about the step since it was due',
    log('{date: 2026-11-20, kind: email, in: true, step: plan/numbers, note: "Coming on Tuesday"}'),
  ),
  on(
    'they wrote about something else since the last reminder',
    log(
      '{date: 2026-11-20, kind: chase, step: plan/numbers, rung: firm}',
      '{date: 2026-11-21, kind: call, in: true, note: "Asked for the address"}',
    ),
  ),
  on('a prospect', client('name: Acme Ltd\nstatus: prospect\n', CONTACTS)),
  on('a past client', client(PROFILE.replace('segment', 'status: past\nsegment'), CONTACTS, ended('delivered'))),
  on('the work was delivered', client(PROFILE, CONTACTS, ended('delivered'))),
  on('the work was cancelled', client(PROFILE, CONTACTS, ended('cancelled, why: Budget cut'))),
  on('the promised day has passed', client(PROFILE, CONTACTS, RUNNING.replace('2027-01-15', '2026-11-20'))),
  on(
    'the day was moved, and the forecast is later',
    client(
      PROFILE,
      CONTACTS,
      RUNNING.replace(
        'promised: 2027-01-15',
        'promised: 2026-11-20\n    moves: [{date: 2026-11-18, promised: 2026-11-30, why: Sam was slow}]',
      ),
    ),
  ),
  on(
    'the day was moved',
    client(
      PROFILE,
      CONTACTS,
      RUNNING.replace(
        'promised: 2027-01-15',
        'promised: 2026-12-18\n    moves:\n      - date: 2026-11-18\n        promised: 2027-01-29\n        why: Sam was slow\n        tell_client: We need the new year figures first.',
      ),
    ),
  ),
  on('leaving, nobody takes over', client(PROFILE, CONTACTS, RUNNING, `${LEAVING}}\n`)),
  on('leaving, a partner takes over', client(PROFILE, CONTACTS, RUNNING, `${LEAVING}, partner: fernhill}\n`)),
  on('leaving, the partner has not agreed', {
    ...client(PROFILE, CONTACTS, RUNNING, `${LEAVING}, partner: fernhill}\n`),
    'partners/fernhill.yaml': PARTNER.replace('agreed: 2026-06-01\n', ''),
  }),
  on(
    'the client is a person',
    client(
      PROFILE.replace('Acme Ltd', 'Dr. Ada Lovelace'),
      'contacts:\n  ada: {name: Ada Lovelace, email: ada@acme.example}\n',
      RUNNING,
    ),
  ),
  on(
    'a contact with a title and a surname',
    client(PROFILE, 'contacts:\n  weber: {name: Dr. Weber, email: weber@acme.example}\n', RUNNING),
  ),
  on('no contact', client(PROFILE, RUNNING)),
  on(
    'the only contact has left',
    client(PROFILE, 'contacts:\n  ada: {name: Ada Lovelace, email: ada@acme.example, left: 2026-10-30}\n', RUNNING),
  ),
  on('the step asks another contact', {
    'offers/plan.yaml': OFFER.replace(
      'owner: client\n    due: welcome',
      'owner: client\n    contact: bob\n    due: welcome',
    ),
  }),
  on('the main contact has an error', client(PROFILE, CONTACTS.replace('name: Ada Lovelace', 'name: [Ada]'), RUNNING)),
  on(
    'the address of the main contact has an error',
    client(PROFILE, CONTACTS.replace('ada@acme.example', 'ada at acme'), RUNNING),
  ),
  on('another contact has an error', client(PROFILE, CONTACTS.replace('name: Bob Byrne', 'name: [Bob]'), RUNNING)),
  on('the work has an error', client(PROFILE, CONTACTS, RUNNING.replace('2026-11-12', '2026-11-31'))),
  on(
    'one of two engagements has an error',
    client(PROFILE, CONTACTS, RUNNING, '  second: {offer: plan@1, started: 2026-11-31}\n'),
  ),
  on('the locale has an error', { 'deliver.yaml': SETTINGS.replace('en-GB', 'de_DE') }),
  on('a German practice', { 'deliver.yaml': SETTINGS.replace('en-GB', 'de-DE') }),
];
