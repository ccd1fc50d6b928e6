// git as a port, as types: what the program asks of a repository, and how it sets one up. No code.
import type { Day } from './day.ts';

/** One commit. */
export type Commit = {
  /** Full hexadecimal id. */
  readonly id: string;
  readonly author: { readonly name: string; readonly email: string };
  /** When it was committed: ISO 8601 with the offset it was written with. */
  readonly when: string;
  /** The civil date of `when` in the zone that was asked for. */
  readonly day: Day;
  /** First line of its message; as hostile as any text. */
  readonly subject: string;
};

/** A file of a commit or of the index. */
export type GitFile = {
  /** Relative to the practice. */
  readonly path: string;
  /** Id of its content: equal ids are equal bytes. */
  readonly blob: string;
  /** Only in the index: a merge has left it for a person to settle; the blob is that of HEAD where there is one. */
  readonly unmerged?: true;
};

/** What was changed in one file by one commit, or between two. Paths are relative to the practice; one outside begins with `../`. */
export type FileDelta = {
  readonly path: string;
  /** Where it was before, when it was renamed. */
  readonly from?: string;
  readonly kind: 'added' | 'changed' | 'removed' | 'renamed';
};

export type LoggedCommit = Commit & {
  /** Those of the paths that it changed. A merge that only joined two lines has none. */
  readonly files: readonly FileDelta[];
};

/**
 * Where a practice lies in git. Everything is read from git's objects; nothing here touches the working tree or the index,
 * runs a program that the configuration names, or asks a network.
 */
export type Repository = {
  /** The practice relative to the top of the repository, `''` when it is the top, else with a `/` at its end. */
  readonly prefix: string;
  /** Full id of the commit a name stands for (`HEAD~2`, a branch, a tag, a short id); undefined when there is none. */
  commit(name: string): string | undefined;
  /** The commit with this full id; undefined when this clone does not have it. */
  about(commit: string, zone: string): Commit | undefined;
  /**
   * The last commit whose committed day in `zone` is at or before `day`; undefined when there is none. Follows the first
   * parents of HEAD, so it is what stood here on that day, not what a merge brought later.
   */
  commitOn(day: Day, zone: string): string | undefined;
  /** The oldest commit of the same line that this clone has; undefined before the first commit. */
  first(zone: string): Commit | undefined;
  /** The newest commit that two commits have in common; undefined when they have none. */
  mergeBase(a: string, b: string): string | undefined;
  /** Whether the clone leaves out old commits. */
  isShallow(): boolean;
  /** Files of the practice in a commit, sorted by path; links and submodules are left out, and so are unknown commits' files. */
  filesOf(commit: string): readonly GitFile[];
  /** Files of the practice as they are staged, sorted by path; links and submodules are left out. */
  staged(): readonly GitFile[];
  /** Sizes of blobs in bytes; those this clone does not have are missing. */
  sizes(blobs: readonly string[]): ReadonlyMap<string, number>;
  /** The bytes of blobs, all in one go; those this clone does not have are missing. */
  read(blobs: readonly string[]): ReadonlyMap<string, Uint8Array>;
  /** Commits of HEAD that changed one of the paths, newest first. Renames are followed, from other folders too. */
  log(paths: readonly string[], zone: string): readonly LoggedCommit[];
  /** A setting as git sees it here; undefined when it is not set. */
  setting(name: string): string | undefined;
  /** The hook of this name, as git would run it here. */
  hook(name: string): Hook;
};

/** A program that git runs by itself, such as `pre-commit`. */
export type Hook = {
  /** Absolute; where it would be when there is none. */
  readonly path: string;
  /** `link`, `no-text` (not UTF-8), and `other` for what cannot be read, are somebody else's. */
  readonly kind: 'none' | 'file' | 'link' | 'no-text' | 'other';
  /** Empty unless it is a file. */
  readonly text: string;
  /** Git passes over one that is not. */
  readonly isExecutable: boolean;
};

/** How something outside of the practice went; `reason` is a sentence without a full stop, `isDisk`: the disk has failed. */
export type Tried =
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly reason: string; readonly isDisk?: true };

/** Changes how git works for one repository; no commit, and no file of the practice. */
export type GitSetup = {
  set(root: string, name: string, value: string): Tried;
  /** Makes or replaces the hook at a path that `hook` gave. */
  writeHook(path: string, text: string): Tried;
};

/** `reason` is a sentence without a full stop: git is not installed, this is no repository, git refuses the folder ... */
export type FoundRepository = { readonly repository: Repository } | { readonly reason: string };
