// `new client --from FILE`: a list of clients, looked at, asked about, and written. Owns the preview and its words.
import { segmentIds } from '../book/book.ts';
import { type Input, type Options, textOption } from '../command.ts';
import { type Ask, changing, type FileEdit, type Outcome, refusal, UsageError } from '../outcome.ts';
import { type Block, line, span } from '../terminal/ink.ts';
import { renderTable } from '../terminal/table.ts';
import { count, longDate, toBlock, wrap } from '../terminal/words.ts';
import type { ReadFault } from '../world.ts';
import { type ClientList, type ListedClient, type RowSaid, readClientList } from './client-list.ts';
import { pastDay } from './client-questions.ts';
import { type Columns, columnsOf, FIELDS } from './columns.ts';
import { type CsvTable, parseCsv, SEPARATOR_NAMES } from './csv.ts';
import { logFile, touchEdit } from './edits.ts';
import type { DateOrder } from './list-days.ts';
import { segmentNamed } from './new-client.ts';
import { bareClientText, type NewClient } from './skeletons.ts';

const LIMIT = 10_000_000;
/** On a screen; a pipe has them all. */
const SHOWN = 15;

export function bringIn(input: Input, path: string): Outcome | Ask {
  const { practice, options } = input;
  const table = parseCsv(readList(input, path), path);
  const columns = columnsOf(table.headers, textOption(options, 'map'));
  if (!['company', 'name', 'contact', 'first_name', 'last_name'].some((field) => columns.at.has(field as 'name'))) {
    throw refusal(
      `${path}: no column is the name of a client; the columns are ${table.headers.join(', ')}`,
      `name it: --map "${table.headers[0]}=name"`,
    );
  }
  const list = readClientList(practice, columns, table.rows, table.headers.length, defaultsOf(input));
  const missing = askForLacking(input, list);
  if (missing) return missing;
  const preview = previewOf(input, path, table, columns, list);
  if (list.clients.length === 0) return nothingNew(preview, list);
  const answer = options.yes ?? options.dryRun;
  if (answer === undefined) {
    return {
      kind: 'ask',
      argument: 'yes',
      question: `Bring in ${count(list.clients.length, 'client')}?`,
      choices: [
        { value: 'yes', label: 'yes' },
        { value: 'no', label: 'no, write nothing' },
      ],
      preview,
      unasked: 'nothing was written: use --yes to bring them in',
    };
  }
  if (answer === 'no') return { ...nothingNew([line('Nothing was written.')], list), exit: 0 };
  return written(input, list);
}

const FAULTS: Readonly<Record<ReadFault, string>> = {
  missing: 'no such file',
  directory: 'it is a folder',
  outside: 'it cannot be read',
  forbidden: 'no permission to read it',
  'too-large': `it is larger than ${LIMIT / 1_000_000} MB`,
  other: 'it cannot be read',
};

function readList({ outside }: Input, path: string): Uint8Array {
  const found = outside.readNamed(path, LIMIT);
  if ('bytes' in found) return found.bytes;
  throw new UsageError(`${path}: ${FAULTS[found.fault]}`, 'name a file of comma-separated values: --from clients.csv');
}

function defaultsOf({ practice, options }: Input) {
  const segment = textOption(options, 'segment');
  const since = textOption(options, 'since');
  return {
    segment: segment === undefined ? undefined : segmentNamed(practice.book, segment),
    status: statusOf(options),
    since: since === undefined ? undefined : pastDay(practice, since),
    dates: datesOf(options),
  };
}

function statusOf(options: Options): NewClient['status'] {
  const written = textOption(options, 'status');
  const known = (['prospect', 'active', 'past'] as const).find((each) => each === written);
  if (written === undefined || known !== undefined) return known;
  throw new UsageError(`\`${written}\` is not a valid status`, 'one of: active, prospect, past');
}

function datesOf(options: Options): DateOrder {
  const written = textOption(options, 'dates');
  if (written === undefined || written === 'dmy' || written === 'mdy') return written;
  throw new UsageError(
    `\`${written}\` is not a valid order of dates`,
    'write --dates dmy (20/11/2026) or --dates mdy (11/20/2026)',
  );
}

/** What rows leave open is asked for once, for all of them. */
function askForLacking({ practice }: Input, { lacking }: ClientList): Ask | undefined {
  if (lacking.has('segment')) {
    const { segments = {} } = practice.book.service;
    const choices = segmentIds(practice.book).map((id) => ({
      value: id,
      label: `${id}  ${segments[id]?.title ?? ''}`,
    }));
    if (choices.length === 0)
      throw refusal(
        'service.yaml has no segments, and an active client is in one',
        'add the segments first, or use --status prospect',
      );
    return {
      kind: 'ask',
      argument: 'segment',
      question: 'Which segment are those in for whom the list says none?',
      choices,
    };
  }
  if (!lacking.has('since')) return undefined;
  return {
    kind: 'ask',
    argument: 'since',
    question: 'Since when are those clients for whom the list says nothing? A day such as 2024-01-01',
    choices: [],
    again: true,
  };
}

const COLUMNS = [
  { key: 'line', title: 'LINE' },
  { key: 'id', title: 'ID' },
  { key: 'name', title: 'NAME' },
  { key: 'segment', title: 'SEGMENT' },
  { key: 'since', title: 'SINCE' },
  { key: 'spoke', title: 'LAST CONTACT' },
  { key: 'contact', title: 'CONTACTS', optional: true },
] as const;

function previewOf(
  { view, practice }: Input,
  path: string,
  table: CsvTable,
  columns: Columns,
  list: ClientList,
): Block {
  const named = FIELDS.flatMap((field) => {
    const header = table.headers[columns.at.get(field) ?? -1];
    return header === undefined ? [] : [header.toLowerCase() === field ? field : `${field} (${header})`];
  });
  const shown = view.columns === undefined ? list.clients : list.clients.slice(0, SHOWN);
  const more = list.clients.length - shown.length;
  const rows = shown.map(({ line: at, client, spoke }) => ({
    line: at,
    id: client.id,
    name: client.name,
    segment: client.segment ?? client.status ?? '',
    since: client.since ?? '',
    spoke: spoke === undefined ? '' : longDate(spoke, practice.today),
    contact: client.contacts.map((each) => each.name).join(', '),
  }));
  return [
    line(span(path, 'bold'), `: ${count(table.rows.length, 'row')}, separated by ${SEPARATOR_NAMES[table.separator]}`),
    ...wrapped('  read:     ', named.join(', '), view.columns),
    ...(columns.unused.length === 0 ? [] : wrapped('  not read: ', columns.unused.join(', '), view.columns)),
    ...(rows.length === 0 ? [] : [line(), ...renderTable(COLUMNS, rows, view.columns)]),
    ...(more > 0 ? [line(`and ${more} more`)] : []),
    line(),
    ...restOf(list, view.columns),
  ];
}

const wrapped = (heading: string, text: string, columns: number | undefined): Block =>
  toBlock(wrap(heading + text, columns, ' '.repeat(heading.length)));

/** The rows that are not brought in. */
function restOf({ here, refused }: ClientList, columns: number | undefined): Block {
  return [
    ...(here.length === 0 ? [] : [line(`${count(here.length, 'row')} left out: ${hereText(here)}`)]),
    ...(refused.length === 0 ? [] : [line(span(`${count(refused.length, 'row')} refused:`, 'red'))]),
    ...refused.flatMap(({ line: at, name, why }) =>
      wrapped(`  line ${at}  `, `${name === '' ? '' : `${name}: `}${why}`, columns),
    ),
  ];
}

function hereText(here: readonly RowSaid[]): string {
  const known = here.filter((each) => each.why.startsWith('here as')).length;
  const twice = here.length - known;
  const parts = [
    known > 0 && `${known} ${known === 1 ? 'is' : 'are'} here already`,
    twice > 0 && `${twice} said twice`,
  ];
  return parts.filter((each) => each !== false).join(', ');
}

const rowData = ({ line: at, name, why }: RowSaid) => ({ line: at, name, why });

const dataOf = (list: ClientList, clients: readonly ListedClient[]) => ({
  schema: 'deliver.change/1',
  command: 'new',
  clients: clients.map(({ line: at, client }) => ({
    line: at,
    id: client.id,
    name: client.name,
    file: `clients/${client.id}.yaml`,
  })),
  left_out: list.here.map(rowData),
  refused: list.refused.map(rowData),
});

const nothingNew = (text: Block, list: ClientList): Outcome => ({
  kind: 'outcome',
  text,
  data: dataOf(list, []),
  problems: [],
  exit: list.refused.length > 0 ? 1 : 0,
});

function written(input: Input, list: ClientList): Outcome {
  const { clients } = list;
  const spoken = clients.filter((each) => each.spoke !== undefined).length;
  const summary = `${count(clients.length, 'new client')}, ${spoken === 0 ? 'none' : spoken} with the day of the last contact`;
  const outcome = changing(clients.flatMap(filesOf), () => ({
    text: [
      line(summary, '  ', span('clients/', 'dim')),
      ...restOf(list, input.view.columns),
      line(span('Next:', 'bold'), ` deliver ${input.commands.includes('list') ? 'list clients' : 'status'}`),
    ],
    data: dataOf(list, clients),
  }));
  return { ...outcome, exit: list.refused.length > 0 ? 1 : 0 };
}

function filesOf({ client, touches }: ListedClient): readonly FileEdit[] {
  const created = { kind: 'create' as const, file: `clients/${client.id}.yaml`, text: bareClientText(client) };
  if (touches.length === 0) return [created];
  const edits = touches.flatMap((touch) => {
    const edit = touchEdit(client, touch);
    return edit.kind === 'edit' ? edit.edits : [];
  });
  return [created, { kind: 'edit', file: logFile(client), edits }];
}
