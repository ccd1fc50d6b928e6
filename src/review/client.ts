// What changed in a client's file, in the words of the trade.
import { daysBetween } from '../day.ts';
import { count, shortDate } from '../terminal/words.ts';
import {
  type Change,
  changed,
  clip,
  dayAt,
  entries,
  fields,
  isBlank,
  isMap,
  isSame,
  labelled,
  labelText,
  type OwnWords,
  type Said,
  say,
  shown,
  textIn,
  toMap,
  type Words,
} from './change.ts';
import { engagementWords } from './engagement.ts';
import { eachKey, pause, snooze } from './quiet.ts';
import { cadenceText, ruleChange } from './service.ts';
import type { About } from './sides.ts';

export const clientWords: OwnWords<About> = (change, about) => [
  ...mainContact(change),
  ...fields(TABLE)(change, about),
];

/** What a new client is, in one line. */
export function clientSummary(data: unknown, { today }: About): string {
  const client = toMap(data);
  const contacts = Object.values(toMap(client.contacts)).flatMap((it) => textIn(it, 'name') ?? []);
  const engagements = Object.keys(toMap(client.engagements));
  const parts = [
    textIn(client, 'status') ?? 'active',
    ...(isBlank(client.segment) ? [] : [`segment ${shown(client.segment, today)}`]),
    ...(isBlank(client.since) ? [] : [`since ${shown(client.since, today)}`]),
    ...(contacts.length === 0 ? [] : [`with ${clip(contacts.join(', '), 40)}`]),
    ...(engagements.length === 0 ? [] : [clip(engagements.join(', '), 40)]),
  ];
  return parts.join(', ');
}

/** The first contact who has not left is the main one: moving lines is enough to change it. */
function mainContact({ path, from, to }: Change): readonly Said[] {
  const mainOf = (data: unknown): string | undefined =>
    Object.entries(toMap(toMap(data).contacts)).find(([, it]) => textIn(it, 'left') === undefined)?.[0];
  const [old, now] = [mainOf(from), mainOf(to)];
  if (old === undefined || now === undefined || old === now) return [];
  const name = (data: unknown, id: string): string => clip(textIn(toMap(toMap(data).contacts)[id], 'name') ?? id);
  const change = { path: [...path, 'contacts'], from: old, to: now };
  return [say('main-contact', change, `main contact ${name(from, old)} -> ${name(to, now)}`)];
}

const idOf = ({ path }: Change): string => String(path[1]);

const name: Words<About> = (change) => [
  say('name', change, `name ${clip(String(change.from ?? 'nothing'))} -> ${clip(String(change.to ?? 'nothing'))}`),
];

const segment: Words<About> = (change, { today }) => {
  const since = dayAt(change.around.to, 'segment_since');
  const isNew = since !== undefined && !isSame(change.around.from.segment_since, change.around.to.segment_since);
  return [
    say('segment', change, labelText('segment', change, today) + (isNew ? ` from ${shortDate(since, today)}` : '')),
  ];
};

const segmentSince: Words<About> = (change, about) =>
  !isSame(change.around.from.segment, change.around.to.segment) && !isBlank(change.to)
    ? 'covered'
    : labelled<About>('segment-since', 'in this segment since')(change, about);

const status: Words<About> = (change, about) => {
  const [from, to] = [change.from ?? 'active', change.to ?? 'active'];
  const text = from === to ? `status ${shown(to, about.today)}, as before` : `status ${changed(from, to, about.today)}`;
  return [say('status', change, text)];
};

const contact: Words<About> = (change, about) => {
  const { from, to, path } = change;
  const { today } = about;
  const who = clip(textIn(to, 'name') ?? textIn(from, 'name') ?? String(path[1]));
  if (isBlank(from)) {
    const role = textIn(to, 'role');
    return [say('contact-joined', change, `contact ${who} added${role === undefined ? '' : ` (${clip(role)})`}`)];
  }
  if (isBlank(to)) return [say('contact-removed', change, `contact ${who} deleted`)];
  const own =
    (kind: string, label: string): Words<About> =>
    (each) => [say(kind, each, `${who}: ${labelText(label, each, today)}`)];
  return fields<About>({
    name: (each) => [say('contact-name', each, `contact ${changed(each.from, each.to, today)}`)],
    first_name: own('contact', 'first name'),
    role: own('contact', 'role'),
    email: own('contact-address', 'address'),
    phone: own('contact', 'phone'),
    birthday: own('contact', 'birthday'),
    leap: own('contact', 'birthday in common years'),
    left: (each) => [
      say(
        'contact-left',
        each,
        isBlank(each.to)
          ? `${who} is back (had left ${shown(each.from, today)})`
          : isBlank(each.from)
            ? `${who} left ${shown(each.to, today)}`
            : `${who} left ${changed(each.from, each.to, today)}`,
      ),
    ],
  })(change, about);
};

/** An entry that is there or not, and whose keys are said behind its name. */
const entry =
  (
    kind: string,
    named: (id: string, data: unknown, about: About) => string,
    labels: Readonly<Record<string, string>> = {},
  ): Words<About> =>
  (change, about) => {
    const { from, to } = change;
    const id = idOf(change);
    if (isBlank(from)) return [say(`${kind}-added`, change, `${named(id, to, about)} added`)];
    if (isBlank(to)) return [say(`${kind}-removed`, change, `${named(id, from, about)} deleted`)];
    const words = Object.fromEntries(
      Object.keys({ ...toMap(from), ...toMap(to) }).map((key): [string, Words<About>] => [
        key,
        (each) => [say(kind, each, `${kind} ${id}: ${labelText(labels[key] ?? key, each, about.today)}`)],
      ]),
    );
    return fields(words)(change, about);
  };

const occasion = entry('occasion', (id, data, { today }) => {
  const date = dayAt(data, 'date');
  return `occasion ${clip(textIn(data, 'title') ?? id)}${date === undefined ? '' : ` (${shortDate(date, today)})`}`;
});

const cadence: Words<About> = (change, { today, ids }) => {
  const { from, to, path } = change;
  const kind = String(path[1]);
  const ref = `${ids.after}/touch/${kind}`;
  const ofSegment = "the segment's";
  const rule = (data: unknown): string => (isBlank(data) ? ofSegment : cadenceText(data, today));
  const isBoth = !isBlank(from) && !isBlank(to);
  const text = `${kind} ${isBoth ? ruleChange(change, today) : `${rule(from)} -> ${rule(to)}`}`;
  return [say('cadence', change, text, ref)];
};

const fit: Words<About> = (change, { today }) => [say('fit', change, labelText(`fit ${idOf(change)}`, change, today))];

const promise: Words<About> = (change, about) => {
  const { from, to } = change;
  const { today, ids } = about;
  const id = idOf(change);
  const ref = `${ids.after}/promise/${id}`;
  const what = clip(textIn(to, 'what') ?? textIn(from, 'what') ?? id);
  if (isBlank(to)) return [say('promise-removed', change, `promise deleted: ${what}`)];
  const [by, kept] = [dayAt(to, 'by'), dayAt(to, 'kept')];
  const late = by !== undefined && kept !== undefined ? daysBetween(by, kept) : 0;
  const keptWords = `kept ${shown(kept, today)}${late > 0 ? `, ${count(late, 'day')} late` : ''}`;
  if (isBlank(from)) {
    const text = `promised${by === undefined ? '' : ` for ${shortDate(by, today)}`}: ${what}${kept === undefined ? '' : ` (${keptWords})`}`;
    return [say('promise-made', change, text, ref)];
  }
  return fields<About>({
    kept: (one) => [
      isBlank(one.to)
        ? say('promise-reopened', one, `promise not kept after all: ${what}`, ref)
        : say('promise-kept', one, `promise ${keptWords}: ${what}`, ref),
    ],
    by: (one) => [say('promise-day', one, `promise moved ${changed(one.from, one.to, today)}: ${what}`, ref)],
    what: (one) => [say('promise-text', one, `promise reads ${changed(one.from, one.to, today)}`, ref)],
    made: (one) => [say('promise-made-day', one, `promise ${labelText('made', one, today)}: ${what}`, ref)],
  })(change, about);
};

const issue: Words<About> = (change, about) => {
  const { from, to } = change;
  const { today, ids } = about;
  const id = idOf(change);
  const ref = `${ids.after}/issue/${id}`;
  const what = clip(textIn(to, 'what') ?? textIn(from, 'what') ?? id);
  if (isBlank(to)) return [say('issue-removed', change, `issue deleted: ${what}`)];
  const [since, closed] = [dayAt(to, 'since'), dayAt(to, 'closed')];
  const age = since === undefined || closed === undefined ? '' : `, ${count(daysBetween(since, closed), 'day')} old`;
  if (isBlank(from)) {
    const text = `issue since ${shown(since, today)}: ${what}${closed === undefined ? '' : ` (closed ${shortDate(closed, today)})`}`;
    return [say('issue-opened', change, text, ref)];
  }
  return fields<About>({
    closed: (one) => [
      isBlank(one.to)
        ? say('issue-reopened', one, `issue open again: ${what}`, ref)
        : say('issue-closed', one, `issue closed ${shown(one.to, today)}${age}: ${what}`, ref),
    ],
    what: (one) => [say('issue-text', one, `issue reads ${changed(one.from, one.to, today)}`, ref)],
    since: (one) => [say('issue-since', one, `issue ${labelText('since', one, today)}: ${what}`, ref)],
    kind: (one) => [say('issue-kind', one, `issue ${labelText('kind', one, today)}: ${what}`, ref)],
  })(change, about);
};

const leaving: Words<About> = (change, about) => {
  const { from, to } = change;
  const { today } = about;
  if (isBlank(to)) return [say('leaving-over', change, 'no longer leaving')];
  if (!isBlank(from)) return eachKey('leaving', 'leaving,')(change, about);
  const data = toMap(to);
  const text = [
    `leaving: ${shown(data.reason, today)}`,
    `decided ${shown(data.decided, today)}`,
    ...(isBlank(data.last_day) ? [] : [`last day ${shown(data.last_day, today)}`]),
    ...(isBlank(data.partner) ? [] : [`to ${shown(data.partner, today)}`]),
  ].join(', ');
  return [say('leaving', change, text)];
};

const influence: Words<About> = (change) => [
  say('influence', change, change.to === true ? 'a center of influence' : 'no longer a center of influence'),
];

const whole =
  (words: Words<About>): Words<About> =>
  (change, about) =>
    [change.from, change.to].every((it) => isBlank(it) || isMap(it)) ? words(change, about) : [];

const TABLE: Readonly<Record<string, Words<About>>> = {
  name,
  segment,
  segment_since: segmentSince,
  status,
  since: labelled('since', 'client since'),
  added: labelled('added', 'in this folder since'),
  owner: labelled('owner', 'owner'),
  channel: labelled('channel', 'channel'),
  industry: labelled('industry', 'industry'),
  contacts: entries(whole(contact)),
  occasions: entries(whole(occasion)),
  cadence: entries(cadence),
  value: fields({
    fees_per_year: labelled('value', 'fees a year'),
    hours_per_month: labelled('value', 'hours a month'),
  }),
  fit: entries(fit),
  referred_by: labelled('referred-by', 'referred by'),
  center_of_influence: influence,
  renewal: labelled('renewal', 'renewal'),
  billing: fields({ state: labelled('billing', 'billing'), note: labelled('billing', 'billing note') }),
  pause: whole(pause),
  snooze: entries(whole(snooze)),
  promises: entries(whole(promise)),
  issues: entries(whole(issue)),
  engagements: entries(whole(engagementWords)),
  leaving: whole(leaving),
};
