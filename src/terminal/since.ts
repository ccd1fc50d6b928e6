// What is new in the morning, and what is gone and why, in words and rows. Knows no git; the engine has compared.
import type { Day } from '../day.ts';
import type { Fate, GoneLine, NewLine, Since } from '../engine/since.ts';
import { morningSections } from './morning.ts';
import type { Row, Section } from './rows.ts';
import { fromTo, longDate, shortDate } from './words.ts';

/** What a line is about, where its row does not say so by itself. */
const SAYS: Readonly<Record<string, string>> = {
  'To start': 'to start',
  'To finish': 'to finish',
  'Waiting on clients': 'waiting on the client',
  'Waiting on clients and partners': 'waiting on them',
  Issues: 'issue',
  Billing: 'billing',
  Promised: 'promised',
};

/** The row that a morning shows for a line, and the section it stands in; a folded touch has a row of its own here. */
function rowOf({ line, only, client_name, kind_title }: NewLine): { readonly row: Row; readonly section: string } {
  const found = only && morningSections(only, 'all', 0).find((section) => section.rows.length > 0);
  const row = found?.rows[0];
  // Without the letter of the segment, which stands before the client where a section has nothing else.
  if (found && row) return { row: row.who === '' ? row : { ...row, who: client_name }, section: found.title };
  return {
    row: {
      when: '',
      whenStyle: 'plain',
      who: client_name,
      what: kind_title ?? line.id ?? '',
      facts: [{ text: 'with the step that is due', weight: 1 }],
      ref: line.ref,
    },
    section: '',
  };
}

export const sinceSections = ({ added, late, gone }: Since, today: Day): readonly Section[] => [
  { title: 'New', rows: added.map(newRow) },
  { title: 'Late now', rows: late.map(newRow) },
  { title: 'Gone', rows: gone.map((each) => goneRow(each, today)) },
];

function newRow(added: NewLine): Row {
  const { row, section } = rowOf(added);
  const says = SAYS[section];
  if (section === 'On hold') return { ...row, when: '', facts: [{ text: 'on hold', weight: 3 }, ...row.facts] };
  return says === undefined ? row : { ...row, facts: [{ text: says, weight: 3 }, ...row.facts] };
}

function goneRow(gone: GoneLine, today: Day): Row {
  const { how, why } = gone.fate;
  const because = why === null || !WITH_WHY.has(how) ? '' : ` (${why.replace(/\s+/g, ' ').trim()})`;
  const kept = fateText(gone.fate, today) + because;
  return { ...rowOf(gone).row, when: '', whenStyle: 'plain', facts: [], kept };
}

const WITH_WHY: ReadonlySet<Fate['how']> = new Set(['skipped', 'on-hold', 'snoozed', 'paused', 'ended']);

/** `done Fri 20 Nov`, `snoozed until 5 Dec`. */
function fateText({ how, day, why, from }: Fate, today: Day): string {
  const on = day === null ? '' : ` ${longDate(day, today)}`;
  const until = day === null ? '' : ` until ${shortDate(day, today)}`;
  switch (how) {
    case 'done':
    case 'kept':
    case 'closed':
    case 'started':
    case 'contacted':
    case 'skipped':
      return `${how}${on}`;
    case 'resumed':
      return day === null ? 'goes on' : `on hold${until}, goes on`;
    case 'settled':
      return why === null ? 'settled' : `now ${why}`;
    case 'due':
      return day === null ? 'no longer has a day' : `now due ${longDate(day, today)}`;
    case 'moved':
      return from === null || day === null ? 'moved' : `moved ${fromTo(from, day, today)}`;
    case 'passed':
      return 'its day has passed';
    case 'blocked':
      return why === null || why === '' ? 'waits for another step' : `waits for ${why}`;
    case 'on-hold':
      return day === null ? 'on hold' : `on hold since ${shortDate(day, today)}`;
    case 'snoozed':
    case 'paused':
      return `${how}${until}`;
    case 'leaving':
      return day === null ? 'leaving' : `leaving since ${shortDate(day, today)}`;
    case 'open-again':
      return 'has an open step again';
    case 'last-round':
      return 'does not start again';
    case 'ended':
      return `the engagement ended${on}`;
    case 'past-client':
      return 'no longer a client';
    case 'no-client':
      return 'the client is not in the files';
    case 'unreadable':
      return 'its file has errors: deliver validate';
    case 'removed':
      return 'taken out of the files';
  }
}

/** The same for `--json`. */
export const sinceData = ({ added, late, gone }: Since) => ({
  new: added.map(lineData),
  late: late.map(lineData),
  gone: gone.map((each) => ({ ...lineData(each), reason: each.reason, ...each.fate })),
});

function lineData(each: NewLine) {
  const { kind, ref, client, engagement, id, contact } = each.line;
  return {
    kind,
    ref,
    client,
    client_name: each.client_name,
    title: rowOf(each).row.what,
    engagement: engagement ?? null,
    id: id ?? null,
    contact: contact ?? null,
  };
}
