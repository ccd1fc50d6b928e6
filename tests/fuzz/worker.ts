// Runs trials one after the other and tells what it is at, so that whoever watches can see one that hangs. Knows no folder on
// the disk.
import { parentPort, workerData } from 'node:worker_threads';
import { smaller } from './minimise.ts';
import type { Folder } from './practice.ts';
import { attempt, type Finding, type Trial, trialOf } from './trial.ts';

export type Order = {
  readonly folders: readonly Folder[];
  readonly seed: number;
  readonly first: number;
  /** Milliseconds that a command may take. */
  readonly patience: number;
};
export type Message =
  | { readonly kind: 'at'; readonly number: number; readonly line: readonly string[] }
  | { readonly kind: 'done'; readonly number: number; readonly commands: number }
  | { readonly kind: 'found'; readonly number: number; readonly finding: Finding; readonly trial: Trial };

const { folders, seed, first, patience } = workerData as Order;
const tell = (message: Message): void => parentPort?.postMessage(message);

/** Trials of one seed and of the next have nothing in common. */
const numberOf = (at: number): number => (Math.imul(seed, 0x9e3779b1) + at) >>> 0;

for (let at = first; ; at++) {
  const trial = trialOf(numberOf(at), folders);
  const finding = await timed(trial, (line) => tell({ kind: 'at', number: at, line }));
  if (finding) {
    const small = await smaller(trial, async (each) => (await attempt(each, () => {}))?.what === finding.what);
    tell({ kind: 'found', number: at, finding, trial: small });
  }
  tell({ kind: 'done', number: at, commands: trial.lines.length });
  // Lets the messages go.
  await new Promise((resolve) => setImmediate(resolve));
}

/** A slow command is tried again: the machine may have been busy. */
async function timed(trial: Trial, announce: (line: readonly string[]) => void): Promise<Finding | undefined> {
  for (let again = 0; again < 3; again++) {
    const times: (readonly [number, string])[] = [];
    let [started, running] = [performance.now(), '(reading)'];
    const finding = await attempt(trial, (line) => {
      announce(line);
      times.push([performance.now() - started, running]);
      [started, running] = [performance.now(), line.join(' ')];
    });
    times.push([performance.now() - started, running]);
    if (finding) return finding;
    const slow = times.find(([time]) => time > patience);
    if (!slow) return undefined;
    if (again === 2)
      return { what: `slow: ${slow[1].split(' ', 1)[0]}`, detail: `${slow[1]}: ${Math.round(slow[0])} ms` };
  }
  return undefined;
}
