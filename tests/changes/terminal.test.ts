// The questions on a real terminal: tmux types the keys and reads the screen.
import { execFileSync, spawnSync } from 'node:child_process';
import { describe, expect, onTestFinished, test } from 'vitest';
import { copyOfNorthlight, PROGRAM, type Practice } from './practice.ts';

const hasTmux = spawnSync('tmux', ['-V']).status === 0;
if (!hasTmux) console.warn('tmux is missing, so the questions on a terminal are not tested');
// Where everything must hold, a missing tmux fails.
const terminalTest = test.skipIf(!hasTmux && process.env.CI !== 'true');

type Terminal = {
  readonly type: (...keys: readonly string[]) => void;
  /** The screen, once this is on it. */
  readonly until: (sign: string | RegExp) => Promise<string>;
};

/** A terminal of 100 columns in which the program runs, and then says `exit N`. */
function open({ env, root }: Practice, ...argv: readonly string[]): Terminal {
  const socket = `deliver-${process.pid}-${Math.random().toString(36).slice(2)}`;
  const settings = { ...env, TERM: 'screen', LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' };
  const tmux = (...words: readonly string[]): string =>
    execFileSync('tmux', ['-u', '-L', socket, '-f', '/dev/null', ...words], {
      env: settings,
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  // The shell must outlive Ctrl-C to say how the program ended.
  const script = `trap : INT; "$@"; echo "exit $?"; trap - INT; exec sleep 600`;
  tmux('new-session', '-d', '-x', '100', '-y', '30', 'sh', '-c', script, 'sh', process.execPath, PROGRAM, ...argv);
  onTestFinished(() => {
    spawnSync('tmux', ['-L', socket, 'kill-server'], { env: settings });
  });
  const until = async (sign: string | RegExp): Promise<string> => {
    const end = Date.now() + 15_000;
    for (;;) {
      const screen = tmux('capture-pane', '-p').trimEnd();
      if (typeof sign === 'string' ? screen.includes(sign) : sign.test(screen)) return screen;
      if (Date.now() > end) throw new Error(`${sign} never came; the screen is\n${screen}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  return { type: (...keys) => void tmux('send-keys', ...keys), until };
}

describe('questions on a terminal', () => {
  terminalTest('`done` lists the open steps; typing filters, Enter picks', { timeout: 60_000 }, async () => {
    const practice = copyOfNorthlight();
    const { type, until } = open(practice, 'done');
    const list = await until('cobalt/customer-review');
    expect(list).toContain('Which step is done?');
    expect(list).toContain('cobalt/channel-review  Review the channels');
    type('-l', 'write up');
    const filtered = await until(/write up[\s\S]*quill\/findings {2}Write up the findings/);
    expect(filtered).not.toContain('cobalt/channel-review');
    type('-l', ' the findings of');
    await until(/No results|nothing/i);
    type(...Array.from({ length: ' the findings of'.length + 'write up'.length }, () => 'BSpace'));
    await until('cobalt/channel-review');
    type('-l', 'quill/findings');
    const narrow = await until(/quill\/findings[\s\S]*quill\/findings-day/);
    expect(narrow).not.toContain('cobalt');
    type('Enter');
    const said = await until('exit 0');
    expect(said).toContain('Which step is done? quill/findings');
    expect(said).toContain('Quill & Page: Write up the findings, done Mon 23 Nov (5 days late)');
    expect(practice.data('clients/quill.yaml').engagements.audit.steps.findings).toEqual({ done: '2026-11-23' });
  });

  terminalTest('`skip` asks for the step and then why', { timeout: 60_000 }, async () => {
    const practice = copyOfNorthlight();
    const { type, until } = open(practice, 'skip');
    await until('cobalt/channel-review');
    type('-l', 'tern/feeds');
    await until(/❯ tern\/feeds/);
    type('Enter');
    await until('Why is tern/feeds skipped?');
    type('-l', 'They send a file, by hand: every night');
    await until('every night');
    type('Enter');
    await until('exit 0');
    expect(practice.data('clients/tern.yaml').engagements.dashboard.steps.feeds).toEqual({
      skipped: '2026-11-23',
      why: 'They send a file, by hand: every night',
    });
  });

  terminalTest('Ctrl-C ends it as 130, and nothing is written', { timeout: 60_000 }, async () => {
    const practice = copyOfNorthlight();
    const start = practice.contents();
    const { type, until } = open(practice, 'done');
    await until('cobalt/channel-review');
    type('C-c');
    const screen = await until(/exit \d+/);
    expect(screen).toContain('exit 130');
    expect(screen).not.toMatch(/error|at .*:\d+:\d+/i);
    expect(practice.contents()).toEqual(start);
    expect(practice.stateFiles()).toEqual([]);
    // Nobody holds the folder: the next change goes through.
    expect(await practice.deliver('done', 'quill/findings')).toMatchObject({ exit: 0 });
  });

  terminalTest('--no-input asks nothing, even here', { timeout: 60_000 }, async () => {
    const practice = copyOfNorthlight();
    const screen = await open(practice, 'done', '--no-input').until('exit 2');
    expect(screen).toContain('deliver: step is missing');
  });
});
