// Records that were read before, found again by the bytes of their files, and what was said of all of them together: what
// is remembered can be lost, but not be stale. Of records only those with nothing wrong. Knows no YAML and no schema.
import type { Memory } from '../world.ts';
import type { Assembled } from './assemble.ts';
import { idProblem } from './names.ts';
import type { FoundFile } from './read.ts';

/** One load of a practice and what of it is remembered. */
export type Recall = {
  /** Undefined when it is not remembered. */
  readonly find: (found: FoundFile) => Assembled | undefined;
  /** What follows from exactly these files, under a name for the question; worked out when it is not remembered. */
  readonly verdict: <T>(assembled: readonly Assembled[], question: string, workOut: () => T) => T;
  /** Proposes all that was asked for to be remembered; what is remembered already costs nothing. */
  readonly keep: (assembled: readonly Assembled[]) => void;
};

export function recallOf(memory: Memory, root: string): Recall {
  const keys = new Map<FoundFile, string>();
  const verdicts = new Map<string, unknown>();
  const keyOf = (found: FoundFile): string | undefined => {
    if (found.bytes === undefined) return undefined;
    const known = keys.get(found);
    if (known !== undefined) return known;
    const key = `${found.kind} ${memory.fingerprint(found.bytes)}`;
    keys.set(found, key);
    return key;
  };
  return {
    find: (found) => {
      // The name is not among the bytes.
      const key = idProblem(found) ? undefined : keyOf(found);
      const text = key === undefined ? undefined : memory.find(root, key);
      return text === undefined ? undefined : { found, record: JSON.parse(text), problems: [], removals: [] };
    },
    verdict: (assembled, question, workOut) => {
      const lines = assembled.map(({ found }) => `${found.file}\n${keyOf(found)}\n`);
      if (assembled.some(({ found }) => found.bytes === undefined)) return workOut();
      const key = `${question} ${memory.fingerprint(new TextEncoder().encode(lines.join('')))}`;
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
