// What an error across records takes out of reports: the smallest thing that cannot be trusted, and no more.
import { describe, expect, test } from 'vitest';
import { CORE_RULES } from '../../src/rules/all.ts';
import { loadBook } from '../support/load.ts';
import { memoryFiles } from '../support/world.ts';
import { baseFiles } from './fixture.ts';

const PROFILE = 'name: Acme Ltd\nsegment: A\nsince: 2025-03-01\n';
const ENGAGEMENT =
  'engagements:\n  audit-2026:\n    offer: audit@2\n    started: 2026-10-05\n    milestones: {workshop: 2026-11-27}\n';

function load(files: Readonly<Record<string, string>>) {
  const all = [...baseFiles(), ...Object.entries(files)].map(([path, text]) => [`/practice/${path}`, text] as const);
  return loadBook(memoryFiles(new Map(all)), '/practice', CORE_RULES);
}

const removed = (files: Readonly<Record<string, string>>): readonly string[] =>
  load(files).book.removals.map(({ kind, id, path }) => [kind, id, ...path].join(' '));

const acme = (body: string) => removed({ 'clients/acme.yaml': `${PROFILE}${body}` });
const steps = (body: string) => acme(`${ENGAGEMENT}    steps: {${body}}\n`);

describe('what an error removes', () => {
  test.each([
    ['nothing: an owner who is nobody', () => acme(`owner: zoe\n${ENGAGEMENT}    owner: zoe\n`), []],
    ['nothing: a template that is not there', () => steps('report: {email: none-such, script: none-such}'), []],
    [
      'nothing: a milestone that the offer lacks',
      () => acme(`${ENGAGEMENT}    promised: 2026-11-27\n`.replace('{', '{board: 2026-12-01, ')),
      [],
    ],
    [
      'the client: a segment that there is not',
      () => removed({ 'clients/acme.yaml': PROFILE.replace('A\n', 'D\n') }),
      ['client acme'],
    ],
    [
      'the engagement: an unknown offer',
      () => acme(ENGAGEMENT.replace('audit@2', 'website')),
      ['client acme engagements audit-2026'],
    ],
    [
      'the engagement: a missing version',
      () => acme(ENGAGEMENT.replace('@2', '@7')),
      ['client acme engagements audit-2026'],
    ],
    [
      'the engagement: it ended before it started',
      () => acme(`${ENGAGEMENT}    ended: 2026-01-01\n`),
      ['client acme engagements audit-2026'],
    ],
    [
      'the engagement: a hold before it started',
      () => acme(`${ENGAGEMENT}    holds: {from: 2026-01-01, why: Holidays}\n`),
      ['client acme engagements audit-2026'],
    ],
    [
      'the step: closed before the start',
      () => steps('welcome: {done: 2026-01-01}, report: {done: 2026-10-06}'),
      ['client acme engagements audit-2026 steps welcome'],
    ],
    [
      'the step: progress for none of the offer',
      () => steps('wellcome: {done: 2026-10-06}'),
      ['client acme engagements audit-2026 steps wellcome'],
    ],
    [
      'the step: after one that there is not',
      () => steps('report: {after: signature}'),
      ['client acme engagements audit-2026 steps report'],
    ],
    [
      'the step: a due day from nothing',
      () => steps('report: {due: signature + 1d}'),
      ['client acme engagements audit-2026 steps report'],
    ],
    [
      'what the engagement writes: a circle made by hand',
      () => steps('welcome: {after: report}'),
      ['client acme engagements audit-2026 steps welcome'],
    ],
    [
      'the promise',
      () => acme('promises: {deck: {what: Deck, made: 2026-11-12, by: 2026-11-01}}'),
      ['client acme promises deck'],
    ],
    [
      'the issue',
      () => acme('issues: {slow: {what: Slow, since: 2026-11-12, closed: 2026-11-01}}'),
      ['client acme issues slow'],
    ],
    ['the pause', () => acme('pause: {from: 2026-11-12, to: 2026-11-01, why: Holidays}'), ['client acme pause']],
    [
      'the farewell',
      () => acme('leaving: {decided: 2026-11-12, reason: budget, last_day: 2026-11-01}'),
      ['client acme leaving'],
    ],
    [
      'the cadence and the snooze',
      () => acme('cadence: {lunch: 2w, review: 2w}\nsnooze: {lunch: {to: 2026-12-01, why: Busy}}'),
      ['client acme cadence lunch', 'client acme snooze lunch'],
    ],
    [
      'nothing of a log',
      () => removed({ 'touches/acme.yaml': '- {date: 2026-10-12, kind: lunch, with: zoe, step: x, rung: y}\n' }),
      [],
    ],
  ] as const)('%s', (_, run, expected) => {
    expect(run()).toEqual(expected);
  });

  test.each([
    ['birthday: 02-30', 'birthday'],
    ['birthday: [12-10]', 'birthday'],
    ['phone: 0044', 'phone'],
    ['role: 1', 'role'],
    ['email: ada at acme', 'email'],
    ['first_name: {Ada: x}', 'first_name'],
    ['leap: feb28', 'leap'],
    ['phone: a, phone: b', 'phone'],
  ])('of a contact nothing but the value on which nothing hangs: %s', (value, key) => {
    const { book } = load({
      'clients/acme.yaml': `${PROFILE}contacts:\n  ada: {name: Ada, ${value}}\n  bob: {name: Bob}\n`,
    });
    expect(book.removals.map((each) => each.path)).toEqual([['contacts', 'ada', key]]);
    expect(Object.entries(book.clients.get('acme')?.contacts ?? {})).toEqual([
      ['ada', { name: 'Ada' }],
      ['bob', { name: 'Bob' }],
    ]);
  });

  test.each([
    ['the contact: who has left', 'contacts: {ada: {name: Ada, left: 2026-02-30}}', 'contacts ada'],
    ['the contact: without a name', 'contacts: {ada: {role: CEO}}', 'contacts ada'],
    [
      'the promise: any of its days',
      'promises: {deck: {what: Deck, made: 2026-11-12, by: 2026-11-36}}',
      'promises deck',
    ],
    ['the kind of an issue', 'issues: {slow: {what: Slow, since: 2026-11-12, kind: qualty}}', 'issues slow kind'],
    ['the issue: when it was closed', 'issues: {slow: {what: Slow, since: 2026-11-12, closed: 1}}', 'issues slow'],
    ['one number of the value', 'value: {fees_per_year: many, hours_per_month: 6}', 'value fees_per_year'],
    ['a note on the billing', 'billing: {state: disputed, note: 3}', 'billing note'],
    ['the industry', 'industry: 7', 'industry'],
    [
      'the last day of a farewell',
      'leaving: {decided: 2026-11-12, reason: budget, last_day: soon}',
      'leaving last_day',
    ],
    ['the farewell: its reason', 'leaving: {decided: 2026-11-12, reason: boredom}', 'leaving'],
    ['a score of fit', 'fit: {attitude: 9}', 'fit attitude'],
    ['the occasion: whether it comes again', 'occasions: {x: {title: X, date: 2026-01-05, once: 1}}', 'occasions x'],
  ])('%s', (_, body, path) => {
    expect(acme(`${body}\n`)).toEqual([`client acme ${path}`]);
  });

  test.each([
    ['the effort of a step', 'report: {done: 2026-10-20, effort: long}', 'steps report effort'],
    [
      'a sentence of what is expected',
      'report: {expect: {you_get: 1, we_need: Access}}',
      'steps report expect you_get',
    ],
    ['one resource', 'report: {resources: {list: 1, form: https://acme.example}}', 'steps report resources list'],
    ['a remark on a step that is done', 'report: {done: 2026-10-20, why: 1}', 'steps report why'],
    ['the step: the reason it was skipped', 'report: {skipped: 2026-10-20, why: 1}', 'steps report'],
    ['the step: the day it was done', 'report: {done: 2026-10-32}', 'steps report'],
    ['the step: its reminders', 'report: {chase: {gentle: {when: soon}}}', 'steps report'],
  ])('%s', (_, body, path) => {
    expect(steps(body).at(-1)).toBe(`client acme engagements audit-2026 ${path}`);
  });

  test.each([
    ['the renewal', '    renewal: 2027-02-30\n', 'engagements audit-2026 renewal'],
    ['the engagement: what was promised', '    promised: 2026-11-31\n', 'engagements audit-2026'],
    [
      'the engagement: any day of a hold',
      '    holds: {from: 2026-10-06, review: never, why: Budget}\n',
      'engagements audit-2026',
    ],
    [
      'who a hold waits for',
      '    holds: {from: 2026-10-06, why: Budget, waiting_on: 1}\n',
      'engagements audit-2026 holds waiting_on',
    ],
    ['the engagement: it was cancelled for no reason', '    result: cancelled\n', 'engagements audit-2026'],
    ['the engagement: the reason cannot be read', '    result: cancelled\n    why: 1\n', 'engagements audit-2026'],
  ])('%s', (_, body, path) => {
    expect(acme(`${ENGAGEMENT}${body}`).at(-1)).toBe(`client acme ${path}`);
  });

  test.each([
    ['the note of a touch', 'note: 12', { date: '2026-10-12', kind: 'call', at: 0 }],
    ['the touch: who it was with', 'with: 12', undefined],
    ['the touch: in which direction', 'in: yes', undefined],
  ])('%s', (_, value, expected) => {
    const { book } = load({
      'clients/acme.yaml': PROFILE,
      'touches/acme.yaml': `- {date: 2026-10-12, kind: call, ${value}}\n`,
    });
    expect(book.logs.get('acme')?.touches[0]).toEqual(expected);
  });

  test.each([
    ['locale: de_DE', 'locale'],
    ['currency: pounds', 'currency'],
    ['signature: [Sam]', 'signature'],
    ['me: {sam: x}', 'me'],
    ['calendar: {roll: forward}', 'calendar roll'],
    ['calendar: {closed: {2026-12-32: Christmas}}', 'calendar closed 2026-12-32'],
    ['people: {kit: {name: Kit, email: kit, role: 3}}', 'people kit email, people kit role'],
    ['people: {kit: {role: Assistant}}', 'people kit'],
  ])('of the practice what is written there: %s', (line, paths) => {
    const [key] = line.split(':');
    const kept = Object.entries({ practice: 'Fen & Field', people: '{ines: {name: Ines}}', time_zone: 'UTC' })
      .filter(([name]) => name !== key)
      .map(([name, value]) => `${name}: ${value}\n`);
    expect(removed({ 'deliver.yaml': `format: 1\n${kept.join('')}${line}\n` })).toEqual(
      paths.split(', ').map((path) => `practice practice ${path}`),
    );
  });

  test.each([
    ['to: 1', 'email note'],
    ['cc: {a: b}', 'email note'],
    ['touch: []', 'email note'],
  ])('a letter that may be for somebody else: %s', (value, expected) => {
    expect(removed({ 'emails/note.md': `---\nsubject: Hello\n${value}\n---\nHi\n` })).toEqual([expected]);
  });

  test('every step of a circle, and none of those beside it', () => {
    const offer = `name: Audit
version: 2
milestones: {workshop: Workshop}
steps:
  welcome: {title: Welcome, due: start}
  report: {title: Report, due: review + 1d}
  review: {title: Review, due: report + 1d}
`;
    const { book } = load({ 'offers/audit.yaml': offer, 'clients/acme.yaml': PROFILE });
    expect(book.removals.map((each) => each.path.join(' '))).toEqual(['steps report', 'steps review']);
    expect(book.offers.get('audit')?.steps.map((step) => step.id)).toEqual(['welcome']);
  });

  test('the rest of the file is there', () => {
    const text = `${PROFILE}${ENGAGEMENT}    steps: {wellcome: {done: 2026-10-06}, report: {done: 2026-10-20}}\n`;
    const client = load({ 'clients/acme.yaml': text }).book.clients.get('acme');
    expect(Object.keys(client?.engagements?.['audit-2026']?.steps ?? {})).toEqual(['report']);
  });
});
