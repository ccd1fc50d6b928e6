// Whether we kept what we promised in a period, and whether clients say so. Knows no words and no screen.
import { type ClientRecord, findKind } from '../../book/book.ts';
import type { Day } from '../../day.ts';
import type { Touch } from '../../records/touches.ts';
import { addOffset, type Span } from '../calendar.ts';
import type { Setting } from '../setting.ts';
import { formatRule } from '../touch-items.ts';
import { cadenceClaims } from './cadence-cases.ts';
import { type Case, judge } from './case.ts';
import { answersTo, standardClaims } from './standard-cases.ts';

export type Tally = { readonly kept: number; readonly missed: number; readonly excused: number };

/** One promise: how often it was kept, and what clients say of it. */
export type PromiseLine = Tally & {
  readonly promise: string;
  readonly segment: string | undefined;
  readonly kind: string | undefined;
  readonly text: string;
  /** The mean of what they answered about it. */
  readonly score: number | undefined;
  readonly answers: number;
  /** How many clients answered. */
  readonly clients: number;
};

export type Surveys = {
  /** Questions sent, and answers with a score. */
  readonly asked: number;
  readonly answers: number;
  readonly clients: number;
  readonly mean: number | undefined;
  readonly promoters: number;
  readonly detractors: number;
};

export type Audit = {
  readonly period: Span;
  readonly cases: readonly Case[];
  readonly total: Tally;
  /** Worst first; those without a case or an answer last. */
  readonly lines: readonly PromiseLine[];
  readonly surveys: Surveys;
  readonly otherwise: readonly { readonly promise: string; readonly why: 'measured-high' | 'measured-low' }[];
  readonly unanswered: readonly { readonly client: string; readonly day: Day; readonly score: number }[];
  /** Promises that are neither measured nor asked about. */
  readonly unknown: readonly string[];
  /** What it rests on. */
  readonly inbound: number;
  readonly silent: readonly string[];
};

/** A share of fewer says nothing. */
const FEW_CASES = 5;
const PROMOTER = 9;
const DETRACTOR = 6;
const UNHAPPY_DAYS = { n: 2, unit: 'bd' } as const;

export const shareOf = ({ kept, missed }: Tally): number | undefined =>
  kept + missed < FEW_CASES ? undefined : kept / (kept + missed);

const meanOf = (values: readonly number[]): number | undefined =>
  values.length === 0 ? undefined : values.reduce((sum, each) => sum + each, 0) / values.length;

/** `client`: of one alone. */
export function auditOf(setting: Setting, period: Span, client?: string): Audit {
  const { book, today } = setting;
  const clients = [...book.clients.values()].filter((it) => client === undefined || it.id === client);
  const isIn = (day: Day): boolean => period.from <= day && day <= period.to;
  const claims = clients.flatMap((it) => [...cadenceClaims(setting, it), ...standardClaims(setting, it)]);
  const cases = judge(
    claims.filter(({ deadline }) => isIn(deadline)),
    today,
  ).toSorted(inOrder);
  const answers = clients.flatMap((it) => answersOf(setting, it, isIn));
  const lines = linesOf(setting, client === undefined ? undefined : clients[0], cases, answers).toSorted(worstFirst);
  const active = clients.filter(({ status }) => status === 'active');
  const inbound = new Map(clients.map((it) => [it.id, inboundOf(setting, it, isIn)]));
  return {
    period,
    cases,
    total: tally(cases),
    lines: lines.filter(isTold),
    surveys: surveysOf(setting, clients, answers, isIn),
    otherwise: lines.flatMap(gapOf),
    unanswered: clients.flatMap((it) => unansweredOf(setting, it, isIn)),
    unknown: lines.filter((it) => !isTold(it)).map(({ promise }) => promise),
    inbound: [...inbound.values()].reduce((sum, each) => sum + each, 0),
    silent: active.filter(({ id }) => inbound.get(id) === 0).map(({ id }) => id),
  };
}

function inOrder(a: Case, b: Case): number {
  for (const key of ['deadline', 'promise', 'ref'] as const) if (a[key] !== b[key]) return a[key] < b[key] ? -1 : 1;
  return 0;
}

const tally = (cases: readonly Case[]): Tally => ({
  kept: cases.filter(({ state }) => state === 'kept').length,
  missed: cases.filter(({ state }) => state === 'missed').length,
  excused: cases.filter(({ state }) => state === 'excused').length,
});

/** One answer to a question about a promise, or to the overall one. */
type Answer = { readonly client: ClientRecord; readonly promise: string | undefined; readonly score: number };

const surveyed = ({ book, today }: Setting, client: ClientRecord, isIn: (day: Day) => boolean): readonly Touch[] =>
  (book.logs.get(client.id)?.touches ?? []).filter(({ date }) => date <= today && isIn(date));

function answersOf(setting: Setting, client: ClientRecord, isIn: (day: Day) => boolean): readonly Answer[] {
  return surveyed(setting, client, isIn).flatMap(({ score, scores }): readonly Answer[] => [
    ...(score === undefined ? [] : [{ client, promise: undefined, score }]),
    ...Object.entries(scores ?? {}).flatMap(([id, each]) => {
      const promise = promiseNamed(setting, client, id);
      return promise === undefined ? [] : [{ client, promise, score: each }];
    }),
  ]);
}

/** A promise that several segments make is the one of the client's own. */
function promiseNamed({ book }: Setting, { segment: own }: ClientRecord, id: string): string | undefined {
  const { standards, segments } = book.service;
  if (standards && Object.hasOwn(standards, id)) return `standard/${id}`;
  const having = Object.entries(segments ?? {}).filter(([, it]) => it.promises?.some((each) => each.id === id));
  const segment = having.find(([each]) => each === own) ?? (having.length === 1 ? having[0] : undefined);
  return segment && `segment/${segment[0]}/${id}`;
}

type Bare = Pick<PromiseLine, 'promise' | 'segment' | 'kind' | 'text'> & { readonly isMeasured: boolean };

/** Every promise there is, of one client those made to it. */
function bareLines({ book }: Setting, only: ClientRecord | undefined, cases: readonly Case[]): readonly Bare[] {
  const { standards, segments } = book.service;
  const ours = Object.entries(segments ?? {}).filter(([id]) => only === undefined || id === only.segment);
  const cadences = ours.flatMap(([segment, { cadence }]) =>
    Object.entries(cadence ?? {}).map(
      ([kind, rule]): Bare => ({
        promise: `cadence/${segment}/${kind}`,
        segment,
        kind,
        text: `${findKind(book, kind)?.title ?? kind}, ${formatRule(rule)}`,
        isMeasured: true,
      }),
    ),
  );
  // Rules of clients whose segment has none of that kind.
  const known = new Set(cadences.map(({ promise }) => promise));
  const own = [...new Set(cases.map(({ promise }) => promise))]
    .filter((promise) => promise.startsWith('cadence/') && !known.has(promise))
    .map((promise): Bare => {
      const [, segment, kind = ''] = promise.split('/');
      return { promise, segment, kind, text: findKind(book, kind)?.title ?? kind, isMeasured: true };
    });
  return [
    ...Object.entries(standards ?? {}).map(
      ([id, { promise, measure }]): Bare => ({
        promise: `standard/${id}`,
        segment: undefined,
        kind: undefined,
        text: promise.trim(),
        isMeasured: measure !== undefined,
      }),
    ),
    ...cadences,
    ...own,
    ...ours.flatMap(([segment, { promises }]) =>
      (promises ?? []).map(
        ({ name, text }): Bare => ({
          promise: `segment/${segment}/${name}`,
          segment,
          kind: undefined,
          text: text.trim(),
          isMeasured: false,
        }),
      ),
    ),
  ];
}

type Line = PromiseLine & { readonly isMeasured: boolean };

/** Measured, or at least asked about. */
const isTold = ({ isMeasured, answers }: Line): boolean => isMeasured || answers > 0;

function grouped<T extends { readonly promise: string | undefined }>(
  all: readonly T[],
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const each of all) {
    if (each.promise === undefined) continue;
    const known = groups.get(each.promise);
    if (known) known.push(each);
    else groups.set(each.promise, [each]);
  }
  return groups;
}

function linesOf(
  setting: Setting,
  only: ClientRecord | undefined,
  cases: readonly Case[],
  answers: readonly Answer[],
): readonly Line[] {
  const byPromise = grouped(cases);
  const said = grouped(answers);
  return bareLines(setting, only, cases).map((line): Line => {
    const theirs = said.get(line.promise) ?? [];
    return {
      ...line,
      ...tally(byPromise.get(line.promise) ?? []),
      score: meanOf(theirs.map(({ score }) => score)),
      answers: theirs.length,
      clients: new Set(theirs.map(({ client }) => client.id)).size,
    };
  });
}

/** By the share that was kept, then by how many were missed; without any case last. */
function worstFirst(a: Line, b: Line): number {
  const ratio = ({ kept, missed }: Line): number => (kept + missed === 0 ? 2 : kept / (kept + missed));
  return ratio(a) - ratio(b) || b.missed - a.missed || (a.promise < b.promise ? -1 : a.promise > b.promise ? 1 : 0);
}

/** What is measured and what clients say do not agree. */
function gapOf(line: Line): Audit['otherwise'] {
  const { promise, score } = line;
  const share = shareOf(line);
  if (share === undefined || score === undefined) return [];
  if (share >= 0.9 && score < 7) return [{ promise, why: 'measured-high' }];
  return share < 0.75 && score >= 8 ? [{ promise, why: 'measured-low' }] : [];
}

function surveysOf(
  setting: Setting,
  clients: readonly ClientRecord[],
  answers: readonly Answer[],
  isIn: (day: Day) => boolean,
): Surveys {
  const overall = answers.filter(({ promise }) => promise === undefined);
  const scores = overall.map(({ score }) => score);
  // An answer may stand in the line of the question itself, or in one of its own.
  const asked = clients.map((client) => {
    const touches = surveyed(setting, client, isIn);
    const sent = touches.filter((it) => it.kind === 'survey' && it.in !== true && it.score === undefined);
    return Math.max(sent.length, touches.filter(({ score }) => score !== undefined).length);
  });
  return {
    asked: asked.reduce((sum, each) => sum + each, 0),
    answers: overall.length,
    clients: new Set(overall.map(({ client }) => client.id)).size,
    mean: meanOf(scores),
    promoters: scores.filter((score) => score >= PROMOTER).length,
    detractors: scores.filter((score) => score <= DETRACTOR).length,
  };
}

/** Low scores that nobody answered within two working days; none before these are over. */
function unansweredOf(setting: Setting, client: ClientRecord, isIn: (day: Day) => boolean): Audit['unanswered'] {
  const low = surveyed(setting, client, isIn)
    .filter(({ score }) => score !== undefined && score <= DETRACTOR)
    .toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : (a.score ?? 0) - (b.score ?? 0)));
  if (low.length === 0) return [];
  const answers = answersTo(setting, client);
  return low.flatMap(({ date, score = 0 }) => {
    const until = addOffset(setting.calendar, date, '+', UNHAPPY_DAYS);
    const isAnswered = answers.some((day) => date <= day && day <= until);
    return isAnswered || until >= setting.today ? [] : [{ client: client.id, day: date, score }];
  });
}

const inboundOf = (setting: Setting, client: ClientRecord, isIn: (day: Day) => boolean): number =>
  surveyed(setting, client, isIn).filter((touch) => touch.in === true).length;
