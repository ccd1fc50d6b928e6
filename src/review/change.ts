// What differs between two versions of one piece of data, and how it comes to sentences: a table of words by key, with a
// plain sentence for whatever has none, so that nothing that differs is silent. Knows no record.
import { type Day, parseDay } from '../day.ts';
import { fromTo, shortDate } from '../terminal/words.ts';

export type Path = readonly (string | number)[];
export type DataMap = Readonly<Record<string, unknown>>;

/** Data at one path of a file before and after; undefined where there is none. */
export type Change = {
  readonly path: Path;
  readonly from: unknown;
  readonly to: unknown;
  /** The maps that it stands in. */
  readonly around: { readonly from: DataMap; readonly to: DataMap };
};

/** A day that is another one now. */
export type Move = {
  readonly client: string;
  readonly client_name: string;
  readonly ref: string;
  /** The step whose day it is, a kind of touch, or `end` for a whole engagement. */
  readonly what: string;
  readonly from: Day | null;
  readonly to: Day | null;
};

/** What a change does to what is running. */
export type Effect = { readonly text: string; readonly moves: readonly Move[] };

/** One thing that changed, in words and as data. */
export type Said = {
  /** What sort of change: `step-done`, `promise-moved`, `segment` ... */
  readonly kind: string;
  /** How it is named on the command line, where it can be. */
  readonly ref: string | null;
  readonly path: Path;
  readonly from: unknown;
  readonly to: unknown;
  readonly text: string;
  readonly effect?: Effect;
  /** Of letters and scripts. */
  readonly lines?: readonly { readonly sign: '-' | '+'; readonly text: string }[];
};

/** `covered`: another key's sentence says it. */
export type Spoken = readonly Said[] | 'covered';
export type Words<About> = (change: Change, about: About) => Spoken;
/** Words for what no other key says. */
export type OwnWords<About> = (change: Change, about: About) => readonly Said[];

export const isMap = (data: unknown): data is DataMap =>
  data !== null && typeof data === 'object' && !Array.isArray(data);
export const toMap = (data: unknown): DataMap => (isMap(data) ? data : {});
export const toList = (data: unknown): readonly unknown[] =>
  data === undefined || data === null ? [] : Array.isArray(data) ? data : [data];
const valueIn = (data: unknown, key: string): unknown =>
  isMap(data) && Object.hasOwn(data, key) ? (data[key] ?? undefined) : undefined;
export const textIn = (data: unknown, key: string): string | undefined => {
  const value = valueIn(data, key);
  return typeof value === 'string' ? value : undefined;
};
export const dayAt = (data: unknown, key: string): Day | undefined => parseDay(textIn(data, key) ?? '');

/** The order of keys does not count. */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) || Array.isArray(b))
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((each, i) => isSame(each, b[i]));
  if (!isMap(a) || !isMap(b)) return (a ?? undefined) === (b ?? undefined);
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => Object.hasOwn(a, key) === Object.hasOwn(b, key) && isSame(a[key], b[key]));
}

const LONGEST = 64;

/** One line of it, the end left out when it is long. */
export function clip(text: string, most = LONGEST): string {
  const flat = text.replace(/\s+/g, ' ').trim();
  const letters = Array.from(flat);
  return letters.length <= most
    ? flat
    : `${letters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`;
}

/** Any data in a few words. Days are said as days. */
export function shown(data: unknown, today: Day): string {
  if (data === undefined || data === null || data === '') return 'nothing';
  if (typeof data === 'string') {
    const day = parseDay(data);
    return day === undefined ? clip(data) : shortDate(day, today);
  }
  if (typeof data !== 'object') return String(data);
  if (Array.isArray(data)) return data.length === 0 ? 'nothing' : clip(data.map((it) => shown(it, today)).join(', '));
  const parts = Object.entries(data).map(([key, value]) => `${key} ${shown(value, today)}`);
  return parts.length === 0 ? 'nothing' : clip(parts.join(', '));
}

/** Data before and after; days as `fromTo` has them. */
export function changed(from: unknown, to: unknown, today: Day): string {
  const [a, b] = [from, to].map((it) => (typeof it === 'string' ? parseDay(it) : undefined));
  return a !== undefined && b !== undefined ? fromTo(a, b, today) : `${shown(from, today)} -> ${shown(to, today)}`;
}

export const say = (
  kind: string,
  { path, from, to }: Pick<Change, 'path' | 'from' | 'to'>,
  text: string,
  ref: string | null = null,
): Said => ({ kind, ref, path, from: from ?? null, to: to ?? null, text });

/** For what has no words of its own: the keys that lead there, and what stood and stands there. */
export function inGeneral(change: Change, today: Day): readonly Said[] {
  const { path, from, to } = change;
  const name = path.join('.');
  if (isMap(from) && isMap(to)) {
    const parts = differing(change).flatMap((each) => inGeneral(each, today));
    if (parts.length > 0) return parts;
  }
  if ((from ?? undefined) === undefined) return [say('key-added', change, `${name}: ${shown(to, today)} (new)`)];
  if ((to ?? undefined) === undefined)
    return [say('key-removed', change, `${name} removed (was ${shown(from, today)})`)];
  const [a, b] = [shown(from, today), shown(to, today)];
  return [say('key-changed', change, a === b ? `${name} changed in its details: ${b}` : `${name} ${a} -> ${b}`)];
}

/** Each key of two maps whose data differ. */
export function differing({ path, from, to }: Change): readonly Change[] {
  const around = { from: toMap(from), to: toMap(to) };
  const keys = [...new Set([...Object.keys(around.to), ...Object.keys(around.from)])];
  return keys
    .map(
      (key): Change => ({
        path: [...path, key],
        from: Object.hasOwn(around.from, key) ? around.from[key] : undefined,
        to: Object.hasOwn(around.to, key) ? around.to[key] : undefined,
        around,
      }),
    )
    .filter((change) => !isSame(change.from, change.to) || hasOther(change));
}

/** `steps:` with nothing behind it beside no `steps` at all. */
const hasOther = ({ from, to }: Change): boolean => (from === undefined) !== (to === undefined);

/** A map with these keys, each with its words; the others are said in general. */
export const fields =
  <About extends { readonly today: Day }>(table: Readonly<Record<string, Words<About>>>): OwnWords<About> =>
  (change, about) => {
    const isReadable = [change.from, change.to].every((it) => it === undefined || it === null || isMap(it));
    if (!isReadable) return inGeneral(change, about.today);
    return differing(change).flatMap((each) => spoken(table[String(each.path.at(-1))], each, about));
  };

/** A map of entries by id. */
export const entries =
  <About extends { readonly today: Day }>(words: Words<About>): OwnWords<About> =>
  (change, about) => {
    const isReadable = [change.from, change.to].every((it) => it === undefined || it === null || isMap(it));
    if (!isReadable) return inGeneral(change, about.today);
    return differing(change).flatMap((each) => spoken(words, each, about));
  };

function spoken<About extends { readonly today: Day }>(
  words: Words<About> | undefined,
  change: Change,
  about: About,
): readonly Said[] {
  // An empty key beside none at all says nothing, and so it is layout.
  if (isBlank(change.from) && isBlank(change.to)) return [];
  const said = words?.(change, about) ?? [];
  if (said === 'covered') return [];
  return said.length > 0 ? said : inGeneral(change, about.today);
}

/** Nothing, or a map or list of nothing. */
export const isBlank = (data: unknown): boolean =>
  data === undefined || data === null || (typeof data === 'object' && Object.keys(data).length === 0);

/** `channel phone -> email`, `channel: email`, `channel removed (was phone)`. */
export const labelled =
  <About extends { readonly today: Day }>(kind: string, label: string): OwnWords<About> =>
  (change, { today }) => [say(kind, change, labelText(label, change, today))];

export function labelText(label: string, { from, to }: Pick<Change, 'from' | 'to'>, today: Day): string {
  if (isBlank(from)) return `${label}: ${shown(to, today)}`;
  if (isBlank(to)) return `${label} removed (was ${shown(from, today)})`;
  const text = changed(from, to, today);
  const [a, b] = [shown(from, today), shown(to, today)];
  return a === b ? `${label} changed in its details: ${b}` : `${label} ${text}`;
}

/** What was added to a list and what was taken out; else that its order is another. */
export const listed =
  <About extends { readonly today: Day }>(kind: string, label: string): OwnWords<About> =>
  (change, { today }) => {
    const [old, now] = [toList(change.from), toList(change.to)];
    const added = withoutEqual(now, old).map((it) =>
      say(`${kind}-added`, { ...change, from: null, to: it }, `${label} added: ${shown(it, today)}`),
    );
    const removed = withoutEqual(old, now).map((it) =>
      say(`${kind}-removed`, { ...change, from: it, to: null }, `${label} removed: ${shown(it, today)}`),
    );
    if (added.length === 1 && removed.length === 1)
      return [say(kind, change, labelText(label, { from: removed[0]?.from, to: added[0]?.to }, today))];
    if (added.length + removed.length > 0) return [...removed, ...added];
    return [
      say(kind, change, old.length === now.length ? `${label}: in another order` : labelText(label, change, today)),
    ];
  };

/** What of `list` is not in `other`, each counted. */
function withoutEqual<T>(list: readonly T[], other: readonly T[]): readonly T[] {
  const left = [...other];
  return list.filter((each) => {
    const at = left.findIndex((it) => isSame(it, each));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

const EXPECTED: Readonly<Record<string, string>> = {
  you_get: 'what they get',
  we_need: 'what we need',
  if_late: 'what it means to be late',
  if_on_time: 'what it brings to be on time',
};

/** A key of `expect`, what clients are told of a step. */
export const expectedLabel = ({ path }: Change): string => {
  const key = String(path.at(-1));
  return EXPECTED[key] ?? key;
};
