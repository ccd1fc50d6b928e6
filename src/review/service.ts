// What changed in the service model, and whom it makes due.
import type { Day } from '../day.ts';
import {
  type Change,
  changed,
  clip,
  type DataMap,
  differing,
  entries,
  fields,
  isBlank,
  isMap,
  labelled,
  labelText,
  listed,
  type Said,
  say,
  shown,
  textIn,
  toList,
  toMap,
  type Words,
} from './change.ts';
import { NOBODY, type TouchChange, touchChanges, touchEffect } from './next-touches.ts';
import { reminderEffect } from './reminders.ts';
import type { About } from './sides.ts';

/** `6w`, `each half-year`, `every 3m, grace 2w`, `none`: a rule as it is written, short or long. */
export function cadenceText(data: unknown, today: Day): string {
  if (isBlank(data)) return 'none';
  if (typeof data === 'string') return clip(data);
  if (!isMap(data))
    return toList(data)
      .map((it) => shown(it, today))
      .join(', ');
  const { every, ...rest } = data;
  const keys = Object.entries(rest).map(([key, value]) => `${key} ${shown(value, today)}`);
  return clip([...(every === undefined ? [] : [shown(every, today)]), ...keys].join(', '));
}

type Touches = { readonly touched: readonly TouchChange[]; readonly said: Set<TouchChange> };

/** All of it; the contacts that no single line accounts for get a line of their own. */
export function serviceWords(change: Change, about: About): readonly Said[] {
  const touches: Touches = { touched: touchChanges(about, 'service'), said: new Set() };
  const said = withReminders(fields(tableFor(touches))(change, about), about);
  const left = touches.touched.filter((it) => !touches.said.has(it));
  if (left.length === 0) return quietOnce(said);
  const effect = touchEffect(left, about.today);
  const kinds = [...new Set(left.map((it) => it.what))].join(', ');
  return [
    ...quietOnce(said),
    { ...say('effect', { path: [], from: null, to: null }, `by the other changes (${kinds}): ${effect.text}`), effect },
  ];
}

/** What all changes of the ladder do together, behind them. */
function withReminders(said: readonly Said[], about: About): readonly Said[] {
  const at = said.findLastIndex((it) => it.path[0] === 'chase');
  if (at < 0) return said;
  const effect = reminderEffect(about);
  const last = {
    ...say('reminders', { path: ['chase'], from: null, to: null }, effect.text),
    effect: { ...effect, text: '' },
  };
  return [...said.slice(0, at + 1), last, ...said.slice(at + 1)];
}

/** That a change makes nobody due is said once, behind the last of several that do not. */
function quietOnce(said: readonly Said[]): readonly Said[] {
  const quiet = said.filter((it) => it.effect?.text === NOBODY);
  if (quiet.length < 2) return said;
  const cadences = said.filter((it) => it.kind === 'cadence');
  const which = quiet.length === cadences.length ? 'these cadences' : 'the other cadences';
  const last = said.lastIndexOf(quiet.at(-1) as Said);
  const once = say('effect', { path: [], from: null, to: null }, `by ${which} nobody becomes due today`);
  const bare = said.map((it) => (it.effect && quiet.includes(it) ? { ...it, effect: { ...it.effect, text: '' } } : it));
  return [...bare.slice(0, last + 1), once, ...bare.slice(last + 1)];
}

function tableFor(touches: Touches): Readonly<Record<string, Words<About>>> {
  return {
    ideal: (change) => [say('ideal', change, 'the ideal client is described in other words')],
    touches: entries(named('kind of touch', 'kind')),
    standards: entries(named('standard', 'standard', 'promise')),
    segments: segmentsWords(touches),
    chase: chase,
    fit: entries(named('fit criterion', 'fit-criterion')),
  };
}

/** An entry of the model by its id and title. */
const named =
  (noun: string, kind: string, title = 'title'): Words<About> =>
  (change, about) => {
    const { from, to, path } = change;
    const id = String(path.at(-1));
    const name = (data: unknown): string => clip(textIn(data, title) ?? id);
    if (isBlank(from)) return [say(`${kind}-added`, change, `${noun} ${id} added: ${name(to)}`)];
    if (isBlank(to)) return [say(`${kind}-removed`, change, `${noun} ${id} deleted: ${name(from)}`)];
    if (!isMap(from) || !isMap(to)) return [];
    return fields(
      Object.fromEntries(
        Object.keys({ ...from, ...to }).map((key): [string, Words<About>] => [
          key,
          (each) => [say(kind, each, `${noun} ${id}: ${labelText(key, each, about.today)}`)],
        ]),
      ),
    )(change, about);
  };

function segmentsWords(touches: Touches): Words<About> {
  return (change, about) => {
    const [old, now] = [Object.keys(toMap(change.from)), Object.keys(toMap(change.to))];
    const both = (ids: readonly string[], others: readonly string[]) =>
      ids.filter((id) => others.includes(id)).join(', ');
    const isReordered = both(old, now) !== both(now, old);
    const order = isReordered
      ? [say('segment-order', change, `segments in another order, the first before the others: ${now.join(', ')}`)]
      : [];
    return [...order, ...entries(segmentWords(touches))(change, about)];
  };
}

function segmentWords(touches: Touches): Words<About> {
  return (change, about) => {
    const id = String(change.path[1]);
    const { from, to } = change;
    if (isBlank(from)) return [say('segment-added', change, `segment ${id} added: ${clip(textIn(to, 'title') ?? id)}`)];
    if (isBlank(to)) return [say('segment-removed', change, `segment ${id} deleted`)];
    if (!isMap(from) || !isMap(to)) return [];
    return fields<About>({
      title: (each) => [say('segment-title', each, `${id} ${labelText('title', each, about.today)}`)],
      who: (each) => [say('segment-who', each, `${id}: who belongs there is said in other words`)],
      promises: (each) => listed<About>('segment-promise', `${id} promise`)(each, about),
      cadence: entries((each) => [cadence(each, about, id, touches)]),
    })(change, about);
  };
}

/** `A check-in 1m -> 3w: 4 clients become due today` */
function cadence(change: Change, { today }: About, segment: string, touches: Touches): Said {
  const kind = String(change.path[3]);
  const text = `${segment} ${kind} ${ruleChange(change, today)}`;
  const own = touches.touched.filter((it) => it.segment === segment && it.what === kind);
  for (const each of own) touches.said.add(each);
  const said = say('cadence', change, text);
  return text.endsWith(SAME) && own.length === 0 ? said : { ...said, effect: touchEffect(own, today) };
}

const SAME = ', written another way';

/** What differs between two rules; the whole of both where hardly anything is the same. */
export function ruleChange({ from, to }: Pick<Change, 'from' | 'to'>, today: Day): string {
  const [a, b] = [longForm(from), longForm(to)];
  const isOtherForm = !a || !b || (a.every === undefined) !== (b.every === undefined);
  if (isOtherForm) return `${cadenceText(from, today)} -> ${cadenceText(to, today)}`;
  const parts = differing({ path: [], from: a, to: b, around: { from: {}, to: {} } }).map(({ path: [key], ...each }) =>
    key === 'every' || key === 'each' ? changed(each.from, each.to, today) : labelText(String(key), each, today),
  );
  return parts.length === 0 ? cadenceText(to, today) + SAME : parts.join(', ');
}

/** `6w` is `{every: 6w}`, `half-year` is `{each: half-year}`. */
function longForm(data: unknown): DataMap | undefined {
  if (isMap(data)) return data;
  if (Array.isArray(data)) return { each: data };
  if (typeof data !== 'string' || data === 'none') return undefined;
  return /^\d/.test(data) ? { every: data } : { each: data };
}

const chase: Words<About> = (change, about) => {
  const { from, to } = change;
  if (![from, to].every((it) => isBlank(it) || isMap(it))) return labelled<About>('chase', 'reminders')(change, about);
  return entries<About>((each) => {
    const rung = String(each.path[1]);
    if (isBlank(each.from)) return [say('rung-added', each, `reminder ${rung} added: ${shown(each.to, about.today)}`)];
    if (isBlank(each.to)) return [say('rung-removed', each, `reminder ${rung} deleted`)];
    return named('reminder', 'rung', '')(each, about);
  })(change, about);
};
