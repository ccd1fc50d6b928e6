// `list`: what there is of one kind, as a table.
import { among, filesBehind, type IsUsed } from '../book/behind.ts';
import type { Book, ClientRecord } from '../book/book.ts';
import { type Command, type Input, one } from '../command.ts';
import { completenessOf } from '../completeness.ts';
import { type Setting, settingOf } from '../engine/setting.ts';
import { type Ask, type Outcome, UsageError } from '../outcome.ts';
import { didYouMean } from '../problem/suggest.ts';
import { line } from '../terminal/ink.ts';
import { renderTable } from '../terminal/table.ts';
import { findClient } from '../typed/reference.ts';
import { LISTINGS, type Listing } from './listings.ts';

export const command: Command = {
  name: 'list',
  arguments: [
    {
      name: '<kind>',
      what: 'clients, offers, engagements, steps, touches, promises, issues, segments, kinds, people, partners, scripts, emails',
    },
    { name: '[client]', what: 'only what belongs to this client' },
  ],
  options: [],
  about: 'One line each, by id. `deliver show` has the details.',
  examples: [
    { line: 'deliver list clients', what: 'everybody, with segment and last contact' },
    { line: 'deliver list steps acme', what: 'every open step of one client' },
    { line: 'deliver list touches acme --json', what: 'a contact log for a script' },
  ],
  depth: () => 'core',
  run,
};

const KINDS = Object.keys(LISTINGS);

function run(input: Input): Outcome | Ask {
  const written = one(input, 'kind');
  if (written === undefined) {
    return {
      kind: 'ask',
      argument: 'kind',
      question: 'List what?',
      choices: KINDS.map((kind) => ({ value: kind, label: kind })),
    };
  }
  const { book, today } = input.practice;
  const kind = kindNamed(written);
  const clients = clientsNamed(book, today, one(input, 'client'));
  const listing = LISTINGS[kind] as Listing;
  const rows = listing.rows(settingOf(book, today), clients);
  const { complete, problems, notes, exit } = completenessOf(
    input.practice,
    usedBy(listing, book, clients, one(input, 'client')),
  );
  const table = rows.length === 0 ? [line(`no ${kind}`)] : renderTable(listing.columns, rows, input.view.columns);
  return {
    kind: 'outcome',
    text: table,
    notes,
    data: { schema: 'deliver.list/1', kind, complete, items: rows, problems },
    problems: [],
    exit,
  };
}

/** What is listed without a look at clients rests on its own folder. */
function usedBy({ place }: Listing, book: Book, clients: readonly ClientRecord[], written: string | undefined): IsUsed {
  if (place !== undefined) return among([place]);
  const [client] = clients;
  return written !== undefined && client ? filesBehind(book, client) : () => true;
}

/** A kind by its name, in the singular or the plural, or a unique beginning. */
function kindNamed(written: string): string {
  const exact = KINDS.find((kind) => kind === written || kind === `${written}s` || singular(kind) === written);
  const starting = KINDS.filter((kind) => kind.startsWith(written));
  const found = exact ?? (starting.length === 1 ? starting[0] : undefined);
  if (found !== undefined) return found;
  throw new UsageError(`unknown list \`${written}\`${didYouMean(written, KINDS)}`, `one of ${KINDS.join(', ')}`);
}

const singular = (kind: string): string => (kind === 'people' ? 'person' : kind.replace(/(?:(tou?ch)es|s)$/, '$1'));

const clientsNamed = (book: Book, today: Setting['today'], written: string | undefined): readonly ClientRecord[] =>
  written === undefined ? [...book.clients.values()] : [findClient(book, today, written)];
