// The Store port over a map of absolute paths, as memoryWorld's Files read it. Knows no disk, so nothing waits or fails.
import { posix } from 'node:path';
import type { FileChange, JournalEntry, Store, WriteResult } from '../../src/world.ts';
import type { Content } from './world.ts';

const KEPT = 100;

/** `when` stamps the journal; without it every entry is of Mon 23 Nov 2026, 10:00. */
export function memoryStore(contents: Map<string, Content>, when = (): string => '2026-11-23T10:00:00+00:00'): Store {
  const journals = new Map<string, readonly JournalEntry[]>();
  const held = new Set<string>();
  let count = 0;

  const exclusively = <T>(root: string, work: () => T): { readonly result: T } => {
    if (held.has(root)) throw new Error(`${root} is already being changed by this very run`);
    held.add(root);
    try {
      return { result: work() };
    } finally {
      held.delete(root);
    }
  };

  const write = (root: string, what: string, changes: readonly FileChange[]): WriteResult => {
    if (!held.has(root)) throw new Error(`a change of ${root} without the lock`);
    if (new Set(changes.map((each) => each.file)).size < changes.length) throw new Error('a file is changed twice');
    for (const { file, before } of changes) {
      const at = posix.resolve(root, file);
      const present = presentText(contents, root, at);
      if (typeof present === 'object') return { kind: 'failed', file, reason: present.reason };
      if (present !== before) return { kind: 'stale', file };
    }
    const real = changes.filter((each) => each.before !== each.after);
    for (const { file, after } of real) {
      if (after === undefined) contents.delete(posix.resolve(root, file));
      else contents.set(posix.resolve(root, file), after);
    }
    if (real.length > 0) {
      count += 1;
      const entry = { id: String(count), when: when(), what, changes: real };
      journals.set(root, [entry, ...(journals.get(root) ?? [])].slice(0, KEPT));
    }
    return { kind: 'written', warnings: [] };
  };

  return {
    exclusively,
    write,
    journal: (root) => journals.get(root) ?? [],
    forget: (root, ids) => {
      journals.set(
        root,
        (journals.get(root) ?? []).filter((each) => !ids.includes(each.id)),
      );
    },
    recover: () => [],
  };
}

/** The text at a path, undefined where nothing is, or why it cannot be changed. */
function presentText(
  contents: ReadonlyMap<string, Content>,
  root: string,
  path: string,
): string | undefined | { readonly reason: string } {
  if (posix.relative(root, path).split('/')[0] === '..') return { reason: 'it points outside the practice' };
  const content = contents.get(path);
  if (content === undefined) {
    const isFolder = [...contents.keys()].some((key) => key.startsWith(`${path}/`));
    return isFolder ? { reason: 'there is a folder of this name' } : undefined;
  }
  if (typeof content === 'string') return content;
  if (content instanceof Uint8Array) return new TextDecoder('utf-8', { ignoreBOM: true }).decode(content);
  if (content.fault === 'missing') return undefined;
  if (content.fault === 'outside') return { reason: 'it points outside the practice' };
  return { reason: content.fault === 'directory' ? 'there is a folder of this name' : `no permission to read ${path}` };
}
