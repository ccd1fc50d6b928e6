// Records that were read before, found again by the bytes of their files, and what was said of all of them together: what
// is remembered can be lost, but not be stale. Of records only those with nothing wrong. Knows no YAML and no schema.
import type { Memory } from '../world.ts';
import type { Assembled } from './assemble.ts';
import { idProblem } from './names.ts';
import type { Found, FoundFile } from './read.ts';

/** One load of a practice and what of it is remembered. */
export type Recall = {
  /** Undefined when it is not remembered. */
  readonly find: (found: FoundFile) => Assembled | undefined;
  /** What follows from exactly these files, under a name for the question; worked out when it is not remembered. */
  readonly verdict: <T>(files: string | undefined, question: string, workOut: () => T) => T;
  /** As `fingerprintOf`. */
  readonly fingerprint: (found: Found) => string | undefined;
  /** Proposes all that was asked for to be remembered; what is remembered already costs nothing. */
  readonly keep: (assembled: readonly Assembled[]) => void;
};

/** A short name of all that was found: the names and bytes of the files. Undefined when one of them cannot be read. */
export const fingerprintOf = (memory: Memory, found: Found): string | undefined =>
  fingerprintBy(memory, found, (bytes) => memory.fingerprint(bytes));

function fingerprintBy(
  memory: Memory,
  { files, problems }: Found,
  sumOf: (bytes: Uint8Array) => string,
): string | undefined {
  const lines: string[] = [];
  for (const { file, bytes } of files) {
    if (bytes === undefined) return undefined;
    lines.push(file, sumOf(bytes));
  }
  return memory.fingerprint(new TextEncoder().encode([...lines, JSON.stringify(problems)].join('\n')));
}

export function recallOf(memory: Memory, root: string): Recall {
  const sums = new WeakMap<Uint8Array, string>();
  const verdicts = new Map<string, unknown>();
  const sumOf = (bytes: Uint8Array): string => {
    const sum = sums.get(bytes) ?? memory.fingerprint(bytes);
    sums.set(bytes, sum);
    return sum;
  };
  const keyOf = ({ kind, bytes }: FoundFile): string | undefined =>
    bytes === undefined ? undefined : `${kind} ${sumOf(bytes)}`;
  return {
    find: (found) => {
      // The name is not among the bytes.
      const key = idProblem(found) ? undefined : keyOf(found);
      const text = key === undefined ? undefined : memory.find(root, key);
      return text === undefined ? undefined : { found, record: JSON.parse(text), problems: [], removals: [] };
    },
    fingerprint: (found) => fingerprintBy(memory, found, sumOf),
    verdict: (files, question, workOut) => {
      if (files === undefined) return workOut();
      const key = `${question} ${files}`;
      const text = memory.find(root, key);
      const verdict = text === undefined ? workOut() : JSON.parse(text);
      verdicts.set(key, verdict);
      return verdict;
    },
    keep: (assembled) => {
      const clean = new Map<string, unknown>();
      for (const each of assembled) {
        const key = keyOf(each.found);
        if (key !== undefined && isClean(each)) clean.set(key, each.record);
      }
      const all = new Map([...clean, ...verdicts]);
      memory.keep(root, [...all.keys()], (key) => toAscii(JSON.stringify(all.get(key))));
    },
  };
}

const isClean = ({ record, problems, removals }: Assembled): boolean =>
  record !== undefined && problems.length === 0 && removals.length === 0;

/** The same JSON; such a text is quicker to read. */
const toAscii = (json: string): string =>
  json.replace(/[\x7f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
