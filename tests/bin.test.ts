// The built program as a process: what only a real one shows (exit codes, pipes, links, the clock, its own start).
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const PROJECT = join(import.meta.dirname, '..');
const PROGRAM = join(PROJECT, 'bin/deliver.js');
const NORTHLIGHT = ['-C', join(PROJECT, 'examples/northlight'), '--today', '2026-11-23'];
const { version } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as { version: string };

let scratch = '';
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'deliver-bin-'));
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

type Run = { readonly exit: number | null; readonly stdout: string; readonly stderr: string };

function run(command: string, argv: readonly string[], env: Readonly<Record<string, string>> = {}): Run {
  const { PATH, HOME, SystemRoot } = process.env;
  const { status, stdout, stderr } = spawnSync(command, argv, {
    cwd: scratch,
    env: { PATH, HOME, SystemRoot, XDG_CACHE_HOME: join(scratch, 'cache'), ...env },
    encoding: 'utf8',
    input: '',
  });
  return { exit: status, stdout, stderr };
}

const deliver = (argv: readonly string[], env?: Readonly<Record<string, string>>): Run =>
  run(process.execPath, [PROGRAM, ...argv], env);

describe('a cache of earlier versions', () => {
  test('is left alone and not written to, and the options about it do nothing', () => {
    const folder = join(scratch, 'cache/deliver/0123456789abcdef');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'kept.records'), 'old');
    const status = [...NORTHLIGHT, 'status'];
    const plain = deliver(status);
    expect(deliver([...status, '--no-cache'], { DELIVER_NO_CACHE: '1' })).toEqual(plain);
    expect(readdirSync(join(scratch, 'cache/deliver'), { recursive: true }).toSorted()).toEqual([
      '0123456789abcdef',
      join('0123456789abcdef', 'kept.records'),
    ]);
  });
});

describe('the command line', () => {
  test('--version prints the package version and nothing else', () => {
    expect(deliver(['--version'])).toEqual({ exit: 0, stdout: `${version}\n`, stderr: '' });
  });

  test('--help is an answer: on stdout, exit 0', () => {
    const { exit, stdout, stderr } = deliver(['--help']);
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
    expect(stdout).toContain('status');
    expect(stdout).not.toContain('cache');
  });

  test('an unknown command is refused with exit 2 and the nearest one', () => {
    const { exit, stdout, stderr } = deliver(['statsu']);
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
    expect(stderr).toContain('statsu');
    expect(stderr).toContain('status');
    expect(stderr).not.toMatch(STACK);
  });

  test('an unknown flag is refused with exit 2', () => {
    const { exit, stdout, stderr } = deliver([...NORTHLIGHT, 'status', '--withn', '7d']);
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
    expect(stderr).toContain('--withn');
  });
});

describe('completion in a real shell', () => {
  test('bash completes a client, then a step of theirs', () => {
    const asked = (line: string): string =>
      run('bash', [
        '--norc',
        '-c',
        `deliver() { "${process.execPath}" "${PROGRAM}" "$@"; }
        eval "$(deliver completion bash)"
        cd "${join(PROJECT, 'examples/northlight')}"
        COMP_LINE='${line}'; COMP_POINT=\${#COMP_LINE}; _deliver 2>/dev/null; printf '%s\\n' "\${COMPREPLY[@]}"`,
      ]).stdout;
    expect(asked('deliver done qui')).toBe('quill/\n');
    expect(asked('deliver done quill/sur')).toBe('quill/survey\n');
  });
});

const STACK = /^\s+at /m;

describe('a practice folder', () => {
  test('the example has its report, without colour in a pipe', () => {
    const { exit, stdout, stderr } = deliver([...NORTHLIGHT, 'status']);
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
    expect(stdout).toMatch(/^Mon 23 Nov 2026 · /);
    expect(stdout).not.toContain('\x1b');
  });

  test('without a mistake it is read without the YAML library', () => {
    const bare = join(scratch, 'bare');
    for (const part of ['bin', 'dist', 'package.json'])
      cpSync(join(PROJECT, part), join(bare, part), { recursive: true });
    rmSync(join(bare, 'dist/yaml.cjs'));
    const read = (practice: readonly string[]): Run =>
      run(process.execPath, [join(bare, 'bin/deliver.js'), ...practice, 'status']);
    expect(read(NORTHLIGHT)).toMatchObject({ exit: 0, stderr: '' });
    const practice = copyOfNorthlight('wrong');
    writeFileSync(join(practice, 'clients/wrong.yaml'), 'name: [Wrong]\n');
    expect(read(['-C', practice]).stderr).toContain('yaml.cjs');
  });

  test('FORCE_COLOR colours a pipe, NO_COLOR wins over it', () => {
    expect(deliver([...NORTHLIGHT, 'status'], { FORCE_COLOR: '1' }).stdout).toContain('\x1b[');
    expect(deliver([...NORTHLIGHT, 'status'], { FORCE_COLOR: '1', NO_COLOR: '1' }).stdout).not.toContain('\x1b');
  });

  test('an error in the data is exit 1, and the report is still printed', () => {
    const practice = copyOfNorthlight('broken');
    writeFileSync(join(practice, 'clients/broken.yaml'), 'name: [Broken\n');
    const { exit, stdout, stderr } = deliver(['-C', practice, '--today', '2026-11-23', 'status']);
    expect(exit).toBe(1);
    expect(stdout).toContain('clients/broken.yaml');
    expect(stderr).not.toMatch(STACK);
  });

  test('a folder that is not there is one plain sentence', () => {
    const { exit, stdout, stderr } = deliver(['-C', join(scratch, 'no-such-folder'), 'status']);
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
    expect(stderr).toContain('no-such-folder');
    expect(stderr).not.toMatch(STACK);
  });

  test('a folder that is no practice says how to begin one, without a stack', () => {
    const { exit, stdout, stderr } = deliver(['-C', scratch, 'status']);
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
    expect(stderr).toContain('deliver.yaml');
    expect(stderr).not.toMatch(STACK);
  });
});

describe('pipes and links', () => {
  // `true` has gone before the program writes its first byte; `head` leaves after one line.
  test.each(['true', 'head -1'])('a reader that leaves early (`| %s`) is no error', (reader) => {
    const { stdout, stderr } = run('sh', [
      '-c',
      `"$0" "$@" | ${reader}`,
      process.execPath,
      PROGRAM,
      ...NORTHLIGHT,
      '--json',
      'status',
    ]);
    expect(stderr).toBe('');
    expect(stdout).toBe(reader === 'true' ? '' : '{\n');
  });

  test('a reader that is slow gets all of a long answer', () => {
    const practice = copyOfNorthlight('long');
    const log = join(practice, 'touches/quill.yaml');
    const line = '- {date: 2026-11-20, kind: call, note: "They will send the figures"}\n';
    writeFileSync(log, readFileSync(log, 'utf8') + line.repeat(2000));
    const argv = [PROGRAM, '-C', practice, '--today', '2026-11-23', '--json', 'list', 'touches'];
    const slow = run('sh', ['-c', '"$0" "$@" | { sleep 1; cat; }', process.execPath, ...argv]);
    expect(slow.stdout.length).toBeGreaterThan(200_000);
    expect(slow).toEqual(run(process.execPath, argv));
  });

  test('it runs through a symbolic link on the PATH, as npm installs it', () => {
    const link = join(scratch, 'deliver');
    symlinkSync(PROGRAM, link);
    expect(run(link, ['--version'])).toEqual({ exit: 0, stdout: `${version}\n`, stderr: '' });
  });
});

describe('today', () => {
  const ends = ['Pacific/Kiritimati', 'Pacific/Pago_Pago'];
  const pairs = ends.flatMap((practice) => ends.map((machine) => ({ practice, machine })));

  test.each(pairs)("is the practice's ($practice), wherever the machine is ($machine)", ({ practice, machine }) => {
    const folder = copyOfNorthlight(`${practice}-${machine}`.replaceAll('/', '-'));
    const file = join(folder, 'deliver.yaml');
    const text = readFileSync(file, 'utf8');
    expect(text).toMatch(/^time_zone:/m);
    writeFileSync(file, text.replace(/^time_zone:.*$/m, `time_zone: ${practice}`));
    const before = civilDay(practice);
    const { stdout } = deliver(['-C', folder, '--json', 'status'], { TZ: machine });
    expect([before, civilDay(practice)]).toContain((JSON.parse(stdout) as { today: string }).today);
  });
});

/** The civil day it is now in the zone, as ISO text. */
function civilDay(zone: string): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
  const named = Object.fromEntries(parts.formatToParts().map(({ type, value }) => [type, value]));
  return `${named.year}-${named.month}-${named.day}`;
}

function copyOfNorthlight(name: string): string {
  const folder = join(scratch, name);
  cpSync(join(PROJECT, 'examples/northlight'), folder, { recursive: true });
  return folder;
}
