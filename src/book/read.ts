// From a folder to sources: which files are records, and what is wrong with a file before its text is looked at.

import { fromSource } from '../problem/from-source.ts';
import type { Problem } from '../problem/problem.ts';
import { nearest } from '../problem/suggest.ts';
import { RECORD_PLACES } from '../records/places.ts';
import type { RecordKind, RecordPlace } from '../records/record-type.ts';
import { decodeText, MAX_BYTES } from '../source/read/decode.ts';
import type { Entry, Files, ListFault, ListResult, ReadFault } from '../world.ts';
import { EVERY, type Removal, type Source } from './book.ts';

/** A file of the practice: its text, or undefined with the problem that keeps it from being read. */
export type FoundFile = Source & {
  readonly kind: RecordKind;
  readonly id: string;
  /** The names in its folder, its own too. */
  readonly siblings: ReadonlySet<string>;
  /** Set when the text must not be parsed. */
  readonly unreadable: Problem | undefined;
  readonly problems: readonly Problem[];
};

export type Found = {
  readonly files: readonly FoundFile[];
  /** Ids of clients whose files were left alone. */
  readonly unread: ReadonlySet<string>;
  readonly problems: readonly Problem[];
  /** Folders that cannot be read: all that may be in them. */
  readonly removals: readonly Removal[];
  /** Files that are not read, with the name that each would give its record. */
  readonly astray: readonly Removal[];
};

/** `core`: the record folders; `thorough`: also stray YAML anywhere else. */
export type Scope = 'core' | 'thorough';

type ListFailure = Extract<ListResult, { readonly fault: ListFault }>;

const FOLDERS = RECORD_PLACES.flatMap((type) => (type.folder === undefined ? [] : [type.folder]));
const ROOT_FILES = RECORD_PLACES.flatMap((type) => (type.file === undefined ? [] : [type.file]));

const isIgnored = (name: string): boolean => name.startsWith('.') || name.endsWith('~');
const isYaml = (name: string): boolean => /\.ya?ml$/i.test(name);

/** Which clients and logs are read, by their ids. */
export type IsWanted = (id: string) => boolean;

/** Every record file below `root`, in the order of the record types and then of names. */
export function findFiles(files: Files, root: string, scope: Scope, isWanted?: IsWanted): Found {
  const found = RECORD_PLACES.map((type) =>
    findOfType(files, root, type, type.kind === 'client' || type.kind === 'touches' ? isWanted : undefined),
  );
  const removals = found.flatMap((each) => each.removals);
  return {
    files: found.flatMap((each) => each.files),
    // Of one type only.
    unread: found.find((each) => each.unread.size > 0)?.unread ?? new Set(),
    problems: [
      ...withoutInner(
        found.flatMap((each) => each.problems),
        removals,
      ),
      ...(scope === 'thorough' ? findStrays(files, root) : []),
    ],
    removals,
    astray: found.flatMap((each) => each.astray),
  };
}

/** A folder in one that cannot be read is no problem of its own. */
const withoutInner = (problems: readonly Problem[], lost: readonly Removal[]): readonly Problem[] =>
  lost.length === 0
    ? problems
    : problems.filter(({ place }) => !lost.some(({ file }) => place.file.startsWith(`${file}/`)));

function findOfType(files: Files, root: string, type: RecordPlace, isWanted?: IsWanted): Found {
  if (type.file !== undefined) {
    const listed = files.list(root, '');
    // Where names cannot be listed a file may still be read.
    const isThere = 'entries' in listed ? listed.entries.some((each) => each.name === type.file) : true;
    return {
      ...NOTHING,
      files: isThere
        ? [readRecord(files, root, { file: type.file, id: type.kind, kind: type.kind, siblings: ALONE })]
        : [],
    };
  }
  const folder = type.folder ?? '';
  const listed = files.list(root, folder);
  if ('fault' in listed) return listed.fault === 'missing' ? NOTHING : lostFolder(type, folder, listed);
  const { entries } = listed;
  const { extension } = type;
  const siblings = new Set(entries.map((each) => each.name));
  const found: FoundFile[] = [];
  const unread = new Set<string>();
  const problems: Problem[] = [];
  const astray: Removal[] = [];
  // One pass that does little: there may be thousands of which one is wanted.
  for (const entry of entries) {
    const { name } = entry;
    if (isIgnored(name)) continue;
    if (!name.endsWith(extension) || name.length === extension.length) {
      if (isFolderOfOurs(folder, entry)) continue;
      const problem = noRecord(type, entry, siblings);
      problems.push(problem);
      const id = entry.kind === 'directory' ? undefined : /^(.+)\.(?:ya?ml|md)$/i.exec(name)?.[1];
      if (id !== undefined) astray.push({ kind: type.kind, id, file: `${folder}/${name}`, path: [], problem });
      continue;
    }
    const id = name.slice(0, -extension.length);
    if (isWanted === undefined || isWanted(id)) {
      const file = { file: `${folder}/${name}`, id, kind: type.kind, siblings };
      found.push(entry.kind === 'misnamed' ? misnamed(file) : readRecord(files, root, file));
    } else if (type.kind === 'client') unread.add(id);
  }
  return { ...NOTHING, files: found, unread, problems, astray };
}

const ALONE: ReadonlySet<string> = new Set();

const NOTHING: Found = { files: [], unread: new Set(), problems: [], removals: [], astray: [] };

const LIST_WORDS: Readonly<Record<ListFault, readonly [says: string, help: string]>> = {
  missing: ['there is no such folder', ''],
  file: ['this is a file where a folder belongs', 'rename or move the file'],
  outside: ['this link leads out of the practice folder', 'put the folder itself here'],
  forbidden: ['no permission to read this folder', 'give yourself permission: chmod u+rx'],
  other: ['this folder cannot be read', 'put an ordinary folder here'],
};

/** None of its records is known, and none of them counts as missing. */
function lostFolder(type: RecordPlace, folder: string, { fault, detail }: ListFailure): Found {
  const [says, help] = LIST_WORDS[fault];
  const problem: Problem = {
    code: 'file/not-readable',
    args: { says: detail === undefined ? says : `${says} (${detail})`, help },
    place: { file: folder },
  };
  return {
    ...NOTHING,
    problems: [problem],
    removals: [{ kind: type.kind, id: EVERY, file: folder, path: [], problem }],
  };
}

const isFolderOfOurs = (folder: string, entry: Entry): boolean =>
  entry.kind === 'directory' && FOLDERS.includes(`${folder}/${entry.name}`);

/** The name that a file could be given is another's already. */
export const isTaken = (siblings: ReadonlySet<string>, name: string, own: string): boolean =>
  [...siblings].some((each) => each !== own && each.toLowerCase() === name.toLowerCase());

/** What to do with a file instead of giving it that name. */
export const insteadOf = (name: string): string =>
  `\`${name}\` already exists: merge the two by hand, then delete this one`;

function noRecord(type: RecordPlace, entry: Entry, siblings: ReadonlySet<string>): Problem {
  const file = `${type.folder}/${entry.name}`;
  const renamed = `${entry.name.replace(/\.[^.]*$/, '')}${type.extension}`;
  if (entry.kind === 'directory') {
    return {
      code: 'file/unknown',
      args: {
        says: `folders inside \`${type.folder}/\` are not read`,
        help: `move its files up into \`${type.folder}/\``,
      },
      place: { file },
    };
  }
  return {
    code: 'file/unknown',
    args: {
      says: `this file is not read: files in \`${type.folder}/\` end in \`${type.extension}\``,
      help: !(isYaml(entry.name) || entry.name.endsWith('.md'))
        ? 'move it out of this folder'
        : isTaken(siblings, renamed, entry.name)
          ? insteadOf(`${type.folder}/${renamed}`)
          : `rename it to \`${renamed}\``,
    },
    place: { file },
  };
}

const FAULT_WORDS: Readonly<Record<ReadFault, readonly [says: string, help: string]>> = {
  missing: ['this file was removed while it was being read', 'run the command again'],
  directory: ['this is a folder where a file is expected', 'rename or move the folder'],
  outside: ['this link leads out of the practice folder', 'put the file itself here'],
  forbidden: ['no permission to read this file', 'give yourself the right to read it: chmod u+r'],
  'too-large': ['too large', ''],
  other: ['this file cannot be read', 'put an ordinary file here'],
};

type Named = Pick<FoundFile, 'file' | 'id' | 'kind' | 'siblings'>;

function misnamed(found: Named): FoundFile {
  const unreadable: Problem = {
    code: 'file/not-readable',
    args: { says: 'the name of this file is not UTF-8, so it cannot be read', help: 'rename the file' },
    place: { file: found.file },
  };
  return { ...found, text: '', unreadable, problems: [unreadable] };
}

function readRecord(files: Files, root: string, found: Named): FoundFile {
  const { file } = found;
  const result = files.read(root, file, MAX_BYTES);
  if ('fault' in result) {
    const unreadable = readProblem(file, result.fault, result.detail);
    return { ...found, text: '', unreadable, problems: [unreadable] };
  }
  return textOf(found, result.bytes);
}

/**
 * The text is handed out once, to whoever assembles it, and decoded again for whoever reports a problem: the texts of a
 * large practice take twice the room of its bytes.
 */
function textOf(found: Named, bytes: Uint8Array): FoundFile {
  const { text, faults, unreadable } = decodeText(bytes);
  const problems = faults.map((fault) => fromSource(found.file, fault));
  let fresh: string | undefined = text;
  return {
    ...found,
    get text() {
      const given = fresh ?? decodeText(bytes).text;
      fresh = undefined;
      return given;
    },
    unreadable: unreadable ? problems[0] : undefined,
    problems,
  };
}

/** `1.9 MB`, `52 MB` */
const formatSize = (bytes: number): string =>
  bytes >= 10_000_000 ? `${Math.round(bytes / 1_000_000)} MB` : `${(bytes / 1_000_000).toFixed(1)} MB`;

function readProblem(file: string, fault: ReadFault, detail: string | undefined): Problem {
  if (fault === 'too-large') {
    return { code: 'yaml/too-large', args: { size: formatSize(Number(detail)), limit: '1 MB' }, place: { file } };
  }
  const [says, help] = FAULT_WORDS[fault];
  return {
    code: 'file/not-readable',
    args: { says: detail === undefined ? says : `${says} (${detail})`, help },
    place: { file },
  };
}

const DEEPEST = 6;

/** YAML that no record type owns, outside dot folders and other practices. */
function findStrays(files: Files, root: string): readonly Problem[] {
  const walk = (folder: string, depth: number): readonly Problem[] => {
    const listed = files.list(root, folder);
    const entries = ('entries' in listed ? listed.entries : []).filter((each) => !isIgnored(each.name));
    if (folder !== '' && entries.some((each) => each.name === 'deliver.yaml')) return [];
    return entries.flatMap((each): readonly Problem[] => {
      const path = folder === '' ? each.name : `${folder}/${each.name}`;
      if (each.kind === 'directory') {
        return depth >= DEEPEST || FOLDERS.includes(path) || each.name === 'node_modules' ? [] : walk(path, depth + 1);
      }
      return isYaml(each.name) && !(folder === '' && ROOT_FILES.includes(each.name))
        ? [stray(path, (file) => files.exists(files.resolve(root, file)))]
        : [];
    });
  };
  return walk('', 0);
}

function stray(path: string, exists: (file: string) => boolean): Problem {
  const parts = path.split('/');
  const folder = parts.slice(0, -1).join('/');
  const meant = folder === '' ? nearest(path.replace(/\.yml$/i, '.yaml'), ROOT_FILES) : nearest(folder, FOLDERS);
  const suggestion = meant === undefined ? undefined : folder === '' ? meant : `${meant}/${parts.at(-1)}`;
  const isFree = suggestion !== undefined && !exists(suggestion);
  const help = suggestion === undefined || isFree ? `records live in ${FOLDERS.join(', ')}` : insteadOf(suggestion);
  return {
    code: 'file/unknown',
    args: { says: 'this file is not read: no record lives here', help },
    place: { file: path },
    ...(isFree ? { suggestion } : {}),
  };
}
