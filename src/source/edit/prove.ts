// The proof of an edit: the new text is read again and must be the old data with the change, with no new fault and
// every comment. Knows no way to make an edit.

import type { SourceFault } from '../fault.ts';
import { isSameData } from './data.ts';
import { applyChange, type Change } from './pieces.ts';
import { type Reading, readText } from './reading.ts';

const MISREAD = 'cannot edit this without changing adjacent text';

/** The new text, read; or why it is not what was meant. `may cut`: comments in replaced pieces may go. */
export function prove(
  before: Reading,
  change: Change,
  expected: unknown,
  comments: 'all' | 'may cut',
): Reading | { readonly reason: string } {
  const after = readText(applyChange(before.text, change));
  if ('unreadable' in after) return { reason: MISREAD };
  if (!isSameData(after.value, expected)) return { reason: MISREAD };
  if (!areNoneNew(before.faults, after.faults)) return { reason: MISREAD };
  return keepsComments(before, after, comments === 'all' ? [] : change)
    ? after
    : { reason: 'this edit would lose a comment' };
}

/** Every comment is still there, in the same order; but for those in the replaced pieces `without`. */
export function keepsComments(before: Reading, after: Reading, without: Change): boolean {
  if (!before.text.includes('#') && !after.text.includes('#')) return true;
  return commentsOf(before, without).join('\n') === commentsOf(after, []).join('\n');
}

function areNoneNew(before: readonly SourceFault[], after: readonly SourceFault[]): boolean {
  const left = new Map<string, number>();
  for (const fault of before) left.set(nameOf(fault), (left.get(nameOf(fault)) ?? 0) + 1);
  return after.every((fault) => {
    const count = left.get(nameOf(fault)) ?? 0;
    left.set(nameOf(fault), count - 1);
    return count > 0;
  });
}

/** Places and list positions move; what is wrong stays. */
const nameOf = (fault: SourceFault): string => JSON.stringify([fault.code, fault.says, fault.args]);

function commentsOf(reading: Reading, without: Change): readonly string[] {
  return reading
    .tokens()
    .filter((token) => token.kind === 'comment')
    .filter((token) => !without.some((piece) => token.from >= piece.from && token.from < piece.to))
    .map((token) => token.text.trimEnd());
}
