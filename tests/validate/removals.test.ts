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
