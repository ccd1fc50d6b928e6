// `undo`: takes back the last changes this program made in the folder, as long as nothing else has touched those files since.
import { sayChange } from '../changes/next.ts';
import { type Command, type Input, textOption } from '../command.ts';
import { changing, type FileEdit, type Outcome, refusal, UsageError } from '../outcome.ts';
import { count } from '../terminal/words.ts';
import type { JournalEntry } from '../world.ts';

export const command: Command = {
  name: 'undo',
  arguments: [],
  options: [{ flags: '-n, --count <count>', what: 'how many changes (default: 1)' }],
  about:
    'The last changes are kept in your state directory, not in the practice. Files that changed since are left alone.',
  examples: [
    { line: 'deliver undo', what: 'the last change' },
    { line: 'deliver undo -n 3', what: 'the last three' },
    { line: 'deliver undo --dry-run', what: 'see what would come back' },
  ],
  changes: true,
  depth: () => 'core',
  run,
};

function run(input: Input): Outcome {
  const wanted = countOf(textOption(input.options, 'count'));
  const entries = input.practice.journal().slice(0, wanted);
  if (entries.length === 0) throw refusal('there is nothing to undo here');
  if (entries.length < wanted)
    throw refusal(`only ${count(entries.length, 'change')} can be undone`, `deliver undo -n ${entries.length}`);
  const restores = restoring(entries);
  const outcome = changing(restores, () =>
    sayChange('undo', {
      changed: entries.map((entry) => ({
        what: `taken back: ${entry.what}`,
        at: entry.changes.map((each) => each.file).join(', '),
      })),
    }),
  );
  return {
    ...outcome,
    ...(outcome.changes ? { changes: { ...outcome.changes, takesBack: entries.map((each) => each.id) } } : {}),
  };
}

function countOf(written: string | undefined): number {
  if (written === undefined) return 1;
  const wanted = Number(written);
  if (Number.isInteger(wanted) && wanted > 0) return wanted;
  throw new UsageError(`\`${written}\` is not a valid count`, 'write -n 2');
}

/** Each file from its newest text to the one before the oldest of these changes. Throws where they do not follow on each other. */
function restoring(entries: readonly JournalEntry[]): readonly FileEdit[] {
  const files = new Map<string, { readonly expected: string | undefined; readonly text: string | undefined }>();
  for (const { changes, what } of entries) {
    for (const { file, before, after } of changes) {
      const newer = files.get(file);
      if (newer && newer.text !== after) throw refusal(`${file} was changed between, so \`${what}\` cannot be undone`);
      files.set(file, { expected: newer ? newer.expected : after, text: before });
    }
  }
  return [...files].map(([file, texts]) => ({ kind: 'restore', file, ...texts }));
}
