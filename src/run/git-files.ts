// The Files port over files of git: a practice as a commit or the index has it. The working tree is not looked at.
import type { Entry, Files, GitFile, ReadResult, Repository } from '../world.ts';

/** What a practice is made of; other files may be large, and nobody reads them. */
const isText = (path: string): boolean => /\.(ya?ml|md)$/i.test(path);

/** Far more than a record may have; what is larger is only reported. */
const MOST_BYTES = 8 * 2 ** 20;

/** `stored` instead of what lies in `root`; `base` answers what is outside of it. */
export function filesFrom(git: Repository, stored: readonly GitFile[], base: Files, root: string): Files {
  const blobs = new Map(stored.map((file) => [file.path, file.blob]));
  const folders = foldersOf(stored);
  const isInside = (path: string): boolean => path === root || path.startsWith(`${root}/`);
  let texts: Texts | undefined;
  return {
    findUp: base.findUp,
    resolve: base.resolve,
    exists: (path) => {
      if (!isInside(path)) return base.exists(path);
      const inside = path.slice(root.length + 1);
      return blobs.has(inside) || folders.has(inside);
    },
    list: (_root, folder) => {
      const entries = folders.get(folder);
      return entries ? { entries } : { fault: blobs.has(folder) ? 'file' : 'missing' };
    },
    read: (_root, path, limit): ReadResult => {
      const blob = blobs.get(path);
      if (blob === undefined) return { fault: folders.has(path) ? 'directory' : 'missing' };
      if (!texts?.sizes.has(blob))
        texts = textsOf(git, [blob, ...stored.filter((it) => isText(it.path)).map((it) => it.blob)]);
      const size = texts.sizes.get(blob);
      if (size !== undefined && size > limit) return { fault: 'too-large', detail: String(size) };
      const bytes = texts.bytes.get(blob) ?? (size === undefined ? undefined : git.read([blob]).get(blob));
      return bytes ? { bytes } : { fault: 'other', detail: 'this clone does not have its content' };
    },
  };
}

type Texts = {
  readonly sizes: ReadonlyMap<string, number>;
  readonly bytes: ReadonlyMap<string, Uint8Array>;
};

/** All in two questions, for each one starts a process. */
function textsOf(git: Repository, blobs: readonly string[]): Texts {
  const sizes = git.sizes(blobs);
  const small = blobs.filter((blob) => (sizes.get(blob) ?? Number.POSITIVE_INFINITY) <= MOST_BYTES);
  return { sizes, bytes: git.read(small) };
}

/** Every folder that the paths imply, `''` for the practice itself, with its entries sorted by name. */
function foldersOf(stored: readonly GitFile[]): ReadonlyMap<string, readonly Entry[]> {
  const found = new Map<string, Map<string, Entry['kind']>>([['', new Map()]]);
  for (const { path } of stored) {
    const parts = path.split('/');
    parts.forEach((name, i) => {
      const folder = parts.slice(0, i).join('/');
      const entries = found.get(folder) ?? new Map<string, Entry['kind']>();
      entries.set(name, i === parts.length - 1 ? 'file' : 'directory');
      found.set(folder, entries);
    });
  }
  const byName = (a: Entry, b: Entry): number => (a.name < b.name ? -1 : 1);
  return new Map(
    [...found].map(([folder, entries]) => [folder, [...entries].map(([name, kind]) => ({ name, kind })).sort(byName)]),
  );
}
