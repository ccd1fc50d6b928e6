// The rules of the code base that a machine can check: who may import whom, where the clock is looked at, and what
// every problem code and command must come with. The table below is the rule; ARCHITECTURE.md says why.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { WORDS } from '../src/problem/words.ts';

/**
 * For each part of src/ what it may import: parts (a folder, or a file without `.ts`) and packages. `types` may be
 * imported as types only. A folder may always import from itself, unless `own` says from which of its files.
 */
type Rule = {
  readonly imports: readonly string[];
  readonly types?: readonly string[];
  readonly own?: readonly string[];
};

const RULES: Readonly<Record<string, Rule>> = {
  day: { imports: ['date-fns'] },
  money: { imports: [] },
  order: { imports: [] },
  // Words as a shell takes them.
  shell: { imports: [] },
  world: { imports: [], types: ['day', 'repository'] },
  repository: { imports: [], types: ['day'] },
  practice: { imports: [], types: ['book', 'day', 'problem', 'world'] },
  outcome: { imports: [], types: ['practice', 'problem', 'source', 'terminal/ink', 'world'] },
  command: { imports: [], types: ['outcome', 'practice', 'problem', 'world'] },
  completeness: {
    imports: ['problem/words', 'terminal'],
    types: ['book', 'command', 'problem'],
  },
  source: { imports: ['order', 'yaml'] },
  // Printing a problem makes a block of ink: the one thing this folder takes from above.
  problem: { imports: ['day', 'source', 'terminal/ink', 'terminal/width'], types: ['zod'] },
  records: { imports: ['day', 'order'] },
  // What accepts a record loads no zod.
  'records/explain': { imports: ['zod'] },
  book: { imports: ['day', 'money', 'order', 'problem', 'records', 'source'], types: ['world'] },
  engine: { imports: ['book', 'day'], types: ['problem/problem', 'records'] },
  // Never the agenda: a rule knows no today.
  rules: {
    imports: [
      'book',
      'day',
      'engine/calendar',
      'engine/covered-years',
      'engine/schedule',
      'engine/setting',
      'engine/written-days',
      'letters',
      'problem',
      'records',
      'source',
    ],
  },
  letters: {
    imports: ['book', 'day', 'engine', 'handlebars', 'marked', 'money', 'problem', 'records/email'],
    types: ['records', 'world'],
  },
  terminal: {
    imports: ['book/book', 'book/plan', 'cli-table3', 'day', 'letters/mail', 'problem'],
    types: ['book', 'engine', 'letters', 'records', 'show'],
  },
  'terminal/ink': { imports: ['chalk'] },
  // Documents as data, and as Markdown.
  show: { imports: ['day', 'engine'], types: ['book', 'records'] },
  // What words of the command line mean: days, references, letters.
  typed: {
    imports: [
      'book',
      'day',
      'engine/measure/period',
      'engine/schedule',
      'letters',
      'outcome',
      'problem',
      'terminal/ink',
    ],
    types: ['command', 'world'],
  },
  // Two practices in, what changed out, in words.
  review: {
    imports: ['book', 'day', 'engine', 'problem', 'records', 'source', 'terminal'],
  },
  changes: {
    imports: [
      'book',
      'command',
      'csv-parse',
      'date-holidays',
      'day',
      'engine',
      'letters/built-in',
      'outcome',
      'problem',
      'records',
      'review',
      'shell',
      'source',
      'terminal',
      'typed',
    ],
    types: ['world'],
  },
  // The transition pack: templates, records and words put together.
  pack: {
    imports: ['book', 'changes', 'command', 'engine', 'letters', 'terminal', 'typed'],
    types: ['outcome', 'world'],
  },
  commands: {
    imports: [
      'book',
      'changes',
      'command',
      'completeness',
      'day',
      'engine',
      'letters',
      'money',
      'outcome',
      'pack',
      'problem',
      'records',
      'review',
      'rules',
      'shell',
      'show',
      'source',
      'terminal',
      'typed',
    ],
    types: ['world'],
    own: ['commands/all', 'commands/command', 'commands/listings'],
  },
  run: {
    imports: [
      'book',
      'commander',
      'commands/all',
      'day',
      'engine/ahead',
      'outcome',
      'problem',
      'records',
      'rules',
      'shell',
      'source',
      'terminal',
      'typed',
    ],
    types: ['command', 'world'],
  },
  main: { imports: ['commands', 'outcome', 'rules', 'run'], types: ['command', 'world'] },
  node: { imports: ['day', 'inquirer', 'node:', 'nodemailer', 'shell'], types: ['world'] },
  'node/start': { imports: ['main'] },
};

const BAD = 'tests/validate/bad';

/** Files of src/commands/ that are no command. */
const SHARED: ReadonlySet<string> = new Set(['all', 'command', 'listings']);

const PROJECT = join(import.meta.dirname, '..');
const filesIn = (folder: string): readonly string[] =>
  existsSync(join(PROJECT, folder))
    ? readdirSync(join(PROJECT, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(PROJECT, join(entry.parentPath, entry.name)).split(sep).join('/'))
        .sort()
    : [];
const textOf = (file: string): string => readFileSync(join(PROJECT, file), 'utf8');

const sources = filesIn('src').filter((file) => file.endsWith('.ts'));

describe('imports', () => {
  const imported = sources.flatMap((file) => importsOf(file).map((each) => ({ file, part: partOf(file), ...each })));

  test('every part of src/ is in the table', () => {
    expect(sources.filter((file) => ruleOf(partOf(file)) === undefined)).toEqual([]);
  });

  test('each part imports only what the table allows', () => {
    const refused = imported.filter(({ part, target, isType }) => !isAllowed(part, target, isType));
    expect(refused.map(({ file, target, isType }) => `${file} imports ${isType ? 'types of ' : ''}${target}`)).toEqual(
      [],
    );
  });

  test.each([
    ['date-fns', 'day'],
    ['chalk', 'terminal/ink'],
    ['cli-table3', 'terminal'],
    ['yaml', 'source'],
    ['commander', 'run/program'],
    ['handlebars', 'letters/parse'],
    ['marked', 'letters/markdown'],
    ['nodemailer', 'node/drafts'],
    ['csv-parse', 'changes/csv'],
    ['date-holidays', 'changes/holidays'],
  ])('only one place imports %s: %s', (name, place) => {
    const elsewhere = imported.filter(({ part, target }) => target === name && !isWithin(part, place));
    expect(elsewhere.map(({ file }) => file)).toEqual([]);
  });

  test('what is loaded only when it is needed', () => {
    const dynamic = sources.flatMap((file) =>
      [...uncommented(file).matchAll(/(?<!typeof )\bimport\(\s*[`'"]([^`'"]+)/g)].map(
        (it) => `${partOf(file)} ${it[1]}`,
      ),
    );
    expect(dynamic.toSorted()).toEqual([
      'main ./commands/${name}.ts',
      'main ./rules/all.ts',
      'main ./rules/thorough.ts',
      'main ./run/change.ts',
      'node/drafts nodemailer/lib/mail-composer',
      'node/prompts inquirer',
      'node/prompts inquirer',
      'run/answer ./effects.ts',
      'run/load ../book/full-reader.ts',
    ]);
  });

  test('no file imports in a circle, types included', () => {
    const edges = new Map<string, Set<string>>();
    for (const { part, target } of imported) edges.set(part, (edges.get(part) ?? new Set()).add(target));
    expect(circleIn(edges)).toEqual([]);
    expect(
      circleIn(
        new Map([
          ['a', new Set(['b'])],
          ['b', new Set(['c', 'a'])],
        ]),
      ),
    ).toEqual(['a', 'b', 'a']);
  });

  test('no part imports in a circle of parts, types aside', () => {
    const edges = new Map<string, Set<string>>();
    for (const { part, target, isType } of imported) {
      const [from, to] = [folderOf(part), folderOf(target)];
      if (isType || from === to || !(to in RULES) || target === 'terminal/ink' || target === 'terminal/width') continue;
      edges.set(from, (edges.get(from) ?? new Set()).add(to));
    }
    const reaches = (from: string, to: string, seen = new Set<string>()): boolean =>
      [...(edges.get(from) ?? [])].some(
        (next) => next === to || (!seen.has(next) && reaches(next, to, seen.add(next))),
      );
    expect([...edges.keys()].filter((part) => reaches(part, part))).toEqual([]);
  });
});

describe('code', () => {
  const offenders = (pattern: RegExp, isExempt: (file: string) => boolean): readonly string[] =>
    sources
      .filter((file) => !isExempt(file))
      .flatMap((file) =>
        codeOf(file)
          .split('\n')
          .flatMap((line, at) => (pattern.test(line) ? [`${file}:${at + 1} ${line.trim()}`] : [])),
      );
  const inNode = (file: string): boolean => file.startsWith('src/node/');

  test('only day.ts and node/ make dates', () => {
    const clock = /\bnew Date\b|\bDate\.(now|parse|UTC)\b|\bDate\(|\btoISOString\(|\bperformance\b|\bTemporal\b/;
    expect(offenders(clock, (file) => inNode(file) || file === 'src/day.ts')).toEqual([]);
  });

  test('no date is read from text or printed by the zone-dependent methods', () => {
    expect(offenders(/\bnew Date\(\s*['"`]|\bDate\.parse\b|\btoISOString\(/, () => false)).toEqual([]);
  });

  test('only node/ knows the process', () => {
    expect(
      offenders(/\bprocess\b|\bconsole\.|\bBuffer\b|\b__dirname\b|\bimport\.meta\b|\bset(Timeout|Interval)\b/, inNode),
    ).toEqual([]);
  });

  test('everything but main, run/ and node/ is synchronous', () => {
    const inRun = (file: string): boolean => inNode(file) || file.startsWith('src/run/') || file === 'src/main.ts';
    expect(
      offenders(/\b(async (?=[(\w])|async\*|await|Promise<)/, (file) => inRun(file) || file === 'src/world.ts'),
    ).toEqual([]);
  });

  test('nothing is random', () => {
    expect(offenders(/\bMath\.random\b|\bcrypto\b/, inNode)).toEqual([]);
  });

  test('there are no default exports', () => {
    expect(offenders(/\bexport default\b|\bas default\b/, () => false)).toEqual([]);
  });

  test('the only class is UsageError', () => {
    expect(offenders(/\bclass (?!UsageError\b)\w/, () => false)).toEqual([]);
  });

  test('module state does not change', () => {
    expect(offenders(/^(export )?(let|var) /, () => false)).toEqual([]);
  });

  test('a file has at most 300 lines', () => {
    const long = [...sources, ...filesIn('tests/support')].map((file) => ({
      file,
      lines: textOf(file).split('\n').length - 1,
    }));
    expect(long.filter(({ lines }) => lines > 300)).toEqual([]);
  });

  test('a file opens with what it owns', () => {
    expect(sources.filter((file) => !textOf(file).startsWith('// '))).toEqual([]);
  });

  test('nothing is called utils', () => {
    const vague = /(^|\/)(utils?|helpers?|services|managers?|types|common|misc|index)(\/|\.ts$)/;
    expect([...sources, ...filesIn('tests')].filter((file) => vague.test(file))).toEqual([]);
  });
});

describe('completeness', () => {
  const commands = sources
    .flatMap((file) => /^src\/commands\/([a-z-]+)\.ts$/.exec(file)?.[1] ?? [])
    .filter((name) => !SHARED.has(name));

  test('every problem code has a bad example', () => {
    const fixtures = existsSync(join(PROJECT, BAD)) ? readdirSync(join(PROJECT, BAD)) : [];
    const codes = Object.keys(WORDS).map((code) => code.replace('/', '-'));
    expect(codes.filter((code) => !fixtures.some((name) => name === code || name.startsWith(`${code}.`)))).toEqual([]);
  });

  test('every command file is in the list', () => {
    const list = textOf('src/commands/all.ts');
    expect(commands.filter((name) => !new RegExp(`['"\`/]${name}\\b`).test(list))).toEqual([]);
  });

  test('every command has a story', () => {
    const stories = filesIn('tests/stories')
      .filter((file) => file.endsWith('.md'))
      .map(textOf)
      .join('\n');
    expect(commands.filter((name) => !new RegExp(`^\\$ deliver (.* )?${name}( |$)`, 'm').test(stories))).toEqual([]);
  });

  test('every command has a row in README.md', () => {
    const readme = existsSync(join(PROJECT, 'README.md')) ? textOf('README.md') : '';
    expect(commands.filter((name) => !new RegExp(`^\\|[^|]*\`(deliver )?${name}\\b`, 'm').test(readme))).toEqual([]);
  });
});

describe('documents', () => {
  const prose = [...filesIn('docs'), ...rootFiles()].filter((file) => file.endsWith('.md'));

  test('every YAML example parses', () => {
    const examples = prose.flatMap((file) => yamlExamples(textOf(file)).map((example) => ({ file, ...example })));
    const wrong = examples.flatMap(({ file, line, text }) =>
      parseAllDocuments(text).flatMap((each) =>
        [...each.errors, ...each.warnings].map(({ message }) => `${file}:${line} ${message}`),
      ),
    );
    expect(wrong).toEqual([]);
  });

  test('no link to a file is dead', () => {
    const dead = prose.flatMap((file) =>
      [...textOf(file).matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)]
        .map((match) => posix.join(posix.dirname(file), match[1] as string))
        .filter((target) => !existsSync(join(PROJECT, target)))
        .map((target) => `${file}: ${target}`),
    );
    expect(dead).toEqual([]);
  });

  test('nothing is left to do, and every text speaks of the project only', () => {
    // Joined here, so that this file passes its own test.
    const words = [
      ['TO', 'DO'],
      ['FIX', 'ME'],
      ['XX', 'X\\b'],
    ].map((parts) => `\\b${parts.join('')}\\b`);
    const places = [
      ['/wo', 'rk/'],
      ['\\.libr', 'ary\\b'],
      ['/ro', 'ot/'],
      ['registry\\.npm', 'js'],
    ].map((parts) => parts.join(''));
    const foreign = new RegExp([...words, ...places].join('|'));
    const all = ['.ci', 'bench', 'bin', 'docs', 'examples', 'scripts', 'src', 'templates', 'tests'].flatMap(filesIn);
    // The lockfile names the public registry, and `.git` is a file in a worktree.
    const exempt = new Set(['THIRD-PARTY-LICENSES.txt', 'package-lock.json', '.git']);
    const texts = [...all, ...rootFiles()].filter((file) => !exempt.has(file));
    expect(texts.filter((file) => foreign.test(textOf(file)))).toEqual([]);
  });
});

/** `src/book/find.ts` is part `book/find`, `src/day.ts` is `day`. */
function partOf(file: string): string {
  return file.replace(/^src\//, '').replace(/\.ts$/, '');
}

function folderOf(part: string): string {
  return part.split('/')[0] as string;
}

/** A way through the edges that ends where it begins. */
function circleIn(edges: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] {
  const left = new Set<string>();
  const walk = (at: string, trail: readonly string[]): readonly string[] => {
    if (trail.includes(at)) return [...trail.slice(trail.indexOf(at)), at];
    if (left.has(at)) return [];
    for (const next of edges.get(at) ?? []) {
      const found = walk(next, [...trail, at]);
      if (found.length > 0) return found;
    }
    left.add(at);
    return [];
  };
  for (const start of edges.keys()) {
    const found = walk(start, []);
    if (found.length > 0) return found;
  }
  return [];
}

function isWithin(part: string, place: string): boolean {
  return part === place || part.startsWith(`${place}/`) || (place.endsWith(':') && part.startsWith(place));
}

function ruleOf(part: string): Rule | undefined {
  const rule = RULES[folderOf(part)];
  const more = part.includes('/') ? RULES[part] : undefined;
  return rule && more ? { ...rule, imports: [...rule.imports, ...more.imports] } : rule;
}

function isAllowed(part: string, target: string, isType: boolean): boolean {
  const rule = ruleOf(part);
  if (rule === undefined) return false;
  const own = part.includes('/') ? (rule.own ?? [folderOf(part)]) : [];
  // The list of a folder names every file of it.
  const list = part.endsWith('/all') ? [folderOf(part)] : [];
  const allowed = [...rule.imports, ...own, ...list, ...(isType ? (rule.types ?? []) : [])];
  return allowed.some((place) => isWithin(target, place));
}

/** What a file imports: parts of src/ by name, packages by theirs (`date-fns` also for `date-fns/addDays`). */
function importsOf(file: string): readonly { readonly target: string; readonly isType: boolean }[] {
  const text = textOf(file);
  const statements = text.matchAll(
    /^(?:import|export)\s+(type\s+)?(?:(\*(?:\s+as\s+\w+)?|\{[^}]*\}|\w+)\s+from\s+)?['"]([^'"]+)['"]/gm,
  );
  const found = [...statements].map(([, type, names = '', specifier = '']) => ({
    target: targetOf(file, specifier),
    isType: type !== undefined || isTypesOnly(names),
  }));
  const dynamic = [...text.matchAll(/\bimport\(\s*[`'"]([^`'"$]+)/g)];
  return [...found, ...dynamic.map((match) => ({ target: targetOf(file, match[1] as string), isType: false }))];
}

/** `{ type A, type B }` */
function isTypesOnly(names: string): boolean {
  const inside = /^\{([^}]*)\}$/.exec(names.trim())?.[1];
  return inside?.split(',').every((name) => name.trim() === '' || /^type\s/.test(name.trim())) ?? false;
}

function targetOf(file: string, specifier: string): string {
  if (specifier.startsWith('.')) return partOf(posix.join(posix.dirname(file), specifier));
  if (specifier.startsWith('node:')) return specifier;
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** The file's code without its comments; texts stay. */
const uncommented = (file: string): string => textOf(file).replace(/\/\*[\s\S]*?\*\/|(?<![:\\'"`])\/\/[^\n]*/g, '');

/** The file's code: comments and the insides of quoted strings blanked, lines kept. */
function codeOf(file: string): string {
  const blank = (found: string): string => found.replace(/[^\n]/g, ' ');
  return textOf(file).replace(
    /\/\*[\s\S]*?\*\/|(?<![:\\])\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/g,
    (found) => (/^['"]/.test(found) ? found[0] + blank(found.slice(2)) + found[0] : blank(found)),
  );
}

function rootFiles(): readonly string[] {
  return readdirSync(PROJECT, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);
}

/** The fenced blocks marked `yaml`, with the line of each first one. */
function yamlExamples(text: string): readonly { readonly line: number; readonly text: string }[] {
  const blocks = [...text.matchAll(/^( *)```ya?ml\b[^\n]*\n([\s\S]*?)^\1```/gm)];
  return blocks.map((match) => ({
    line: text.slice(0, match.index).split('\n').length + 1,
    text: (match[2] as string).replace(new RegExp(`^${match[1]}`, 'gm'), ''),
  }));
}
