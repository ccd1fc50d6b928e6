// Makes the changes a command decided on: texts spliced, the result read again and checked, then written in one go. Used by main alone.
import { EVERY } from '../book/book.ts';
import type { Practice } from '../command.ts';
import {
  type Changes,
  diskFailure,
  type Effect,
  type FileEdit,
  type Report,
  refusal,
  type UsageError,
} from '../outcome.ts';
import { renderPretty } from '../problem/print.ts';
import type { Reported } from '../problem/report.ts';
import { newDayProblems } from '../rules/written-days.ts';
import { unifiedDiff } from '../source/edit/diff.ts';
import { splice } from '../source/edit/splice.ts';
import { decodeText } from '../source/read/decode.ts';
import { type Located, openText } from '../source/read/locate.ts';
import { type Block, line, span } from '../terminal/ink.ts';
import type { FileChange, World } from '../world.ts';

/** Changes that are decided and found good, not yet written. */
export type Prepared = {
  readonly files: readonly FileChange[];
  /** Days that the change writes and that will hurt; they are in the answer too. */
  readonly warnings: readonly Reported[];
  readonly answer: Report;
};

export type Refused = { readonly refused: Block };

/**
 * The new texts and what will be said of them. Refused, with the reason and what to do by hand, when a text cannot be
 * spliced or the practice would have an error that it did not have before.
 */
export function prepare(world: World, practice: Practice, changes: Changes): Prepared | Refused {
  const files: FileChange[] = [];
  const edits = new Map<string, Located>();
  for (const edit of changes.files) {
    const before = rawText(world, practice.root, edit.file);
    const broken = brokenEntry(practice, edit);
    if (broken) return { refused: broken };
    const made = edited(edit, before);
    if ('refused' in made) return { refused: made.refused };
    if (made.after !== before) files.push({ file: edit.file, before, after: made.after });
    if (made.located) edits.set(edit.file, made.located);
  }
  const after = practice.reopen(new Map(files.map((each) => [each.file, each.after])));
  // What was there before may be taken back to, errors and all.
  const isRestoring = changes.files.every((each) => each.kind === 'restore');
  const broken = isRestoring ? [] : newErrors(practice, after);
  if (broken.length > 0) {
    return {
      refused: [
        line('this would leave an error in the data, so nothing was changed'),
        ...renderPretty(broken, after.textOf),
      ],
    };
  }
  const at = (file: string, path: readonly (string | number)[]): string => {
    const text = after.textOf(file);
    return `${file}:${text === undefined ? 1 : lineOf(edits.get(file) ?? openText(text), path)}`;
  };
  const touched = new Set(files.map((each) => each.file));
  const warnings = isRestoring ? [] : after.report(newDayProblems(practice.book, after.book, touched));
  return { files, warnings, answer: withWarnings(changes.report(after, at), warnings) };
}

/** Said with the change that brings them, before what comes next. */
function withWarnings(answer: Report, warnings: readonly Reported[]): Report {
  const { problems } = answer.data;
  const data = { ...answer.data, problems: [...(Array.isArray(problems) ? problems : []), ...warnings] };
  if (warnings.length === 0) return { ...answer, data };
  const at = answer.text.findLastIndex(([first]) => typeof first === 'object' && first.text === 'Next:');
  return {
    ...answer,
    data,
    text: answer.text.toSpliced(at < 0 ? answer.text.length : at, 0, ...warningLines(warnings)),
  };
}

export const warningLines = (warnings: readonly Reported[]): Block =>
  warnings.map(({ message, code, file, line: row }) =>
    line(span('warning:', 'yellow'), ` ${message} [${code}]  `, span(`${file}:${row}`, 'dim')),
  );

/** What has an error is fixed by hand first: a change on top of it would hide it. */
function brokenEntry({ book, report }: Practice, edit: FileEdit): Block | undefined {
  const paths = edit.kind === 'edit' ? edit.edits.map((each) => each.path) : [];
  const removal = book.removals.find(
    (it) =>
      (it.id === EVERY && edit.file.startsWith(`${it.file}/`)) ||
      (it.file === edit.file && paths.some((path) => it.path.every((key, i) => key === path[i]))),
  );
  if (!removal) return undefined;
  const [at] = removal.problem ? report([removal.problem]) : [];
  if (!at) return [line(`${removal.file} has an error: deliver validate`)];
  return [
    line(`${at.file}:${at.line}:${at.column} has an error: ${at.message}`),
    line('fix it first: deliver validate'),
  ];
}

const STRICT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A byte order mark stays part of the text, so that it is written back. Bytes that are no text could not be. */
function rawText(world: World, root: string, file: string): string | undefined {
  const found = world.files.read(root, file, Number.MAX_SAFE_INTEGER);
  if ('bytes' in found) {
    try {
      return STRICT.decode(found.bytes);
    } catch {
      throw notText(file, found.bytes);
    }
  }
  if (found.fault === 'missing') return undefined;
  throw refusal(`${file} cannot be read`, 'deliver validate');
}

function notText(file: string, bytes: Uint8Array): UsageError {
  const { text, faults } = decodeText(bytes);
  const [fault] = faults;
  const at = text.slice(0, fault?.span?.[0] ?? 0).split('\n').length;
  const { says = 'this is not UTF-8', help = '' } = fault ?? {};
  return refusal(`${file}:${at}: ${says}; nothing was changed`, help);
}

type Edited = { readonly after: string | undefined; readonly located?: Located };

function edited(edit: FileEdit, before: string | undefined): Edited | Refused {
  if (edit.kind === 'create') {
    // What already exists, to the letter, is left of an earlier run that was cut short.
    if (before === undefined || before === edit.text) return { after: edit.text };
    return { refused: [line(`${edit.file} already exists`)] };
  }
  if (edit.kind === 'remove') return { after: undefined };
  if (edit.kind === 'lines') return { after: withLines(before ?? '', edit.lines) };
  if (edit.kind === 'restore') {
    if (before === edit.expected) return { after: edit.text };
    return { refused: [line(`${edit.file} was changed since, so it is left as it is`)] };
  }
  const spliced = splice(before ?? '', edit.edits, edit.orderOf);
  if ('text' in spliced) return { after: spliced.text, located: spliced.located };
  const { reason, line: at, byHand } = spliced.refused;
  return {
    refused: [
      line(`${edit.file}${at === undefined ? '' : `:${at}`} cannot be changed safely: ${reason}`),
      ...(byHand.length === 0 ? [] : [line('write this by hand:'), ...byHand.map((text) => line(`  ${text}`))]),
    ],
  };
}

/** The text with the lines it lacks at its end, each ended as its others are. */
function withLines(text: string, lines: readonly string[]): string {
  const present = new Set(text.split('\n').map((each) => each.trim()));
  const missing = lines.filter((each) => !present.has(each));
  if (missing.length === 0) return text;
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const gap = text === '' || text.endsWith('\n') ? '' : end;
  return `${text}${gap}${missing.map((each) => each + end).join('')}`;
}

/** Errors of `after` that `before` did not have; where they stand does not count, for lines move. */
function newErrors(before: Practice, after: Practice): readonly Reported[] {
  const errors = (practice: Practice) => practice.report(practice.problems).filter((it) => it.severity === 'error');
  const name = (it: Reported) => `${it.code} ${it.file} ${it.message}`;
  const old = new Set(errors(before).map(name));
  return errors(after).filter((it) => !old.has(name(it)));
}

function lineOf(located: Located, path: readonly (string | number)[]): number {
  const found = located.locate(path, 'key');
  return found ? located.lines.lineOf(found[0]) : 1;
}

/** What git would be told, in the form of the changes beside it; what else is done outside of the practice is not shown. */
export const previewOf = (effects: readonly Effect[]): string =>
  effects
    .map((effect) => {
      if (effect.kind === 'git-hook') return unifiedDiff(effect.path.replace(/^\/+/, ''), effect.before, effect.text);
      if (effect.kind === 'git-setting') return `# git config ${effect.name} ${JSON.stringify(effect.value)}\n`;
      return '';
    })
    .join('');

/** Throws a refusal when a file that goes with the change could not be written: then the change is not made either. */
export function refuseUnwritable({ drafts }: World, effects: readonly Effect[]): void {
  for (const effect of effects) {
    if (effect.kind !== 'draft' && effect.kind !== 'file') continue;
    const tried = drafts.tryFolder(effect.path);
    if (tried.kind === 'failed') {
      const why = `${effect.path} could not be written: ${tried.reason}; nothing was changed`;
      throw tried.isDisk ? diskFailure(why) : refusal(why);
    }
  }
}

export const diffOf = (files: readonly FileChange[]): string =>
  files.map(({ file, before, after }) => unifiedDiff(file, before, after)).join('');
