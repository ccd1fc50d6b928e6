// `doctor`: whether the program, the practice, git and this machine fit together, each with what to do about it.
import { type Part, setupOf } from '../changes/git-setup.ts';
import type { Command, Input, Practice } from '../command.ts';
import { formatFullDay } from '../day.ts';
import type { Outcome } from '../outcome.ts';
import { countsOf, summaryOf } from '../problem/summary.ts';
import { shellWord } from '../shell.ts';
import { type Block, type Line, line, type Style, span } from '../terminal/ink.ts';
import { displayWidth, padToWidth } from '../terminal/width.ts';
import { count, wrap } from '../terminal/words.ts';

export const command: Command = {
  name: 'doctor',
  arguments: [],
  options: [],
  about:
    'Checks the installation, the practice, git and what this machine has for letters. Works outside of a practice and on a broken ' +
    'one. Exits 1 when something is broken; advice alone is no failure.',
  examples: [
    { line: 'deliver doctor', what: 'when something does not work' },
    { line: 'deliver doctor --json', what: 'to send along with a question' },
  ],
  anywhere: true,
  depth: () => 'thorough',
  run,
};

type Check = {
  readonly name: string;
  readonly state: 'ok' | 'advice' | 'problem';
  readonly text: string;
  /** A command line, or what to do. */
  readonly fix: string | null;
};

const ok = (name: string, text: string): Check => ({ name, state: 'ok', text, fix: null });
const advice = (name: string, text: string, fix: string | null): Check => ({ name, state: 'advice', text, fix });
const problem = (name: string, text: string, fix: string | null): Check => ({ name, state: 'problem', text, fix });

function run(input: Input): Outcome {
  const practice = practiceOf(input);
  const checks = [
    ...programChecks(input),
    ...('name' in practice ? [practice] : [...practiceChecks(practice), ...gitChecks(input, practice)]),
    ...machineChecks(input, 'name' in practice ? undefined : practice),
  ];
  const broken = checks.filter((check) => check.state === 'problem').length;
  const advised = checks.filter((check) => check.state === 'advice').length;
  const verdict =
    broken > 0
      ? `${count(broken, 'thing is', 'things are')} broken`
      : advised > 0
        ? `Nothing is broken; ${count(advised, 'piece of advice', 'pieces of advice')}`
        : 'All is well';
  return {
    kind: 'outcome',
    text: [...render(checks, input.view.columns), line(), line(span(verdict, 'bold'))],
    data: { schema: 'deliver.doctor/1', broken, advised, checks },
    problems: [],
    exit: broken > 0 ? 1 : 0,
  };
}

const LEAST_NODE = [20, 19];
/** `--end-of-options`, which keeps a name that begins with a dash from being an option. */
const LEAST_GIT = [2, 30];

function isAtLeast(version: string, least: readonly number[]): boolean {
  const parts = version.split('.').map(Number);
  const at = least.findIndex((each, i) => each !== parts[i]);
  return at < 0 || (parts[at] ?? 0) > (least[at] ?? 0);
}

function programChecks({ outside }: Input): readonly Check[] {
  const { version, node, git } = outside.machine();
  return [
    ok('deliver', version),
    isAtLeast(node, LEAST_NODE)
      ? ok('Node.js', node)
      : problem('Node.js', `${node} is too old: ${LEAST_NODE.join('.')} or later`, 'install it from nodejs.org'),
    git === undefined
      ? advice('git', 'not installed: no history, and no morning of another day', 'install git from git-scm.com')
      : isAtLeast(git, LEAST_GIT)
        ? ok('git', git)
        : problem('git', `${git} is too old: ${LEAST_GIT.join('.')} or later`, 'install it from git-scm.com'),
  ];
}

/** The practice, or why there is none: advice where nobody asked for one by name. */
function practiceOf(input: Input): Practice | Check {
  const { missing } = input.outside;
  if (missing === undefined) return input.practice;
  return missing.isAsked
    ? problem('practice', missing.reason, missing.hint ?? null)
    : advice('practice', missing.reason, 'deliver init');
}

function practiceChecks(practice: Practice): readonly Check[] {
  const { book, today, root } = practice;
  const counts = countsOf(practice.report(practice.problems), practice.fileCount);
  const said = summaryOf(counts);
  const zone = book.practice?.time_zone;
  return [
    ok('practice', book.practice === undefined ? root : `${book.practice.practice}, ${root}`),
    counts.errors > 0
      ? problem('data', said, 'deliver validate')
      : counts.warnings > 0
        ? advice('data', said, 'deliver validate')
        : ok('data', said),
    zone === undefined
      ? problem(
          'today',
          `${formatFullDay(today)} in UTC, for deliver.yaml has no time zone that can be used`,
          'deliver validate',
        )
      : ok('today', `${formatFullDay(today)} in ${zone}`),
    identityCheck(practice),
  ];
}

const KNOWN_BY = {
  asked: '--as or DELIVER_AS',
  mail: "git's user.email",
  me: '`me` in deliver.yaml',
  only: 'the only person',
};

function identityCheck({ book, identity }: Practice): Check {
  const { person, by } = identity();
  if (person === undefined || by === 'nobody')
    return advice(
      'you',
      'nobody knows who runs it, so contacts are logged without a name',
      'write `me:` in deliver.yaml, or an `email:` for each person',
    );
  return ok('you', `${book.practice?.people[person]?.name ?? person} (${person}), by ${KNOWN_BY[by]}`);
}

function gitChecks({ outside }: Input, practice: Practice): readonly Check[] {
  const found = practice.git();
  if ('reason' in found) {
    const isNone = found.reason === 'this is no git repository';
    return [advice('repository', found.reason, isNone ? `git init ${shellWord(practice.root)}` : null)];
  }
  const { repository } = found;
  const parts = setupOf(practice, repository, outside.readNamed);
  const named = (state: Part['state']) => parts.filter((part) => part.state === state);
  const missing = named('missing');
  const where =
    repository.prefix === '' ? 'the practice is its top folder' : `the practice lies in ${repository.prefix}`;
  const setup =
    missing.length === parts.length
      ? advice('git setup', 'not done here; everything works without it', 'deliver git setup')
      : missing.length > 0
        ? advice('git setup', `not done: ${missing.map((part) => part.name).join(', ')}`, 'deliver git setup')
        : ok(
            'git setup',
            `${named('there')
              .map((part) => part.name)
              .join(', ')}`,
          );
  return [
    ok('repository', `${where}${repository.isShallow() ? '; old commits are not in this clone' : ''}`),
    setup,
    ...named('foreign').map((part) => advice(part.name, part.what, null)),
  ];
}

function machineChecks({ outside }: Input, practice: Practice | undefined): readonly Check[] {
  const { opener, clipboard } = outside.machine();
  const { isTerminal, columns, hasColour } = outside.screen();
  const terminal = isTerminal
    ? `${columns === undefined ? 'of unknown width' : count(columns, 'column')}, ${hasColour ? 'colour' : 'no colour'}`
    : 'no terminal: nothing is cut, and there is no colour';
  return [
    ...(practice === undefined ? [] : upkeepChecks(outside.upkeep(practice.root))),
    opener === undefined
      ? advice('--open', 'no program opens drafts here', 'deliver email ... --eml FILE.eml')
      : ok('--open', opener),
    clipboard === undefined
      ? advice('--copy', 'no program reaches the clipboard', 'install wl-clipboard, xclip or xsel')
      : ok('--copy', clipboard),
    ok('terminal', terminal),
  ];
}

function upkeepChecks(upkeep: ReturnType<Input['outside']['upkeep']>): readonly Check[] {
  const { folder, refused, practiceRefused, oldCache, busy, interrupted } = upkeep;
  return [
    ...(practiceRefused === undefined ? [] : [problem('folder', practiceRefused, null)]),
    refused === undefined
      ? ok('undo', `kept in ${folder}`)
      : problem('undo', `not available: ${refused.refused}`, refused.fix),
    ...(oldCache === undefined
      ? []
      : [
          advice(
            'cache',
            `an earlier version kept copies of your files in ${oldCache}; nothing uses them now`,
            'the folder may be deleted',
          ),
        ]),
    ...(busy === undefined ? [] : [advice('at work', busy, null)]),
    ...interrupted.map((what) => advice('interrupted', `\`${what}\``, 'the next change finishes it or takes it back')),
  ];
}

const STYLES: Readonly<Record<Check['state'], Style>> = { ok: 'green', advice: 'yellow', problem: 'red' };
const NARROW = 60;

function render(checks: readonly Check[], columns: number | undefined): Block {
  const stateWidth = Math.max(...checks.map((check) => check.state.length));
  const nameWidth = Math.max(...checks.map((check) => displayWidth(check.name)));
  const isNarrow = columns !== undefined && columns < NARROW;
  const lead = isNarrow ? stateWidth + 2 : stateWidth + nameWidth + 4;
  return checks.flatMap(({ state, name, text, fix }): Block => {
    const head: Line = [
      span(padToWidth(state, stateWidth), STYLES[state]),
      '  ',
      isNarrow ? name : padToWidth(name, nameWidth),
    ];
    const texts = wrap(text, columns === undefined ? undefined : columns - lead, '');
    const below = [
      ...(isNarrow ? texts : texts.slice(1)),
      ...(fix === null ? [] : wrap(`-> ${fix}`, columns === undefined ? undefined : columns - lead, '   ')),
    ];
    return [isNarrow ? head : [...head, '  ', texts[0] ?? ''], ...below.map((each) => line(' '.repeat(lead), each))];
  });
}
