// Reported problems as lines for people (pretty), editors and grep (unix) and GitHub Actions. Knows no data.
import { type Lines, openLines } from '../source/lines.ts';
import { type Block, type Line, line, span } from '../terminal/ink.ts';
import { frameOf } from './frame.ts';
import type { Reported, Texts } from './report.ts';

/**
 * ```
 * clients/acme.yaml:3:1: error: unknown key `segmnet` [shape/unknown-key]
 *   2 | name: Acme Ltd
 *   3 | segmnet: B
 *     | ^^^^^^^ did you mean `segment`?
 * ```
 */
export function renderPretty(reported: readonly Reported[], texts: Texts): Block {
  const opened = new Map<string, Lines | undefined>();
  const linesOf = (file: string): Lines | undefined => {
    if (!opened.has(file)) {
      const text = texts(file);
      opened.set(file, text === undefined || text === '' ? undefined : openLines(text));
    }
    return opened.get(file);
  };
  return reported.flatMap((each, at) => [...(at > 0 ? [line()] : []), ...renderOne(each, linesOf(each.file))]);
}

const colourOf = (reported: Reported) => (reported.severity === 'error' ? 'red' : 'yellow');

const placeOf = (at: { readonly file: string; readonly line: number; readonly column: number }): string =>
  `${at.file}:${at.line}:${at.column}`;

const suggestionOf = (reported: Reported): string =>
  reported.suggestion === null ? '' : `, did you mean \`${reported.suggestion}\`?`;

function renderOne(reported: Reported, lines: Lines | undefined): Block {
  const colour = colourOf(reported);
  const frame = lines ? frameOf(reported, lines, colour) : [];
  const hint = frame.length === 0 ? suggestionOf(reported) : '';
  const header = line(
    span(placeOf(reported), 'bold'),
    ': ',
    span(reported.severity, colour),
    `: ${reported.message}${hint} `,
    span(`[${reported.code}]`, 'dim'),
  );
  const help: Line[] = reported.help === null ? [] : [line('  ', span('help:', 'cyan'), ` ${reported.help}`)];
  const notes = reported.related.map((each) => line('  ', span('note:', 'cyan'), ` ${placeOf(each)}: ${each.message}`));
  return [header, ...frame, ...help, ...notes];
}

/** One line each: `file:line:col: error: message [code]` */
export const renderUnix = (reported: readonly Reported[]): Block =>
  reported.map((each) =>
    line(`${placeOf(each)}: ${each.severity}: ${each.message}${suggestionOf(each)} [${each.code}]`),
  );

/** Workflow commands, which GitHub shows beside the changed lines; `prefix` is the practice from the top of the repository. */
export const renderGithub = (reported: readonly Reported[], prefix: string): Block =>
  reported.map((each) => {
    const properties = Object.entries({
      file: prefix + each.file,
      line: each.line,
      col: each.column,
      endLine: each.end_line,
      endColumn: each.end_column,
      title: each.code,
    }).map(([name, value]) => `${name}=${githubProperty(String(value))}`);
    const message = `${each.message}${suggestionOf(each)}${each.help === null ? '' : `\n${each.help}`}`;
    return line(`::${each.severity} ${properties.join(',')}::${githubData(message)}`);
  });

const githubData = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const githubProperty = (text: string): string => githubData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
