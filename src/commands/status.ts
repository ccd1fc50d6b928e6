// `status`: the morning report. Puts the engine's agenda, its problems and the next command together.

import type { Book } from '../book/book.ts';
import { type Command, errorsOf, type Input, type Options, type Practice, textOption } from '../command.ts';
import { formatFullDay, parseOffset } from '../day.ts';
import { type AgendaScope, agendaOf, nextStep } from '../engine/agenda.ts';
import type { Agenda, FutureEntry } from '../engine/items.ts';
import { settingOf } from '../engine/setting.ts';
import { sinceOf } from '../engine/since.ts';
import { type Outcome, UsageError } from '../outcome.ts';
import type { Problem } from '../problem/problem.ts';
import { severityOf } from '../problem/words.ts';
import { yearNotCovered } from '../rules/calendar-years.ts';
import { hiddenLines, nextOf, withCommands } from '../terminal/command-line.ts';
import { faultLines } from '../terminal/faults.ts';
import { type Block, type Line, line, span } from '../terminal/ink.ts';
import { morningSections } from '../terminal/morning.ts';
import { renderSections } from '../terminal/rows.ts';
import { sinceData, sinceSections } from '../terminal/since.ts';
import { hiddenText, isAnythingOverdue, NOTHING_DUE, verdictParts } from '../terminal/verdict.ts';
import { count, longDate, lowerFirst, unbroken, wrap } from '../terminal/words.ts';
import { parseDayWord } from '../typed/day-words.ts';
import { findPersonId } from '../typed/ids.ts';
import { findMoment, type Moment, practiceAt, shortId } from '../typed/moment.ts';
import { findClient } from '../typed/reference.ts';
import type { Commit } from '../world.ts';

export const command: Command = {
  name: 'status',
  arguments: [{ name: '[client]', what: 'one client only' }],
  options: [
    { flags: '--owner <person>', what: 'only what this person, `client` or `partner` owns' },
    { flags: '--within <days>', what: 'how far ahead to look: 7d (default), 2w' },
    { flags: '--all', what: 'everything: no section is cut short, and what is hidden is shown' },
    { flags: '--exit-code', what: 'exit 4 when something is overdue' },
    { flags: '--at <when>', what: 'the morning as it was: a day, or a commit by any name git knows' },
    { flags: '--since <when>', what: 'what is new or late since then, and what is gone and why' },
  ],
  about:
    'What is late, what is due, who is waiting and whom to contact, on one screen, with the command to start with.\n\n' +
    'A word after --at or --since that can be a day is a day; any other is a name for git. A day stands for its last commit. ' +
    'Files are read from git; those in the folder stay as they are.',
  examples: [
    { line: 'deliver status', what: 'the morning' },
    { line: 'deliver status acme', what: 'one client' },
    { line: 'deliver status --owner kit --within 2w', what: "a colleague's next two weeks" },
    { line: 'deliver status --since yesterday', what: 'what is new, what is gone and why' },
    { line: 'deliver status --at 2026-11-02', what: 'the report of that day' },
    { line: 'deliver status --json', what: 'for a script' },
  ],
  depth: () => 'core',
  takesFullReader: ({ at, since, json }) => at !== undefined || since !== undefined || json === true,
  run,
};

const DEFAULT_WITHIN = 7;

function run(input: Input): Outcome {
  const at = textOption(input.options, 'at');
  const since = textOption(input.options, 'since');
  const shown = at === undefined ? { input, notes: [] } : pastOf(input, at);
  const outcome = since === undefined ? morning(shown) : changesSince(shown, input.practice, since);
  return { ...outcome, notes: [...noted(shown.notes, input.view.columns), ...(outcome.notes ?? [])] };
}

const noted = (texts: readonly string[], columns: number | undefined): Block =>
  texts.flatMap((text) => wrap(text, columns, '  ')).map((text) => line(text));

/** The practice that is reported on; `moment` when it is that of a commit. */
type Shown = { readonly input: Input; readonly notes: readonly string[]; readonly moment?: Moment };

/** Of a day that was named the morning is that day's; of a commit the day it was made, unless another was asked for. */
function pastOf(input: Input, written: string): Shown {
  const { practice } = input;
  const found = practice.git();
  if ('reason' in found) throw new UsageError(`--at reads the past from git: ${found.reason}`);
  const moment = findMoment(practice, found.repository, written);
  const isAsked = moment.named === 'commit' && practice.isDayAsked;
  const past = practiceAt(practice, found.repository, moment, isAsked ? practice.today : moment.day);
  return { input: { ...input, practice: past }, notes: [`As of ${nameOf(moment.commit)}`], moment };
}

const nameOf = (commit: Commit): string =>
  `commit ${shortId(commit)} of ${formatFullDay(commit.day)}, ${commit.author.name}: ${commit.subject}`;

const commitData = ({ id, when, day, author, subject }: Commit) => ({ id, when, day, author: author.name, subject });

function agendaFor({ practice, options, arguments: words }: Input): Agenda {
  const { book, today } = practice;
  const client = typeof words.client === 'string' ? words.client : undefined;
  // Without a calendar and a zone every day would be a guess.
  const scope = {
    ...scopeOf(book, options),
    ...(client === undefined ? {} : { client: findClient(book, today, client).id }),
  };
  return agendaOf(settingOf(book.practice ? book : { ...book, clients: new Map() }, today), scope);
}

/** Of all clients. */
function scopeOf(book: Book, options: Options): AgendaScope {
  const owner = textOption(options, 'owner');
  return {
    within: withinOf(options),
    ...(owner === undefined ? {} : { owner: ownerNamed(book, owner) }),
    ...(options.all === true ? { lists: 'hidden' } : {}),
  };
}

function morning({ input, moment }: Shown): Outcome {
  const { practice, options } = input;
  const { today } = practice;
  const available = new Set(input.commands);
  const agenda = agendaFor(input);
  const problems = [...practice.problems, ...problemsOn(agenda, practice)];
  const errors = problems.filter((problem) => severityOf(problem.code) === 'error');
  const lines = withCommands(agenda, available);
  // What was to be done then is nothing to do now.
  const next = moment === undefined ? nextOf(lines) : undefined;
  return {
    kind: 'outcome',
    text: render(input, agenda, problems, next?.command, withinOf(options)),
    data: {
      schema: 'deliver.status/1',
      today,
      ...(moment === undefined ? {} : { commit: commitData(moment.commit) }),
      complete: errors.length === 0,
      ...lines,
      hidden: agenda.hidden,
      ...hiddenLines(agenda, available),
      // Places are looked up for whoever is shown them.
      problems: options.json === true ? practice.report(problems) : [],
      next: next ?? null,
    },
    problems: [],
    exit: errors.length > 0 ? 1 : options.exitCode === true && isAnythingOverdue(agenda) ? 4 : 0,
  };
}

/** The morning of then and the one that is shown; `present` is the practice as it lies in the folder. */
function changesSince({ input, moment }: Shown, present: Practice, written: string): Outcome {
  const { practice, options, view } = input;
  const then = before(present, written);
  const isAll = options.all === true;
  const side = (of: Practice) => ({
    agenda: withoutSoon(agendaFor({ ...input, practice: of }), isAll),
    setting: settingOf(of.book, of.today),
  });
  const sides = { before: side(then.practice), after: side(practice) };
  const found = sinceOf(sides.before, sides.after);
  const problems = [...practice.problems, ...problemsOn(sides.after.agenda, practice)];
  const errors = problems.filter((it) => severityOf(it.code) === 'error');
  const counts = [
    `${found.added.length} new`,
    ...(found.late.length > 0 ? [`${found.late.length} late now`] : []),
    `${found.gone.length} gone`,
  ];
  const head = `${formatFullDay(practice.today)}, since ${longDate(then.practice.today, practice.today)}: ${counts.map(unbroken).join(', ')}`;
  const sections = renderSections(sinceSections(found, practice.today), view.columns, isAll ? 'all' : 'capped');
  const broken = faultLines(practice, errors, view.columns, 'normal');
  return {
    kind: 'outcome',
    text: [
      ...wrapped(head, view.columns, 'bold'),
      ...spaced(broken),
      ...spaced(sections),
      ...(moment === undefined ? spaced([line(span('Next:', 'bold'), ' deliver status')]) : []),
    ],
    notes: noted(then.notes, view.columns),
    data: {
      schema: 'deliver.since/1',
      today: practice.today,
      since: then.practice.today,
      since_commit: then.commit === undefined ? null : commitData(then.commit),
      ...(moment === undefined ? {} : { commit: commitData(moment.commit) }),
      complete: errors.length === 0,
      ...sinceData(found),
      problems: practice.report(problems),
    },
    problems: [],
    exit: errors.length > 0 ? 1 : options.exitCode === true && isAnythingOverdue(sides.after.agenda) ? 4 : 0,
  };
}

const withoutSoon = (agenda: Agenda, isAll: boolean): Agenda =>
  isAll ? agenda : { ...agenda, touches: agenda.touches.filter((it) => it.state !== 'soon') };

type Then = { readonly practice: Practice; readonly commit?: Commit; readonly notes: readonly string[] };

/** Without anything in git the same files are read as of the earlier day: what was done since has its day written beside it. */
function before(present: Practice, written: string): Then {
  const found = present.git();
  const reason =
    'reason' in found ? found.reason : found.repository.commit('HEAD') ? undefined : 'nothing is committed yet';
  if ('repository' in found && reason === undefined) {
    const moment = findMoment(present, found.repository, written);
    const practice = practiceAt(present, found.repository, moment, moment.day);
    const errors = errorsOf(practice).length;
    return {
      practice,
      commit: moment.commit,
      notes: [
        `Compared with ${nameOf(moment.commit)}`,
        ...(errors === 0 ? [] : [`It had ${count(errors, 'error')}; what they hid then looks new`]),
      ],
    };
  }
  const word = parseDayWord(written, present.today, 'past');
  if ('fault' in word) throw new UsageError(word.fault);
  if (word.day > present.today) throw new UsageError(`${formatFullDay(word.day)} has not come yet`);
  const why = `No past in git (${reason}), so both mornings are made of the files as they are now`;
  return { practice: present.reopen(new Map(), word.day), notes: [why] };
}

function withinOf(options: Options): number {
  const written = textOption(options, 'within');
  if (written === undefined) return DEFAULT_WITHIN;
  const offset = parseOffset(/^\d+$/.test(written) ? `${written}d` : written);
  if (offset?.unit === 'd' || offset?.unit === 'w') return offset.n * (offset.unit === 'w' ? 7 : 1);
  throw new UsageError(`\`${written}\` is no number of days`, 'write --within 10d or --within 2w');
}

/** A person's id, `client` or `partner`. */
const ownerNamed = (book: Book, written: string): string =>
  ['client', 'partner'].includes(written) ? written : findPersonId(book, written, ['client', 'partner']);

/** Those that depend on which day it is. */
const problemsOn = ({ future, uncovered, today }: Agenda, { book }: Practice): readonly Problem[] => [
  ...future.map((entry) => futureProblem(entry, today)),
  ...uncovered.map((year) => yearNotCovered(book.practice, year)),
];

const futureProblem = (entry: FutureEntry, today: string): Problem => ({
  code: 'date/in-future',
  args: { what: entry.what, day: entry.day, today },
  place: { file: entry.file, path: entry.path },
});

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
  const unread = problems.filter(({ code }) => code === 'file/unknown');
  const warnings = problems.length - errors.length - unread.length;
  const ending: Line[] = [
    ...(hidden === '' ? [] : wrapped(`${hidden}${shown === 'all' ? '' : ' · --all'}`, columns, 'dim')),
    ...(warnings === 0 ? [] : wrapped(`${count(warnings, 'warning')}: deliver validate`, columns, 'dim')),
    ...(next === undefined ? [] : [line(span('Next:', 'bold'), ` ${next}`)]),
  ];
  const broken = faultLines(practice, [...errors, ...unread], columns, shown);
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
