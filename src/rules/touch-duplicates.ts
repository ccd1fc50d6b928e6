// touch/duplicate: two equal lines in one log.
import type { TouchLog } from '../book/book.ts';
import type { Touch } from '../records/touches.ts';
import type { Breach } from './breach.ts';
import type { Rule } from './rule.ts';

export const touchDuplicates: Rule = ({ logs }) => [...logs.values()].flatMap(inLog);

/** Most touches differ in these; the others are compared whole. */
const headOf = ({ date, kind, note }: Touch): string => `${date} ${kind} ${note ?? ''}`;

function inLog({ file, touches }: TouchLog): readonly Breach[] {
  const heads = new Map<string, number>();
  for (const touch of touches) heads.set(headOf(touch), (heads.get(headOf(touch)) ?? 0) + 1);
  const first = new Map<string, number>();
  return touches
    .filter((touch) => (heads.get(headOf(touch)) ?? 0) > 1)
    .flatMap((touch): readonly Breach[] => {
      const text = textOf(touch);
      const before = first.get(text);
      if (before === undefined) {
        first.set(text, touch.at);
        return [];
      }
      const related = [{ place: { file, path: [before] }, message: 'the same line stands here' }];
      return [{ problem: { code: 'touch/duplicate', args: {}, place: { file, path: [touch.at] }, related } }];
    });
}

/** Equal for equal touches, whatever the order of their keys. */
const textOf = ({ at: _, ...touch }: Touch): string =>
  JSON.stringify(Object.entries(touch).toSorted(([a], [b]) => (a < b ? -1 : 1)));
