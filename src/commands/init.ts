// `init`: a new practice folder, by questions or with defaults. Thin: the files are first-files' and skeletons'.
import {
  type Asking,
  answered,
  askAboutClient,
  checkLine,
  clientFiles,
  isAsk,
  type Met,
  NONE,
  sayClient,
} from '../changes/client-questions.ts';
import { idFrom } from '../changes/edits.ts';
import { clientIdFrom } from '../changes/new-client.ts';
import { askAboutPractice, type Founded, offerFiles, practiceFiles } from '../changes/new-practice.ts';
import { type Command, type Input, one, type Practice } from '../command.ts';
import { yearOf } from '../day.ts';
import { type Ask, changing, type FileEdit, type Outcome } from '../outcome.ts';
import { shellWord } from '../shell.ts';
import { type Block, line, span } from '../terminal/ink.ts';

export const command: Command = {
  name: 'init',
  arguments: [{ name: '[dir]', what: 'the folder (default: the current one)' }],
  options: [
    { flags: '--practice <name>', what: 'what the practice is called' },
    { flags: '--name <name>', what: 'your name' },
    { flags: '--email <address>', what: 'your email address' },
    { flags: '--country <code>', what: 'whose public holidays are days off: GB, DE-BY, or none' },
    { flags: '--region <code>', what: 'the part of the country: SCT, BY, or all' },
    { flags: '--zone <zone>', what: 'the time zone: Europe/London' },
    { flags: '--locale <tag>', what: 'how letters write days and money: en-GB' },
    { flags: '--currency <code>', what: 'three letters: GBP' },
    { flags: '--offer <name>', what: 'the first offer, or none' },
    { flags: '--client <name>', what: 'the first client, or none' },
    { flags: '--segment <segment>', what: 'its segment: A, B or C' },
    { flags: '--status <status>', what: 'active (default), prospect or past' },
    { flags: '--since <day>', what: 'a client since that day' },
    { flags: '--contact <name>', what: 'its main contact' },
    { flags: '--contact-email <address>', what: "the contact's email address" },
    { flags: '--last-spoke <day>', what: 'when you last spoke, or never' },
    { flags: '--git', what: 'make it a git repository' },
    { flags: '--no-git', what: 'do not' },
    { flags: '--yes', what: 'ask nothing, take the defaults' },
  ],
  about:
    'Asks who you are and writes a practice that is valid at once: your calendar with the public holidays of this year and the next, a service model with three segments, a first offer, and a first client when you name one. Nothing is ever overwritten.',
  examples: [
    { line: 'deliver init', what: 'in this folder, by questions' },
    { line: 'deliver init rivermint --yes --country GB-SCT', what: 'without questions' },
  ],
  changes: true,
  founds: true,
  depth: () => 'strict',
  run,
};

const FIRST_OFFER = 'Advisory project';

function run(input: Input): Outcome | Ask {
  const { practice: empty, options } = input;
  const asking: Asking = { options, manner: options.yes === true ? 'quiet' : 'insisting' };
  const founded = askAboutPractice(input, asking, empty.root.split(/[\\/]/).at(-1) ?? '');
  if (isAsk(founded)) return founded;
  const offer = askOffer(asking);
  if (isAsk(offer)) return offer;
  const offered = offer === NONE ? [] : offerFiles(idFrom(offer, []), offer);
  // Which day is today is the zone's to say, and that is known only now.
  const first = reopened(empty, [...practiceFiles(founded, empty.today), ...offered]);
  const files = [...practiceFiles(founded, first.today), ...offered];
  const practice = reopened(empty, files);
  const met = askClient(practice, asking);
  if (isAsk(met)) return met;
  const git = askGit(input, asking);
  if (isAsk(git)) return git;
  const all = [...files, ...(met === NONE ? [] : clientFiles(practice, met))];
  const made = { founded, offer, met, git };
  const outcome = changing(all, (after, at) => report(input, after, made, all, at));
  return git === 'yes' && outcome.changes ? { ...outcome, changes: { ...outcome.changes, startsGit: true } } : outcome;
}

/** The practice as it will be, so that its segments and its day can be asked about. */
const reopened = (empty: Practice, files: readonly FileEdit[]): Practice =>
  empty.reopen(new Map(files.flatMap((each) => (each.kind === 'create' ? [[each.file, each.text] as const] : []))));

function askOffer(asking: Asking): string | Ask {
  const offer = answered(asking, {
    kind: 'ask',
    argument: 'offer',
    question: `What do you sell first? (Enter: ${FIRST_OFFER}; or none)`,
    choices: [],
    otherwise: FIRST_OFFER,
  });
  return isAsk(offer) || offer === NONE ? offer : checkLine(offer, 'the name of the offer');
}

function askClient(practice: Practice, asking: Asking): Met | typeof NONE | Ask {
  const name = answered(asking, {
    kind: 'ask',
    argument: 'client',
    question: 'Who is your first client? (Enter: nobody yet)',
    choices: [],
    otherwise: NONE,
  });
  if (isAsk(name)) return name;
  if (name === NONE) return NONE;
  const known = { id: clientIdFrom(name, undefined, new Set()), name: checkLine(name, 'a name') };
  // The first one that comes to mind is one they work for.
  const first = { ...asking, options: { ...asking.options, status: asking.options.status ?? 'active' } };
  const met = askAboutClient(practice, first, known, { contact: 'contact', email: 'contactEmail' });
  // One client entered by hand is no flood: what is known of them counts from the first morning on.
  return isAsk(met) || met.spoke === undefined ? met : { ...met, client: { ...met.client, added: met.spoke } };
}

/** In a repository already there is nothing to ask. */
function askGit({ outside, options }: Input, asking: Asking): 'yes' | 'no' | Ask {
  if (options.git !== undefined) return options.git === true || options.git === 'yes' ? 'yes' : 'no';
  if (outside.isAbove('.git')) return 'no';
  const answer = answered(asking, {
    kind: 'ask',
    argument: 'git',
    question: 'Keep it in git? (runs git init)',
    choices: [
      { value: 'yes', label: 'yes' },
      { value: 'no', label: 'no' },
    ],
    otherwise: 'no',
  });
  return isAsk(answer) ? answer : answer === 'yes' ? 'yes' : 'no';
}

type Made = {
  readonly founded: Founded;
  readonly offer: string;
  readonly met: Met | typeof NONE;
  readonly git: 'yes' | 'no';
};

type At = (file: string, path: readonly (string | number)[]) => string;

function report(input: Input, after: Practice, { founded, offer, met, git }: Made, files: readonly FileEdit[], at: At) {
  const days = after.book.practice?.calendar?.closed.length ?? 0;
  const offerId = idFrom(offer, []);
  const rows: readonly (readonly [file: string, what: string])[] = [
    ['deliver.yaml', `you, ${founded.zone}, ${days === 0 ? 'no days off yet' : `${days} days off`}`],
    ['service.yaml', 'segments A, B, C and how often you are in touch'],
    ...(offer === NONE ? [] : [[`offers/${offerId}.yaml`, 'what you sell, step by step'] as const]),
    ['emails/, scripts/', 'the letters and scripts that these use'],
    ...(met === NONE
      ? []
      : sayClient(after, met, at).map(({ what, at: place }) => [place.replace(/:1$/, ''), what] as const)),
    ...(git === 'yes' ? [['.git/', 'a repository; nothing is committed yet'] as const] : []),
  ];
  const width = Math.max(...rows.map(([file]) => file.length));
  const next = nextCommands(input, met);
  const text: Block = [
    line(span(founded.practice, 'bold'), ` in ${after.root}`),
    ...rows.map(([file, what]) => line('  ', file.padEnd(width), '  ', span(what, 'dim'))),
    ...holidayHint(after, founded),
    ...languageHint(after),
    line(),
    ...next.map((each, i) => line(i === 0 ? span('Next:', 'bold') : '     ', ` ${each}`)),
  ];
  const written = files.map((each) => each.file);
  return { text, data: { schema: 'deliver.change/1', command: 'init', folder: after.root, files: written, next } };
}

/** Whose holidays they are; and that those of a part of the country are missing when it was not said which. */
function holidayHint({ today }: Practice, { where }: Founded): Block {
  const years = `${yearOf(today)} and ${yearOf(today) + 1}`;
  if (where === undefined) return [line('  Write the public holidays and your days off into deliver.yaml.')];
  const isPartial = where.region === undefined && COUNTRIES_OF_PARTS.has(where.country);
  const more = isPartial
    ? [line('  Days of a part of the country are not among them: add yours to deliver.yaml.')]
    : [];
  return [line(`  The days off are the public holidays of ${years}: ${where.name}.`), ...more];
}

/** The letters that come with the program are English, whatever the practice speaks. */
function languageHint({ book }: Practice): Block {
  const { locale } = book.practice ?? {};
  if (locale === undefined || /^en\b/i.test(locale)) return [];
  return [line('  The letters and scripts are in English: translate them, and delete `language: en` in the letters.')];
}

/** Where most people have holidays that the whole country has not. */
const COUNTRIES_OF_PARTS: ReadonlySet<string> = new Set(['AU', 'CA', 'CH', 'DE', 'ES', 'GB', 'IN']);

function nextCommands(input: Input, met: Met | typeof NONE): readonly string[] {
  const dir = one(input, 'dir');
  const into = dir === undefined ? [] : [`cd ${shellWord(dir)}`];
  if (met === NONE) return [...into, 'deliver new client', 'deliver new client --from clients.csv   (a list you have)'];
  const isActive = met.client.status === 'active' && input.commands.includes('start');
  return [...into, 'deliver status', ...(isActive ? [`deliver start ${met.client.id}`] : [])];
}
