// What a command line asks of a letter or a script: whose, which, about which step. Finds it, or refuses with the choices.
// Knows no text of any letter.
import type { Book, ClientRecord, EmailRecord, OfferRecord } from '../book/book.ts';
import { recordNames } from '../book/standing.ts';
import type { Practice } from '../command.ts';
import { builtInText, findEmail, findScript, isBuiltIn, type TemplateKind, templateIds } from '../letters/built-in.ts';
import { type Caution, cautionsFor } from '../letters/caution.ts';
import type { Asked } from '../letters/facts.ts';
import { foreignIn } from '../letters/foreign.ts';
import { emailTexts } from '../letters/texts.ts';
import type { Ask, Outcome } from '../outcome.ts';
import { renderPretty } from '../problem/print.ts';
import type { Problem } from '../problem/problem.ts';
import { toReport } from '../problem/report.ts';
import { type Block, line, span } from '../terminal/ink.ts';
import { findContactId, findId, findOfferId } from './ids.ts';
import { findWithin, type Target, type Wanted } from './reference.ts';

/** The question for a template that was not named: the practice's own first. */
export function askForTemplate({ book }: Practice, kind: TemplateKind, client: ClientRecord): Ask {
  const choices = templateIds(book, kind).flatMap((id) => {
    const found = kind === 'email' ? findEmail(book, id) : findScript(book, id);
    if (!found) return [];
    const title = 'subject' in found ? found.subject : found.title;
    const origin = isBuiltIn(found) ? ' (built in)' : '';
    return [{ own: !isBuiltIn(found), value: id, label: `${id}  ${title}${origin}` }];
  });
  const sorted = [...choices.filter((each) => each.own), ...choices.filter((each) => !each.own)];
  return {
    kind: 'ask',
    argument: kind === 'email' ? 'template' : 'script',
    question: kind === 'email' ? `Which letter to ${client.name}?` : `Which script for ${client.name}?`,
    choices: sorted.map(({ value, label }) => ({ value, label })),
  };
}

/** By its id or a unique beginning of it. Throws UsageError. */
export const findTemplateId = (book: Book, kind: TemplateKind, written: string): string =>
  findId(written, {
    kind,
    noun: kind === 'email' ? 'email template' : 'script',
    names: recordNames(book, kind, templateIds(book, kind)),
  });

const ABOUT: Wanted = { kinds: ['step', 'engagement'], prefers: 'step', noun: 'step', includeEnded: true };

/**
 * `acme/report`, `report`, or `audit-2026/report`; of a running engagement rather than of an ended one. Also an engagement
 * (`acme/audit-2026`): then it is about that, and about no step.
 */
export function findAbout(
  { book, today }: Practice,
  client: ClientRecord,
  written: string | undefined,
): Pick<Asked, 'step' | 'engagement'> {
  if (written === undefined) return {};
  const target = findWithin(book, today, client, written, ABOUT);
  const { engagement = '', id } = target;
  return target.kind === 'step' ? { step: { engagement, step: id } } : { engagement: id };
}

/** The offer a letter or script is about before there is work. Throws UsageError. */
export const findOfferNamed = ({ book }: Practice, written: string | undefined): OfferRecord | undefined =>
  written === undefined ? undefined : book.offers.get(findOfferId(book, written));

/** A contact of the client, or `partner`. Throws UsageError. */
export const findContact = (
  { book, today }: Practice,
  client: ClientRecord,
  written: string | undefined,
): string | undefined =>
  written === undefined || written === 'partner' ? written : findContactId(book, today, client, written);

/** An issue, open rather than closed: `slow`, or `acme/issue/slow`. Throws UsageError. */
export function findIssue(
  { book, today }: Practice,
  client: ClientRecord,
  written: string | undefined,
): string | undefined {
  const where = ({ id }: Target): boolean => client.issues?.[id]?.closed === undefined;
  return written === undefined
    ? undefined
    : findWithin(book, today, client, written, { kinds: ['issue'], noun: 'issue', where }).id;
}

/** What is wrong with a template or lacks in the data, as an outcome: exit 1, the places on stderr. */
export function refused(practice: Practice, schema: string, says: string, problems: readonly Problem[]): Outcome {
  const texts = (file: string): string | undefined => practice.textOf(file) ?? builtInText(file);
  const reported = toReport(problems, texts);
  return {
    kind: 'outcome',
    text: [],
    data: { schema, refused: says, problems: reported },
    refusal: [line(span('deliver:', 'red'), ` ${says}`), line(), ...renderPretty(reported, texts)],
    problems,
    exit: 1,
  };
}

/** Why a letter or a script is refused, a sentence for each value it lacks, with its place; each thing to do once. */
export function reasonsOf(practice: Practice, problems: readonly Problem[]): readonly string[] {
  const said = new Set<string | null>([null]);
  return toReport(problems, (file) => practice.textOf(file) ?? builtInText(file)).map((it) => {
    const isNew = !said.has(it.help);
    said.add(it.help);
    return `${it.file}:${it.line}:${it.column} ${it.message}${isNew ? `; ${it.help}` : ''}`;
  });
}

/** "Look before you contact", a line each. */
export const cautionNotes = (practice: Practice, client: ClientRecord): Block =>
  notesOf(client, cautionsFor(practice.book, practice.today, client));

export const notesOf = (client: ClientRecord, cautions: readonly Caution[]): Block =>
  cautions.map(({ text, ref }) =>
    line(span('!', 'yellow'), ` look before you contact ${client.name}: ${text}  `, span(ref, 'dim')),
  );

/** What is left of another program in the text of a template. */
export const foreignNotes = (email: EmailRecord, practice: Practice): Block =>
  toReport(emailTexts(email).flatMap(foreignIn), (file) => practice.textOf(file) ?? builtInText(file)).map((it) =>
    line(span('!', 'yellow'), ` ${it.file}:${it.line}:${it.column} ${it.message}`),
  );

/** The same of several clients, a line each. */
export function cautionNotesOf({ book, today }: Practice, clients: Iterable<ClientRecord>): Block {
  return [...new Set(clients)].flatMap((client): Block => {
    const cautions = cautionsFor(book, today, client);
    if (cautions.length === 0) return [];
    const texts = cautions.map(({ text }) => text).join('; ');
    return [
      line(
        span('!', 'yellow'),
        ` look before you contact ${client.name}: ${texts}  `,
        span(`deliver brief ${client.id}`, 'dim'),
      ),
    ];
  });
}
