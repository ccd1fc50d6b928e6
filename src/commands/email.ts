// `email`: one letter to one client, printed, as a draft, in the mail program or on the clipboard.
import { filesBehind } from '../book/behind.ts';
import type { EmailRecord } from '../book/book.ts';
import { askFor, askForClient, type Command, type Input, one, type Practice, textOption } from '../command.ts';
import { completenessOf } from '../completeness.ts';
import { findEmail, isBuiltIn } from '../letters/built-in.ts';
import { cautionsFor } from '../letters/caution.ts';
import { type Facts, letterFacts } from '../letters/facts.ts';
import { NO_LINE } from '../letters/homes.ts';
import { type Letter, renderLetter } from '../letters/letter.ts';
import { cautionsAbout } from '../letters/letter-cautions.ts';
import { loggedBy } from '../letters/logging.ts';
import { formatMailbox, mailtoLink, senderOf, toMail } from '../letters/mail.ts';
import { firstNameOf } from '../letters/person.ts';
import { type Ask, type Effect, type Outcome, refusal, UsageError } from '../outcome.ts';
import { attachmentsFor } from '../pack/attachments.ts';
import { type Block, line, span } from '../terminal/ink.ts';
import { toBlock } from '../terminal/words.ts';

import {
  askForTemplate,
  findAbout,
  findContact,
  findIssue,
  findOfferNamed,
  findTemplateId,
  foreignNotes,
  notesOf,
  refused,
} from '../typed/letter-request.ts';
import { findClient } from '../typed/reference.ts';
import type { Attachment } from '../world.ts';

const SCHEMA = 'deliver.email/1';

export const command: Command = {
  name: 'email',
  arguments: [
    { name: '<client>', what: 'to whom' },
    { name: '<template>', what: 'which letter: one of emails/, or one that is built in' },
  ],
  options: [
    {
      flags: '--step <step>',
      what: 'the step, or the engagement, it is about; else the one that asks for this letter',
    },
    { flags: '--to <contact>', what: 'another contact, or partner' },
    { flags: '--offer <offer>', what: 'what you offer, before there is work' },
    { flags: '--issue <issue>', what: 'the issue it is about (default: the only open one)' },
    { flags: '--line <text>', what: 'the personal line, in letters that need one' },
    { flags: '--anyway', what: 'write it although the records speak against it' },
    { flags: '--eml <file>', what: 'write a draft that mail programs open' },
    { flags: '--replace', what: 'write over a draft that is there' },
    { flags: '--open', what: 'open it in the mail program' },
    { flags: '--copy', what: 'copy the text' },
  ],
  about:
    'Prints the letter; whom it goes to, its subject, and what to know before you send it stand beside it on standard error. Nothing is ever sent. A letter that lacks a value is refused, with the place where the value belongs.',
  examples: [
    { line: 'deliver email acme welcome', what: 'the text' },
    { line: 'deliver email acme chase-firm --step acme/data-access --open', what: 'in the mail program' },
    { line: 'deliver email acme report-ready --eml report.eml', what: 'a draft' },
  ],
  depth: () => 'core',
  run,
};

function run(input: Input): Outcome | Ask {
  const { practice, options } = input;
  const { book, today } = practice;
  const written = one(input, 'client');
  if (written === undefined) return askForClient(practice, 'Whom do you write to?');
  const client = findClient(book, today, written);
  const template = one(input, 'template');
  if (template === undefined) return askForTemplate(practice, 'email', client);
  const email = emailNamed(practice, template);
  const facts = letterFacts(book, today, client, email, {
    person: practice.who(),
    to: findContact(practice, client, textOption(options, 'to')),
    issue: findIssue(practice, client, textOption(options, 'issue')),
    line: textOption(options, 'line'),
    offer: findOfferNamed(practice, textOption(options, 'offer')),
    ...findAbout(practice, client, textOption(options, 'step')),
  });
  const rendered = renderLetter(
    facts,
    email,
    options.anyway === true || options.anyway === 'yes' ? 'anyway' : undefined,
  );
  if ('problems' in rendered) {
    if (rendered.problems.every((each) => each.args.help === NO_LINE)) return askForLine(facts, email);
    const answered = rendered.problems.find(({ code }) => code === 'letter/answered');
    if (answered && options.anyway === undefined) return askWhetherAnyway(String(answered.args.says));
    const how = rendered.isHeld ? 'should not be written' : 'cannot be written';
    return refused(practice, SCHEMA, `\`${email.id}\` ${how} to ${client.name}`, rendered.problems);
  }
  const { letter } = rendered;
  if (facts.line !== undefined && !letter.printed.has('line'))
    throw new UsageError(
      `\`${email.id}\` has no place for a personal line`,
      'it would stand where the template says `{{line}}`',
    );
  const cautions = [...cautionsFor(book, today, client), ...cautionsAbout(facts, email, letter)];
  const { complete, problems, notes, exit } = completenessOf(practice, filesBehind(book, client, [email.file]));
  const attachments = attachmentsFor(practice, client, email);
  const effects = effectsFor(input, facts, letter, attachments);
  return {
    kind: 'outcome',
    text: toBlock(letter.text.replace(/\n$/, '').replaceAll('\t', '    ').split('\n')),
    plain: letter.text,
    data: { ...dataOf(facts, email, letter, attachments), cautions, complete, problems },
    notes: [
      ...headOf(letter, attachments),
      ...senderNotes(facts, effects),
      ...(effects.some(({ kind }) => kind !== 'copy') ? [line(`once it is sent: ${loggedBy(facts, email)}`)] : []),
      ...notesOf(client, cautions),
      ...foreignNotes(email, practice),
      ...notes,
    ],
    ...(effects.length === 0 ? {} : { effects }),
    problems: [],
    exit,
  };
}

/** The line that this letter needs of a person. */
const askForLine = ({ client, contact }: Facts, email: EmailRecord): Ask => {
  const reader = firstNameOf(client.contacts?.[contact ?? '']) ?? client.name;
  return askFor('line', email.line?.trim() ?? `What would you like to say to ${reader} in one line?`);
};

/** Only a person can tell whether what came in is an answer. */
const askWhetherAnyway = (says: string): Ask => ({
  kind: 'ask',
  argument: 'anyway',
  question: `${says.replace(/^they/, 'They')}. Write the reminder all the same?`,
  choices: [
    { value: 'no', label: 'no' },
    { value: 'yes', label: 'yes' },
  ],
  otherwise: 'no',
});

function emailNamed({ book }: Practice, written: string): EmailRecord {
  const id = findTemplateId(book, 'email', written);
  const email = findEmail(book, id);
  if (!email) throw refusal(`emails/${id}.md has errors`, 'deliver validate');
  return email;
}

const headOf = ({ to, cc, subject }: Letter, attachments: readonly Attachment[]): Block => [
  line(span('To:', 'dim'), ` ${formatMailbox(to)}`, ...(to.address === undefined ? [noAddress(to.written)] : [])),
  ...(cc.length === 0 ? [] : [line(span('Cc:', 'dim'), ` ${cc.map(formatMailbox).join(', ')}`)]),
  line(span('Subject:', 'dim'), ` ${subject}`),
  ...attachments.map(({ name }) => line(span('Attached:', 'dim'), ` ${name}`)),
];

/** A draft without a sender is legal while it is one; the mail program puts its own. */
function senderNotes(facts: Facts, effects: readonly Effect[]): Block {
  const isDraft = effects.some((each) => each.kind === 'draft' || each.kind === 'open-draft');
  if (!isDraft || senderOf(facts) !== undefined) return [];
  const place = facts.person === undefined ? 'people' : `people.${facts.person}.email`;
  return [line(`the draft has no sender: your address belongs in deliver.yaml: ${place}`)];
}

const noAddress = (written: string) => span(`, no e-mail address (${written})`, 'yellow');

function effectsFor(input: Input, facts: Facts, letter: Letter, attachments: readonly Attachment[]): readonly Effect[] {
  const { options } = input;
  const path = textOption(options, 'eml');
  if (path !== undefined && !/[^/\\]\.eml$/i.test(path)) {
    throw new UsageError(`\`${path}\` is no name for a draft`, `its name ends in .eml: --eml ${letter.template}.eml`);
  }
  if (path === undefined && options.replace === true) throw new UsageError('--replace needs --eml FILE');
  const copy: readonly Effect[] = options.copy === true ? [{ kind: 'copy', text: letter.text }] : [];
  if (path === undefined && options.open !== true) return copy;
  const sendable = toMail(facts, letter, attachments);
  if ('lacks' in sendable) {
    const [first] = sendable.lacks;
    throw refusal(`${first?.name} has no e-mail address`, `write it in ${first?.written}`);
  }
  const { mail } = sendable;
  const link = mailtoLink(mail);
  const name = `${facts.client.id}-${letter.template}.eml`;
  const draft: readonly Effect[] =
    path === undefined ? [] : [{ kind: 'draft', mail, path, how: options.replace === true ? 'replace' : 'new' }];
  const opened: readonly Effect[] =
    options.open !== true
      ? []
      : [link === undefined ? { kind: 'open-draft', mail, name } : { kind: 'open', target: link }];
  return [...draft, ...opened, ...copy];
}

const dataOf = (
  facts: Facts,
  email: EmailRecord,
  { to, cc, subject, text, html }: Letter,
  attachments: readonly Attachment[],
) => ({
  schema: SCHEMA,
  client: facts.client.id,
  template: email.id,
  built_in: isBuiltIn(email),
  engagement: facts.schedule?.id ?? null,
  step: facts.step?.plan.id ?? null,
  from: senderOf(facts) ?? null,
  to: [{ name: to.name, address: to.address ?? null }],
  cc: cc.map((each) => ({ name: each.name, address: each.address ?? null })),
  subject,
  text,
  html,
  attachments,
});
