// `validate`: every problem in the folder, in one of four formats. Decides the exit code; the printing is problem/print's.

import { uncommittedEdits } from '../changes/uncommitted.ts';
import { type Command, type Input, type Practice, textOption } from '../command.ts';
import type { Outcome } from '../outcome.ts';
import { UsageError } from '../outcome.ts';
import { renderGithub, renderPretty, renderUnix } from '../problem/print.ts';
import type { Reported } from '../problem/report.ts';
import { didYouMean } from '../problem/suggest.ts';
import { countsOf, summaryOf } from '../problem/summary.ts';
import { isAdvice } from '../problem/words.ts';
import { type Block, line, safeJson } from '../terminal/ink.ts';

const FORMATS = ['pretty', 'unix', 'github', 'json'] as const;
type Format = (typeof FORMATS)[number];

export const command: Command = {
  name: 'validate',
  arguments: [{ name: '[files...]', what: 'only the problems in these files' }],
  options: [
    { flags: '--format <format>', what: 'pretty, unix, github or json' },
    { flags: '--strict', what: 'warnings fail too, but for advice on days, and matters of style are reported' },
  ],
  about: 'Reads the whole practice and reports every problem at once. Errors exit 1; warnings do not, unless --strict.',
  examples: [
    { line: 'deliver validate', what: 'everything' },
    { line: 'deliver validate clients/acme.yaml', what: 'one file' },
    { line: 'deliver validate --format github --strict', what: 'annotations in a GitHub workflow' },
  ],
  depth: (options) => (options.strict === true ? 'strict' : 'thorough'),
  takesFullReader: () => true,
  run,
};

function run(input: Input): Outcome {
  const { practice } = input;
  const format = formatOf(textOption(input.options, 'format'));
  const wanted = wantedFiles(input);
  const problems = [...practice.problems, ...uncommittedEdits(practice)];
  const reported = practice.report(problems).filter((each) => wanted === undefined || wanted.has(each.file));
  const counts = countsOf(reported, wanted?.size ?? practice.fileCount);
  const data = {
    schema: 'deliver.validate/1',
    errors: counts.errors,
    warnings: counts.warnings,
    files: counts.files,
    problems: reported,
  };
  const isStrict = input.options.strict === true;
  const fails = counts.errors > 0 || (isStrict && reported.some((each) => !isAdvice(each.code)));
  const summary = line(summaryOf(counts));
  const pretty: Block = [...renderPretty(reported, practice.textOf), ...(reported.length > 0 ? [line()] : []), summary];
  return {
    kind: 'outcome',
    text: format === 'pretty' ? pretty : lines(practice, format, reported, data),
    notes: format === 'pretty' || format === 'json' ? [] : [summary],
    data,
    problems: [],
    exit: fails ? 1 : 0,
  };
}

function lines(
  { git }: Practice,
  format: Exclude<Format, 'pretty'>,
  reported: readonly Reported[],
  data: object,
): Block {
  if (format === 'unix') return renderUnix(reported);
  if (format === 'github') {
    const found = git();
    return renderGithub(reported, 'repository' in found ? found.repository.prefix : '');
  }
  return safeJson(data)
    .split('\n')
    .map((text) => line(text));
}

function formatOf(written: string | undefined): Format {
  const format = FORMATS.find((each) => each === (written ?? 'pretty'));
  if (format) return format;
  throw new UsageError(
    `unknown format \`${written}\`${didYouMean(written ?? '', FORMATS)}`,
    `one of ${FORMATS.join(', ')}`,
  );
}

/** Undefined for all files. A folder stands for the files in it. */
function wantedFiles(input: Input): ReadonlySet<string> | undefined {
  const named = input.arguments.files;
  if (named === undefined || typeof named === 'string' || named.length === 0) return undefined;
  const { book, fileNamed } = input.practice;
  const files = named.map((path) => {
    const file = fileNamed(path);
    if (file !== undefined) return file;
    throw new UsageError(`there is no file \`${path}\` in this practice`);
  });
  if (files.includes('')) return undefined;
  const known = [...book.sources.keys()];
  return new Set(
    files.flatMap((file) => {
      const inside = known.filter((each) => each.startsWith(`${file}/`));
      return inside.length > 0 ? inside : [file];
    }),
  );
}
