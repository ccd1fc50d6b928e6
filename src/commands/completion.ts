// `completion`: what a shell needs to complete a command line, and (with --line) what may come next. Reads the practice
// only where a word inside of a record is asked for; ids of records are the names of files.
import { type Book, kindIds, peopleIds, segmentIds } from '../book/book.ts';
import { BUILT_IN } from '../book/built-in.generated.ts';
import { type Command, type Depth, type Input, type Options, one, textOption } from '../command.ts';
import { type Ask, type Outcome, UsageError } from '../outcome.ts';
import { didYouMean } from '../problem/suggest.ts';
import { toBlock } from '../terminal/words.ts';
import { type Target, type TargetKind, targetsOf } from '../typed/reference.ts';
import { SHELL_SCRIPTS } from '../typed/shells.ts';
import { commandTyped, type Slot, slotOf } from '../typed/typing.ts';
import { COMMANDS, findListed, GLOBALS } from './all.ts';

export const command: Command = {
  name: 'completion',
  arguments: [{ name: '<shell>', what: 'bash, zsh or fish' }],
  options: [{ flags: '--line <text>', what: 'a command line up to the cursor: prints what may come next' }],
  about: `Prints a script that makes your shell complete commands, options, clients and steps. Put it where your shell
reads it at its start.`,
  examples: [
    { line: 'eval "$(deliver completion bash)"', what: 'in ~/.bashrc' },
    { line: 'eval "$(deliver completion zsh)"', what: 'in ~/.zshrc, after compinit' },
    { line: 'deliver completion fish | source', what: 'in ~/.config/fish/config.fish' },
  ],
  describes: (options) => {
    const named = findListed(typedCommand(options) ?? '');
    return named ? [named.name] : [];
  },
  depth: depthOf,
  run,
};

const FLAGS = GLOBALS.map(([flags]) => flags);
const SHELLS = Object.keys(SHELL_SCRIPTS);

const typedCommand = (options: Options): string | undefined => commandTyped(textOption(options, 'line') ?? '', FLAGS);

/** One thing that may come next, and what it is. */
type Candidate = { readonly value: string; readonly what?: string };

function run(input: Input): Outcome | Ask {
  const shell = one(input, 'shell');
  const choices = SHELLS.map((value) => ({ value, label: value }));
  if (shell === undefined) return { kind: 'ask', argument: 'shell', question: 'Which shell?', choices };
  const script = SHELL_SCRIPTS[shell];
  if (script === undefined) {
    throw new UsageError(`no completion for \`${shell}\`${didYouMean(shell, SHELLS)}`, `there is ${SHELLS.join(', ')}`);
  }
  const typing = textOption(input.options, 'line');
  if (typing === undefined) return said(script.split('\n'), { shell, script: `${script}\n` });
  const slot = slotOf(typing, input.described[0], FLAGS);
  const found = candidates(input, slot).filter(({ value }) => value.startsWith(slot.typed));
  const lines = found.map(({ value, what }) => (shell === 'bash' || what === undefined ? value : `${value}\t${what}`));
  return said(lines, { shell, candidates: found });
}

const said = (lines: readonly string[], data: Readonly<Record<string, unknown>>): Outcome => ({
  kind: 'outcome',
  text: toBlock(lines),
  plain: lines.map((text) => `${text}\n`).join(''),
  data: { schema: 'deliver.completion/1', ...data },
  problems: [],
  exit: 0,
});

function candidates(input: Input, slot: Slot): readonly Candidate[] {
  switch (slot.kind) {
    case 'command':
      return [...COMMANDS, HELP].map((each) => ({ value: each.name, what: each.summary }));
    case 'flag':
      return flagsOf(input.described[0]);
    case 'value':
      return valuesOf(input, slot);
    case 'argument':
      return argumentsOf(input, slot);
    case 'nothing':
      return [];
  }
}

const HELP = { name: 'help', summary: 'help for a command or a topic' };

function flagsOf(described: Command | undefined): readonly Candidate[] {
  const own = (described?.options ?? []).map(({ flags, what }) => [flags, what] as const);
  const dry = described?.changes ? [['--dry-run', 'show the change as a diff and write nothing'] as const] : [];
  const all = [...own, ...dry, ...GLOBALS, ['-h, --help', 'this help'] as const];
  return all.map(([flags, what]) => ({ value: /--[a-z-]+/.exec(flags)?.[0] ?? flags, what }));
}

const plainly = (values: readonly string[]): readonly Candidate[] => values.map((value) => ({ value }));

const DAYS = ['today', 'yesterday', 'tomorrow', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun', 'eom'];

/** Words that a flag's own description lists: `pretty, unix, github or json`. */
function listedIn(what: string | undefined): readonly string[] {
  const words = (what ?? '')
    .replace(/\([^)]*\)/g, '')
    .split(/,\s*|\s+or\s+/)
    .map((word) => word.trim());
  return words.length > 1 && words.every((word) => /^[a-z][a-z-]*$/.test(word)) ? words : [];
}

function valuesOf(input: Input, { flag, name }: Extract<Slot, { readonly kind: 'value' }>): readonly Candidate[] {
  const option = input.described[0]?.options.find((each) => each.flags.split(/[ ,]+/).includes(flag));
  const listed = listedIn(option?.what);
  if (listed.length > 0) return plainly(listed);
  if (name === 'day' || name === 'when') return plainly(DAYS);
  if (name === 'person') return plainly(peopleIds(input.practice.book));
  if (name === 'segment') return plainly(segmentIds(input.practice.book));
  if (name === 'partner') return plainly(idsIn(input, 'partners', '.yaml'));
  return [];
}

const idsIn = ({ outside }: Input, folder: string, extension: string): readonly string[] =>
  outside.filesIn(folder).flatMap((name) => {
    const id = name.endsWith(extension) ? name.slice(0, -extension.length) : '';
    return /^[a-z0-9][a-z0-9-]*$/.test(id) ? [id] : [];
  });

type Typed = Extract<Slot, { readonly kind: 'argument' }>;

function argumentsOf(input: Input, slot: Typed): readonly Candidate[] {
  const described = input.described[0];
  const listed = listedIn(described?.arguments.find((each) => each.name.includes(slot.name))?.what);
  if (listed.length > 0) return plainly(listed);
  const kinds = REFERENCES[slot.name];
  if (kinds) return referencesOf(input, slot, kinds);
  switch (slot.name) {
    case 'rev':
    case 'client':
    case 'client-and-what':
      return slot.name !== 'client-and-what' || slot.before.length === 0
        ? plainly(idsIn(input, 'clients', '.yaml'))
        : [];
    case 'offer':
      return plainly(idsIn(input, 'offers', '.yaml'));
    case 'template':
      return plainly([...new Set([...idsIn(input, 'emails', '.md'), ...BUILT_IN.emails])].sort());
    case 'script':
      return plainly([...new Set([...idsIn(input, 'scripts', '.yaml'), ...BUILT_IN.scripts])].sort());
    case 'kind':
      return described && NEEDS_KINDS.has(described.name) ? plainly(kindIds(input.practice.book)) : [];
    case 'segment':
      return plainly(segmentIds(input.practice.book));
    case 'what':
      return plainly(WHATS[described?.name ?? ''] ?? []);
    case 'command':
      return plainly(COMMANDS.map((each) => each.name));
    default:
      return [];
  }
}

/** Arguments that name something within a client: `acme/report`, or `acme report`. */
const REFERENCES: Readonly<Record<string, readonly TargetKind[]>> = {
  step: ['step'],
  engagement: ['engagement'],
  ref: ['client', 'step', 'engagement', 'touch', 'promise', 'issue', 'occasion', 'offer', 'partner', 'script', 'email'],
};
/** Words after a command that has only one or a few of them. */
const WHATS: Readonly<Record<string, readonly string[]>> = { git: ['setup'], offer: ['bump'] };
const NEEDS_KINDS: ReadonlySet<string> = new Set(['touch', 'snooze']);

/** What a command that names only steps can act on. */
const STATES: Readonly<Record<string, 'closed'>> = { reopen: 'closed' };

function stateOf({ clients }: Book, { client, engagement, id }: Target): 'open' | 'closed' {
  const progress = clients.get(client ?? '')?.engagements?.[engagement ?? '']?.steps?.[id];
  return progress?.done === undefined && progress?.skipped === undefined ? 'open' : 'closed';
}

/** First the clients, then what is theirs; both ways to write it. */
function referencesOf(input: Input, { before, typed }: Typed, kinds: readonly TargetKind[]): readonly Candidate[] {
  const client = before[0] ?? (typed.includes('/') ? typed.split('/')[0] : undefined);
  if (client === undefined) return idsIn(input, 'clients', '.yaml').map((id) => ({ value: `${id}/` }));
  const { described, practice } = input;
  const { book, today } = practice;
  const state = STATES[described[0]?.name ?? ''] ?? 'open';
  const targets = targetsOf(book, today, client, { kinds, noun: 'word' }).filter(
    (it) => it.client === client && (it.kind !== 'step' || kinds.length > 1 || stateOf(book, it) === state),
  );
  const refs = targets.map((it) => it.ref).filter((ref) => ref.includes('/'));
  if (before.length === 0) return plainly(refs);
  const said = `${before.join('/')}/`;
  return plainly(refs.flatMap((ref) => (ref.startsWith(said) ? [ref.slice(said.length)] : [])));
}

/** Most words are known without the practice. */
function depthOf(options: Options): Depth {
  const typing = textOption(options, 'line');
  const name = typing === undefined ? undefined : typedCommand(options);
  const listed = name === undefined ? undefined : findListed(name);
  if (typing === undefined || !listed) return 'nothing';
  return needsRecords(typing, listed.name) ? 'core' : 'nothing';
}

/** Judged by the shape of the line alone: what the command is like is not known yet. */
function needsRecords(typing: string, name: string): boolean {
  const usage = findListed(name)?.usage ?? '';
  const words = typing.trim().split(/\s+/);
  const flag = typing.endsWith(' ') ? words.at(-1) : words.at(-2);
  if (/^--(as|owner|segment)$/.test(flag ?? '')) return true;
  const isInside = (words.at(-1) ?? '').includes('/') || words.length + (typing.endsWith(' ') ? 1 : 0) > 3;
  return isInside && (/<(step|engagement|ref|segment)/.test(usage) || NEEDS_KINDS.has(name));
}
