// Records that were read before, found again by the bytes of their files: what is remembered can be lost, but not be
// stale. Only what had nothing wrong is kept. Knows no YAML and no schema.
import type { Memory } from '../world.ts';
import type { Assembled } from './assemble.ts';
import { idProblem } from './names.ts';
import type { FoundFile } from './read.ts';

/** One load of a practice and what of it is remembered. */
export type Recall = {
  /** Undefined when it is not remembered. */
  readonly find: (found: FoundFile) => Assembled | undefined;
  /** Proposes all of a practice to be remembered; what is remembered already costs nothing. */
  readonly keep: (assembled: readonly Assembled[]) => void;
};

export function recallOf(memory: Memory, root: string): Recall {
  const keys = new Map<FoundFile, string>();
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
    keep: (assembled) => {
      const records = new Map<string, unknown>();
      for (const each of assembled) {
        const key = keyOf(each.found);
        if (key !== undefined && isClean(each)) records.set(key, each.record);
      }
      memory.keep(root, [...records.keys()], (key) => toAscii(JSON.stringify(records.get(key))));
    },
  };
}

const isClean = ({ record, problems, removals }: Assembled): boolean =>
  record !== undefined && problems.length === 0 && removals.length === 0;

/** The same JSON; such a text is quicker to read. */
const toAscii = (json: string): string =>
  json.replace(/[\x7f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
