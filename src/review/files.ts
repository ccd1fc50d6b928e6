// Which files of two practices belong together: the same name, or a record that was given another id. Knows no record's keys.
import { RECORD_TYPES } from '../records/all.ts';
import type { RecordKind } from '../records/record-type.ts';

export type FilePair = {
  readonly kind: RecordKind;
  readonly noun: string;
  /** Undefined where no such file. */
  readonly before: RecordFile | undefined;
  readonly after: RecordFile | undefined;
};

export type RecordFile = { readonly file: string; readonly id: string; readonly text: string };

type Source = { readonly file: string; readonly text: string };

/** Every pair that differs, in the order of the record types and then of names. */
export function changedFiles(before: Iterable<Source>, after: Iterable<Source>): readonly FilePair[] {
  const [old, now] = [byFile(before), byFile(after)];
  const files = [...new Set([...old.keys(), ...now.keys()])].toSorted();
  const differ = files.filter((file) => old.get(file)?.text !== now.get(file)?.text || old.has(file) !== now.has(file));
  const pairs = RECORD_TYPES.flatMap(({ kind, noun }): readonly FilePair[] =>
    differ.flatMap((file) => {
      const [was, is] = [old.get(file), now.get(file)];
      if ((is ?? was)?.kind !== kind) return [];
      return [{ kind, noun, before: was, after: is }];
    }),
  );
  return joined(pairs);
}

/** Whether a path is that of a record. */
export const isRecordFile = (file: string): boolean => byFile([{ file, text: '' }]).size > 0;

type Kinded = RecordFile & { readonly kind: RecordKind };

function byFile(sources: Iterable<Source>): ReadonlyMap<string, Kinded> {
  const found = [...sources].flatMap(({ file, text }): readonly (readonly [string, Kinded])[] => {
    const type = RECORD_TYPES.find(
      (it) =>
        it.file === file || (it.folder !== undefined && parentOf(file) === it.folder && isNamed(file, it.extension)),
    );
    if (!type) return [];
    const name = file.slice(file.lastIndexOf('/') + 1);
    return [[file, { file, id: name.slice(0, -type.extension.length), text, kind: type.kind }]];
  });
  return new Map(found);
}

/** Not hidden, and no editor's copy. */
const isNamed = (file: string, extension: string): boolean => {
  const name = file.slice(file.lastIndexOf('/') + 1);
  return name.endsWith(extension) && name.length > extension.length && !name.startsWith('.');
};

const parentOf = (file: string): string => file.slice(0, Math.max(0, file.lastIndexOf('/')));

/** One that went and one that came, alike enough, are one that is called otherwise; a log goes with its client. */
function joined(pairs: readonly FilePair[]): readonly FilePair[] {
  const taken = new Set<FilePair>();
  const clientIds = new Map<string, string>();
  return pairs
    .map((pair): FilePair => {
      const { after, kind } = pair;
      if (!after || pair.before || taken.has(pair)) return pair;
      const gone = pairs.filter((it) => it.kind === kind && it.before && !it.after && !taken.has(it));
      const match = kind === 'touches' ? ofClient(gone, clientIds.get(after.id)) : mostAlike(gone, after);
      const found = match ?? mostAlike(gone, after);
      if (!found?.before) return pair;
      taken.add(found);
      if (kind === 'client') clientIds.set(after.id, found.before.id);
      return { ...pair, before: found.before };
    })
    .filter((pair) => !taken.has(pair));
}

const ofClient = (gone: readonly FilePair[], id: string | undefined): FilePair | undefined =>
  id === undefined ? undefined : gone.find((it) => it.before?.id === id);

const ENOUGH = 0.6;

function mostAlike(gone: readonly FilePair[], after: RecordFile): FilePair | undefined {
  const scored = gone.map((pair) => ({ pair, score: likeness(pair.before?.text ?? '', after.text) }));
  const best = scored.toSorted((a, b) => b.score - a.score)[0];
  return best && best.score >= ENOUGH ? best.pair : undefined;
}

/** The share of lines that both have, blank ones and comments aside. */
function likeness(a: string, b: string): number {
  const linesOf = (text: string): readonly string[] =>
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '' && !line.startsWith('#'));
  const [old, now] = [linesOf(a), linesOf(b)];
  const left = new Map<string, number>();
  for (const line of old) left.set(line, (left.get(line) ?? 0) + 1);
  let common = 0;
  for (const line of now) {
    const some = left.get(line) ?? 0;
    if (some > 0) common += 1;
    left.set(line, some - 1);
  }
  return old.length + now.length === 0 ? 1 : (2 * common) / (old.length + now.length);
}
