// `git setup`: what makes git fit the practice, once, and again without harm.
import { type Part, setupOf } from '../changes/git-setup.ts';
import { type Command, type Input, one } from '../command.ts';
import { type Answer, type Ask, changing, type Outcome, refusal, UsageError } from '../outcome.ts';
import { shellWord } from '../shell.ts';
import { line, span } from '../terminal/ink.ts';
import { padToWidth } from '../terminal/width.ts';
import { wrap } from '../terminal/words.ts';

export const command: Command = {
  name: 'git',
  arguments: [{ name: '<what>', what: '`setup`, the only thing there is' }],
  options: [],
  about:
    'Hooks that check the practice before a commit and after a merge, hunk headers that name the client and step, and the lines that ' +
    'git wants in .gitattributes and .gitignore. What others have set up is kept. Everything works without it, too.',
  examples: [
    { line: 'deliver git setup', what: 'once in every clone' },
    { line: 'deliver git setup --dry-run', what: 'see what it would do' },
  ],
  changes: true,
  depth: () => 'core',
  run,
};

function run(input: Input): Outcome | Ask {
  const { practice, outside, view } = input;
  const what = one(input, 'what');
  if (what === undefined)
    return {
      kind: 'ask',
      argument: 'what',
      question: 'What about git?',
      choices: [{ value: 'setup', label: 'setup' }],
    };
  if (what !== 'setup') throw new UsageError(`there is no \`git ${what}\`, only \`git setup\``);
  const found = practice.git();
  if ('reason' in found) throw refusal(found.reason, `git init ${shellWord(practice.root)} makes it a repository`);
  const parts = setupOf(practice, found.repository, outside.readNamed);
  return changing(
    parts.flatMap((part) => part.edits),
    () => say(parts, view.columns),
  );
}

const STATES: Readonly<Record<Part['state'], string>> = {
  there: 'there already',
  missing: 'set up',
  foreign: 'not done',
};

function say(parts: readonly Part[], columns: number | undefined): Answer {
  const width = Math.max(...parts.map((part) => part.name.length));
  const stateWidth = Math.max(...parts.map((part) => STATES[part.state].length));
  const files = parts.filter((part) => part.edits.length > 0).map((part) => part.name);
  const next = files.length > 0 ? `git add ${files.join(' ')} && git commit` : 'deliver doctor';
  return {
    text: [
      ...parts.flatMap((part) => {
        const head = `${padToWidth(part.name, width)}  ${padToWidth(STATES[part.state], stateWidth)}  `;
        const isNarrow = columns !== undefined && columns < 60;
        const lead = isNarrow ? 2 : head.length;
        const texts = wrap(part.what, columns === undefined ? undefined : columns - lead, '');
        const style = part.state === 'foreign' ? 'yellow' : part.state === 'missing' ? 'green' : 'dim';
        const first = line(padToWidth(part.name, width), '  ', span(padToWidth(STATES[part.state], stateWidth), style));
        if (isNarrow) return [first, ...texts.map((text) => line('  ', text))];
        return [[...first, '  ', texts[0] ?? ''], ...texts.slice(1).map((text) => line(' '.repeat(lead), text))];
      }),
      line(span('Next:', 'bold'), ` ${next}`),
    ],
    data: {
      schema: 'deliver.change/1',
      command: 'git setup',
      changed: parts
        .filter((part) => part.state === 'missing')
        .map((part) => ({
          what: part.what,
          at: part.name,
          file: part.edits.length > 0 ? part.name : null,
          line: null,
        })),
      parts: parts.map(({ name, state, what }) => ({ name, state, what })),
      next: null,
    },
    effects: parts.flatMap((part) => part.effects),
  };
}
