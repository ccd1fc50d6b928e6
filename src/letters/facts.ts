// What one letter or script is about: client, person, work, issue, partner, and in which words. Owns how they are chosen when
// nobody names them. Knows no template text.
import type { Book, ClientRecord, EmailRecord, OfferRecord, Removal, ScriptRecord } from '../book/book.ts';
import type { Day } from '../day.ts';
import type { Schedule } from '../engine/schedule.ts';
import { type Setting, settingOf } from '../engine/setting.ts';
import { runningSchedules } from '../engine/step-items.ts';
import { isLaterThan, mainContact } from './contacts.ts';
import { localeFor } from './language.ts';
import { type Wanted, type Work, workFor } from './work.ts';

export type Facts = Pick<Work, 'schedule' | 'step'> & {
  readonly setting: Setting;
  readonly book: Book;
  readonly today: Day;
  /** The language and customs its days and amounts are written in. */
  readonly locale: string;
  /** Who writes or speaks; undefined when nobody knows. */
  readonly person: string | undefined;
  readonly client: ClientRecord;
  /** All its engagements that run. */
  readonly running: readonly Schedule[];
  /** Whom it goes to: a contact's id, or `partner`. */
  readonly to: string | undefined;
  /** The contact it is addressed to, or who is spoken with; the main contact when it goes to a partner. */
  readonly contact: string | undefined;
  readonly partner: string | undefined;
  /** What was bought, or is talked about before there is work. */
  readonly offer: OfferRecord | undefined;
  /** The issue it is about: the one named, else the only open one. */
  readonly issue: string | undefined;
  /** What was written for this letter alone. */
  readonly line: string | undefined;
  /** Why one is lacking, and what would name it. */
  readonly lacks: Work['lacks'] & { readonly issue: string };
  /** The errors that keep anyone from knowing who or what is meant. */
  readonly lost: {
    readonly contact: Removal | undefined;
    readonly work: Removal | undefined;
    readonly issue: Removal | undefined;
  };
};

/** What a person or a plan asks for. */
export type Asked = {
  readonly person: string | undefined;
  /** Instead of whom the template or the step names. */
  readonly to?: string | undefined;
  readonly engagement?: string | undefined;
  readonly step?: Wanted['step'];
  readonly issue?: string | undefined;
  readonly line?: string | undefined;
  /** The offer it is about, where that is not what the work runs on. */
  readonly offer?: OfferRecord | undefined;
};

/** A letter goes to whom is asked for, else to a partner its template names, else to the step's contact, else the template's. */
export function letterFacts(book: Book, today: Day, client: ClientRecord, email: EmailRecord, asked: Asked): Facts {
  const after = email.only_if?.includes('delivered')
    ? ('delivery' as const)
    : email.body.includes('{{invoice.') || email.body.includes(' invoice.')
      ? ('payment' as const)
      : undefined;
  const only = (['overdue', 'not-overdue'] as const).find((it) => email.only_if?.includes(it));
  const wanted: Wanted = { template: { kind: 'email', id: email.id }, after, only, ...asked };
  return factsFor(settingOf(book, today), client, wanted, asked, {
    language: email.language,
    to: (step) => asked.to ?? (email.to === 'partner' ? email.to : (step ?? email.to)),
  });
}

export function scriptFacts(book: Book, today: Day, client: ClientRecord, script: ScriptRecord, asked: Asked): Facts {
  const wanted: Wanted = { template: { kind: 'script', id: script.id }, ...asked };
  return factsFor(settingOf(book, today), client, wanted, asked, {
    language: undefined,
    to: (step) => asked.to ?? step,
  });
}

type Manner = {
  readonly language: string | undefined;
  readonly to: (ofStep: string | undefined) => string | undefined;
};

function factsFor(setting: Setting, client: ClientRecord, wanted: Wanted, asked: Asked, manner: Manner): Facts {
  const { book, today } = setting;
  const running = runningSchedules(setting, client);
  const { schedule, step, lacks, lost } = workFor(setting, client, running, wanted);
  const to = manner.to(step?.plan.contact);
  const main = mainContact(book, client, today);
  const isNamed = to !== undefined && to !== 'partner';
  const issue = issueFor(book, client, today, asked.issue);
  return {
    setting,
    book,
    today,
    locale: localeFor(manner.language, book.practice?.locale),
    person: asked.person,
    client,
    running,
    to: to ?? main.contact,
    contact: isNamed ? to : main.contact,
    schedule,
    step,
    partner: schedule?.engagement.partner ?? client.leaving?.partner,
    offer: asked.offer ?? schedule?.plan.offer,
    issue: issue.issue,
    line: asked.line,
    lacks: { ...lacks, issue: issue.lacks },
    lost: { contact: isNamed ? undefined : main.lost, work: lost, issue: issue.lost },
  };
}

type IssueFound = {
  readonly issue: string | undefined;
  readonly lacks: string;
  readonly lost: Removal | undefined;
};

function issueFor(book: Book, client: ClientRecord, today: Day, named: string | undefined): IssueFound {
  if (named !== undefined) return { issue: named, lacks: '', lost: undefined };
  const lost = book.removals.find((it) => it.kind === 'client' && it.id === client.id && it.path[0] === 'issues');
  if (lost) return { issue: undefined, lacks: `an issue has an error (${lost.file}); name one: --issue ID`, lost };
  const open = Object.entries(client.issues ?? {}).filter(([, it]) => isLaterThan(it.closed, today));
  const [only] = open;
  if (only && open.length === 1) return { issue: only[0], lacks: '', lost: undefined };
  const lacks =
    only === undefined
      ? `no issue of ${client.name} is open: deliver issue ${client.id} TEXT`
      : `several issues are open: name one: ${open.map(([id]) => `--issue ${id}`).join(', ')}`;
  return { issue: undefined, lacks, lost: undefined };
}
