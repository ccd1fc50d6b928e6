// Real processes that end too early, that may not write, or that work beside each other.
import { describe, expect, test } from 'vitest';
import { atOnce, copyOfNorthlight, isWindows, makeReadOnly } from './practice.ts';

const LOG = 'touches/lark.yaml';
const KILLS = process.env.SOAK === '1' ? 300 : 16;

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('killed at any moment', () => {
  test.skipIf(isWindows)(
    'a log is the old one or the new one, and the next change cleans up',
    {
      timeout: 600_000,
    },
    async () => {
      const practice = copyOfNorthlight('lark');
      const began = Date.now();
      expect(await practice.deliver('touch', 'lark', 'note', 'Note first')).toMatchObject({ exit: 0 });
      const usual = Date.now() - began;
      const files = Object.keys(practice.contents());
      const isWhole = (): boolean => Array.isArray(practice.data(LOG)) && practice.text(LOG).endsWith('}\n');
      const counts = { killed: 0, written: 0 };
      for (let i = 0; i < KILLS; i += 1) {
        const before = practice.text(LOG);
        const { child, ended } = practice.start(['touch', 'lark', 'note', `Note ${i}`]);
        // Mostly in its later half, where it writes.
        await pause(usual * (0.4 + 0.7 * Math.random()));
        child.kill('SIGKILL');
        const { exit, signal } = await ended;
        const after = practice.text(LOG);
        const line = `- {date: 2026-11-23, kind: note, by: sam, note: "Note ${i}"}\n`;
        expect([before, before + line]).toContain(after);
        expect(isWhole()).toBe(true);
        if (exit === 0) expect(after).toBe(before + line);
        if (signal === 'SIGKILL') counts.killed += 1;
        if (after !== before) counts.written += 1;
        if (i % 4 < 3 && i < KILLS - 1) continue;
        const next = await practice.deliver('touch', 'lark', 'note', `After ${i}`);
        expect(next).toMatchObject({ exit: 0, stdout: expect.stringContaining('Lark & Vine: Note, Mon 23 Nov') });
        const { note } = practice.data(LOG).at(-1);
        expect(note).toBe(`After ${i}`);
        expect(Object.keys(practice.contents())).toEqual(files);
        expect(practice.stateFiles().filter((file) => !/^[^.]*\.json$/.test(file))).toEqual([]);
      }
      // Of this test, not of the program: it hit something.
      expect(counts.killed).toBeGreaterThan(0);
      expect(await practice.deliver('validate', '--strict')).toMatchObject({ exit: 0 });
    },
  );
});

describe('a folder that cannot be written to', () => {
  test.skipIf(isWindows)('is said, with the file and why, as exit 3', async ({ skip }) => {
    const practice = copyOfNorthlight('gorse', 'quill');
    const start = practice.contents();
    const undo = makeReadOnly(`${practice.root}/clients`);
    if (undo === undefined) {
      if (process.env.CI === 'true')
        throw new Error('CI has no way to make a folder read-only: mount, chattr or a user');
      return skip('no way to make a folder read-only here: mount and chattr are refused');
    }
    try {
      const refused = await practice.deliver('done', 'quill/findings');
      expect(refused).toMatchObject({ exit: 3, stdout: '' });
      expect(refused.stderr).toMatch(
        /^deliver: clients\/quill\.yaml could not be written: .*(read-only|permission|not permitted).*; nothing was changed\n$/i,
      );
      expect(practice.contents()).toEqual(start);
      // Both files or none: the log could be written, the client's file cannot.
      expect(await practice.deliver('segment', 'gorse', 'B', '--why', 'Two more shops')).toMatchObject({ exit: 3 });
      expect(practice.contents()).toEqual(start);
      expect(await practice.deliver('done', 'quill/findings', '--dry-run')).toMatchObject({ exit: 0, stderr: '' });
    } finally {
      undo();
    }
    expect(await practice.deliver('undo')).toMatchObject({ exit: 1 });
    expect(await practice.deliver('done', 'quill/findings')).toMatchObject({ exit: 0, stderr: '' });
  });
});

describe('two clients at the same time', () => {
  test('each gets its own changes, and reading needs no turn', { timeout: 120_000 }, async () => {
    const practice = copyOfNorthlight('osier', 'quill');
    const commands = [
      ['done', 'quill/findings'],
      ['done', 'osier/prepare'],
      ['touch', 'quill', 'call', 'Rowan has read it'],
      ['touch', 'osier', 'call', 'The room is booked'],
      ['status'],
      ['promise', 'quill', 'Read the lease', '--by', 'fri', '--id', 'lease'],
      ['promise', 'osier', 'Bring the printer', '--by', 'fri', '--id', 'printer'],
      ['validate'],
    ];
    const runs = await atOnce(
      commands.map((argv) => () => practice.deliver(...argv)),
      commands.length,
    );
    expect(runs.map(({ exit, stderr }) => ({ exit, stderr }))).toEqual(runs.map(() => ({ exit: 0, stderr: '' })));
    const [quill, osier] = ['quill', 'osier'].map((id) => practice.data(`clients/${id}.yaml`));
    expect([quill.engagements.audit.steps.findings, osier.engagements.audit.steps.prepare]).toEqual([
      { done: '2026-11-23' },
      { done: '2026-11-23' },
    ]);
    expect([quill.promises.lease.what, osier.promises.printer.what]).toEqual(['Read the lease', 'Bring the printer']);
    expect(practice.data('touches/quill.yaml').at(-1).note).toBe('Rowan has read it');
    expect(practice.data('touches/osier.yaml').at(-1).note).toBe('The room is booked');
  });
});
