// The reminder ladder of a client-owned step. Due Mon 2025-03-10: gentle (- 2bd) Thu 03-06, firm (+ 1bd) Tue 03-11,
// call (+ 5bd: 11, 12, 13, 14, 17) Mon 03-17.
import { describe, expect, it } from 'vitest';
import type { Files } from './morning.ts';
import { morning, service, step, work } from './morning.ts';

const LADDER = service(`
  chase:
    gentle: {when: due - 2bd, email: chase-gentle}
    firm: {when: due + 1bd, email: chase-firm}
    call: {when: due + 5bd, script: chase-call}
`);
const chased = (log = '', own = '', more = ''): Files => ({
  'service.yaml': LADDER,
  ...work({
    steps: `
      access: {title: Access, owner: client, due: 2025-03-10${own}}
      ours: {title: Ours, due: 2025-03-10}
    `,
    job: 'started: 2025-02-03',
    client: more,
  }),
  ...(log === '' ? {} : { 'touches/acme.yaml': log }),
});
const rungOn = async (today: string, files: Files): Promise<unknown> =>
  step(await morning({ today, files }), 'access')?.chase;

describe('the current rung', () => {
  it.each([
    // "The current rung is the last one whose day has come". `days_late` counts from the rung's day.
    ['the day before the first', '2025-03-05', null],
    ['the first day of gentle', '2025-03-06', { rung: 'gentle', day: '2025-03-06', days_late: 0 }],
    ['the last day of gentle', '2025-03-10', { rung: 'gentle', day: '2025-03-06', days_late: 4 }],
    ['the first day of firm', '2025-03-11', { rung: 'firm', day: '2025-03-11', days_late: 0 }],
    ['the last day of firm', '2025-03-16', { rung: 'firm', day: '2025-03-11', days_late: 5 }],
    ['the first day of call', '2025-03-17', { rung: 'call', day: '2025-03-17', days_late: 0 }],
    ['long after', '2025-04-17', { rung: 'call', day: '2025-03-17', days_late: 31 }],
  ])('%s', async (_, today, expected) => {
    const rung = await rungOn(today, chased());
    if (expected === null) expect(rung).toBeNull();
    else expect(rung).toMatchObject(expected);
  });

  it('is a mail, and in the end a script', async () => {
    expect(await rungOn('2025-03-06', chased())).toMatchObject({ email: 'chase-gentle' });
    expect(await rungOn('2025-03-11', chased())).toMatchObject({ email: 'chase-firm' });
    const call = await rungOn('2025-03-17', chased());
    expect(call).toMatchObject({ script: 'chase-call' });
    expect(call).not.toHaveProperty('email', 'chase-firm');
  });

  it('lists a step that is not due within 7 days', async () => {
    // gentle at due - 10bd: Mon 03-31 - 10bd = Mon 03-17 (28, 27, 26, 25, 24, 21, 20, 19, 18, 17): 14 days before the day.
    const early = service('chase: {gentle: {when: due - 10bd, email: chase-gentle}}');
    const files = {
      ...chased(),
      ...work({ steps: 'access: {title: Access, owner: client, due: 2025-03-31}', job: 'started: 2025-02-03' }),
      'service.yaml': early,
    };
    expect(step(await morning({ today: '2025-03-16', files }), 'access')).toBeUndefined();
    expect(step(await morning({ today: '2025-03-17', files }), 'access')).toMatchObject({
      list: 'waiting',
      days_late: -14,
      chase: { rung: 'gentle' },
    });
  });

  it('is shown once when the day was missed: due + 7d, tool run on + 8', async () => {
    // The table: Mon 03-10 + 7d = Mon 03-17; run on Tue 03-18: "shown once, 1 day late".
    const files = { ...chased(), 'service.yaml': service('chase: {nudge: {when: due + 7d, email: chase-firm}}') };
    const report = await morning({ today: '2025-03-18', files });
    expect(report.waiting).toHaveLength(1);
    expect(step(report, 'access')?.chase).toMatchObject({ rung: 'nudge', day: '2025-03-17', days_late: 1 });
  });

  it('is for the steps of the client only', async () => {
    expect(step(await morning({ today: '2025-03-12', files: chased() }), 'ours')?.chase).toBeNull();
  });
});

describe('a rung is answered', () => {
  const log = (date: string, rung: string, of = 'work/access') =>
    `- {date: ${date}, kind: chase, step: ${of}, rung: ${rung}}\n`;
  it.each([
    // "answered by a touch `kind: chase` for that engagement and step with that rung or a later one, whatever its day".
    ['by its own touch', '2025-03-10', log('2025-03-06', 'gentle'), null],
    ['until the next rung comes', '2025-03-11', log('2025-03-06', 'gentle'), 'firm'],
    ['by a later rung', '2025-03-07', log('2025-03-07', 'firm'), null],
    ['by a touch before its day', '2025-03-11', log('2025-03-07', 'firm'), null],
    ['by the last rung for all', '2025-03-20', log('2025-03-05', 'call'), null],
    ['not by an earlier rung, however recent', '2025-03-12', log('2025-03-12', 'gentle'), 'firm'],
    ['not by a chase for another step', '2025-03-07', log('2025-03-06', 'gentle', 'work/ours'), 'gentle'],
    [
      'not by a touch of another kind',
      '2025-03-07',
      '- {date: 2025-03-06, kind: email, step: work/access}\n',
      'gentle',
    ],
  ])('%s', async (_, today, touches, expected) => {
    const rung = await rungOn(today, chased(touches));
    if (expected === null) expect(rung).toBeNull();
    else expect(rung).toMatchObject({ rung: expected });
  });
  it('and the step still waits', async () => {
    // Late steps of the client are listed with a rung or without.
    const report = await morning({ today: '2025-03-12', files: chased(log('2025-03-11', 'firm')) });
    expect(step(report, 'access')).toMatchObject({ list: 'waiting', days_late: 2, chase: null });
  });
});

describe('a step may have its own ladder', () => {
  it('which replaces the common one', async () => {
    // ping: Mon 03-10 + 2bd = Wed 03-12; the common firm of 03-11 is not known here.
    const own = ', chase: {ping: {when: due + 2bd, email: chase-gentle}}';
    expect(await rungOn('2025-03-11', chased('', own))).toBeNull();
    expect(await rungOn('2025-03-12', chased('', own))).toMatchObject({ rung: 'ping', day: '2025-03-12' });
  });
  it('or none', async () => {
    const report = await morning({ today: '2025-03-20', files: chased('', ', chase: none') });
    expect(step(report, 'access')).toMatchObject({ list: 'waiting', days_late: 10, chase: null });
  });
});

describe('reminders are quiet', () => {
  it.each([
    // "`pause` quietens ... reminders, not steps"; "within `pause` (both days)". Pause Wed 03-12 to Fri 03-14.
    ['before the pause', '2025-03-11', 'firm'],
    ['on its first day', '2025-03-12', null],
    ['on its last day', '2025-03-14', null],
    ['after it', '2025-03-15', 'firm'],
  ])('%s', async (_, today, expected) => {
    const files = chased('', '', 'pause: {from: 2025-03-12, to: 2025-03-14, why: Launch}');
    const found = step(await morning({ today, files }), 'access');
    expect(found).toMatchObject({ list: 'waiting' });
    if (expected === null) expect(found?.chase).toBeNull();
    else expect(found?.chase).toMatchObject({ rung: expected });
  });
  it('while the step is blocked', async () => {
    // The ladder is of "a client-owned ready step".
    const report = await morning({ today: '2025-03-12', files: chased('', ', after: ours') });
    expect(report.waiting).toEqual([]);
  });
  it('while the engagement is on hold', async () => {
    // "While on hold none of its steps is listed or chased".
    const files = {
      ...chased(),
      ...work({
        steps: 'access: {title: Access, owner: client, due: 2025-03-10}',
        job: 'started: 2025-02-03\nholds: [{from: 2025-03-05, why: Freeze}]',
      }),
    };
    expect((await morning({ today: '2025-03-12', files })).waiting).toEqual([]);
  });
});
