// The wizard of `init` as a person sees it: the built program in a real pseudo-terminal, which tmux holds.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';

const PROGRAM = join(import.meta.dirname, '../../bin/deliver.js');
const hasTmux = spawnSync('tmux', ['-V']).status === 0;
const inCi = process.env.CI !== undefined && process.env.CI !== '' && process.env.CI !== 'false';
if (!hasTmux && !inCi) process.stderr.write('tests/terminal/wizard.test.ts is skipped: tmux is not installed\n');

test.runIf(inCi)('CI has tmux', () => {
  expect(hasTmux).toBe(true);
});

describe.runIf(hasTmux)('init in a terminal of 80 columns', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'deliver-wizard-'));
  // A server each: the last one may still be ending.
  let server = '';
  beforeEach(() => {
    server = `deliver-${process.pid}-${Math.floor(performance.now() * 1000)}`;
  });
  const tmux = (...argv: readonly string[]): string =>
    spawnSync('tmux', ['-u', '-L', server, '-f', '/dev/null', ...argv], {
      encoding: 'utf8',
      env: { ...process.env, TMUX_TMPDIR: scratch },
    }).stdout;
  afterEach(() => void tmux('kill-server'));
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  const screen = (): string => tmux('capture-pane', '-p');

  /** The screen once it shows the words, and others no more; a person waits too, but not for ever. */
  async function until(words: string, gone?: string): Promise<string> {
    const end = performance.now() + 60_000;
    for (;;) {
      const shown = screen();
      if (shown.includes(words) && (gone === undefined || !shown.includes(gone))) return shown;
      if (performance.now() > end) throw new Error(`the screen never showed "${words}":\n${shown}`);
      await wait(20);
    }
  }

  async function answer(question: string, text: string): Promise<void> {
    // A question that is being asked; an answered one has a tick.
    await until(`? ${question}`);
    if (text !== '') tmux('send-keys', '-l', text);
    if (text !== '') await until(text);
    tmux('send-keys', 'Enter');
  }

  function begin(folder: string): void {
    const set = `HOME='${scratch}' XDG_STATE_HOME='${scratch}/state' GIT_CONFIG_NOSYSTEM=1 TZ=Europe/Berlin TERM=xterm DELIVER_TODAY=2026-11-23`;
    const run = `env -u NO_COLOR -u CI ${set} '${process.execPath}' '${PROGRAM}' init '${folder}'; echo "exit $?"; read end`;
    tmux('new-session', '-d', '-x', '80', '-y', '50', run);
  }

  test('a practice comes out of the answers', { timeout: 60_000 }, async () => {
    const folder = join(scratch, 'rivermint');
    begin(folder);
    await answer('What is your practice called? (Enter: Rivermint)', '');
    await answer('What is your name?', 'Ines Castell');
    await answer('Your e-mail address?', 'ines@rivermint');
    await until('is no e-mail address');
    await answer('Your e-mail address? (Enter: none)', 'ines@rivermint.example');
    await until('? Whose public holidays');
    await until('❯ DE  Germany');
    tmux('send-keys', '-l', 'germ');
    // A list that is still being searched takes no Enter.
    await until('❯ DE  Germany', 'Albania');
    tmux('send-keys', 'Enter');
    await until('? Which part of Germany?');
    await until('❯ all');
    tmux('send-keys', '-l', 'bay');
    await until('❯ BY  Bayern', 'Berlin');
    tmux('send-keys', 'Enter');
    await answer('Your time zone? (Enter: Europe/Berlin)', '');
    await answer('The currency of your prices, in three letters? (Enter: EUR)', '');
    await answer('What do you sell first?', 'none');
    await answer('Who is your first client?', 'Müller & Söhne');
    await until('? Which segment is Müller & Söhne in?');
    await until('❯ A  Prime');
    tmux('send-keys', 'Enter');
    await answer('Since when?', '2024-03-01');
    await answer('Who is your contact', '');
    await answer('When did you last speak', '2026-09-01');
    await until('? Keep it in git?');
    const asked = await until('❯ yes');
    tmux('send-keys', 'Enter');
    const shown = await until('exit 0');
    expect(shown).toContain('Next: cd ');
    expect(`${asked}${shown}`).not.toContain('\ufffd');
    expect(readFileSync(join(folder, 'clients/muller-sohne.yaml'), 'utf8')).toMatch(
      /^name: Müller & Söhne\nsegment: A\n/,
    );
    expect(readFileSync(join(folder, 'deliver.yaml'), 'utf8')).toContain('2027-01-06: Heilige Drei Könige');
    expect(existsSync(join(folder, '.git/HEAD'))).toBe(true);
    const status = spawnSync(process.execPath, [PROGRAM, '-C', folder, '--today', '2026-11-23', 'status'], {
      encoding: 'utf8',
    });
    expect(status.stdout).toContain('Müller & Söhne  Check-in');
  });

  test('Ctrl-C in the middle leaves nothing behind', { timeout: 30_000 }, async () => {
    const folder = join(scratch, 'left');
    begin(folder);
    await answer('What is your practice called?', 'Left');
    await until('? What is your name?');
    tmux('send-keys', 'C-c');
    await until('exit 130');
    expect(existsSync(folder)).toBe(false);
  });
});
