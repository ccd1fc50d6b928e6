// The built program as a process: what only a real one shows (exit codes, pipes, links, the clock, its own start).
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
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

describe('what is remembered', () => {
  test('says the same again, and something else when a file has changed', () => {
    const copy = join(scratch, 'remembered');
    cpSync(join(PROJECT, 'examples/northlight'), copy, { recursive: true });
    const status = ['-C', copy, '--today', '2026-11-23', 'status'];
    const first = deliver(status);
    expect(deliver(status)).toEqual(first);
    expect(deliver([...status, '--no-cache'])).toEqual(first);
    expect(readdirSync(join(scratch, 'cache/deliver'))).toHaveLength(1);
    rmSync(join(copy, 'touches/quill.yaml'));
    writeFileSync(join(copy, 'clients/osier.yaml'), 'name: [');
    const second = deliver(status);
    expect(second.stdout).not.toBe(first.stdout);
    expect(deliver(status)).toEqual(second);
    expect(deliver([...status, '--no-cache'])).toEqual(second);
  });
});

describe('code that was kept', () => {
  const OF_THIS_NODE = `.${process.version}-${process.platform}-${process.arch}.v8`;
  let copy = '';
  let packs = '';
  const kept = (): readonly string[] => readdirSync(packs).filter((name) => name.endsWith('.v8'));
  beforeAll(() => {
    copy = join(scratch, 'installed');
    for (const part of ['bin', 'dist']) cpSync(join(PROJECT, part), join(copy, part), { recursive: true });
    writeFileSync(join(copy, 'package.json'), readFileSync(join(PROJECT, 'package.json')));
    const [, build = ''] = /"([0-9a-f]{16})"/.exec(readFileSync(join(copy, 'dist/start.js'), 'utf8')) ?? [];
    packs = join(copy, 'dist', build);
    // Says of each pack that was not compiled in the usual way whether V8 refused what was kept of it.
    writeFileSync(
      join(scratch, 'watch.cjs'),
      `const vm = require('node:vm');
      const { appendFileSync } = require('node:fs');
      vm.Script = class extends vm.Script {
        constructor(source, options) {
          super(source, options);
          appendFileSync('taken', /(\\w+)\\.js$/.exec(options.filename)[1] + (this.cachedDataRejected ? ' refused' : '') + '\\n');
        }
      };`,
    );
  });

  type Taken = { readonly said: Run; readonly taken: readonly string[] };

  function watched(argv: readonly string[]): Taken {
    writeFileSync(join(scratch, 'taken'), '');
    const practice = copyOfNorthlight('kept');
    const words = ['-C', practice, '--today', '2026-11-23', '--no-cache', ...argv];
    const state = { XDG_STATE_HOME: join(scratch, 'state') };
    const said = run(
      process.execPath,
      ['-r', join(scratch, 'watch.cjs'), join(copy, 'bin/deliver.js'), ...words],
      state,
    );
    rmSync(practice, { recursive: true });
    return { said, taken: readFileSync(join(scratch, 'taken'), 'utf8').split('\n').slice(0, -1) };
  }

  test.each([
    { argv: ['status'], needs: ['again', 'core'] },
    { argv: ['done', 'quill/findings', '--anyway'], needs: ['again', 'core', 'more', 'yaml'] },
  ])('is taken for `$argv.0` by the Node that the program was built with, and by no other', ({ argv, needs }) => {
    expect(kept()).not.toEqual([]);
    const isOurs = kept().some((name) => name.endsWith(OF_THIS_NODE));
    const { said, taken } = watched(argv);
    expect(said).toMatchObject({ exit: 0, stderr: '' });
    expect(taken.filter((each) => each.endsWith('refused'))).toEqual([]);
    expect(isOurs ? taken : needs).toEqual(expect.arrayContaining(needs));
    expect(isOurs || taken.length === 0).toBe(true);
  });

  test.each([
    {
      how: 'spoiled',
      spoil: (bytes: Buffer) => Buffer.from(bytes.map((byte, at) => (at % 997 === 500 ? byte ^ 0x55 : byte))),
    },
    { how: 'cut off', spoil: (bytes: Buffer) => bytes.subarray(0, bytes.length / 2) },
    { how: 'empty', spoil: () => Buffer.alloc(0) },
    { how: 'longer', spoil: (bytes: Buffer) => Buffer.concat([bytes, Buffer.from('more')]) },
    {
      how: "another pack's",
      spoil: () => readFileSync(join(packs, kept().find((name) => name.startsWith('yaml')) ?? '')),
    },
    { how: 'a folder', spoil: () => undefined },
  ])('changes nothing when it is $how', ({ spoil }) => {
    const before = watched(['status']);
    const path = join(packs, `core${OF_THIS_NODE}`);
    const whole = existsSync(path) ? readFileSync(path) : Buffer.from('of another Node');
    const spoiled = spoil(whole);
    rmSync(path, { force: true });
    if (spoiled) writeFileSync(path, spoiled);
    else mkdirSync(path);
    const after = watched(['status']);
    rmSync(path, { recursive: true });
    if (before.taken.length > 0) writeFileSync(path, whole);
    expect(after.said).toEqual(before.said);
    expect(after.taken).toEqual(before.taken.filter((name) => name !== 'core'));
  });

  test('is not taken for a source of the same length that says something else', () => {
    const path = join(packs, 'core.js');
    const source = readFileSync(path, 'utf8');
    writeFileSync(path, source.replaceAll('Hidden: ', 'Hideen: '));
    const { said, taken } = watched(['status']);
    writeFileSync(path, source);
    expect(said.stdout).toContain('Hideen: ');
    expect(taken).not.toContain('core');
    expect(watched(['status']).said.stdout).toContain('Hidden: ');
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

  test('without a mistake it is read without zod and the YAML library', () => {
    const bare = join(scratch, 'bare');
    for (const part of ['bin', 'dist', 'package.json'])
      cpSync(join(PROJECT, part), join(bare, part), { recursive: true });
    const packs = readdirSync(join(bare, 'dist'), { recursive: true, encoding: 'utf8' });
    const libraries = packs.filter((name) => /\b(zod|yaml)\.js$/.test(name));
    expect(libraries.length).toBeGreaterThanOrEqual(2);
    for (const name of libraries) rmSync(join(bare, 'dist', name));
    const read = (practice: readonly string[]): Run =>
      run(process.execPath, [join(bare, 'bin/deliver.js'), ...practice, 'status', '--no-cache']);
    expect(read(NORTHLIGHT)).toEqual(deliver([...NORTHLIGHT, 'status', '--no-cache']));
    const practice = copyOfNorthlight('wrong');
    writeFileSync(join(practice, 'clients/wrong.yaml'), 'name: [Wrong]\n');
    expect(read(['-C', practice]).stderr).toMatch(/(zod|yaml)\.js/);
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
