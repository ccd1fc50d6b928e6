// `status`: the morning report. Puts the engine's agenda, its problems and the next command together.

import { type Command, type Input, type Options, one, type Practice, textOption } from '../command.ts';
import { parseOffset } from '../day.ts';
import { agendaOf, nextStep } from '../engine/agenda.ts';
import type { Agenda, FutureEntry } from '../engine/items.ts';
import { settingOf } from '../engine/setting.ts';
import { type Outcome, UsageError } from '../outcome.ts';
import type { Problem } from '../problem/problem.ts';
import { didYouMean } from '../problem/suggest.ts';
import { severityOf } from '../problem/words.ts';
import { nextOf, stepCommand, withCommands } from '../terminal/command-line.ts';
import { consequenceOf } from '../terminal/consequence.ts';
import { type Block, type Line, line, span } from '../terminal/ink.ts';
import { morningSections } from '../terminal/morning.ts';
import { renderSections } from '../terminal/rows.ts';
import { hiddenText, isAnythingOverdue, NOTHING_DUE, verdictParts } from '../terminal/verdict.ts';
import { count, longDate, lowerFirst, unbroken, wrap } from '../terminal/words.ts';
import { findClient } from '../typed/reference.ts';

export const command: Command = {
  name: 'status',
  arguments: [{ name: '[client]', what: 'one client only' }],
  options: [
    { flags: '--owner <person>', what: 'only what this person, `client` or `partner` owns' },
    { flags: '--within <days>', what: 'how far ahead to look: 7d (default), 2w' },
    { flags: '--all', what: 'everything: no section is cut short, and what is hidden is shown' },
    { flags: '--exit-code', what: 'exit 4 when something is overdue' },
  ],
  about:
    'What is late, what is due, who is waiting and whom to contact, on one screen, with the command to start with.',
  examples: [
    { line: 'deliver status', what: 'the morning' },
    { line: 'deliver status acme', what: 'one client' },
    { line: 'deliver status --owner kit --within 2w', what: "a colleague's next two weeks" },
    { line: 'deliver status --json', what: 'for a script' },
  ],
  depth: () => 'core',
  run,
};

const DEFAULT_WITHIN = 7;

function run(input: Input): Outcome {
  const { practice, options } = input;
  const { book, today } = practice;
  const available = new Set(input.commands);
  const client = one(input, 'client');
  const within = withinOf(options);
  const owner = ownerOf(practice, options);
  const scope = {
    within,
    ...(client === undefined ? {} : { client: findClient(book, today, client).id }),
    ...(owner === undefined ? {} : { owner }),
  };
  // Without a calendar and a zone every day would be a guess.
  const agenda = agendaOf(settingOf(book.practice ? book : { ...book, clients: new Map() }, today), scope);
  const problems = [...practice.problems, ...agenda.future.map((entry) => futureProblem(entry, today))];
  const errors = problems.filter((problem) => severityOf(problem.code) === 'error');
  const lines = withCommands(agenda, available);
  const next = nextOf(lines);
  const shown = options.all === true ? 'all' : 'normal';
  return {
    kind: 'outcome',
    text: render(input, agenda, problems, next?.command, within),
    data: {
      schema: 'deliver.status/1',
      today,
      complete: errors.length === 0,
      ...lines,
      hidden: agenda.hidden,
      ...(shown === 'all' ? { hidden_items: hiddenData(agenda, available) } : {}),
      problems: practice.report(problems),
      next: next ?? null,
    },
    problems: [],
    exit: errors.length > 0 ? 1 : options.exitCode === true && isAnythingOverdue(agenda) ? 4 : 0,
  };
}

function withinOf(options: Options): number {
  const written = textOption(options, 'within');
  if (written === undefined) return DEFAULT_WITHIN;
  const offset = parseOffset(/^\d+$/.test(written) ? `${written}d` : written);
  if (offset?.unit === 'd' || offset?.unit === 'w') return offset.n * (offset.unit === 'w' ? 7 : 1);
  throw new UsageError(`\`${written}\` is no number of days`, 'write --within 10d or --within 2w');
}

function ownerOf({ book }: Practice, options: Options): string | undefined {
  const owner = textOption(options, 'owner');
  const known = [...Object.keys(book.practice?.people ?? {}), 'client', 'partner'];
  if (owner === undefined || known.includes(owner)) return owner;
  throw new UsageError(`there is no person \`${owner}\`${didYouMean(owner, known)}`, `one of ${known.join(', ')}`);
}

const futureProblem = (entry: FutureEntry, today: string): Problem => ({
  code: 'date/in-future',
  args: { what: entry.what, day: entry.day, today },
  place: { file: entry.file, path: entry.path },
});

const hiddenData = (agenda: Agenda, available: ReadonlySet<string>) => {
  const { later, blocked, unscheduled, no_due, snoozed, paused } = agenda.hiddenItems;
  const steps = (items: typeof later) => items.map((it) => ({ ...it, command: stepCommand(it, available) }));
  return {
    later: steps(later),
    blocked: steps(blocked),
    unscheduled: steps(unscheduled),
    no_due: steps(no_due),
    snoozed,
    paused,
  };
};

function render(
  input: Input,
  agenda: Agenda,
  problems: readonly Problem[],
  next: string | undefined,
  within: number,
): Block {
  const { practice, options, view } = input;
  const { columns } = view;
  const errors = problems.filter((problem) => severityOf(problem.code) === 'error');
  const faulty = new Set(errors.map((problem) => problem.place.file)).size;
  const shown = options.all === true ? 'all' : 'normal';
  const sections = renderSections(morningSections(agenda, shown, within), columns, shown === 'all' ? 'all' : 'capped');
  const hidden = hiddenText(agenda);
  const warnings = problems.length - errors.length;
  const ending: Line[] = [
    ...(hidden === '' ? [] : wrapped(`${hidden}${shown === 'all' ? '' : ' · --all'}`, columns, 'dim')),
    ...(warnings === 0 ? [] : wrapped(`${count(warnings, 'warning')}: deliver validate`, columns, 'dim')),
    ...(next === undefined ? [] : [line(span('Next:', 'bold'), ` ${next}`)]),
  ];
  const broken = problemLines(practice, errors, columns, shown);
  return [...verdict(input, agenda, faulty), ...spaced(broken), ...spaced(sections), ...spaced(ending)];
}

const spaced = (block: Block): Block => (block.length === 0 ? [] : [line(), ...block]);

const wrapped = (text: string, columns: number | undefined, style: 'dim' | 'bold'): Block =>
  wrap(text, columns, '  ').map((each) => line(span(each, style)));

function verdict({ practice, commands, view }: Input, agenda: Agenda, faulty: number): Block {
  const parts = verdictParts(agenda, faulty);
  const isCalm = parts[1] === NOTHING_DUE;
  if (isCalm && practice.book.clients.size === 0) {
    const start = commands.includes('new') ? 'deliver new client acme' : 'write clients/acme.yaml';
    return wrapped(`${parts[0]} · No clients yet. Start: ${start}`, view.columns, 'bold');
  }
  const coming = isCalm ? nextStep(agenda) : undefined;
  const ending =
    coming &&
    `. Next: ${longDate(coming.day, agenda.today)}, ${coming.item.client_name} ${lowerFirst(coming.item.title)}`;
  return wrapped(parts.map(unbroken).join(' · ') + (ending ?? ''), view.columns, 'bold');
}

const MOST_PROBLEMS = 5;

/** Each error with what is missing because of it. */
function problemLines(
  practice: Practice,
  errors: readonly Problem[],
  columns: number | undefined,
  shown: 'normal' | 'all',
): Block {
  const { book } = practice;
  const reported = errors
    .map((problem) => {
      const [at] = practice.report([problem]);
      const missing = book.removals.filter((it) => it.problem === problem).map((it) => consequenceOf(book, it));
      const what = problem.code === 'date/in-future' ? ['it does not count yet'] : missing;
      return { at, text: [at?.message, ...new Set(what)].filter((it) => it !== undefined).join('; ') };
    })
    .toSorted((a, b) => order(a.at, b.at));
  const most = columns === undefined || shown === 'all' ? reported.length : MOST_PROBLEMS;
  const more = reported.length - most;
  const isForValidate = errors.some((problem) => problem.code !== 'date/in-future');
  const pointer = isForValidate ? 'deliver validate' : more > 0 ? 'deliver status --all' : undefined;
  return [
    ...reported
      .slice(0, most)
      .flatMap(({ at, text }) =>
        wrap(`! ${at?.file}:${at?.line}:${at?.column}  ${text}`, columns, '    ').map((each) =>
          line(span(each, 'yellow')),
        ),
      ),
    ...(pointer === undefined ? [] : [line(`  ${more > 0 ? `and ${more} more: ` : ''}${pointer}`)]),
  ];
}

type At = { readonly file: string; readonly line: number; readonly column: number } | undefined;

/** The practice's own files first: what is wrong there touches everything. */
const rank = (file: string): string => (file.includes('/') ? `2${file}` : `1${file}`);
const order = (a: At, b: At): number => {
  if (a === undefined || b === undefined) return 0;
  if (a.file !== b.file) return rank(a.file) < rank(b.file) ? -1 : 1;
  return a.line - b.line || a.column - b.column;
};
