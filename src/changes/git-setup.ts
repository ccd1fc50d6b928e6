// What `git setup` wants in a repository and what of it is there: attributes, ignored files, hunk headers, hooks. Decides; does nothing.
import type { Practice } from '../command.ts';
import type { Effect, FileEdit } from '../outcome.ts';
import { shellWord } from '../shell.ts';
import type { Hook, ReadResult, Repository } from '../world.ts';
import { GIT_FILES } from './first-files.ts';
import { HOOKS, type HookName, withBlock } from './git-hooks.ts';

/** What a new practice has, and that its files have hunk headers of their own. */
const GIT_LINES = {
  '.gitattributes': [...(GIT_FILES['.gitattributes'] ?? []), '*.yaml diff=deliver'],
  '.gitignore': GIT_FILES['.gitignore'] ?? [],
};

const XFUNCNAME = 'diff.deliver.xfuncname';

/** Maps that say only what kind of thing comes below: no heading of a hunk. */
const STRUCTURE = [
  'steps',
  'phases',
  'milestones',
  'holds',
  'moves',
  'expect',
  'resources',
  'risks',
  'cadence',
  'promises',
];

/**
 * The heading of a hunk: the nearest line above it that opens a map of ids (`  audit-2026:`, `      data-access:`), else the
 * name of the record. Lines are tried in order; one that begins with `!` rules out.
 */
const XFUNCNAME_VALUE = [
  `!^ +(${STRUCTURE.join('|')}): *$`,
  '^ +([a-zA-Z0-9][a-zA-Z0-9-]*): *$',
  '^(name: .*|practice: .*|[a-z_]+: *)$',
].join('\n');

export type Part = {
  /** `.gitattributes`, `hunk headers`, `pre-commit` ... */
  readonly name: string;
  /** `foreign`: somebody else's, which is left alone. */
  readonly state: 'there' | 'missing' | 'foreign';
  /** What it does, or what to do by hand. */
  readonly what: string;
  readonly edits: readonly FileEdit[];
  readonly effects: readonly Effect[];
};

type ReadNamed = (path: string, limit: number) => ReadResult;

/** Every part of the setup, and what would make it so. */
export function setupOf(practice: Practice, git: Repository, readNamed: ReadNamed): readonly Part[] {
  return [
    linesPart(practice, readNamed, '.gitattributes', 'touch logs merge line by line, line ends stay the same'),
    linesPart(practice, readNamed, '.gitignore', 'drafts of letters stay out of git'),
    headersPart(practice, git),
    ...HOOKS.map((name) => hookPart(git, name)),
  ];
}

const MOST_BYTES = 2 ** 20;

function linesPart({ root }: Practice, readNamed: ReadNamed, file: keyof typeof GIT_LINES, what: string): Part {
  const read = readNamed(`${root}/${file}`, MOST_BYTES);
  const present = new Set(
    'bytes' in read
      ? new TextDecoder()
          .decode(read.bytes)
          .split('\n')
          .map((it) => it.trim())
      : [],
  );
  const missing = GIT_LINES[file].filter((each) => !present.has(each));
  const edits: readonly FileEdit[] = [{ kind: 'lines', file, lines: missing }];
  if (missing.length === 0) return { name: file, state: 'there', what, edits: [], effects: [] };
  return { name: file, state: 'missing', what: `${what}: ${missing.join(', ')}`, edits, effects: [] };
}

function headersPart({ root }: Practice, git: Repository): Part {
  const isThere = git.setting(XFUNCNAME) === XFUNCNAME_VALUE;
  const effect: Effect = { kind: 'git-setting', root, name: XFUNCNAME, value: XFUNCNAME_VALUE };
  return {
    name: 'hunk headers',
    state: isThere ? 'there' : 'missing',
    what: 'git diff names the client, engagement or step that a change is in',
    edits: [],
    effects: isThere ? [] : [effect],
  };
}

const DOES: Readonly<Record<HookName, string>> = {
  'pre-commit': 'a commit of errors is refused; git commit --no-verify goes round it',
  'post-merge': 'a merge that leaves errors says so',
};

function hookPart(git: Repository, name: HookName): Part {
  const hook = git.hook(name);
  const left = (why: string): Part => ({
    name,
    state: 'foreign',
    what: `left alone: ${why}; have it run: deliver ${git.prefix === '' ? '' : `-C ${shellWord(git.prefix)} `}validate`,
    edits: [],
    effects: [],
  });
  const elsewhere = git.setting('core.hooksPath');
  if (elsewhere !== undefined) return left(`hooks lie in ${elsewhere} (core.hooksPath), which others share`);
  if (hook.kind === 'link') return left(`${hook.path} is a link`);
  if (hook.kind === 'no-text') return left(`${hook.path} is not UTF-8`);
  if (hook.kind === 'other') return left(`${hook.path} cannot be read`);
  const text = withBlock(name, git.prefix, hook.text);
  if (text === undefined) return left(`${hook.path} is not a shell script`);
  return written(name, hook, text);
}

function written(name: HookName, hook: Hook, text: string): Part {
  if (hook.text === text && hook.isExecutable)
    return { name, state: 'there', what: DOES[name], edits: [], effects: [] };
  const before = hook.kind === 'file' ? hook.text : undefined;
  return {
    name,
    state: 'missing',
    what: DOES[name],
    edits: [],
    effects: [{ kind: 'git-hook', path: hook.path, before, text }],
  };
}
