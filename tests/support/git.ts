// The Repository port over commits that are written down: a line of snapshots, the oldest first. Knows no objects and no
// branches but names for commits.
import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import type { Day } from '../../src/day.ts';
import type { Commit, FileDelta, FoundRepository, GitFile, LoggedCommit, Repository } from '../../src/world.ts';

/** Every file that is there after it, by its path from the top of the repository. */
export type Snapshot = Readonly<Record<string, string | Uint8Array>>;

export type MemoryCommit = {
  readonly files: Snapshot;
  /** ISO 8601 with an offset; default a day after the one before, from Mon 2 Nov 2026, 09:00 UTC. */
  readonly when?: string;
  readonly subject?: string;
  readonly author?: { readonly name: string; readonly email: string };
};

export type MemoryGit = {
  /** The oldest first; the last one is HEAD. */
  readonly commits: readonly MemoryCommit[];
  /** Where the practice lies, `''` or with a `/` at its end. */
  readonly prefix?: string;
  /** What is staged; default what HEAD has. */
  readonly staged?: Snapshot;
  /** Branches and tags, by the commit's place in the list. */
  readonly names?: Readonly<Record<string, number>>;
  readonly settings?: Readonly<Record<string, string>>;
  readonly isShallow?: boolean;
  /** Hooks that are there, by name; one without `text` is a link. */
  readonly hooks?: Readonly<Record<string, { readonly text?: string; readonly isExecutable?: boolean }>>;
};

const HOOKS = '/practice/.git/hooks';
const SAM = { name: 'Sam Okafor', email: 'sam@northlight.example' };

/** The same with one more commit, in which nothing else is staged. */
export const withCommit = (git: MemoryGit | undefined, commit: MemoryCommit): MemoryGit => {
  const { staged: _, ...rest } = git ?? { commits: [] };
  return { ...rest, commits: [...rest.commits, commit] };
};

export const withSetting = (git: MemoryGit, name: string, value: string): MemoryGit => ({
  ...git,
  settings: { ...git.settings, [name]: value },
});

export const withHook = (git: MemoryGit, path: string, text: string): MemoryGit => ({
  ...git,
  hooks: { ...git.hooks, [posix.basename(path)]: { text } },
});

export function memoryGit(git: MemoryGit | undefined): FoundRepository {
  return git === undefined ? { reason: 'not a git repository' } : { repository: memoryRepository(git) };
}

function memoryRepository({
  commits,
  prefix = '',
  staged,
  names = {},
  settings = {},
  isShallow,
  hooks = {},
}: MemoryGit): Repository {
  const blobs = new Map<string, Uint8Array>();
  const stored = (snapshot: Snapshot): readonly GitFile[] =>
    Object.entries(snapshot)
      .map(([path, content]) => ({ path, blob: keep(blobs, content) }))
      .filter((file) => file.path.startsWith(prefix))
      .map((file) => ({ ...file, path: file.path.slice(prefix.length) }))
      .sort((a, b) => (a.path < b.path ? -1 : 1));
  const trees = commits.map((commit) => stored(commit.files));
  const all = (snapshot: Snapshot): readonly GitFile[] =>
    Object.entries(snapshot).map(([path, content]) => ({
      path: posix.relative(`/${prefix}`, `/${path}`),
      blob: keep(blobs, content),
    }));
  const index = stored(staged ?? commits.at(-1)?.files ?? {});
  const ids = commits.map((commit, i) => hash(`commit ${i} ${commit.subject ?? ''} ${commit.when ?? ''}`));

  const about = (id: string, zone: string): Commit | undefined => {
    const i = ids.indexOf(id);
    const commit = commits[i];
    if (commit === undefined) return undefined;
    const when = commit.when ?? `2026-11-${String(2 + i).padStart(2, '0')}T09:00:00+00:00`;
    return { id, author: commit.author ?? SAM, when, day: dayIn(when, zone), subject: commit.subject ?? `commit ${i}` };
  };

  const commit = (name: string): string | undefined => {
    const [, base = '', back = '0'] = /^(.*?)(?:~(\d+))?$/.exec(name) ?? [];
    const short = /^[0-9a-f]{4,}$/.test(base) ? ids.findIndex((id) => id.startsWith(base)) : -1;
    const at = base === 'HEAD' ? ids.length - 1 : (names[base] ?? short);
    return at < 0 ? undefined : ids[at - Number(back)];
  };

  return {
    prefix,
    commit,
    about,
    commitOn: (day, zone) => ids.findLast((id) => (about(id, zone)?.day ?? '9') <= day),
    first: (zone) => about(ids[0] ?? '', zone),
    mergeBase: (a, b) => {
      const [i, j] = [ids.indexOf(a), ids.indexOf(b)];
      return i < 0 || j < 0 ? undefined : ids[Math.min(i, j)];
    },
    isShallow: () => isShallow === true,
    filesOf: (id) => trees[ids.indexOf(id)] ?? [],
    staged: () => index,
    sizes: (wanted) => new Map(wanted.flatMap((id) => (blobs.has(id) ? [[id, blobs.get(id)?.length ?? 0]] : []))),
    read: (wanted) => new Map(wanted.flatMap((id) => (blobs.has(id) ? [[id, blobs.get(id) as Uint8Array]] : []))),
    log: (paths, zone) =>
      logOf(
        commits.map((commit) => all(commit.files)),
        paths,
        (i) => about(ids[i] ?? '', zone) as Commit,
      ),
    setting: (name) => settings[name],
    hook: (name) => {
      const { text, isExecutable = true } = hooks[name] ?? { text: '' };
      const kind = hooks[name] === undefined ? 'none' : text === undefined ? 'link' : 'file';
      return { path: `${HOOKS}/${name}`, kind, text: text ?? '', isExecutable: kind === 'file' && isExecutable };
    },
  };
}

function keep(blobs: Map<string, Uint8Array>, content: string | Uint8Array): string {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const id = hash(bytes);
  blobs.set(id, bytes);
  return id;
}

const hash = (content: string | Uint8Array): string => createHash('sha1').update(content).digest('hex');

function dayIn(when: string, zone: string): Day {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  return format.format(Date.parse(when)) as Day;
}

/** From the newest back, with the names the files had. Only a file of the same bytes counts as renamed. */
function logOf(
  trees: readonly (readonly GitFile[])[],
  paths: readonly string[],
  about: (i: number) => Commit,
): readonly LoggedCommit[] {
  const names = new Set(paths);
  const found: LoggedCommit[] = [];
  for (let i = trees.length - 1; i >= 0; i -= 1) {
    const files = deltasBetween(trees[i - 1] ?? [], trees[i] ?? []).filter((each) => names.has(each.path));
    for (const { from } of files) if (from !== undefined) names.add(from);
    if (files.length > 0) found.push({ ...about(i), files });
  }
  return found;
}

function deltasBetween(before: readonly GitFile[], after: readonly GitFile[]): readonly FileDelta[] {
  const blobOf = (files: readonly GitFile[], path: string) => files.find((file) => file.path === path)?.blob;
  const removed = before.filter(({ path }) => blobOf(after, path) === undefined);
  const deltas = after.flatMap(({ path, blob }): readonly FileDelta[] => {
    const old = blobOf(before, path);
    if (old !== undefined) return old === blob ? [] : [{ path, kind: 'changed' }];
    const from = removed.find((each) => each.blob === blob)?.path;
    return [from === undefined ? { path, kind: 'added' } : { path, from, kind: 'renamed' }];
  });
  const taken = new Set(deltas.map((each) => each.from));
  return [
    ...deltas,
    ...removed.filter(({ path }) => !taken.has(path)).map(({ path }) => ({ path, kind: 'removed' as const })),
  ];
}
