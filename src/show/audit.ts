// How well promises were kept, as a document: the share in all, a line a promise, what was missed, and what clients say.
import type { Book } from '../book/book.ts';
import { type Day, formatFullDay } from '../day.ts';
import { type Audit, type PromiseLine, shareOf } from '../engine/measure/audit.ts';
import type { Case } from '../engine/measure/case.ts';
import {
  type Block,
  type Cell,
  column,
  type Document,
  documentOf,
  listOf,
  optionalColumn,
  section,
  sentence,
  text,
} from './document.ts';
import { listed, roundTo2, shortDay } from './words.ts';

export function auditDocument(book: Book, today: Day, audit: Audit, client: string | undefined): Document {
  const { period, total, lines, cases, surveys, otherwise, unanswered, unknown } = audit;
  const whose = client === undefined ? '' : ` to ${nameOf(book, client)}`;
  const title = `What we promised${whose}, ${formatFullDay(period.from)} to ${formatFullDay(period.to)}`;
  const missed = cases.filter(({ state }) => state === 'missed');
  const textOf = new Map(lines.map((line) => [line.promise, line]));
  return documentOf(
    title,
    section(undefined, sentence(headline(audit), 'strong'), sentence(restsOn(audit, client), 'quiet')),
    section('Promises', lines.length === 0 ? undefined : linesTable(lines)),
    section('Missed', missed.length === 0 ? undefined : missedTable(book, today, missed)),
    section('What they say', surveys.answers === 0 ? undefined : sentence(surveyWords(audit))),
    section(
      'They say otherwise',
      otherwise.length === 0
        ? undefined
        : listOf(
            otherwise.map(({ promise, why }) => {
              const line = textOf.get(promise);
              const words = line === undefined ? promise : `${line.text} (${promise})`;
              return why === 'measured-high'
                ? `${words}: kept ${percent(line)}, and they give it ${mean(line?.score)}`
                : `${words}: kept ${percent(line)} only, and they give it ${mean(line?.score)}`;
            }),
          ),
    ),
    section(
      'Unanswered',
      unanswered.length === 0
        ? undefined
        : listOf(
            unanswered.map(
              ({ client: id, day, score }) =>
                `${nameOf(book, id)} gave ${score} on ${shortDay(day, today)}, and heard nothing within two working days`,
            ),
            'bad',
          ),
    ),
    section(
      'Nobody knows',
      unknown.length === 0
        ? undefined
        : listOf([
            `${listed(unknown)}: add \`measure:\` to a standard in service.yaml, or ask in a survey and log it with \`touch CLIENT survey --scores ID=N\``,
          ]),
    ),
    section(undefined, total.kept + total.missed + total.excused === 0 ? nothingYet(book, lines) : undefined),
    section(undefined, nextBlock(missed, unanswered)),
  );
}

const nameOf = (book: Book, id: string): string => book.clients.get(id)?.name ?? id;

/** `Kept 41 of 46, 89 %, 2 excused.` */
function headline({ total }: Audit): string {
  const { kept, missed, excused } = total;
  const all = kept + missed;
  if (all + excused === 0) return 'No promise had its deadline in this period.';
  const share = shareOf(total);
  const percents = share === undefined ? '' : `, ${Math.round(share * 100)} %`;
  return `Kept ${kept} of ${all}${percents}${excused === 0 ? '' : `, ${excused} excused`}.`;
}

/** `22 inbound contacts logged; none from 4 clients; asked 20, answered 6` */
function restsOn({ inbound, silent, surveys }: Audit, client: string | undefined): string {
  const quiet =
    client !== undefined || silent.length === 0
      ? []
      : [`none from ${silent.length} client${silent.length === 1 ? '' : 's'}`];
  const asked = surveys.asked === 0 ? 'no survey' : `asked ${surveys.asked}, answered ${surveys.answers}`;
  return [`${inbound} inbound contact${inbound === 1 ? '' : 's'} logged`, ...quiet, asked].join('; ');
}

const percent = (line: PromiseLine | undefined): string => {
  const share = line && shareOf(line);
  return share === undefined ? '' : `${Math.round(share * 100)} %`;
};
const mean = (score: number | undefined): string => (score === undefined ? '' : String(roundTo2(score)));

const FEW_CLIENTS = 5;

function linesTable(lines: readonly PromiseLine[]): Block {
  const areAsked = lines.some(({ answers }) => answers > 0);
  return {
    kind: 'table',
    hasHead: true,
    columns: [
      column('Promise'),
      optionalColumn('For'),
      column('Kept', 'right'),
      column('', 'right'),
      ...(areAsked ? [column('They say', 'right')] : []),
    ],
    rows: lines.map((line): readonly Cell[] => {
      const { kept, missed, excused, segment, score, answers, clients } = line;
      const all = kept + missed;
      const excuse = excused === 0 ? '' : ` (+${excused})`;
      const few = clients < FEW_CLIENTS ? ', few answers' : '';
      return [
        text(line.text),
        text(segment ?? 'all', 'quiet'),
        text(all === 0 ? (excused === 0 ? '-' : `${excused} excused`) : `${kept} of ${all}${excuse}`),
        text(percent(line), (shareOf(line) ?? 1) < 0.75 ? 'bad' : 'plain'),
        ...(areAsked ? [text(score === undefined ? '' : `${mean(score)} (${answers}${few})`)] : []),
      ];
    }),
  };
}

const missedTable = (book: Book, today: Day, missed: readonly Case[]): Block => ({
  kind: 'table',
  hasHead: false,
  columns: [column('Client'), column('Due'), column('Late', 'right'), column('What')],
  rows: missed.map(({ client, deadline, daysLate, met, ref }): readonly Cell[] => [
    text(nameOf(book, client)),
    text(shortDay(deadline, today)),
    text(`${daysLate ?? 0}d${met === undefined ? ', still open' : ''}`, 'bad'),
    text(ref, 'quiet'),
  ]),
});

function surveyWords({ surveys }: Audit): string {
  const { answers, clients, mean: average, promoters, detractors } = surveys;
  const net = Math.round(((promoters - detractors) / answers) * 100);
  const few = clients < FEW_CLIENTS ? ', few answers' : '';
  return `${answers} answer${answers === 1 ? '' : 's'}, ${mean(average)} of 10 on average${few}; ${promoters} promoter${promoters === 1 ? '' : 's'}, ${detractors} detractor${detractors === 1 ? '' : 's'}, net ${net} %.`;
}

/** What to write where there is nothing to count. */
function nothingYet({ service, clients }: Book, lines: readonly PromiseLine[]): Block {
  if (clients.size === 0) return sentence('There are no clients yet: deliver new client.');
  if (lines.length > 0) return sentence('Another period may have some: --from DAY --to DAY, or --period year.');
  const hasStandards = Object.keys(service.standards ?? {}).length > 0;
  return sentence(
    hasStandards
      ? 'No promise is measured: add `measure: replies` (or delays, ends, promises, issues) to a standard in service.yaml, and `cadence:` to a segment.'
      : 'No promises are written: add `standards:` with `measure:` to service.yaml, and `cadence:` to a segment.',
  );
}

/** The newest that is still open is what can still be put right. */
function nextBlock(missed: readonly Case[], unanswered: Audit['unanswered']): Block | undefined {
  const [low] = unanswered;
  if (low) return { kind: 'next', command: `deliver brief ${low.client}`, why: 'then call' };
  const open = missed.filter(({ met }) => met === undefined).at(-1);
  if (!open) return undefined;
  return open.ref.includes('@')
    ? { kind: 'next', command: `deliver brief ${open.client}`, why: 'still waiting for an answer' }
    : { kind: 'next', command: `deliver show ${open.ref}`, why: 'still open' };
}
