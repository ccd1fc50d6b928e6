// touch/not-one-line: a touch that spans several lines of the log, which `merge=union` could interleave.
import type { TouchLog } from '../book/book.ts';
import { openText } from '../source/read/locate.ts';
import type { Breach } from './breach.ts';
import type { Rule } from './rule.ts';

export const touchLines: Rule = ({ logs, sources }) =>
  [...logs.values()].flatMap((log) => {
    const text = sources.get(log.file)?.text ?? '';
    return isPlain(text) ? [] : inLog(log, text);
  });

/** Every line is a touch, a comment or blank: nothing to parse for, and so for nearly every log. */
const isPlain = (text: string): boolean => !/^(?!- |[ \t]*#|[ \t\r]*$)/m.test(text);

/** Said once a log, on its first such touch. */
function inLog({ file, touches }: TouchLog, text: string): readonly Breach[] {
  const located = openText(text);
  const long = touches.filter(({ at }) => !located.isOneLine([at]));
  const [first] = long;
  if (!first) return [];
  const more = long.length - 1;
  return [
    { problem: { code: 'touch/not-one-line', args: more > 0 ? { more } : {}, place: { file, path: [first.at] } } },
  ];
}
