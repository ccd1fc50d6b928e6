// One morning, as data: `deliver status --json` over a tiny practice, run in process as a black box. Owns the practice
// every engine case starts from and how to find a line in the report; knows nothing of how a day is computed.
import { runDeliver } from '../support/world.ts';

export type Files = Readonly<Record<string, string>>;
export type Row = { readonly client: string } & Readonly<Record<string, unknown>>;
export type Listed = Row & { readonly list: string };
export type Report = {
  readonly exit: number;
  readonly today: string;
  readonly complete: boolean;
  readonly overdue: readonly Row[];
  readonly due_today: readonly Row[];
  readonly upcoming: readonly Row[];
  readonly waiting: readonly Row[];
  readonly to_start: readonly Row[];
  readonly to_finish: readonly Row[];
  readonly touches: readonly Row[];
  readonly occasions: readonly Row[];
  readonly promises: readonly Row[];
  readonly issues: readonly Row[];
  readonly renewals: readonly Row[];
  readonly billing: readonly Row[];
  readonly holds: readonly Row[];
  readonly engagements: readonly Row[];
  readonly hidden: Readonly<Record<string, number>>;
  readonly problems: readonly {
    readonly code: string;
    readonly severity: string;
    readonly message: string;
    readonly file: string;
  }[];
};

export type Morning = {
  readonly today: string | ((zone: string) => string);
  readonly files?: Files;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** The codes of all problems the report must name, sorted; anything else fails the case. Default none. */
  readonly problems?: readonly string[];
  /** Warnings are not looked at; an error fails the case. */
  readonly warnings?: 'any';
};

/** Takes the common indentation off and the blank lines around, then puts `by` spaces before each line. */
function block(text: string, by = 0): string {
  const lines = text.replace(/^\s*\n|\s+$/g, '').split('\n');
  const margin = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)));
  return lines.map((line) => ' '.repeat(by) + line.slice(margin === Number.POSITIVE_INFINITY ? 0 : margin)).join('\n');
}

/** A record with these keys, and those of `defaults` whose key it does not have. */
function record(body: string, defaults: Readonly<Record<string, string>>): string {
  const own = block(body);
  const missing = Object.entries(defaults).filter(([key]) => !new RegExp(`^${key}:`, 'm').test(own));
  return `${missing.map(([key, value]) => `${key}: ${value}\n`).join('')}${own}\n`;
}

/** Monday to Friday, closed on Christmas Day only, so that every year used here is covered. */
export const practice = (body = ''): string =>
  record(body, {
    format: '1',
    practice: 'Northlight',
    people: '{sam: {name: Sam Okafor, email: sam@northlight.example}}',
    time_zone: 'Europe/London',
    calendar: `{closed: {${[2024, 2025, 2026, 2027, 2028].map((year) => `${year}-12-25: Christmas`).join(', ')}}}`,
  });

export const service = (body = ''): string =>
  record(body, {
    touches:
      '{check-in: {title: Check-in}, review: {title: Review, satisfies: [check-in]}, ' +
      'strategy: {title: Strategy day, satisfies: [review]}, card: {title: Card}, gift: {title: Gift}}',
    segments: '{A: {title: Prime}, B: {title: Good}, C: {title: Maintained}}',
  });

/** A client since Mon 2020-01-06, in this folder since that day, in segment A, with the one contact ada. */
export const client = (body = ''): string =>
  record(body, {
    name: 'Acme Ltd',
    ...(/^status: (prospect|past)/m.test(block(body)) ? {} : { segment: 'A', since: '2020-01-06' }),
    added: '2020-01-06',
    contacts: '{ada: {name: Ada Lovelace, email: ada@acme.example}}',
  });

export const PRACTICE: Files = {
  'deliver.yaml': practice(),
  'service.yaml': service(),
  'emails/chase-gentle.md': '---\nsubject: A reminder\n---\nHello\n',
  'emails/chase-firm.md': '---\nsubject: A second reminder\n---\nHello\n',
  'scripts/chase-call.yaml': 'title: Chase call\npurpose: chase\nbeats:\n  - name: Open\n    say: Hello\n',
};

/** The offer `work` with these steps, and acme's one engagement `work` of it. */
export function work(given: { steps: string; job: string; offer?: string; client?: string }): Files {
  return {
    'offers/work.yaml': `name: Work\n${block(given.offer ?? '')}\nsteps:\n${block(given.steps, 2)}\n`,
    'clients/acme.yaml': client(
      `${block(given.client ?? '')}\nengagements:\n  work:\n    offer: work\n${block(given.job, 4)}`,
    ),
  };
}

/** Acme with these cadence rules of its own and this log. */
export function keeping(given: { rules: string; touches?: string; client?: string }): Files {
  return {
    'clients/acme.yaml': client(`${block(given.client ?? '')}\ncadence:\n${block(given.rules, 2)}`),
    ...(given.touches === undefined ? {} : { 'touches/acme.yaml': `${block(given.touches)}\n` }),
  };
}

/** The report of that morning. Throws when it is no JSON or names other problems than the case expects. */
export async function morning({
  today,
  files = {},
  args = [],
  env = {},
  problems = [],
  warnings,
}: Morning): Promise<Report> {
  const world = { today, env, files: { ...PRACTICE, ...files } };
  const { exit, stdout, stderr } = await runDeliver(world, ['status', '--json', ...args]);
  const report = parseReport(stdout, `exit ${exit}\n${stdout}${stderr}`);
  const found = report.problems
    .filter((it) => warnings === undefined || it.severity === 'error')
    .map(({ code }) => code)
    .sort();
  if (found.join() !== [...problems].sort().join())
    throw new Error(`other problems than expected: ${JSON.stringify(report.problems, undefined, 1)}`);
  return { ...report, exit };
}

export function parseReport(stdout: string, otherwise: string): Report {
  try {
    return JSON.parse(stdout) as Report;
  } catch {
    throw new Error(`no JSON on stdout: ${otherwise}`);
  }
}

/** The step's line and the list it stands in; undefined when it is in none. Throws when it is in several. */
export function step(report: Report, id: string, engagement = 'work'): Listed | undefined {
  const lists = ['overdue', 'due_today', 'upcoming', 'waiting'] as const;
  const found = lists.flatMap((list) =>
    report[list].filter((row) => row.step === id && row.engagement === engagement).map((row) => ({ ...row, list })),
  );
  return only(found);
}

/** The cadence line of this kind; undefined when there is none. Throws when there are several. */
export const touch = (report: Report, kind: string, id = 'acme'): Row | undefined =>
  only(report.touches.filter((row) => row.kind === kind && row.client === id));

/** The one row of the list; undefined when it is empty. Throws when there are several. */
export function only<Each>(rows: readonly Each[]): Each | undefined {
  if (rows.length > 1) throw new Error(`more than one line: ${JSON.stringify(rows)}`);
  return rows[0];
}
