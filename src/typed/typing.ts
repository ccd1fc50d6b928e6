// A command line that is being typed: which word the cursor is in, and what that word may be. Knows no practice.
import type { Command } from '../command.ts';

/** What the word being typed is. `typed` is as much of it as there is. */
export type Slot =
  | { readonly kind: 'command'; readonly typed: string }
  | { readonly kind: 'flag'; readonly typed: string }
  /** The value of `flag`, whose name for it stands in the flag's description: `<partner>`, `<a|b>`. */
  | { readonly kind: 'value'; readonly flag: string; readonly name: string; readonly typed: string }
  /** An argument, by its name: `client`, `step`; `before` are the arguments that precede it. */
  | { readonly kind: 'argument'; readonly name: string; readonly before: readonly string[]; readonly typed: string }
  | { readonly kind: 'nothing'; readonly typed: string };

/** Words as a shell splits them; the last is the one the cursor is in, `''` after a blank. */
function typedWords(line: string): readonly string[] {
  const words = line.match(/(?:\\.|[^\s'"\\]|'[^']*'?|"(?:\\.|[^"\\])*"?)+/g) ?? [];
  const plain = words.map((word) => word.replace(/'([^']*)'?|"((?:\\.|[^"\\])*)"?|\\(.)/g, '$1$2$3'));
  return /(^|\s)$/.test(line) ? [...plain, ''] : plain;
}

type Flag = { readonly names: readonly string[]; readonly value: string | undefined };

const flagOf = (flags: string): Flag => ({
  names: flags.split(/[ ,]+/).filter((word) => word.startsWith('-')),
  value: /<(.+)>/.exec(flags)?.[1],
});

/** The words after the program's name, without global options and their values. */
function withoutGlobals(words: readonly string[], globals: readonly Flag[]): readonly string[] {
  const takesValue = (word: string | undefined) =>
    globals.some((flag) => flag.value !== undefined && flag.names.includes(word ?? ''));
  const isGlobal = (word: string) => globals.some((flag) => flag.names.includes(word));
  // The word being typed is kept, whatever it is.
  return words.filter((word, i) => i === words.length - 1 || !(isGlobal(word) || takesValue(words[i - 1])));
}

/** The command that a line names before the word being typed; undefined when it names none yet. */
export function commandTyped(line: string, globals: readonly string[]): string | undefined {
  const words = withoutGlobals(typedWords(line).slice(1), globals.map(flagOf));
  return words.slice(0, -1).find((word) => !word.startsWith('-'));
}

/** `command` is the one that `commandTyped` names, when there is such a one; `globals` are flags as help shows them. */
export function slotOf(line: string, command: Command | undefined, globals: readonly string[]): Slot {
  const everywhere = globals.map(flagOf);
  const all = typedWords(line).slice(1);
  const typed = all.at(-1) ?? '';
  const flags = [...everywhere, ...(command?.options ?? []).map((option) => flagOf(option.flags))];
  const last = flags.find((flag) => flag.names.includes(all.at(-2) ?? ''));
  if (last?.value !== undefined) return { kind: 'value', flag: last.names.at(-1) ?? '', name: last.value, typed };
  if (typed.startsWith('-')) return { kind: 'flag', typed };
  const words = withoutGlobals(all, everywhere);
  if (words.length <= 1) return { kind: 'command', typed };
  if (!command) return { kind: 'nothing', typed };
  const own = command.options.map((option) => flagOf(option.flags));
  const [, ...before] = withoutGlobals(words, own).slice(0, -1);
  const argument = command.arguments[before.length] ?? command.arguments.findLast((each) => each.name.includes('...'));
  if (argument === undefined) return { kind: 'nothing', typed };
  return { kind: 'argument', name: argument.name.replace(/[<>[\].]/g, ''), before, typed };
}
