// How long the program takes, against Node's own start, against reading and parsing the same files, and against programs
// for a like purpose where they are installed. Paired runs: each round runs every case once, in turn, so that a slow moment
// of the machine is shared. Prints medians; a missed target is marked and fails nothing.
//   npm run bench                        50 and 2,000 clients
//   npm run bench -- --clients 10000 --rounds 3
//   npm run bench -- --chunks            what each part of the program takes to load
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { khalCase, taskCase } from './others.mjs';
import { practiceFiles, TODAY } from './practice.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '7' },
    clients: { type: 'string', default: '50,2000' },
    chunks: { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds);
const sizes = values.clients.split(',').map(Number);
const scratch = mkdtempSync(join(tmpdir(), 'deliver-bench-'));
const env = {
  ...process.env,
  XDG_CACHE_HOME: join(scratch, 'cache'),
  XDG_STATE_HOME: join(scratch, 'state'),
  NO_COLOR: '1',
};
const NODE = { name: 'node -e 0', argv: [process.execPath, '-e', '0'] };

console.log(
  `${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${cpus().length} of them; Node ${process.version}; ${rounds} rounds; milliseconds`,
);
try {
  if (values.chunks) measureChunks();
  else {
    measureStart();
    for (const clients of sizes) measurePractice(clients);
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function measureStart() {
  const program = (...argv) => [process.execPath, 'bin/deliver.js', ...argv];
  compare('start', [
    NODE,
    { name: 'deliver --version', argv: program('--version'), target: 1.15 },
    { name: 'deliver --help', argv: program('--help') },
    { name: 'deliver completion bash', argv: program('completion', 'bash') },
  ]);
}

function measurePractice(clients) {
  const folder = join(scratch, `practice-${clients}`);
  const texts = [...practiceFiles(clients)];
  for (const [path, text] of texts) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const bytes = texts.reduce((sum, [, text]) => sum + Buffer.byteLength(text), 0);
  const program = (...argv) => [process.execPath, 'bin/deliver.js', '-C', folder, '--today', TODAY, ...argv];
  const status = program('status');
  const forget = () => rmSync(env.XDG_CACHE_HOME, { recursive: true, force: true });
  const [log, text] = texts.find(([path]) => path.startsWith('touches/'));
  let [line, day] = [0, 0];
  const step = openStep(program);
  const client = `clients/${step.split('/')[0]}.yaml`;
  const before = readFileSync(join(folder, client));
  const cases = [
    NODE,
    { name: 'reading the files', argv: [process.execPath, 'bench/bare.cjs', 'read', folder] },
    { name: 'js-yaml 4 of the files', argv: [process.execPath, 'bench/bare.cjs', 'parse', folder] },
    { name: 'status, first', argv: status, prepare: forget, ...firstTarget(clients) },
    { name: 'status, then', argv: status, ...thenTarget(clients) },
    {
      name: 'status, one log longer',
      argv: status,
      // Another line each time, or the answer would be remembered too.
      prepare: () => writeFileSync(join(folder, log), `${text}- {date: ${TODAY}, kind: call, note: "No ${++line}"}\n`),
      settle: () => writeFileSync(join(folder, log), text),
    },
    {
      name: 'status, the next day',
      // Another day each time, likewise.
      get argv() {
        return [process.execPath, 'bin/deliver.js', '-C', folder, '--today', dayAfter(++day), 'status'];
      },
    },
    {
      name: `done ${step}`,
      argv: program('done', step, '--anyway'),
      settle: () => writeFileSync(join(folder, client), before),
      ...(clients === 2000 ? { of: NODE.name, target: 2 } : {}),
    },
    ...[taskCase(scratch, clients), khalCase(scratch, clients)].filter((each) => each !== undefined),
  ];
  compare(`${clients} clients, ${texts.length} files, ${(bytes / 1e6).toFixed(1)} MB`, cases);
  forget();
  const [first, then] = [peakOf(status), peakOf(status)];
  console.log(
    `memory of status: ${first} MB first, ${then} MB then${clients === 10_000 ? (first <= 700 ? ' (within 700)' : ' (MISSES 700)') : ''}`,
  );
}

function firstTarget(clients) {
  if (clients === 50) return { of: NODE.name, target: 2.2 };
  return clients === 2000 ? { of: 'js-yaml 4 of the files', target: 1.2 } : {};
}

function thenTarget(clients) {
  if (clients === 50) return { of: NODE.name, target: 1.35 };
  if (clients === 2000) return { of: 'reading the files', target: 2 };
  return clients === 10_000 ? { over: NODE.name, target: 1500 } : {};
}

function dayAfter(days) {
  return new Date(Date.parse(TODAY) + days * 86_400_000).toISOString().slice(0, 10);
}

/** A step that is late, as the report names it. */
function openStep(program) {
  const { stdout } = run(program('status', '--json', '--no-cache'), 'status --json');
  const { overdue, due_today, upcoming } = JSON.parse(stdout);
  return [...(overdue ?? []), ...(due_today ?? []), ...(upcoming ?? [])][0].ref;
}

/** What each pack takes to load into a Node that runs already and keeps no code. */
function measureChunks() {
  run([process.execPath, 'bin/deliver.js', '--version'], 'deliver --version');
  const [, build] = /"([0-9a-f]{16})"/.exec(readFileSync(join(root, 'dist/start.js'), 'utf8'));
  const packs = join(root, 'dist', build);
  const files = readdirSync(packs).filter((name) => name.endsWith('.js'));
  const rows = files.map((name) => {
    const took = Array.from({ length: rounds }, () =>
      Number(run([process.execPath, 'bench/bare.cjs', 'load', join(packs, name)], name).stdout),
    );
    return [name, String(Math.round(readFileSync(join(packs, name)).length / 1000)), median(took).toFixed(1)];
  });
  printTable([['file of dist/', 'kB', 'milliseconds'], ...rows.sort((a, b) => Number(a[2]) - Number(b[2]))]);
}

function compare(title, cases) {
  const times = new Map(cases.map(({ name }) => [name, []]));
  for (let round = -1; round < rounds; round += 1) {
    for (const each of cases) {
      each.prepare?.();
      const took = timeOf(each);
      each.settle?.();
      if (round >= 0) times.get(each.name).push(took);
    }
  }
  const ratioTo = (name, other) => median(times.get(name).map((took, round) => took / times.get(other)[round]));
  const rows = cases.map(({ name, of = NODE.name, over, target }) => {
    const mine = times.get(name);
    const found = over === undefined ? ratioTo(name, of) : median(mine) - median(times.get(over));
    const wanted = over === undefined ? `${target}x ${of}` : `${target} ms more than ${over}`;
    const verdict =
      target === undefined
        ? ''
        : `${found <= target ? 'within' : `${over === undefined ? `${found.toFixed(2)}x` : found.toFixed(0)} MISSES`} ${wanted}`;
    // The ratio of each round, not of the medians: that is what pairing is for.
    return [name, median(mine).toFixed(0), spread(mine), `${ratioTo(name, NODE.name).toFixed(2)}x`, verdict];
  });
  console.log(`\n${title}`);
  printTable([['', 'median', 'middle half', 'of node', 'target'], ...rows]);
}

function run([command, ...argv], name, more = {}) {
  const ran = spawnSync(command, argv, { cwd: root, env: { ...env, ...more }, encoding: 'utf8', maxBuffer: 2 ** 30 });
  // Anything else has not done the work that is timed; the practices that are made have no errors.
  if (ran.status !== 0) throw new Error(`${name} ended with ${ran.signal ?? ran.status}: ${ran.stderr}`);
  return ran;
}

function timeOf({ name, argv, env: more }) {
  const start = performance.now();
  run(argv, name, more);
  return performance.now() - start;
}

/** Megabytes of memory at the most. */
function peakOf([command, ...argv]) {
  const note = join(scratch, 'peak');
  run([command, '--require', join(root, 'bench/peak.cjs'), ...argv], 'status', { PEAK_NOTE: note });
  return Math.round(Number(readFileSync(note, 'utf8')) / 1000);
}

/** The value at a fraction of the sorted list, between its neighbours when it falls between two. */
function quantile(values, fraction) {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * fraction;
  const [low, high] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return low + (high - low) * (at % 1);
}

function median(values) {
  return quantile(values, 0.5);
}

function spread(values) {
  return `${quantile(values, 0.25).toFixed(0)}-${quantile(values, 0.75).toFixed(0)}`;
}

function printTable(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const pad = (cell, column) =>
    column === 0 || column === 4 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]);
  for (const row of rows) console.log(row.map(pad).join('  ').trimEnd());
}
