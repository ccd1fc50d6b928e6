// What was worked out before, found again by the bytes of the files it was worked out from: what is remembered can be lost,
// but not be stale. Of records only those with nothing wrong. Knows no YAML and no schema.
import type { Memory } from '../world.ts';
import type { Assembled } from './assemble.ts';
import { idProblem } from './names.ts';
import type { Found, FoundFile } from './read.ts';

/** One load of a practice and what of it is remembered. */
export type Recall = {
  /** Undefined when it is not remembered. */
  readonly find: (found: FoundFile) => Assembled | undefined;
  /** A record is worth remembering. */
  readonly keep: (assembled: Assembled) => void;
  /** What stands under this name, else what `workOut` finds: plain data that follows from what the name says. */
  readonly under: <T>(name: string, workOut: () => T) => T;
  /** The same that was found under this name before; undefined when nothing was. */
  readonly known: <T>(name: string) => T | undefined;
  /** This file's record is still worth remembering, though nobody asked for it. */
  readonly still: (found: FoundFile) => void;
  /** Whether something seems to be remembered under this name. */
  readonly has: (name: string) => boolean;
  /** A short name of these bytes, worked out once. */
  readonly sumOf: (bytes: Uint8Array) => string;
  /** The same of a text. */
  readonly shortOf: (text: string) => string;
};

/** Names of bytes that were worked out before. */
export type Sums = WeakMap<Uint8Array, string>;

/** A short name of all that was found: the names and bytes of the files. Undefined when one of them cannot be read. */
export function fingerprintOf(
  { fingerprint }: Pick<Memory, 'fingerprint'>,
  { files, problems }: Pick<Found, 'files' | 'problems'>,
  sumOf: (bytes: Uint8Array) => string = (bytes) => shortened(fingerprint(bytes)),
): string | undefined {
  const lines: string[] = [];
  for (const { file, bytes } of files) {
    if (bytes === undefined) return undefined;
    lines.push(file, sumOf(bytes));
  }
  return fingerprint(new TextEncoder().encode([...lines, JSON.stringify(problems)].join('\n')));
}

/** Is remembered of every practice that anything is remembered of. */
export const WAS_HERE = 'was here';

export function recallOf(memory: Memory, root: string, sums: Sums): Recall {
  const texts = new Map<string, string | undefined>();
  const shorts = new Map<string, string>();
  /** What was worked out in this run. */
  const values = new Map<string, unknown>();
  const sumOf = (bytes: Uint8Array): string => {
    const sum = sums.get(bytes) ?? shortened(memory.fingerprint(bytes));
    sums.set(bytes, sum);
    return sum;
  };
  const keys: string[] = [];
  /** `text` is undefined for what is remembered already. */
  const wish = (key: string, text: string | undefined): void => {
    if (!texts.has(key)) keys.push(key);
    texts.set(key, text ?? texts.get(key));
  };
  const nameOf = (found: FoundFile): string | undefined =>
    // The name of the file is not among the bytes.
    found.bytes === undefined || idProblem(found) ? undefined : `${found.kind} ${sumOf(found.bytes)}`;
  const known = <T>(name: string): T | undefined => {
    const text = memory.find(root, name);
    if (text === undefined) return undefined;
    wish(name, undefined);
    return JSON.parse(text) as T;
  };
  wish(WAS_HERE, '');
  memory.keep(root, keys, (key) => texts.get(key));
  return {
    sumOf,
    shortOf: (text) => {
      const short = shorts.get(text) ?? shortened(memory.fingerprint(new TextEncoder().encode(text)));
      shorts.set(text, short);
      return short;
    },
    has: (name) => memory.has(root, name),
    known,
    find: (found) => {
      const name = nameOf(found);
      const record = name === undefined ? undefined : known(name);
      return record === undefined ? undefined : { found, record, problems: [], removals: [] };
    },
    keep: (assembled) => {
      const name = nameOf(assembled.found);
      if (name === undefined || !isClean(assembled)) return;
      const json = JSON.stringify(assembled.record);
      // JSON does not keep the order of keys that are numbers.
      if (!/"\d+":/.test(json)) wish(name, toAscii(json));
    },
    still: (found) => {
      const name = nameOf(found);
      if (name !== undefined) wish(name, undefined);
    },
    under: (name, workOut) => {
      const before = values.get(name) ?? known(name);
      if (before !== undefined) return before as ReturnType<typeof workOut>;
      const found = workOut();
      values.set(name, found);
      wish(name, toAscii(JSON.stringify(found)));
      return found;
    },
  };
}

/** 132 bits: as good as any number of them, and there are thousands of names in an index. */
const shortened = (sum: string): string => sum.slice(0, 22);

/** Nothing is wrong with it, and all of it is there. */
export const isClean = ({ record, problems, removals }: Assembled): boolean =>
  record !== undefined && problems.length === 0 && removals.length === 0;

/** The same JSON; such a text is quicker to read. */
const toAscii = (json: string): string =>
  json.replace(/[\x7f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
