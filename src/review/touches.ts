// What changed in a contact log: lines logged, removed, changed. The order of its lines does not count.
import { parseDay } from '../day.ts';
import { count, shortDate } from '../terminal/words.ts';
import {
  type Change,
  clip,
  differing,
  inGeneral,
  isBlank,
  isSame,
  labelText,
  type Path,
  type Said,
  say,
  shown,
  textIn,
  toList,
  toMap,
} from './change.ts';
import type { About } from './sides.ts';

type Line = { readonly at: number; readonly data: unknown };

export function touchesWords(change: Change, about: About): readonly Said[] {
  const isList = (data: unknown): boolean => isBlank(data) || Array.isArray(data);
  if (!isList(change.from) || !isList(change.to)) return inGeneral(change, about.today);
  const [old, now] = [linesOf(change.from), linesOf(change.to)];
  const removed = notIn(old, now);
  const added = notIn(now, old);
  const pairs = pairsOf(removed, added);
  const [paired, others] = [new Set(pairs.flat()), (line: Line) => !pairs.some((pair) => pair.includes(line))];
  const said = [
    ...removed
      .filter(others)
      .map((line) => lineSaid('touch-removed', line, line.data, null, 'removed from the log: ', about)),
    ...pairs.flatMap(([from, to]) => changedLine(from, to, about)),
    ...logged(
      added.filter((line) => !paired.has(line)),
      about,
    ),
  ];
  if (said.length > 0 || isSame(change.from, change.to) || (isBlank(change.from) && isBlank(change.to))) return said;
  return [say('log-order', change, 'the lines of the log are in another order')];
}

/** New lines of one log; more are counted, and the last one is said. */
const MOST_LINES = 5;

function logged(lines: readonly Line[], about: About): readonly Said[] {
  const each = (line: Line): Said => lineSaid('touch-logged', line, null, line.data, '', about);
  const dated = lines.flatMap((line) => {
    const day = parseDay(textIn(line.data, 'date') ?? '');
    return day === undefined ? [] : [{ line, day }];
  });
  const sorted = dated.toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (lines.length <= MOST_LINES || sorted.length < lines.length || !first || !last) return lines.map(each);
  const span = [...new Set([first.day, last.day])].map((day) => shortDate(day, about.today)).join(' to ');
  const data = lines.map((line) => line.data);
  const text = `${count(lines.length, 'contact')} logged ${span}, the last: ${each(last.line).text}`;
  return [say('touches-logged', { path: [], from: null, to: data }, text)];
}

const linesOf = (data: unknown): readonly Line[] => toList(data).map((each, at) => ({ at, data: each }));

/** Each counted: of two equal lines one may be new. */
function notIn(lines: readonly Line[], others: readonly Line[]): readonly Line[] {
  const left = new Map<string, number>();
  for (const { data } of others) left.set(keyOf(data), (left.get(keyOf(data)) ?? 0) + 1);
  return lines.filter(({ data }) => {
    const key = keyOf(data);
    const some = left.get(key) ?? 0;
    left.set(key, some - 1);
    return some <= 0;
  });
}

const keyOf = (data: unknown): string =>
  JSON.stringify(data, (_, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );

/** A log that was written anew is not compared line by line. */
const MOST_PAIRS = 40_000;

/** A line that went and one that came are one line changed when they are of one day, kind and person. */
function pairsOf(removed: readonly Line[], added: readonly Line[]): readonly (readonly [Line, Line])[] {
  if (removed.length * added.length > MOST_PAIRS) return [];
  const taken = new Set<Line>();
  return removed.flatMap((from): readonly (readonly [Line, Line])[] => {
    const free = added.filter((to) => !taken.has(to));
    const likeness = (to: Line): number =>
      ['date', 'kind', 'note', 'step', 'with', 'by'].filter(
        (key) => !isBlank(toMap(from.data)[key]) && isSame(toMap(from.data)[key], toMap(to.data)[key]),
      ).length;
    const best = free.toSorted((a, b) => likeness(b) - likeness(a))[0];
    if (!best || likeness(best) < 2) return [];
    taken.add(best);
    return [[from, best]];
  });
}

function changedLine(from: Line, to: Line, about: About): readonly Said[] {
  const path: Path = [to.at];
  const change: Change = { path, from: from.data, to: to.data, around: { from: {}, to: {} } };
  return differing(change)
    .filter((each) => !(isBlank(each.from) && isBlank(each.to)))
    .map((each) => {
      const key = String(each.path.at(-1));
      return say('touch-changed', each, `${headOf(from.data, about)}: ${labelText(key, each, about.today)}`);
    });
}

function lineSaid(kind: string, { at }: Line, from: unknown, to: unknown, lead: string, about: About): Said {
  const data = to ?? from;
  const [note, step, rung] = [textIn(data, 'note'), textIn(data, 'step'), textIn(data, 'rung')];
  const people = toList(toMap(data).with).map(String).join(', ');
  const score = toMap(data).score;
  const words = [
    ...(people === '' ? [] : [` with ${clip(people)}`]),
    ...(step === undefined ? [] : [` for ${clip(step)}`]),
    ...(rung === undefined ? [] : [` (${clip(rung)})`]),
    ...(isBlank(score) ? [] : [`, score ${shown(score, about.today)}`]),
    ...(note === undefined ? [] : [` "${clip(note)}"`]),
  ].join('');
  return say(kind, { path: [at], from, to }, lead + headOf(data, about) + words);
}

/** `check-in logged 20 Nov`, `email from them 14 Oct` */
function headOf(data: unknown, { today }: About): string {
  const kind = clip(textIn(data, 'kind') ?? 'a line');
  const date = textIn(data, 'date');
  const day = parseDay(date ?? '');
  const when = day === undefined ? (date === undefined ? '' : ` ${clip(date)}`) : ` ${shortDate(day, today)}`;
  return `${kind} ${toMap(data).in === true ? 'from them' : 'logged'}${when}`;
}
