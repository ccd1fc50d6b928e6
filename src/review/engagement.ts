// What changed in a client's engagements: begun, ended, promises for their end, holds, milestones, the version they run on.
import { daysBetween } from '../day.ts';
import { isEnded, scheduleOf } from '../engine/schedule.ts';
import { count, fromTo, shortDate } from '../terminal/words.ts';
import {
  type Change,
  changed,
  clip,
  dayAt,
  differing,
  entries,
  fields,
  isBlank,
  isMap,
  isSame,
  labelText,
  type Said,
  say,
  shown,
  textIn,
  toList,
  toMap,
  type Words,
} from './change.ts';
import type { About } from './sides.ts';
import { progressWords, runningCount } from './steps.ts';

export const engagementWords: Words<About> = (change, about) => {
  const { from, to } = change;
  if (isBlank(from)) return [begun(change, about)];
  if (isBlank(to)) return [say('engagement-removed', change, `${idOf(change)} deleted: ${summary(from, about)}`)];
  return fields(TABLE)(change, about);
};

const idOf = ({ path }: Pick<Change, 'path'>): string => String(path[1]);
const refOf = (change: Change, { ids }: About): string => `${ids.after}/${idOf(change)}`;

/** `audit-2026: `, where it is not plain which engagement is meant. */
const lead = (change: Change, about: About): string => (runningCount(about) > 1 ? `${idOf(change)}: ` : '');

function begun(change: Change, about: About): Said {
  return say('engagement-started', change, `${idOf(change)} ${summary(change.to, about)}`, refOf(change, about));
}

/** `started 5 Oct on audit@2, promised 2 Nov, 3 steps closed` */
function summary(entry: unknown, { today }: About): string {
  const [started, promised, ended] = [dayAt(entry, 'started'), dayAt(entry, 'promised'), dayAt(entry, 'ended')];
  const steps = Object.values(toMap(toMap(entry).steps));
  const closed = steps.filter((it) => dayAt(it, 'done') ?? dayAt(it, 'skipped')).length;
  const offer = textIn(entry, 'offer');
  return [
    `${started === undefined ? 'started' : `started ${shortDate(started, today)}`}${offer === undefined ? '' : ` on ${clip(offer)}`}`,
    ...(promised === undefined ? [] : [`promised ${shortDate(promised, today)}`]),
    ...(closed === 0 ? [] : [`${count(closed, 'step')} closed`]),
    ...(ended === undefined ? [] : [`ended ${shortDate(ended, today)}`]),
  ].join(', ');
}

const one =
  (kind: string, label: string): Words<About> =>
  (change, about) => [
    say(kind, change, lead(change, about) + labelText(label, change, about.today), refOf(change, about)),
  ];

const offer: Words<About> = (change, about) => [
  say(
    'engagement-version',
    change,
    `${idOf(change)} moved to another plan, ${changed(change.from, change.to, about.today)}`,
    refOf(change, about),
  ),
];

const promised: Words<About> = (change, about) => {
  const { from, to } = change;
  const text =
    isBlank(from) || isBlank(to)
      ? labelText('promised', change, about.today)
      : `the first promise was written over, ${changed(from, to, about.today)}`;
  return [say('promise-first', change, lead(change, about) + text, refOf(change, about))];
};

/** `promise moved 28 Nov -> 4 Dec (Budget freeze)` */
const moves: Words<About> = (change, about) => {
  const { today } = about;
  const dropped = added({ ...change, from: change.to, to: change.from });
  if (dropped) {
    return dropped.map(({ index, value }) => {
      const gone = { path: [...change.path, index], from: value, to: null };
      const text = `a move of the promise deleted, to ${shown(toMap(value).promised, today)}`;
      return say('promise-move-removed', gone, lead(change, about) + text, refOf(change, about));
    });
  }
  const appended = added(change);
  if (!appended) return [];
  return appended.map((each) => {
    const at = each.index === 0 ? undefined : toList(change.to)[each.index - 1];
    const before = (at === undefined ? undefined : dayAt(at, 'promised')) ?? promiseBefore(change, about);
    const now = dayAt(each.value, 'promised');
    const days =
      now === undefined
        ? shown(each.value, today)
        : before === undefined
          ? `to ${shortDate(now, today)}`
          : fromTo(before, now, today);
    const why = textIn(each.value, 'why');
    const text = `promise moved ${days}${why === undefined ? '' : ` (${clip(why)})`}`;
    const placed = { path: [...change.path, each.index], from: before, to: each.value };
    return say('promise-moved', placed, lead(change, about) + text, refOf(change, about));
  });
};

function promiseBefore(change: Change, { before, ids, today }: About) {
  const client = before.book.clients.get(ids.before);
  return client && scheduleOf(before.book, before.calendar, today, client, idOf(change))?.promised;
}

/** What stands behind an unchanged beginning; undefined when the beginning changed too. */
function added({ from, to }: Change): readonly { readonly index: number; readonly value: unknown }[] | undefined {
  const [old, now] = [toList(from), toList(to)];
  if (now.length <= old.length || !old.every((each, i) => isSame(each, now[i]))) return undefined;
  return now.slice(old.length).map((value, i) => ({ index: old.length + i, value }));
}

const holds: Words<About> = (change, about) => {
  const [old, now] = [toList(change.from), toList(change.to)];
  const dropped = added({ ...change, from: change.to, to: change.from });
  if (dropped) {
    return dropped.map(({ index, value }) => {
      const gone = { path: [...change.path, index], from: value, to: null };
      return say(
        'hold-removed',
        gone,
        `${lead(change, about)}hold deleted: ${shown(value, about.today)}`,
        refOf(change, about),
      );
    });
  }
  if (old.length > now.length) return [];
  return now.flatMap((value, index): readonly Said[] => {
    const each: Change = { ...change, path: [...change.path, index], from: old[index], to: value };
    return isSame(each.from, each.to) ? [] : holdWords(each, about);
  });
};

function holdWords(change: Change, about: About): readonly Said[] {
  const { from, to } = change;
  const { today } = about;
  const name = lead(change, about);
  const ref = refOf(change, about);
  const why = textIn(to, 'why');
  const reason = why === undefined ? '' : ` (${clip(why)})`;
  const [start, end, review] = [dayAt(to, 'from'), dayAt(to, 'to'), dayAt(to, 'review')];
  if (isBlank(from)) {
    const when =
      start === undefined
        ? ''
        : end === undefined
          ? ` from ${shortDate(start, today)}`
          : ` ${shortDate(start, today)} to ${shortDate(end, today)}`;
    const again = review === undefined || end !== undefined ? '' : `, review ${shortDate(review, today)}`;
    const whom = textIn(to, 'waiting_on');
    return [
      say(
        'hold',
        change,
        `${name}on hold${when}${reason}${whom === undefined ? '' : `, waiting on ${clip(whom)}`}${again}`,
        ref,
      ),
    ];
  }
  if (!isMap(from) || !isMap(to)) return [];
  return differing(change).map((each) => {
    if (each.path.at(-1) === 'to' && isBlank(each.from) && start !== undefined && end !== undefined) {
      const days = count(daysBetween(start, end) + 1, 'day');
      return say('resumed', each, `${name}goes on: the hold ended ${shortDate(end, today)}, ${days}`, ref);
    }
    const key = String(each.path.at(-1));
    if (key === 'to' && isBlank(each.to))
      return say('hold-again', each, `${name}on hold again (had ended ${shown(each.from, today)})`, ref);
    return say('hold-changed', each, `${name}hold: ${labelText(HOLD_KEYS[key] ?? key, each, today)}`, ref);
  });
}

const HOLD_KEYS: Readonly<Record<string, string>> = {
  from: 'begins',
  to: 'ends',
  why: 'reason',
  waiting_on: 'waiting on',
};

const ended: Words<About> = (change, about) => {
  const { from, to, around } = change;
  const { today } = about;
  const ref = refOf(change, about);
  if (isBlank(to))
    return [say('engagement-reopened', change, `${idOf(change)} runs again (had ended ${shown(from, today)})`, ref)];
  const day = dayAt(around.to, 'ended');
  const result = textIn(around.to, 'result');
  const why = textIn(around.to, 'why');
  const words = `${result === undefined ? '' : `, ${result}`}${why === undefined ? '' : ` (${clip(why)})`}`;
  const text = isBlank(from) ? `ended ${shown(to, today)}` : `ended ${changed(from, to, today)}`;
  return [
    say(
      'engagement-ended',
      change,
      `${idOf(change)} ${text}${day === undefined || result === 'cancelled' ? '' : againstPromise(change, about)}${words}`,
      ref,
    ),
  ];
};

function againstPromise(change: Change, { after, ids, today }: About): string {
  const client = after.book.clients.get(ids.after);
  const schedule = client && scheduleOf(after.book, after.calendar, today, client, idOf(change));
  const day = schedule?.engagement.ended;
  if (!schedule || schedule.promised === undefined || day === undefined || !isEnded(schedule.engagement, today))
    return '';
  const late = daysBetween(schedule.promised, day);
  if (late === 0) return ', on the promised day';
  return late > 0 ? `, ${count(late, 'day')} after the promise` : `, ${count(-late, 'day')} before the promise`;
}

/** Said with the end it belongs to. */
const withEnd =
  (label: string): Words<About> =>
  (change, about) =>
    isSame(change.around.from.ended, change.around.to.ended)
      ? one('engagement-result', label)(change, about)
      : 'covered';

const milestone: Words<About> = (change, about) => [
  say(
    'milestone',
    change,
    lead(change, about) + labelText(String(change.path.at(-1)), change, about.today),
    refOf(change, about),
  ),
];

const repeats: Words<About> = (change, about) => [
  say(
    'engagement-last-round',
    change,
    `${idOf(change)} is ${isBlank(change.to) ? 'no longer ' : ''}the last round`,
    refOf(change, about),
  ),
];

const TABLE: Readonly<Record<string, Words<About>>> = {
  offer,
  started: one('engagement-first-day', 'first day'),
  owner: one('engagement-owner', 'owner of the work'),
  partner: one('engagement-partner', 'partner'),
  renewal: one('engagement-renewal', 'renewal of the work'),
  promised,
  moves,
  milestones: entries(milestone),
  steps: progressWords,
  holds,
  repeats,
  ended,
  result: withEnd('result'),
  why: withEnd('why'),
};
