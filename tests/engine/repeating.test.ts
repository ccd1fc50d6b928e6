// Offers that repeat: the next start. Last start Mon 2025-02-10 + 1m = Mon 2025-03-10.
import { describe, expect, it } from 'vitest';
import type { Files } from './morning.ts';
import { client, morning } from './morning.ts';

const RETAINER = 'name: Retainer\nrepeats: 1m\nsteps:\n  go: {title: Go, due: start + 1bd}\n';
const started = (engagements: string, more = ''): Files => ({
  'offers/retainer.yaml': RETAINER,
  'offers/once.yaml': 'name: Once\nsteps:\n  go: {title: Go, due: start + 1bd}\n',
  'clients/acme.yaml': client(`${more}\nengagements: {${engagements}}`),
});
const DONE = 'steps: {go: {done: 2025-02-11}}';
const FEBRUARY = `feb: {offer: retainer@1, started: 2025-02-10, ${DONE}}`;

describe('a repeating offer', () => {
  it.each([
    // "its start + `repeats` <= today + 7d ... the next \"start\" is due that day": 03-10 - 7d = 03-03.
    ['the day before', '2025-03-02', undefined],
    ['seven days before', '2025-03-03', -7],
    ['the day', '2025-03-10', 0],
    ['after', '2025-03-25', 15],
  ])('is to start again: %s', async (_, today, daysLate) => {
    const report = await morning({ today, files: started(FEBRUARY) });
    if (daysLate === undefined) expect(report.to_start).toEqual([]);
    else
      expect(report.to_start).toMatchObject([
        { client: 'acme', offer: 'retainer', due: '2025-03-10', days_late: daysLate, last_started: '2025-02-10' },
      ]);
  });

  it('counts from the latest start, whatever the order', async () => {
    // Latest Mon 03-03: next 04-03, listed from 03-27.
    const march = 'mar: {offer: retainer@1, started: 2025-03-03}';
    const files = started(`${march}, ${FEBRUARY}`);
    expect((await morning({ today: '2025-03-26', files })).to_start).toEqual([]);
    expect((await morning({ today: '2025-03-27', files })).to_start).toMatchObject([
      { due: '2025-04-03', last_started: '2025-03-03' },
    ]);
  });

  it('does not drift', async () => {
    // Fri 2025-01-31 + 1m = Fri 2025-02-28: months are added to the origin, clamped to the month's end.
    const january = 'jan: {offer: retainer@1, started: 2025-01-31, steps: {go: {done: 2025-02-03}}}';
    expect((await morning({ today: '2025-02-28', files: started(january) })).to_start).toMatchObject([
      { due: '2025-02-28', days_late: 0 },
    ]);
  });

  it('counts from one that has ended', async () => {
    // "the client's latest engagement of an offer with `repeats`, running or ended".
    const ended = `feb: {offer: retainer@1, started: 2025-02-10, ended: 2025-02-28, result: delivered, ${DONE}}`;
    expect((await morning({ today: '2025-03-10', files: started(ended) })).to_start).toMatchObject([
      { due: '2025-03-10', last_started: '2025-02-10' },
    ]);
  });

  it('needs a first time', async () => {
    const files = started(`once: {offer: once, started: 2025-02-10, ${DONE}}`);
    expect((await morning({ today: '2025-03-10', files })).to_start).toEqual([]);
  });

  it.each([
    // "and the client is active and not leaving".
    ['leaving', 'leaving: {decided: 2025-03-03, reason: misfit, last_day: 2025-12-31}'],
    ['past', 'status: past'],
    ['a prospect', 'status: prospect'],
  ])('is not for a client who is %s', async (_, more) => {
    const ended = `feb: {offer: retainer@1, started: 2025-02-10, ended: 2025-02-28, result: delivered, ${DONE}}`;
    expect((await morning({ today: '2025-03-10', files: started(ended, more) })).to_start).toEqual([]);
  });
});

describe('the last round', () => {
  it.each([
    // "not after an engagement that ended `cancelled`, nor one with `repeats: none`".
    ['cancelled', 'ended: 2025-03-03, result: cancelled, why: No budget', 0],
    ['delivered', 'ended: 2025-03-03, result: delivered', 1],
    ['written to be the last', 'repeats: none', 0],
    ['written to be the last, and ended', 'repeats: none, ended: 2025-03-03, result: delivered', 0],
  ])('%s', async (_, more, starts) => {
    const february = `feb: {offer: retainer@1, started: 2025-02-10, ${DONE}, ${more}}`;
    expect((await morning({ today: '2025-03-10', files: started(february) })).to_start).toHaveLength(starts);
  });
  it('is not one that another round has followed', async () => {
    const january = `jan: {offer: retainer@1, started: 2025-01-10, ${DONE}, ended: 2025-02-12, result: cancelled, why: No}`;
    expect((await morning({ today: '2025-03-10', files: started(`${january}, ${FEBRUARY}`) })).to_start).toHaveLength(
      1,
    );
  });
  it('waits while the client is leaving, from the day that was decided', async () => {
    const leaving = 'leaving: {decided: 2025-03-10, reason: misfit}';
    expect((await morning({ today: '2025-03-09', files: started(FEBRUARY, leaving) })).to_start).toHaveLength(1);
    expect((await morning({ today: '2025-03-10', files: started(FEBRUARY, leaving) })).to_start).toEqual([]);
  });
});
