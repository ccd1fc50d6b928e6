// What changed in deliver.yaml: who we are, our people, our calendar and the days it moves. Partners too, who are as short.

import { count } from '../terminal/words.ts';
import {
  type Change,
  clip,
  entries,
  fields,
  isBlank,
  isMap,
  labelled,
  labelText,
  listed,
  type OwnWords,
  type Said,
  say,
  shown,
  textIn,
  toMap,
  type Words,
} from './change.ts';
import { movesText, runsBy, stepMoves } from './effects.ts';
import { toMove, touchChanges } from './next-touches.ts';
import type { About } from './sides.ts';

export function practiceWords(change: Change, about: About): readonly Said[] {
  const said = fields(PRACTICE)(change, about);
  const isCalendar = said.some((it) => it.path[0] === 'calendar');
  return isCalendar ? [...said, calendarEffect(about)] : said;
}

/** All that the new calendar moves, in one line: days of one change cannot be told from those of the next. */
function calendarEffect(about: About): Said {
  const steps = stepMoves(runsBy(about, 'calendar'));
  const touches = touchChanges(about, 'calendar').map(toMove);
  const moves = [...steps, ...touches];
  const text =
    moves.length === 0
      ? 'no day of running work moves by the calendar'
      : `the calendar moves ${parts(steps.length, touches.length)}: ${movesText(moves, about.today, (it) => it.ref)}`;
  return { ...say('calendar-effect', { path: ['calendar'], from: null, to: null }, text), effect: { text: '', moves } };
}

const parts = (steps: number, touches: number): string =>
  [
    ...(steps === 0 ? [] : [`${count(steps, 'step')}`]),
    ...(touches === 0 ? [] : [`${count(touches, 'contact')}`]),
  ].join(' and ');

/** `closed 24 Dec (Christmas Eve)`; a key may be a range. */
const days =
  (kind: string, noun: string, gone: string): OwnWords<About> =>
  (change, { today }) => {
    const range = String(change.path.at(-1));
    const span = range
      .split('..')
      .map((day) => shown(day, today))
      .join(' to ');
    const why = (data: unknown): string => (isBlank(data) ? '' : ` (${shown(data, today)})`);
    if (change.from === undefined) return [say(kind, change, `${noun} ${span}${why(change.to)}`)];
    if (change.to === undefined) return [say(kind, change, `${gone} ${span}${why(change.from)}`)];
    return [
      say(kind, change, `${noun} ${span}: the reason was ${shown(change.from, today)}, is ${shown(change.to, today)}`),
    ];
  };

const ranges =
  (kind: string, noun: string, gone: string): Words<About> =>
  (change, about) => {
    const words = days(kind, noun, gone);
    const [from, to] = [toMap(change.from), toMap(change.to)];
    if (![change.from, change.to].every((it) => isBlank(it) || isMap(it))) return [];
    const keys = [...new Set([...Object.keys(to), ...Object.keys(from)])];
    return keys
      .filter((key) => Object.hasOwn(from, key) !== Object.hasOwn(to, key) || (from[key] ?? '') !== (to[key] ?? ''))
      .flatMap((key) =>
        words(
          {
            path: [...change.path, key],
            from: Object.hasOwn(from, key) ? from[key] : undefined,
            to: Object.hasOwn(to, key) ? to[key] : undefined,
            around: { from, to },
          },
          about,
        ),
      );
  };

const person: Words<About> = (change, about) => {
  const { from, to } = change;
  const id = String(change.path.at(-1));
  const name = clip(textIn(to, 'name') ?? textIn(from, 'name') ?? id);
  if (isBlank(from)) return [say('person-added', change, `${name} (${id}) joins us`)];
  if (isBlank(to)) return [say('person-removed', change, `${name} (${id}) is no longer listed`)];
  if (!isMap(from) || !isMap(to)) return [];
  const own = (key: string, label: string): [string, Words<About>] => [
    key,
    (each) => [say('person', each, `${name}: ${labelText(label, each, about.today)}`)],
  ];
  return fields<About>({
    ...Object.fromEntries([
      own('name', 'name'),
      own('email', 'address'),
      own('role', 'role'),
      own('hours_per_week', 'hours a week'),
    ]),
    away: ranges('person-away', `${name} away`, `${name} no longer away`),
  })(change, about);
};

const ROLLS: Readonly<Record<string, string>> = {
  next: 'the next working day',
  previous: 'the working day before',
  none: 'no other day',
};

/** What becomes of a day that falls on a closed one; `next` when nothing is written. */
const roll: Words<About> = (change, about) => {
  const words = (data: unknown): string | undefined => ROLLS[isBlank(data) ? 'next' : String(data)];
  const [was, is] = [words(change.from), words(change.to)];
  if (was === undefined || is === undefined) return labelled<About>('roll', 'roll')(change, about);
  const instead = was === is ? 'as before' : `instead of ${was}`;
  return [say('roll', change, `a day that falls on a closed one moves to ${is}, ${instead}`)];
};

const PRACTICE: Readonly<Record<string, Words<About>>> = {
  format: labelled('format', 'format'),
  practice: labelled('practice', 'name of the practice'),
  people: entries(person),
  me: labelled('me', 'who runs the tool'),
  time_zone: labelled('time-zone', 'time zone'),
  locale: labelled('locale', 'locale'),
  currency: labelled('currency', 'currency'),
  calendar: fields<About>({
    week: labelled('week', 'working days'),
    roll,
    closed: ranges('closed', 'closed', 'no longer closed'),
    open: ranges('open', 'open', 'no longer open'),
  }),
  signature: (change) => [say('signature', change, 'the signature is another one')],
};

export const partnerWords: OwnWords<About> = fields<About>({
  name: labelled('name', 'name'),
  contact: fields<About>({
    name: labelled('partner-contact', 'contact'),
    first_name: labelled('partner-contact', 'first name of the contact'),
    role: labelled('partner-contact', 'role of the contact'),
    email: labelled('partner-contact', 'address'),
    phone: labelled('partner-contact', 'phone'),
  }),
  takes: fields<About>({
    segments: listed('takes', 'takes segment'),
    industries: listed('takes', 'takes industry'),
    offers: listed('takes', 'takes offer'),
  }),
  capacity: fields<About>({ per_quarter: labelled('capacity', 'clients a quarter') }),
  agreed: labelled('agreed', 'agreed'),
});
