// The questions about one new client, in their order, for `new client` and `init`. Owns their words and what no answer means.
import { segmentIds } from '../book/book.ts';
import { type Options, type Practice, textOption } from '../command.ts';
import { type Day, formatFullDay } from '../day.ts';
import { type Ask, type FileEdit, refusal, UsageError } from '../outcome.ts';
import { accept, DOUBT } from '../records/accept.ts';
import { line, mailAddress } from '../records/values.ts';
import { longDate } from '../terminal/words.ts';
import { parseDayWord } from '../typed/day-words.ts';
import { logFile, touchEdit } from './edits.ts';
import { contactNamed, segmentNamed, spokenKind } from './new-client.ts';
import { clientText, type NewClient } from './skeletons.ts';

/**
 * How answers are come by. `asking`: what no answer means stands where nobody can be asked; `insisting`: somebody must
 * be there to answer; `quiet`: nobody is asked.
 */
export type Asking = {
  readonly options: Options;
  readonly manner: 'asking' | 'insisting' | 'quiet';
};

/** The answer, or the question for it. An empty answer is `otherwise`. */
export function answered({ options, manner }: Asking, ask: Ask): string | Ask {
  const written = textOption(options, ask.argument)?.trim();
  if (written !== undefined && written !== '') return written;
  const { otherwise, ...question } = ask;
  if (otherwise !== undefined && (written === '' || manner === 'quiet')) return otherwise;
  if (manner === 'insisting')
    return { ...question, again: true, unasked: 'cannot ask without a terminal: use --yes to take the defaults' };
  return { ...ask, again: true };
}

export const isAsk = (value: unknown): value is Ask =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'ask';

/** Nothing, as the answer to an open question. */
export const NONE = 'none';

/** A name, title or other text of one line. Throws UsageError. */
export function checkLine(text: string, what: string): string {
  const read = accept(line, text);
  if (read !== DOUBT) return read;
  throw new UsageError(`${what} must be one plain line of text`);
}

export function checkMail(text: string): string {
  if (accept(mailAddress, text) !== DOUBT) return text;
  throw new UsageError(`\`${text}\` is not a valid email address`, 'write one plain address: ada@acme.example');
}

/** A day that is not to come. Throws UsageError. */
export function pastDay(practice: Practice, written: string): Day {
  const word = parseDayWord(written, practice.today, 'past');
  if ('fault' in word) throw new UsageError(word.fault);
  if (word.day <= practice.today) return word.day;
  throw new UsageError(`${formatFullDay(word.day)} is in the future: today is ${formatFullDay(practice.today)}`);
}

/** The options that answer for the contact; `new client` and `init` call them differently. */
export type ContactKeys = { readonly contact: string; readonly email: string };

export type Met = { readonly client: NewClient; readonly spoke: Day | undefined };

const STATUSES = [
  { value: 'active', label: 'active: they buy from us' },
  { value: 'prospect', label: 'prospect: not yet' },
  { value: 'past', label: 'past: no longer' },
] as const;

type Known = { readonly id: string; readonly name: string };

/** Everything about the client, or the next question. Throws what the answers make impossible. */
export function askAboutClient(practice: Practice, asking: Asking, { id, name }: Known, keys: ContactKeys): Met | Ask {
  const question = (argument: string, text: string, otherwise?: string): Ask => ({
    kind: 'ask',
    argument,
    question: text,
    choices: [],
    ...(otherwise === undefined ? {} : { otherwise }),
  });
  const status = answered(asking, { ...question('status', `What is ${name}?`, 'active'), choices: STATUSES });
  if (isAsk(status)) return status;
  const known = STATUSES.find((each) => each.value === status)?.value;
  if (known === undefined)
    throw new UsageError(`\`${status}\` is not a valid status`, 'one of: active, prospect, past');
  const segment = known === 'active' ? askSegment(practice, asking, name) : writtenSegment(practice, asking);
  if (isAsk(segment)) return segment;
  const sinceText =
    known === 'active'
      ? answered(asking, question('since', `Since when? A day such as 2024-03-01 (Enter: today)`, 'today'))
      : NONE;
  if (isAsk(sinceText)) return sinceText;
  const since = sinceText === NONE ? undefined : pastDay(practice, sinceText);
  const contactName = answered(
    asking,
    question(keys.contact, `Who is your contact at ${name}? (Enter: nobody yet)`, NONE),
  );
  if (isAsk(contactName)) return contactName;
  const contact = contactName === NONE ? undefined : contactNamed(checkLine(contactName, 'a name'), []);
  const mail =
    contact === undefined
      ? NONE
      : answered(
          asking,
          question(keys.email, `What is the email address of ${contact.name}? (Enter: not known)`, NONE),
        );
  if (isAsk(mail)) return mail;
  const email = mail === NONE ? undefined : checkMail(mail);
  const spokeText = answered(
    asking,
    question(
      'lastSpoke',
      `When did you last speak with ${name}? yesterday, fri, ${practice.today} (Enter: never)`,
      NEVER,
    ),
  );
  if (isAsk(spokeText)) return spokeText;
  const spoke = spokeText === NEVER ? undefined : pastDay(practice, spokeText);
  const contacts = contact === undefined ? [] : [{ ...contact, email }];
  return { client: { id, name, segment, status: known, since, added: practice.today, contacts }, spoke };
}

const NEVER = 'never';

function askSegment(practice: Practice, asking: Asking, name: string): string | Ask {
  const { segments = {} } = practice.book.service;
  const ids = segmentIds(practice.book);
  if (ids.length === 0) {
    throw refusal(
      'service.yaml has no segments, and an active client is in one',
      'add the segments first, or use --status prospect',
    );
  }
  const written = answered(asking, {
    kind: 'ask',
    argument: 'segment',
    question: `Which segment is ${name} in?`,
    choices: ids.map((id) => ({
      value: id,
      label: [id, segments[id]?.title, segments[id]?.who].filter((it) => it !== undefined).join('  '),
    })),
    ...(ids.length === 1 || asking.manner === 'quiet' ? { otherwise: ids[0] ?? '' } : {}),
  });
  return isAsk(written) ? written : segmentNamed(practice.book, written);
}

/** A prospect or past client has one only when it is said. */
function writtenSegment(practice: Practice, { options }: Asking): string | undefined {
  const written = textOption(options, 'segment');
  return written === undefined ? undefined : segmentNamed(practice.book, written);
}

/** The client's file, and its first line in the log. */
export function clientFiles(practice: Practice, { client, spoke }: Met): readonly FileEdit[] {
  const created = { kind: 'create' as const, file: `clients/${client.id}.yaml`, text: clientText(client) };
  if (spoke === undefined) return [created];
  const kind = spokenKind(practice.book, client.segment);
  return [created, touchEdit(client, { date: spoke, kind, note: 'Last contact before this file' })];
}

export type Changed = { readonly what: string; readonly at: string };

/** What was written, in words. */
export function sayClient(
  after: Practice,
  { client, spoke }: Met,
  at: (file: string, path: readonly (string | number)[]) => string,
): readonly Changed[] {
  const { status, segment, since } = client;
  const where = segment === undefined ? '' : ` in segment ${segment}`;
  const start =
    since === undefined
      ? ''
      : since === after.today
        ? ', a client from today'
        : `, a client since ${longDate(since, after.today)}`;
  const noun = status === 'active' ? 'client' : status === 'past' ? 'past client' : 'prospect';
  const file = `clients/${client.id}.yaml`;
  return [
    { what: `${client.name}: new ${noun}${where}${start}`, at: at(file, ['name']) },
    ...(spoke === undefined
      ? []
      : [{ what: `${client.name}: last spoke on ${longDate(spoke, after.today)}`, at: at(logFile(client), [0]) }]),
  ];
}
