// `audit`: whether we kept what we promised, and whether clients say so.
import { linesIn } from '../changes/steps.ts';
import { type Command, type Input, one, type Practice } from '../command.ts';
import { completenessOf } from '../completeness.ts';
import { type Audit, auditOf, type PromiseLine, shareOf, type Tally } from '../engine/measure/audit.ts';
import { lastFull } from '../engine/measure/period.ts';
import { settingOf } from '../engine/setting.ts';
import type { Outcome } from '../outcome.ts';
import { auditDocument } from '../show/audit.ts';
import { toMarkdown } from '../show/markdown.ts';
import { roundTo2 } from '../show/words.ts';
import { renderDocument } from '../terminal/document.ts';
import { PERIOD_OPTIONS, periodIn } from '../typed/period.ts';
import { findClient } from '../typed/reference.ts';

export const command: Command = {
  name: 'audit',
  arguments: [{ name: '[client]', what: 'one client' }],
  options: [...PERIOD_OPTIONS, { flags: '--md', what: 'as Markdown' }],
  about:
    'Every promise with a deadline in the period is kept, missed or excused. Covers the last full quarter unless another ' +
    'period is given. What nobody measures or asks about is named.',
  examples: [
    { line: 'deliver audit', what: 'the last full quarter' },
    { line: 'deliver audit acme --period year', what: 'one client, the last full year' },
  ],
  depth: () => 'core',
  run,
};

function run(input: Input): Outcome {
  const { practice, options, view } = input;
  const { today } = practice;
  // Without a calendar every deadline would be a guess.
  const book = practice.book.practice ? practice.book : { ...practice.book, clients: new Map() };
  const written = one(input, 'client');
  const client = written === undefined ? undefined : findClient(practice.book, today, written).id;
  const period = periodIn(practice, options) ?? lastFull('quarter', today);
  const audit = auditOf(settingOf(book, today), period, client);
  const { complete, problems, notes, exit } = completenessOf(practice);
  const document = auditDocument(book, today, audit, client);
  return {
    kind: 'outcome',
    text:
      options.md === true
        ? toMarkdown(document)
            .split('\n')
            .slice(0, -1)
            .map((row) => [row])
        : renderDocument(document, view),
    notes,
    data: {
      schema: 'deliver.audit/1',
      today,
      complete,
      client: client ?? null,
      ...(options.json === true ? toData(practice, audit) : {}),
      problems,
    },
    problems: [],
    exit,
  };
}

function percentOf(of: Tally): number | null {
  const share = shareOf(of);
  return share === undefined ? null : Math.round(share * 100);
}

const meanOrNull = (mean: number | undefined): number | null => (mean === undefined ? null : roundTo2(mean));

function toData(practice: Practice, audit: Audit) {
  const { period, total, lines, cases, surveys, otherwise, unanswered, unknown, inbound, silent } = audit;
  const lineOf = linesIn(practice);
  const { answers, mean, promoters, detractors } = surveys;
  return {
    from: period.from,
    to: period.to,
    ...total,
    share: percentOf(total),
    lines: lines.map(lineData),
    cases: cases.map(({ promise, client, ref, deadline, state, met, daysLate, file, path }) => ({
      promise,
      client,
      ref,
      deadline,
      state,
      met: met ?? null,
      days_late: daysLate ?? null,
      file,
      line: lineOf(file, path),
    })),
    surveys: {
      answers,
      mean: meanOrNull(mean),
      promoters,
      detractors,
      net: answers === 0 ? null : Math.round(((promoters - detractors) / answers) * 100),
      asked: surveys.asked,
    },
    otherwise,
    unanswered,
    unknown,
    inbound: { contacts: inbound, none_from: silent },
  };
}

const lineData = (line: PromiseLine) => ({
  promise: line.promise,
  segment: line.segment ?? null,
  kind: line.kind ?? null,
  text: line.text,
  kept: line.kept,
  missed: line.missed,
  excused: line.excused,
  share: percentOf(line),
  score: meanOrNull(line.score),
  answers: line.answers,
});
