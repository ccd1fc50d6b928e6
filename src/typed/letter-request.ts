// What a command line asks of a letter or a script: whose, which, about which step. Finds it, or refuses with the choices.
// Knows no text of any letter.
import type { Book, ClientRecord, EmailRecord, OfferRecord } from '../book/book.ts';
import { isRemoved } from '../book/book.ts';
import type { Practice } from '../command.ts';
import { builtInText, findEmail, findScript, isBuiltIn, type TemplateKind, templateIds } from '../letters/built-in.ts';
import { type Caution, cautionsFor } from '../letters/caution.ts';
import type { Asked } from '../letters/facts.ts';
import { foreignIn } from '../letters/foreign.ts';
import { emailTexts } from '../letters/texts.ts';
import { type Ask, type Outcome, refusal, UsageError } from '../outcome.ts';
import { renderPretty } from '../problem/print.ts';
import type { Problem } from '../problem/problem.ts';
import { toReport } from '../problem/report.ts';
import { nearest } from '../problem/suggest.ts';
import { type Block, line, span } from '../terminal/ink.ts';
import { findExact, findTarget, listed, type Target } from './reference.ts';

const NOUNS: Readonly<Record<TemplateKind, string>> = { email: 'e-mail template', script: 'script' };

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
export function findTemplateId(book: Book, kind: TemplateKind, written: string): string {
  const noun = NOUNS[kind];
  const ids = templateIds(book, kind);
  const starting = ids.includes(written) ? [written] : ids.filter((id) => id.startsWith(written));
  const [only] = starting;
  if (only !== undefined && starting.length === 1) return only;
  if (isRemoved(book, kind, written)) throw refusal(`the ${noun} \`${written}\` has errors`, 'deliver validate');
  if (starting.length > 1) throw new UsageError(`\`${written}\` could be ${listed(starting)}`, 'write more of it');
  const meant = nearest(written, ids);
  throw new UsageError(
    `there is no ${noun} \`${written}\`${meant === undefined ? '' : `, did you mean \`${meant}\`?`}`,
    `there is ${ids.join(', ')}`,
  );
}

/**
 * `acme/report`, `report`, or `audit-2026/report`; of a running engagement rather than of an ended one. Also an engagement that
 * runs (`acme/audit-2026`): then it is about that, and about no step.
 */
export function findAbout(
  { book, today }: Practice,
  client: ClientRecord,
  written: string | undefined,
): Pick<Asked, 'step' | 'engagement'> {
  if (written === undefined) return {};
  const words = written.startsWith(`${client.id}/`) ? [written] : [client.id, written];
  const look = (more: { readonly includeEnded?: true }): Target =>
    findTarget(book, today, words, { kinds: ['step'], noun: 'step', ...more });
  let target: Target;
  try {
    target = look({});
  } catch (error) {
    if (!(error instanceof UsageError) || error.message.includes('could be')) throw error;
    const work = findExact(book, today, words, { kinds: ['engagement'], noun: 'engagement' });
    if (work) return { engagement: work.id };
    target = look({ includeEnded: true });
  }
  return target.engagement === undefined ? {} : { step: { engagement: target.engagement, step: target.id } };
}

/** A contact by the id, or a unique beginning of it. Throws UsageError. */
export const findContact = (client: ClientRecord, written: string | undefined): string | undefined =>
  written === undefined || written === 'partner'
    ? written
    : findNamed(client, Object.keys(client.contacts ?? {}), written, 'contact');

/** An issue, open or closed, likewise; `acme/issue/slow` names it too. */
export const findIssue = (client: ClientRecord, written: string | undefined): string | undefined =>
  written === undefined
    ? undefined
    : findNamed(client, Object.keys(client.issues ?? {}), written.replace(`${client.id}/issue/`, ''), 'issue');

/** The offer a letter or script is about before there is work. Throws UsageError. */
export function findOfferNamed({ book }: Practice, written: string | undefined): OfferRecord | undefined {
  if (written === undefined) return undefined;
  const ids = [...book.offers.keys()];
  if (!book.offers.has(written) && isRemoved(book, 'offer', written))
    throw refusal(`the offer \`${written}\` has errors`, 'deliver validate');
  const starting = ids.includes(written) ? [written] : ids.filter((id) => id.startsWith(written));
  if (starting.length > 1) throw new UsageError(`\`${written}\` could be ${listed(starting)}`, 'type more of it');
  const found = starting[0] === undefined ? undefined : book.offers.get(starting[0]);
  if (found) return found;
  const meant = nearest(written, ids);
  throw new UsageError(
    `there is no offer \`${written}\`${meant === undefined ? '' : `, did you mean \`${meant}\`?`}`,
    ids.length === 0 ? 'deliver new offer' : `there is ${ids.join(', ')}`,
  );
}

function findNamed(
  client: ClientRecord,
  ids: readonly string[],
  written: string,
  noun: 'contact' | 'issue',
): string | undefined {
  const starting = ids.includes(written) ? [written] : ids.filter((id) => id.startsWith(written));
  const [only] = starting;
  if (only !== undefined && starting.length === 1) return only;
  const meant = nearest(written, ids);
  throw new UsageError(
    `${client.name} has no ${noun} \`${written}\`${meant === undefined ? '' : `, did you mean \`${meant}\`?`}`,
    ids.length === 0 ? `add one under \`${noun}s:\` in ${client.file}` : `there is ${ids.join(', ')}`,
  );
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
