// The order of the contacts, and which of them fold into a step of the same client. Mondays: 2025-03-03, 10, 17, 24, 31.
import { describe, expect, it } from 'vitest';
import type { Files } from './morning.ts';
import { client, morning, step, touch, work } from './morning.ts';

describe('rank', () => {
  /** A client who is in touch every n days, last on this day. */
  const one = (id: string, segment: string, rule: string, last: string): Files => ({
    [`clients/${id}.yaml`]: client(`name: ${id}\nsegment: ${segment}\ncadence: {check-in: {${rule}}}`),
    [`touches/${id}.yaml`]: `- {date: ${last}, kind: check-in}\n`,
  });
  it('is state, then segment, then ratio, then id', async () => {
    // Mon 2025-03-31. "overdue before due before soon; then segment order, then ratio ..., then client id".
    const files = {
      // due 03-01 + 30d = Mon 03-31, today: due.
      ...one('a-due', 'A', 'every: 30d', '2025-03-01'),
      // due 03-03 + 30d = Wed 04-02: soon.
      ...one('a-soon', 'A', 'every: 30d', '2025-03-03'),
      // due Mon 03-24 (02-22 + 30d), 7 days of 30: 0.23, overdue.
      ...one('a-some', 'A', 'every: 30d', '2025-02-22'),
      // due Mon 03-17 (02-15 + 30d), 14 of 30: 0.47. The same twice: by id.
      ...one('a-more', 'A', 'every: 30d', '2025-02-15'),
      ...one('a-mole', 'A', 'every: 30d', '2025-02-15'),
      // due Mon 03-24 (03-17 + 7d), 7 of 7: 1. As many days late as a-some, but its week is a month of the other's.
      ...one('a-week', 'A', 'every: 7d', '2025-03-17'),
      // Segment B, overdue by far: after every overdue one of A, before A's due one.
      ...one('b-late', 'B', 'every: 7d', '2025-01-06'),
      ...one('b-due', 'B', 'every: 30d', '2025-03-01'),
    };
    const report = await morning({ today: '2025-03-31', files });
    expect(report.touches.map((row) => row.client)).toEqual([
      'a-week',
      'a-mole',
      'a-more',
      'a-some',
      'b-late',
      'a-due',
      'b-due',
      'a-soon',
    ]);
  });
});

describe('folding', () => {
  /** Touch 2025-03-01: due Mon 03-31, overdue after its grace, 04-07. A step of this due day and owner. */
  const both = (due: string, owner = 'sam', more = ''): Files => ({
    ...work({
      steps: `go: {title: Go, owner: ${owner}, due: ${due}}`,
      job: 'started: 2025-03-03',
      client: `cadence: {check-in: {every: 30d, grace: 1w}}\n${more}`,
    }),
    'touches/acme.yaml': '- {date: 2025-03-01, kind: check-in}\n',
  });

  it.each([
    // "When a step of ours for that client is overdue or due today, its cadence touches that are due but not overdue are
    // folded into the first such line".
    ['overdue', '2025-03-28'],
    ['due today', '2025-03-31'],
  ])('puts what is due into a step that is %s', async (_, due) => {
    const report = await morning({ today: '2025-03-31', files: both(due) });
    expect(step(report, 'go')?.also_due).toEqual(['check-in']);
    expect(report.touches).toEqual([]);
  });

  it.each([
    ['is due tomorrow', '2025-04-01', 'sam'],
    ['is the client’s', '2025-03-28', 'client'],
  ])('leaves it alone when the step %s', async (_, due, owner) => {
    const report = await morning({ today: '2025-03-31', files: both(due, owner) });
    expect(touch(report, 'check-in')).toMatchObject({ state: 'due' });
    expect(step(report, 'go')?.also_due ?? []).toEqual([]);
  });

  it.each([
    // "overdue ones always show": Tue 04-08 is after the grace. Soon is not due: Fri 03-28 is before the day.
    ['overdue', '2025-04-08'],
    ['soon', '2025-03-28'],
  ])('leaves alone what is %s', async (state, today) => {
    const report = await morning({ today, files: both('2025-03-28') });
    expect(touch(report, 'check-in')).toMatchObject({ state });
    expect(step(report, 'go')?.also_due).toEqual([]);
  });

  it('is into the first line only', async () => {
    const files = {
      ...both('2025-03-28'),
      ...work({
        steps:
          'later: {title: Later, due: 2025-03-31}\nfirst: {title: First, due: 2025-03-27}\nnext: {title: Next, due: 2025-03-28}',
        job: 'started: 2025-03-03',
        client: 'cadence: {check-in: {every: 30d}}',
      }),
    };
    const report = await morning({ today: '2025-03-31', files });
    expect(step(report, 'first')?.also_due).toEqual(['check-in']);
    expect(step(report, 'next')?.also_due).toEqual([]);
    expect(step(report, 'later')?.also_due).toEqual([]);
  });

  it('is for the same client only', async () => {
    const files = {
      ...both('2025-03-28'),
      'clients/beta.yaml': client('name: Beta\ncadence: {check-in: {every: 30d}}'),
      'touches/beta.yaml': '- {date: 2025-03-01, kind: check-in}\n',
    };
    const report = await morning({ today: '2025-03-31', files });
    expect(report.touches.map((row) => row.client)).toEqual(['beta']);
  });

  it('takes no yearly day', async () => {
    // "Yearly days always show."
    const more = 'contacts: {ada: {name: Ada, birthday: 03-31}}';
    const files = both('2025-03-28', 'sam', more);
    const withCard = Object.fromEntries(
      Object.entries(files).map(([path, text]) => [
        path,
        text.replace('cadence: {', 'cadence: {card: {yearly: birthday}, '),
      ]),
    );
    const report = await morning({ today: '2025-03-31', files: withCard });
    expect(report.occasions).toMatchObject([{ kind: 'card', contact: 'ada', state: 'due' }]);
    expect(step(report, 'go')?.also_due).toEqual(['check-in']);
  });
});
