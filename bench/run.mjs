// How long the program takes, against Node's own start. Paired runs: each round runs every case once, in turn, so that
// a slow moment of the machine is shared. Prints medians; a missed target is marked and fails nothing.
// `npm run bench -- --rounds 30` for more rounds.
import { spawnSync } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const deliver = (...argv) => ['bin/deliver.js', ...argv];
const northlight = ['-C', 'examples/northlight', '--today', '2026-11-23'];

/** `target` is the largest good ratio to the first case, Node doing nothing. */
const cases = [
  { name: 'node -e 0', argv: ['-e', '0'] },
  { name: 'deliver --version', argv: deliver('--version'), target: 1.2 },
  { name: 'deliver --help', argv: deliver('--help') },
  { name: 'deliver status', argv: deliver(...northlight, 'status') },
];

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '15' } } });
const rounds = Number(values.rounds);
const WARM_UP = 2;

const times = new Map(cases.map(({ name }) => [name, []]));
for (let round = -WARM_UP; round < rounds; round += 1) {
  for (const each of cases) {
    const took = timeOf(each);
    if (round >= 0) times.get(each.name).push(took);
  }
}

const base = times.get(cases[0].name);
const rows = cases.map(({ name, target }) => {
  const mine = times.get(name);
  // The ratio of each round, not of the medians: that is what pairing is for.
  const ratio = median(mine.map((took, round) => took / base[round]));
  const verdict = target === undefined ? '' : `${ratio <= target ? 'within' : 'MISSES'} ${target.toFixed(1)}x`;
  return [name, median(mine).toFixed(1), spread(mine), `${ratio.toFixed(2)}x`, verdict];
});
console.log(`Node ${process.version}, ${rounds} rounds, milliseconds\n`);
printTable([['', 'median', 'middle half', 'ratio', 'target'], ...rows]);

function timeOf({ name, argv }) {
  const start = performance.now();
  const { status, signal, stderr } = spawnSync(process.execPath, argv, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const took = performance.now() - start;
  // 1 is a report with errors in the data; anything else has not done the work that is timed.
  if (status !== 0 && status !== 1) throw new Error(`${name} ended with ${signal ?? status}: ${stderr}`);
  return took;
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
  return `${quantile(values, 0.25).toFixed(1)}-${quantile(values, 0.75).toFixed(1)}`;
}

function printTable(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const pad = (cell, column) =>
    column === 0 || column === 4 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]);
  for (const row of rows) console.log(row.map(pad).join('  ').trimEnd());
}
