// The past on the command line: why each line of a morning is gone, what a commit does not have, and who starts git at all.
import { describe, expect, test } from 'vitest';
import { main } from '../src/main.ts';
import { type MemoryWorld, memoryWorld, type Run, runDeliver } from './support/world.ts';

const FILES: Readonly<Record<string, string>> = {
  'deliver.yaml':
    'format: 1\npractice: Rivermint\npeople: {sam: {name: Sam Okafor}, kit: {name: Kit Moreau}}\nme: sam\ntime_zone: Europe/London\n',
  'service.yaml':
    'touches: {check-in: {title: Check-in call}}\nsegments:\n  A: {title: Prime, cadence: {check-in: {every: 1m}}}\n  B: {title: Good}\n',
  'offers/audit.yaml':
    'name: Audit\nsteps:\n  prepare: {title: Prepare, due: start + 1bd}\n  report: {title: Write the report, due: 2026-11-19}\n',
  'offers/care.yaml': 'name: Care\nrepeats: 1m\nsteps:\n  visit: {title: Visit, due: 2026-12-30}\n',
  'clients/acme.yaml': `name: Acme Ltd
segment: A
since: 2024-03-01
renewal: 2026-12-20
billing: {state: disputed, note: Wrong rate}
contacts:
  ada: {name: Ada Lovelace}
promises:
  deck: {what: Send the deck, made: 2026-11-12, by: 2026-11-18}
issues:
  wrong-month: {what: Wrong month, since: 2026-10-01}
engagements:
  audit:
    offer: audit
    started: 2026-11-02
    steps:
      prepare: {done: 2026-11-03}
  care:
    offer: care
    started: 2026-10-20
    ended: 2026-11-01
  dash:
    offer: audit
    started: 2026-11-02
    holds:
      - {from: 2026-11-04, why: Budget freeze}
`,
  'touches/acme.yaml': '- {date: 2026-10-10, kind: check-in, with: ada}\n',
};

function committed(files = FILES): MemoryWorld {
  const memory = memoryWorld({ files, today: '2026-11-23' });
  memory.commit({ when: '2026-11-20T09:00:00+00:00', subject: 'Friday' });
  return memory;
}

type Gone = {
  readonly ref: string;
  readonly reason: string;
  readonly how: string;
  readonly day: string | null;
  readonly why: string | null;
};
type Since = {
  readonly late: readonly { readonly ref: string }[];
  readonly new: readonly { readonly ref: string }[];
  readonly gone: readonly Gone[];
  readonly since_commit: object | null;
};

async function since(memory: MemoryWorld, when = 'fri'): Promise<Since> {
  const { stdout } = await runDeliver(memory, ['status', '--since', when, '--json']);
  return JSON.parse(stdout) as Since;
}

const edit = (memory: MemoryWorld, file: string, from: string, to: string): void => {
  const text = memory.contents.get(`/practice/${file}`) as string;
  if (text.split(from).length !== 2) throw new Error(`${file} has not one ${from}`);
  memory.contents.set(`/practice/${file}`, text.replace(from, to));
};

describe('why a line is gone', () => {
  const CLIENT = 'clients/acme.yaml';
  const LOG = 'touches/acme.yaml';
  const LAST = '- {date: 2026-10-10, kind: check-in, with: ada}\n';
  const AFTER = 'prepare: {done: 2026-11-03}\n';

  test.each([
    [
      'acme/audit/report',
      CLIENT,
      AFTER,
      `${AFTER}      report: {done: 2026-11-21}\n`,
      'closed',
      'done',
      '2026-11-21',
      null,
    ],
    [
      'acme/audit/report',
      CLIENT,
      AFTER,
      `${AFTER}      report: {skipped: 2026-11-21, why: No need}\n`,
      'closed',
      'skipped',
      '2026-11-21',
      'No need',
    ],
    [
      'acme/audit/report',
      CLIENT,
      AFTER,
      `${AFTER}      report: {due: 2026-12-15}\n`,
      'moved',
      'moved',
      '2026-12-15',
      null,
    ],
    [
      'acme/audit/report',
      CLIENT,
      AFTER,
      `${AFTER}    holds:\n      - {from: 2026-11-21, why: Holiday}\n`,
      'hidden',
      'on-hold',
      '2026-11-21',
      'Holiday',
    ],
    [
      'acme/audit/report',
      CLIENT,
      AFTER,
      `${AFTER}    ended: 2026-11-21\n    result: cancelled\n    why: Bought\n`,
      'ended',
      'ended',
      '2026-11-21',
      'Bought',
    ],
    [
      'acme/audit/report',
      'offers/audit.yaml',
      '  report: {title: Write the report, due: 2026-11-19}\n',
      '',
      'removed',
      'removed',
      null,
      null,
    ],
    [
      'acme/touch/check-in',
      LOG,
      LAST,
      `${LAST}- {date: 2026-11-22, kind: check-in}\n`,
      'filled',
      'contacted',
      '2026-11-22',
      null,
    ],
    [
      'acme/touch/check-in',
      CLIENT,
      'renewal:',
      'snooze: {check-in: {to: 2026-12-05, why: Launch}}\nrenewal:',
      'hidden',
      'snoozed',
      '2026-12-05',
      'Launch',
    ],
    [
      'acme/touch/check-in',
      CLIENT,
      'renewal:',
      'pause: {to: 2026-12-05, why: Leave}\nrenewal:',
      'hidden',
      'paused',
      '2026-12-05',
      'Leave',
    ],
    [
      'acme/touch/check-in',
      CLIENT,
      'renewal:',
      'cadence: {check-in: 3m}\nrenewal:',
      'moved',
      'due',
      '2027-01-11',
      null,
    ],
    ['acme/touch/check-in', CLIENT, 'segment: A', 'segment: B', 'removed', 'removed', null, null],
    ['acme/touch/check-in', CLIENT, 'renewal:', 'status: past\nrenewal:', 'ended', 'past-client', null, null],
    [
      'acme/promise/deck',
      CLIENT,
      'by: 2026-11-18',
      'by: 2026-11-18, kept: 2026-11-22',
      'closed',
      'kept',
      '2026-11-22',
      null,
    ],
    ['acme/promise/deck', CLIENT, 'by: 2026-11-18', 'by: 2027-02-01', 'moved', 'due', '2027-02-01', null],
    [
      'acme/issue/wrong-month',
      CLIENT,
      'since: 2026-10-01}',
      'since: 2026-10-01, closed: 2026-11-22}',
      'closed',
      'closed',
      '2026-11-22',
      null,
    ],
    [
      'acme/dash',
      CLIENT,
      'from: 2026-11-04, why',
      'from: 2026-11-04, to: 2026-11-22, why',
      'closed',
      'resumed',
      '2026-11-22',
      null,
    ],
    ['acme', CLIENT, 'state: disputed', 'state: ok', 'closed', 'settled', null, 'ok'],
    [
      'acme/start/care',
      CLIENT,
      '  dash:',
      '  care-2:\n    offer: care\n    started: 2026-11-21\n  dash:',
      'filled',
      'started',
      '2026-11-21',
      null,
    ],
    ['acme/start/care', 'offers/care.yaml', 'repeats: 1m\n', '', 'removed', 'removed', null, null],
    ['acme/audit/report', CLIENT, 'name: Acme Ltd', 'nam: Acme Ltd', 'removed', 'unreadable', null, null],
  ])('%s in %s', async (ref, file, from, to, reason, how, day, why) => {
    const memory = committed();
    edit(memory, file, from, to);
    const { gone } = await since(memory);
    const found = gone.find((it) => it.ref === ref);
    expect(
      { reason: found?.reason, how: found?.how, day: found?.day, why: found?.why },
      JSON.stringify(gone.map((it) => it.ref)),
    ).toEqual({ reason, how, day, why });
  });

  test('a client whose file is deleted', async () => {
    const memory = committed();
    memory.contents.delete('/practice/clients/acme.yaml');
    memory.contents.delete('/practice/touches/acme.yaml');
    const { gone } = await since(memory);
    expect(new Set(gone.map((it) => it.how))).toEqual(new Set(['no-client']));
    expect(gone.map((it) => it.ref)).toContain('acme/promise/deck');
  });

  test('what was there and is late only now is named, what was late before is not', async () => {
    const memory = memoryWorld({ files: FILES, today: '2026-11-23' });
    memory.commit({ when: '2026-11-18T09:00:00+00:00' });
    const { late, new: added, gone } = await since(memory, '2026-11-18');
    expect(late.map((it) => it.ref)).toEqual(['acme/audit/report', 'acme/promise/deck']);
    expect([added, gone]).toEqual([[], []]);
    const { stdout } = await runDeliver(memory, ['status', '--since', '2026-11-18']);
    expect(stdout).toContain(
      'since Wed 18 Nov: 0 new, 2 late now, 0 gone\n\nLate now\n   4d  Acme Ltd  Write the report',
    );
  });

  test('nothing is gone while nothing changes', async () => {
    expect((await since(committed())).gone).toEqual([]);
  });
});

describe('a commit as a morning', () => {
  const at = (memory: MemoryWorld, ...argv: readonly string[]): Promise<Run> => runDeliver(memory, ['status', ...argv]);

  test('one without a practice in this folder is refused', async () => {
    const memory = memoryWorld({
      files: FILES,
      git: { commits: [{ files: { 'README.md': 'x' }, when: '2026-11-19T09:00:00+00:00' }] },
    });
    const { exit, stderr } = await at(memory, '--at', 'HEAD');
    expect(exit).toBe(2);
    expect(stderr).toMatch(/^deliver: commit [0-9a-f]{7} \(Thu 19 Nov 2026\) has no deliver.yaml in this folder\n/);
  });

  test('before the first commit --since reads the files as they are, and --at is refused', async () => {
    const memory = memoryWorld({ files: FILES, git: { commits: [] } });
    expect(await at(memory, '--at', 'fri')).toMatchObject({
      exit: 2,
      stderr: 'deliver: nothing is committed here yet\n',
    });
    expect(await at(memory, '--since', 'fri')).toMatchObject({ exit: 0 });
    expect((await since(memory)).since_commit).toBeNull();
  });

  test('a shallow clone says how to get the rest', async () => {
    const git = { commits: [{ files: FILES, when: '2026-11-19T09:00:00+00:00' }], isShallow: true };
    const { stderr } = await at(memoryWorld({ files: FILES, git }), '--at', '2026-11-01');
    expect(stderr).toBe(
      'deliver: nothing was committed by Sun 1 Nov 2026: this clone goes back only to Thu 19 Nov 2026\n  git fetch --unshallow brings the rest\n',
    );
  });

  test('somebody who was not there yet can ask', async () => {
    const memory = committed({
      ...FILES,
      'deliver.yaml': FILES['deliver.yaml']?.replace(', kit: {name: Kit Moreau}', '') ?? '',
    });
    edit(
      memory,
      'deliver.yaml',
      'people: {sam: {name: Sam Okafor}}',
      'people: {sam: {name: Sam Okafor}, kit: {name: Kit Moreau}}',
    );
    expect(await runDeliver(memory, ['--as', 'kit', 'status', '--at', 'HEAD'])).toMatchObject({ exit: 0 });
  });

  test('the time zone says of which day a commit is', async () => {
    const zone = (name: string) => ({
      ...FILES,
      'deliver.yaml': FILES['deliver.yaml']?.replace('Europe/London', name) ?? '',
    });
    for (const [name, day] of [
      ['Pacific/Auckland', 'Sat 21 Nov 2026'],
      ['America/Los_Angeles', 'Fri 20 Nov 2026'],
    ] as const) {
      const memory = memoryWorld({ files: zone(name), today: '2026-11-23' });
      memory.commit({ when: '2026-11-20T18:00:00+00:00' });
      expect((await at(memory, '--at', 'HEAD')).stdout).toMatch(new RegExp(`^${day} · `));
    }
  });

  test('the folder is as it was', async () => {
    const memory = committed();
    edit(memory, 'clients/acme.yaml', 'name: Acme Ltd', 'name: Acme Limited');
    const before = new Map(memory.contents);
    const { stdout } = await at(memory, '--at', 'HEAD');
    expect(stdout).toContain('Acme Ltd ');
    expect(stdout).not.toContain('Acme Limited');
    expect(memory.contents).toEqual(before);
  });
});

describe('history', () => {
  const LIFE = `name: Acme Ltd
segment: A
segment_since: 2026-10-01
since: 2024-03-01
added: 2026-09-01
promises:
  deck: {what: Send the deck, made: 2026-11-12, by: 2026-11-16, kept: 2026-11-16}
  later: {what: Later, made: 2026-11-30, by: 2026-12-16}
issues:
  wrong-month: {what: Wrong month, since: 2026-10-01, closed: 2026-11-12}
engagements:
  audit:
    offer: audit
    started: 2026-10-05
    moves:
      - {date: 2026-10-20, promised: 2026-11-13, why: Budget freeze}
    steps:
      prepare: {done: 2026-10-06}
      report: {skipped: 2026-11-16, why: Had one}
    holds:
      - {from: 2026-10-12, to: 2026-10-19, why: Budget freeze}
    ended: 2026-11-16
    result: delivered
leaving: {decided: 2026-11-02, reason: misfit, last_day: 2026-12-31}
`;

  type Entry = { readonly day: string; readonly kind: string; readonly what: string; readonly by: string | null };
  const historyOf = async (memory: MemoryWorld, ...argv: readonly string[]) => {
    const { stdout, exit } = await runDeliver(memory, ['history', 'acme', ...argv, '--json']);
    const { entries } = JSON.parse(stdout) as { readonly entries: readonly Entry[] };
    return { exit, entries: entries.map(({ day, kind, what, by }) => [day, kind, what, by]) };
  };

  test('everything the records have up to today, on its day, and nothing of a day to come', async () => {
    const files = {
      ...FILES,
      'clients/acme.yaml': LIFE,
      'touches/acme.yaml': '- {date: 2026-11-12, kind: call, by: kit}\n',
    };
    const { entries } = await historyOf(memoryWorld({ files, today: '2026-11-23' }));
    expect(entries).toEqual([
      ['2024-03-01', 'client', 'Acme Ltd', null],
      ['2026-09-01', 'added', 'Acme Ltd', null],
      ['2026-10-01', 'segment', 'A', null],
      ['2026-10-01', 'issue', 'Wrong month', null],
      ['2026-10-05', 'started', 'Audit', null],
      ['2026-10-06', 'done', 'Prepare', null],
      ['2026-10-12', 'hold', 'Audit', null],
      ['2026-10-19', 'resumed', 'Audit', null],
      ['2026-10-20', 'moved', 'Audit', null],
      ['2026-11-02', 'leaving', 'misfit', null],
      ['2026-11-12', 'contact', 'Call', 'kit'],
      ['2026-11-12', 'promised', 'Send the deck', null],
      ['2026-11-12', 'closed', 'Wrong month', null],
      ['2026-11-16', 'skipped', 'Write the report', null],
      ['2026-11-16', 'kept', 'Send the deck', null],
      ['2026-11-16', 'ended', 'Audit', null],
    ]);
  });

  test('commits follow the records of their day, and a renamed client', async () => {
    const memory = memoryWorld({ files: { ...FILES, 'clients/acme-old.yaml': LIFE }, today: '2026-11-23' });
    memory.contents.delete('/practice/clients/acme.yaml');
    memory.commit({ when: '2026-11-16T08:00:00+00:00', subject: 'Begin' });
    memory.contents.set('/practice/clients/acme.yaml', LIFE);
    memory.contents.delete('/practice/clients/acme-old.yaml');
    memory.commit({
      when: '2026-11-18T09:00:00+00:00',
      subject: 'Rename',
      author: { name: 'Kit Moreau', email: 'k@k' },
    });
    const { entries } = await historyOf(memory, '--since', '2026-11-16');
    expect(entries.slice(-3)).toEqual([
      ['2026-11-16', 'ended', 'Audit', null],
      ['2026-11-16', 'commit', 'Begin', 'Sam Okafor'],
      ['2026-11-18', 'commit', 'Rename', 'Kit Moreau'],
    ]);
    expect((await runDeliver(memory, ['history', 'acme'])).stdout).toContain(
      'Rename · was clients/acme-old.yaml (Kit Moreau)',
    );
  });
});

test.each([
  ['status'],
  ['status', '--json'],
  ['brief', 'acme'],
  ['list', 'clients'],
  ['explain', 'acme/touch/check-in'],
  ['done', 'acme/audit/report'],
  ['touch', 'acme', 'call'],
])('deliver %s %s does not start git', async (...argv) => {
  const memory = memoryWorld({ files: FILES, today: '2026-11-23' });
  const repository = (): never => {
    throw new Error('git was started');
  };
  const exit = await main(argv, { ...memory.world, repository });
  expect([exit, memory.takeOutput().stderr]).toEqual([0, '']);
});
