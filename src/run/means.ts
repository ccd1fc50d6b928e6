// What reading a practice may use: the parts of the program that are loaded so far, and what is remembered. A run that
// meets something it lacks stops, and runs again with it: reading decides nothing and changes nothing. Used by main alone.
import type { FullReader } from '../book/assemble.ts';
import type { Found } from '../book/read.ts';
import type { Sums } from '../book/recall.ts';
import type { Memory } from '../world.ts';

/** Parts that most runs do without: every file is remembered, or plain and right. */
export type Parts = {
  /** Makes records of texts: the shapes. */
  readonly reader: typeof import('../book/assemble.ts');
  /** Reads any YAML, finds places in it, and says what does not fit: the YAML library and zod. */
  readonly full: FullReader;
  /** Says where in a text a problem is. */
  readonly places: typeof import('../problem/report.ts');
  /** What the processors of this machine have found together (run/crew), by its names. */
  readonly shares: ReadonlyMap<string, string>;
};

/** What was found on the disk by a run that stopped for something it lacked. */
export type Held = { readonly root: string; readonly client: string; readonly found: Found; readonly sums: Sums };

export type Means = {
  readonly parts: Partial<Parts>;
  /** Undefined when nothing is to be remembered. */
  readonly memory: Memory | undefined;
  /** How many other processors may help. */
  readonly hands: number;
  /** So that the disk is not asked twice; filled and emptied by who reads. Undefined where it must be asked anew. */
  readonly held: { run?: Held | undefined } | undefined;
};

/** What is thrown where a part is not there yet. */
type Lack = { readonly lacks: keyof Parts };

export function part<P extends keyof Parts>({ parts }: Means, name: P): Parts[P] {
  const loaded: Partial<Parts>[P] = parts[name];
  if (loaded === undefined) throw { lacks: name } satisfies Lack;
  return loaded as Parts[P];
}

const isLack = (error: unknown): error is Lack => typeof error === 'object' && error !== null && 'lacks' in error;

/** Attempts until nothing is lacking any more. A part is only ever looked for before anything is written or said. */
export async function withAll<T>(attempt: () => T, supply: (name: keyof Parts) => Promise<void>): Promise<T> {
  for (;;) {
    try {
      return attempt();
    } catch (error) {
      if (!isLack(error)) throw error;
      await supply(error.lacks);
    }
  }
}

export async function load(name: keyof Parts): Promise<Partial<Parts>> {
  if (name === 'shares') throw new Error('there is nobody to share with');
  if (name === 'reader') return { reader: await import('../book/assemble.ts') };
  if (name === 'places') return { places: await import('../problem/report.ts') };
  return { full: (await import('../book/full-reader.ts')).FULL_READER };
}
