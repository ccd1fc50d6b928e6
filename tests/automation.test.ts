// examples/automation: every file is well formed, every command line in it exists, and what can be run here is run.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Command } from '../src/command.ts';
import { COMMANDS } from '../src/commands/all.ts';
import { git, gitWith, newFolder, put, useScratch } from './git/repository.ts';
import { loadFolder } from './support/story.ts';

const PROJECT = join(import.meta.dirname, '..');
const FOLDER = join(PROJECT, 'examples/automation');
const files = readdirSync(FOLDER, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(FOLDER.length + 1))
  .sort();
const textOf = (file: string): string => readFileSync(join(FOLDER, file), 'utf8');

const scratch = useScratch();
let path = '';
beforeAll(() => {
  const bin = newFolder(scratch.folder, 'bin-');
  writeFileSync(
    join(bin, 'deliver'),
    `#!/bin/sh\nexec '${process.execPath}' '${join(PROJECT, 'bin/deliver.js')}' "$@"\n`,
  );
  chmodSync(join(bin, 'deliver'), 0o755);
  path = `${bin}:${process.env.PATH}`;
});

function run(
  program: string,
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
  cwd = scratch.folder,
) {
  const { status, stdout, stderr } = spawnSync(program, words, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, PATH: path, HOME: scratch.folder, ...env },
  });
  return { exit: status, stdout, stderr };
}

/** The example in the folder `practice` of a repository, committed the day before. */
function makePractice(): string {
  const top = newFolder(scratch.folder);
  git(top, 'init', '--quiet', '--initial-branch=main');
  put(join(top, 'practice'), loadFolder('examples/northlight'));
  git(top, 'add', '-A');
  const when = { GIT_AUTHOR_DATE: '2026-11-19T09:00:00Z', GIT_COMMITTER_DATE: '2026-11-19T09:00:00Z' };
  gitWith(top, ['-c', 'user.name=Sam', '-c', 'user.email=s@s', 'commit', '-qm', 'Begin'], '', when);
  return join(top, 'practice');
}

describe('every command line', () => {
  const lines = files.flatMap((file) =>
    textOf(file)
      .split('\n')
      .filter((line) => !/^\s*(#|- name:)/.test(line))
      .flatMap((line) =>
        [...line.matchAll(/(?:^|[\s`])deliver ((?:-C \S+ )?[a-z][^`|>&]*)/g)].map((it) => [file, it[1] ?? ''] as const),
      ),
  );

  test('there are some', () => {
    expect(lines.length).toBeGreaterThan(5);
  });

  test.each(lines.filter(([, line]) => /^(-C \S+ )?[a-z]+ ?(--|$)/.test(line)))(
    '%s: deliver %s',
    async (_file, line) => {
      const [name = '', ...words] = line
        .replace(/^-C \S+ /, '')
        .trim()
        .split(/\s+/);
      expect(COMMANDS.map((each) => each.name)).toContain(name);
      const { command } = (await import(`../src/commands/${name}.ts`)) as { readonly command: Command };
      const known = command.options.flatMap(({ flags }) => flags.split(/[ ,]+/));
      for (const flag of words.filter((word) => word.startsWith('--'))) expect(known).toContain(flag);
    },
  );
});

describe('the workflow', () => {
  const workflow = parse(textOf('github-workflow.yml')) as {
    readonly on: object;
    readonly permissions: object;
    readonly jobs: {
      readonly check: {
        readonly steps: readonly { readonly name?: string; readonly run?: string; readonly uses?: string }[];
      };
    };
  };
  const { steps } = workflow.jobs.check;

  test('asks for no more than it needs', () => {
    expect(workflow.permissions).toEqual({ contents: 'read', 'pull-requests': 'write' });
    // `pull_request_target` would run a stranger's files with our token.
    expect(Object.keys(workflow.on)).toEqual(['pull_request']);
    expect(steps.flatMap((step) => step.uses ?? [])).toEqual(['actions/checkout@v4', 'actions/setup-node@v4']);
  });

  test('no value of a pull request stands in a script', () => {
    for (const { run: script = '' } of steps) {
      expect(script).not.toContain('${{');
      expect(run('bash', ['-n', '-c', script])).toEqual({ exit: 0, stdout: '', stderr: '' });
    }
  });

  test('problems are named from the top of the repository', () => {
    const practice = makePractice();
    put(practice, { 'clients/quill.yaml': 'nam: Quill & Page\n' });
    const script = steps.find((step) => step.name?.startsWith('Problems'))?.run ?? '';
    const { exit, stdout } = run('bash', ['-c', script], { DELIVER_DIR: 'practice' }, join(practice, '..'));
    expect(exit).toBe(1);
    expect(stdout).toMatch(/^::error file=practice\/clients\/quill.yaml,line=1,col=1,/);
  });

  test('the comment is what the change is in words', () => {
    const practice = makePractice();
    const head = () => git(practice, 'rev-parse', 'HEAD').trim();
    const base = head();
    const file = join(practice, 'clients/quill.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('segment: B', 'segment: A'));
    put(practice, {
      'touches/quill.yaml': `${readFileSync(join(practice, 'touches/quill.yaml'), 'utf8')}- {date: 2026-11-20, kind: call}\n`,
    });
    git(practice, '-c', 'user.name=Sam', '-c', 'user.email=s@s', 'commit', '-qam', 'Call');
    const script = steps.find((step) => step.name?.startsWith('What it changes'))?.run ?? '';
    const bin = newFolder(scratch.folder, 'gh-');
    mkdirSync(join(bin, 'temp'));
    writeFileSync(join(bin, 'gh'), '#!/bin/sh\nprintf "%s\\n" "$@"; cat "$5"\n');
    chmodSync(join(bin, 'gh'), 0o755);
    const env = {
      PATH: `${bin}:${path}`,
      RUNNER_TEMP: join(bin, 'temp'),
      BASE: base,
      HEAD: head(),
      NUMBER: '7',
      DELIVER_DIR: 'practice',
    };
    const { exit, stdout } = run('bash', ['-e', '-c', script], env, join(practice, '..'));
    expect(exit).toBe(0);
    expect(stdout.split('\n').slice(0, 3)).toEqual(['pr', 'comment', '7']);
    expect(stdout).toContain('### Quill \\& Page\n\n- segment B -\\> A\n- call logged 20 Nov\n');
  });
});

describe('the morning', () => {
  test('the script is one for any shell', () => {
    for (const shell of ['sh', 'bash'])
      expect(run(shell, ['-n', join(FOLDER, 'morning.sh')])).toEqual({ exit: 0, stdout: '', stderr: '' });
  });

  test('prints the report and what is new, and says by its exit code whether anything is overdue', () => {
    const practice = makePractice();
    const { exit, stdout } = run(join(FOLDER, 'morning.sh'), [], { PRACTICE: practice, DELIVER_TODAY: '2026-11-23' });
    expect(exit).toBe(4);
    expect(stdout).toMatch(/^Mon 23 Nov 2026 · /);
    expect(stdout).toMatch(/^Mon 23 Nov 2026, since \w+ \d+ Nov: \d+ new, (\d+ late now, )?\d+ gone$/m);
  });

  test('a practice that is not there is told, and nothing else', () => {
    const { exit, stdout, stderr } = run(join(FOLDER, 'morning.sh'), [], { PRACTICE: '/no/such' });
    expect([exit, stdout]).toEqual([2, '']);
    expect(stderr).toContain('there is no folder `/no/such`');
  });

  test('cron and systemd start it on working days', () => {
    expect(
      textOf('crontab')
        .split('\n')
        .filter((line) => /^\d/.test(line)),
    ).toEqual(['30 7 * * 1-5  PRACTICE=$HOME/practice $HOME/bin/morning.sh']);
    for (const unit of ['systemd/deliver-morning.service', 'systemd/deliver-morning.timer'])
      for (const line of textOf(unit).split('\n')) expect(line).toMatch(/^(#.*|\[\w+\]|\w+=.+|)$/);
    expect(textOf('systemd/deliver-morning.timer')).toContain('OnCalendar=Mon..Fri 07:30');
  });
});
