// What changed in the times when a client is left in peace: the pause, and the snooze of one kind of contact.
import { shortDate } from '../terminal/words.ts';
import { clip, dayAt, fields, isBlank, isSame, labelText, say, shown, textIn, toMap, type Words } from './change.ts';
import type { About } from './sides.ts';

export const pause: Words<About> = (change, about) => {
  const { from, to } = change;
  const { today } = about;
  if (isBlank(to)) return [say('pause-over', change, `no longer paused (was until ${shown(toMap(from).to, today)})`)];
  if (!isBlank(from)) return eachKey('pause', 'pause')(change, about);
  const start = dayAt(to, 'from');
  const span = `${start === undefined ? '' : ` from ${shortDate(start, today)}`} until ${shown(toMap(to).to, today)}`;
  return [say('pause', change, `paused${span}${reasonIn(to)}`)];
};

const reasonIn = (data: unknown): string => {
  const why = textIn(data, 'why');
  return why === undefined ? '' : ` (${clip(why)})`;
};

/** Every key of it that differs, behind a name. */
export const eachKey =
  (kind: string, label: string): Words<About> =>
  (change, about) => {
    const keys = Object.keys({ ...toMap(change.from), ...toMap(change.to) });
    const words = keys.map((key): [string, Words<About>] => [
      key,
      (one) => [say(kind, one, labelText(`${label} ${key.replaceAll('_', ' ')}`, one, about.today))],
    ]);
    return fields(Object.fromEntries(words))(change, about);
  };

export const snooze: Words<About> = (change, about) => {
  const { from, to } = change;
  const kind = String(change.path[1]);
  const ref = `${about.ids.after}/touch/${kind}`;
  if (isBlank(to))
    return [
      say('snooze-over', change, `${kind} no longer snoozed (was until ${shown(toMap(from).to, about.today)})`, ref),
    ];
  const [was, is] = [toMap(from), toMap(to)];
  const isMoved = !isBlank(from) && !isSame(was.to, is.to);
  const isKnown = Object.keys({ ...was, ...is }).every((key) => key === 'to' || key === 'why');
  if (isMoved && isKnown) {
    const days = `until ${shown(is.to, about.today)} instead of ${shown(was.to, about.today)}`;
    return [say('snooze', change, `${kind} snoozed ${days}${reasonIn(to)}`, ref)];
  }
  if (!isBlank(from)) return eachKey('snooze', `${kind} snoozed,`)(change, about);
  return [say('snooze', change, `${kind} snoozed until ${shown(toMap(to).to, about.today)}${reasonIn(to)}`, ref)];
};
