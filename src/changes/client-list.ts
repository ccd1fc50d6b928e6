// From the rows of a list to new clients: which row is one, which is here already, and why a row is refused. Decides
// nothing for the person: what no row says and nobody said is asked for. Knows no file but the rows.
import type { Book } from '../book/book.ts';
import type { Practice } from '../command.ts';
import { type Day, formatFullDay } from '../day.ts';
import { nearest } from '../problem/suggest.ts';
import { accept, DOUBT } from '../records/accept.ts';
import { clientType } from '../records/client.ts';
import { idFault } from '../records/ids.ts';
import { mailAddress, line as oneLine } from '../records/values.ts';
import type { Columns, Field } from './columns.ts';
import type { CsvRow } from './csv.ts';
import type { NewTouch } from './edits.ts';
import { type DateOrder, readListBirthday, readListDay } from './list-days.ts';
import { clientIdFrom, contactNamed, findSegment, spokenKind, takenClientIds } from './new-client.ts';
import { clientData, type NewClient, type NewContact } from './skeletons.ts';

export type ListedClient = {
  readonly line: number;
  readonly client: NewClient;
  readonly spoke: Day | undefined;
  readonly touches: readonly NewTouch[];
};
export type RowSaid = { readonly line: number; readonly name: string; readonly why: string };

export type ClientList = {
  readonly clients: readonly ListedClient[];
  readonly here: readonly RowSaid[];
  readonly refused: readonly RowSaid[];
  /** What rows lack that nothing else says either. */
  readonly lacking: ReadonlySet<'segment' | 'since'>;
};

/** What holds for rows that do not say it themselves. */
export type Defaults = {
  readonly segment: string | undefined;
  readonly status: NewClient['status'];
  readonly since: Day | undefined;
  readonly dates: DateOrder;
};

type Row = {
  readonly line: number;
  /** The cell in one line; undefined when empty. */
  readonly cell: (field: Field) => string | undefined;
};

const nameKey = (name: string): string => name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();

/** Earlier rows count: of two rows for one company the second adds its contact. */
export function readClientList(
  practice: Practice,
  columns: Columns,
  rows: readonly CsvRow[],
  width: number,
  defaults: Defaults,
): ClientList {
  const known = new Map([...practice.book.clients.values()].map((client) => [nameKey(client.name), client.id]));
  const clients = new Map<string, ListedClient>();
  const here: RowSaid[] = [];
  const refused: RowSaid[] = [];
  const lacking = new Set<'segment' | 'since'>();
  const taken = new Set(takenClientIds(practice.book));
  for (const { line, cells } of rows) {
    const row: Row = { line, cell: (field) => cellAt(cells, columns.at.get(field)) };
    const person = row.cell('contact') ?? joined(row.cell('first_name'), row.cell('last_name'));
    const name = row.cell('company') ?? row.cell('name') ?? person;
    const refuse = (why: string) => refused.push({ line, name: name ?? '', why });
    if (cells.slice(width).some((cell) => cell.trim() !== '')) {
      refuse(`it has ${cells.length} cells under ${width} names; a separator inside a cell needs quotes around it`);
      continue;
    }
    if (name === undefined) {
      refuse('it has no name');
      continue;
    }
    const present = known.get(nameKey(name));
    if (present !== undefined) {
      here.push({ line, name, why: `here as ${present}` });
      continue;
    }
    const earlier = clients.get(nameKey(name));
    const made = toClient(practice, row, { name, person: person ?? personOf(row) }, defaults, taken, earlier);
    if (typeof made === 'string') refuse(made);
    else if ('same' in made) here.push({ line, name, why: `line ${made.same} says the same` });
    else {
      for (const lack of made.lacks) lacking.add(lack);
      taken.add(made.listed.client.id);
      clients.set(nameKey(name), made.listed);
    }
  }
  return { clients: [...clients.values()], here, refused, lacking };
}

/** With a company, the name beside it is the contact's. */
const personOf = (row: Row): string | undefined => (row.cell('company') === undefined ? undefined : row.cell('name'));

function cellAt(cells: readonly string[], at: number | undefined): string | undefined {
  const text = at === undefined ? '' : (cells[at] ?? '');
  return text.replace(/\s+/g, ' ').trim() || undefined;
}

const joined = (...parts: readonly (string | undefined)[]): string | undefined =>
  parts.filter((part) => part !== undefined).join(' ') || undefined;

type Named = { readonly name: string; readonly person: string | undefined };
type Made =
  | string
  | { readonly same: number }
  | { readonly listed: ListedClient; readonly lacks: readonly ('segment' | 'since')[] };

/** The client of a row, or with this row's contact added to an earlier one; text is why the row is refused. */
function toClient(
  practice: Practice,
  row: Row,
  { name, person }: Named,
  defaults: Defaults,
  taken: ReadonlySet<string>,
  earlier: ListedClient | undefined,
): Made {
  const { book, today } = practice;
  const profile = profileOf(book, row, defaults, today);
  if (typeof profile === 'string') return profile;
  const others = earlier?.client.contacts ?? [];
  const contact = contactOf(row, { name, person }, others, defaults.dates);
  if (typeof contact === 'string') return contact;
  const touches = touchesOf(book, profile, today);
  if (earlier) return joinedTo(earlier, profile, contact, touches);
  const email = row.cell('email');
  const id = idOf(book, row, name, email, taken);
  if ('fault' in id) return id.fault;
  const { spoke, notes: _, lacks, ...rest } = profile;
  const client: NewClient = { id: id.id, name, ...rest, added: today, contacts: contact ? [contact] : [] };
  const fault = faultOf(client);
  if (fault !== undefined) return fault;
  return { listed: { line: row.line, client, spoke, touches }, lacks };
}

function idOf(
  book: Book,
  row: Row,
  name: string,
  email: string | undefined,
  taken: ReadonlySet<string>,
): { readonly id: string } | { readonly fault: string } {
  const written = row.cell('id');
  if (written !== undefined) {
    const fault = idFault(written, 'id');
    if (fault) return { fault: String(fault.args.says) };
    return taken.has(written) ? { fault: `the id \`${written}\` is taken` } : { id: written };
  }
  const plain = clientIdFrom(name, email, new Set());
  // A client whose file cannot be read may well be this one.
  if (book.removals.some((it) => it.kind === 'client' && it.id === plain && it.path.length === 0)) {
    return { fault: `clients/${plain}.yaml has errors, so nobody knows whether this is the same client` };
  }
  return { id: clientIdFrom(name, email, taken) };
}

type Profile = Pick<NewClient, 'segment' | 'status' | 'since' | 'owner' | 'channel' | 'industry'> & {
  readonly spoke: Day | undefined;
  readonly notes: string | undefined;
  readonly lacks: readonly ('segment' | 'since')[];
};

function profileOf(book: Book, row: Row, defaults: Defaults, today: Day): Profile | string {
  const status = statusOf(row.cell('status')) ?? defaults.status ?? 'active';
  if (typeof status === 'object') return status.fault;
  const segment = row.cell('segment') === undefined ? defaults.segment : findSegment(book, row.cell('segment') ?? '');
  if (row.cell('segment') !== undefined && segment === undefined) return `unknown segment \`${row.cell('segment')}\``;
  const since = dayOfCell(row, 'since', defaults.dates, today);
  if (since !== undefined && 'fault' in since) return since.fault;
  const spoke = dayOfCell(row, 'last_contact', defaults.dates, today);
  if (spoke !== undefined && 'fault' in spoke) return spoke.fault;
  const owner = ownerOf(book, row.cell('owner'));
  if (typeof owner === 'object') return owner.fault;
  const start = since?.day ?? (status === 'active' ? defaults.since : undefined);
  const needed = [segment === undefined && 'segment', start === undefined && 'since'] as const;
  return {
    segment,
    status,
    since: start,
    owner,
    channel: row.cell('channel'),
    industry: row.cell('industry'),
    spoke: spoke?.day,
    notes: row.cell('notes'),
    lacks: status === 'active' ? needed.filter((each) => each !== false) : [],
  };
}

const STATUSES: Readonly<Record<'prospect' | 'active' | 'past', string>> = {
  prospect: 'prospect lead interested potential interessent potenziell',
  active: 'active current customer client aktiv kunde actif activo attivo actief',
  past: 'past former inactive closed lost ehemalig inaktiv ancien inactif inactivo',
};

function statusOf(
  written: string | undefined,
): 'prospect' | 'active' | 'past' | { readonly fault: string } | undefined {
  if (written === undefined) return undefined;
  const found = Object.entries(STATUSES).find(([, words]) => words.split(' ').includes(written.toLowerCase()));
  return found
    ? (found[0] as 'active')
    : { fault: `\`${written}\` is not a valid status: write prospect, active or past` };
}

function dayOfCell(row: Row, field: Field, order: DateOrder, today: Day) {
  const written = row.cell(field);
  if (written === undefined) return undefined;
  const found = readListDay(written, order);
  if ('fault' in found || found.day <= today) return found;
  return { fault: `${formatFullDay(found.day)} is in the future` };
}

function ownerOf(book: Book, written: string | undefined): string | undefined | { readonly fault: string } {
  if (written === undefined) return undefined;
  const people = Object.entries(book.practice?.people ?? {});
  const wanted = written.toLowerCase();
  const found = people.find(([id, { name, email }]) => [id, name, email].some((it) => it?.toLowerCase() === wanted));
  if (found) return found[0];
  const meant = nearest(
    written,
    people.map(([id]) => id),
  );
  return {
    fault: `unknown person \`${written}\` here${meant === undefined ? '' : `, did you mean \`${meant}\`?`}`,
  };
}

/** The contact of a row; undefined when it names nobody and has no address. */
function contactOf(
  row: Row,
  { name, person }: Named,
  others: readonly NewContact[],
  order: DateOrder,
): NewContact | undefined | string {
  const email = row.cell('email');
  const birthday = row.cell('birthday') === undefined ? undefined : readListBirthday(row.cell('birthday') ?? '', order);
  if (birthday !== undefined && 'fault' in birthday) return birthday.fault;
  if (email !== undefined && accept(mailAddress, email) === DOUBT) return `\`${email}\` is not a valid email address`;
  const rest = { role: row.cell('role'), email, phone: row.cell('phone'), birthday: birthday?.birthday };
  if (person === undefined && Object.values(rest).every((each) => each === undefined)) return undefined;
  const ids = others.map((each) => each.id);
  const contact = contactNamed(person ?? name, ids);
  const first = row.cell('first_name');
  // A first name of two words is one, and only the list knows.
  const isTold = first !== undefined && row.cell('contact') === undefined && first.includes(' ');
  return { ...contact, ...(isTold ? { first_name: first } : {}), ...rest };
}

/** Notes go with the last contact; without one they are a line of their own, which is no contact. */
const touchesOf = (book: Book, { spoke, notes, segment }: Profile, today: Day): readonly NewTouch[] => {
  if (spoke !== undefined)
    return [{ date: spoke, kind: spokenKind(book, segment), note: notes ?? 'Last contact, from a list' }];
  return notes === undefined ? [] : [{ date: today, kind: 'note', note: notes }];
};

/** A second row of one company: its contact is one more, unless it says something else of the company. */
function joinedTo(
  earlier: ListedClient,
  profile: Profile,
  contact: NewContact | undefined,
  touches: readonly NewTouch[],
): Made {
  const { client, line } = earlier;
  const known = client.contacts.find((each) => each.name === contact?.name);
  if (known !== undefined && known.email !== contact?.email) {
    return `line ${line} has the same name; give one of them another`;
  }
  const keys = ['segment', 'status', 'since', 'owner', 'channel', 'industry'] as const;
  const differs = keys.find((key) => profile[key] !== undefined && profile[key] !== client[key]);
  if (differs !== undefined) return `its ${differs} is not that of line ${line}`;
  const added = contact === undefined || known !== undefined ? [] : [contact];
  const more = touches.filter((it) => !earlier.touches.some((old) => old.date === it.date && old.note === it.note));
  if (added.length + more.length === 0) return { same: line };
  const spoke = [earlier.spoke, profile.spoke]
    .filter((day) => day !== undefined)
    .toSorted()
    .at(-1);
  const joint: ListedClient = {
    line,
    client: { ...client, contacts: [...client.contacts, ...added] },
    spoke,
    touches: [...earlier.touches, ...more],
  };
  return faultOf(joint.client) ?? { listed: joint, lacks: [] };
}

/** Why the record would not be accepted: control characters in a name, a phone of blanks ... */
function faultOf(client: NewClient): string | undefined {
  if (accept(clientType.shape, clientData(client)) !== DOUBT) return undefined;
  const { contacts, ...profile } = client;
  const cells = [profile, ...contacts].flatMap((each) => Object.entries(each));
  const faults = cells.flatMap(([key, text]) => {
    const fault = text === undefined ? undefined : oneLine.fault(text);
    return fault ? [`${key}: ${fault.args.says}`] : [];
  });
  return faults[0] ?? 'something in it cannot be used';
}
