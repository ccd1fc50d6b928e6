// The steps of an engagement: its offer's, what it writes differently, and its own.
import { describe, expect, test } from 'vitest';
import { planOf } from '../../src/book/plan.ts';
import { loadBook } from '../support/load.ts';
import { memoryFiles } from '../support/world.ts';

const OFFER = `name: Audit
milestones: {workshop: The workshop}
phases:
  begin:
    steps:
      welcome: {title: Welcome, due: start + 1bd, email: welcome, was: hello}
      access: {title: Access, owner: client, due: welcome + 5bd}
  deliver:
    steps:
      report: {title: Report, due: access + 8bd, after: welcome}
      prepare: {title: Prepare, due: workshop - 2bd, after: report}
      feedback: {title: Ask for feedback, due: report - 1d}
`;

function planWith(steps: string, offer = 'offer: audit') {
  const client = `name: Acme\nsegment: A\nsince: 2025-01-01\nengagements:\n  audit:\n    ${offer}\n    started: 2026-10-05\n    steps: {${steps}}\n`;
  const files = {
    'deliver.yaml': 'format: 1\npractice: P\npeople: {sam: {name: Sam}}\ntime_zone: UTC\n',
    'offers/audit.yaml': OFFER,
    'clients/acme.yaml': client,
  };
  const contents = new Map(Object.entries(files).map(([path, text]) => [`/p/${path}`, text]));
  const { book } = loadBook(memoryFiles(contents), '/p');
  const acme = book.clients.get('acme');
  const plan = acme && planOf(book, acme, 'audit');
  if (!plan) throw new Error('no plan');
  return { plan, step: (id: string) => plan.steps.find((step) => step.id === id) };
}

describe('planOf', () => {
  test('takes the steps of the offer in its order', () => {
    const { plan, step } = planWith('');
    expect(plan.steps.map(({ id }) => id)).toEqual(['welcome', 'access', 'report', 'prepare', 'feedback']);
    expect(step('welcome')).toMatchObject({
      kind: 'email',
      phase: 'begin',
      isExtra: false,
      planFile: 'offers/audit.yaml',
    });
    expect(step('access')).toMatchObject({
      kind: 'task',
      owner: 'client',
      progressPath: ['engagements', 'audit', 'steps', 'access'],
    });
  });

  test.each([
    ['X + n implies after X', '', 'access', ['welcome']],
    ['an explicit after comes first', '', 'report', ['welcome', 'access']],
    ['a milestone implies nothing', '', 'prepare', ['report']],
    ['X - n implies nothing', '', 'feedback', []],
    ['start implies nothing', '', 'welcome', []],
    ['a day by hand keeps the wait', 'access: {due: 2026-11-02}', 'access', ['welcome']],
    ['an anchor by hand replaces it', 'report: {due: prepare + 1d}', 'report', ['welcome', 'prepare']],
    ['an anchor by hand before a step takes it away', 'access: {due: report - 1d}', 'access', []],
    ['an after by hand replaces the explicit one', 'report: {after: prepare}', 'report', ['prepare', 'access']],
    ['old names are understood', 'report: {due: hello + 1d}', 'report', ['welcome']],
    ['a step never waits for itself', 'report: {after: report}', 'report', ['access']],
  ])('%s', (_, steps, id, after) => {
    expect(planWith(steps).step(id)?.after).toEqual(after);
  });

  test('finds progress under an old name', () => {
    const { step } = planWith('hello: {done: 2026-10-06}');
    expect(step('welcome')).toMatchObject({
      done: '2026-10-06',
      progressPath: ['engagements', 'audit', 'steps', 'hello'],
    });
    expect(step('hello')).toBeUndefined();
  });

  test('takes progress under the present name when both are there', () => {
    const { step } = planWith('hello: {done: 2026-10-06}, welcome: {done: 2026-10-07}');
    expect(step('welcome')).toMatchObject({
      done: '2026-10-07',
      progressPath: ['engagements', 'audit', 'steps', 'welcome'],
    });
  });

  test('keeps what the engagement writes differently', () => {
    const { step } = planWith('report: {title: Long report, owner: sam, due: 2026-11-02, internal: true}');
    expect(step('report')).toMatchObject({
      title: 'Long report',
      owner: 'sam',
      internal: true,
      handDue: { day: '2026-11-02' },
      planDue: { anchor: 'access' },
    });
  });

  test('puts its own steps after those of their phase, else at the end', () => {
    const { plan, step } = planWith(
      'lunch: {title: Lunch, due: start}, call: {title: Call, phase: begin, due: access + 1d}, chat: {title: Chat, phase: begin, due: call + 1d}',
    );
    expect(plan.steps.map(({ id }) => id)).toEqual([
      'welcome',
      'access',
      'call',
      'chat',
      'report',
      'prepare',
      'feedback',
      'lunch',
    ]);
    expect(step('call')).toMatchObject({
      isExtra: true,
      planFile: 'clients/acme.yaml',
      after: ['access'],
      planDue: { anchor: 'access' },
      handDue: undefined,
    });
  });

  test('needs no offer', () => {
    const { plan } = planWith(
      'a: {title: First, due: start}, b: {title: Second, due: a + 1d}, c: {done: 2026-10-06}',
      'promised: 2026-11-02',
    );
    expect(plan.offer).toBeUndefined();
    expect(plan.steps.map(({ id, after }) => [id, after])).toEqual([
      ['a', []],
      ['b', ['a']],
    ]);
  });
});
