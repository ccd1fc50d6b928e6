// `new`: a record from a skeleton, or clients out of a list. Thin: the texts are skeletons', the list is bring-in's.
import { bringIn } from '../changes/bring-in.ts';
import {
  type Asking,
  answered,
  askAboutClient,
  checkLine,
  checkMail,
  clientFiles,
  isAsk,
  sayClient,
} from '../changes/client-questions.ts';
import { idFrom } from '../changes/edits.ts';
import { clientIdFrom, firstContactDue, takenClientIds } from '../changes/new-client.ts';
import { sayChange } from '../changes/next.ts';
import { OFFBOARDING_TEXT } from '../changes/offboarding-offer.ts';
import { emailText, offerText, partnerText, scriptText, titleFrom } from '../changes/skeletons.ts';
import { type Command, type Input, type Options, one, textOption } from '../command.ts';
import { OFFBOARDING } from '../engine/partners.ts';
import { builtInText } from '../letters/built-in.ts';
import { type Ask, changing, type Outcome, refusal, UsageError } from '../outcome.ts';
import { nearest } from '../problem/suggest.ts';
import { idFault } from '../records/ids.ts';

export const command: Command = {
  name: 'new',
  arguments: [
    { name: '<kind>', what: 'client, offer, script, email or partner' },
    { name: '[id]', what: 'its id, which is the name of its file (default: made from the name)' },
  ],
  options: [
    { flags: '--name <text>', what: 'what it is called' },
    { flags: '--segment <segment>', what: 'the segment of a client' },
    { flags: '--status <status>', what: 'active (default), prospect or past' },
    { flags: '--since <day>', what: 'a client since that day' },
    { flags: '--contact <name>', what: 'the main contact of a client or partner' },
    { flags: '--email <address>', what: 'the email address of the contact' },
    { flags: '--last-spoke <day>', what: 'when you last spoke with a client, or never' },
    { flags: '--from <file>', what: 'bring in a list of clients (CSV, UTF-8)' },
    { flags: '--map <columns>', what: 'which column is what: "Firma=name,Kontakt=contact,Fax=ignore"' },
    { flags: '--dates <order>', what: 'how 03/04/2026 is read in the list: dmy or mdy' },
    { flags: '--yes', what: 'bring the list in without asking' },
  ],
  about:
    'Writes a file with what is known and, as comments, what else may stand in it. Nothing is ever overwritten.\n' +
    'A list says for each row what will be done; rows with a problem are named and left out, the others are brought in.',
  examples: [
    { line: 'deliver new client --name "Acme Ltd" --segment A', what: 'asks for the rest' },
    { line: 'deliver new offer audit', what: 'an offer with its steps' },
    { line: 'deliver new client --from clients.csv', what: 'a list of clients' },
  ],
  changes: true,
  depth: () => 'core',
  run,
};

const KINDS = [
  { kind: 'client', file: (id: string) => `clients/${id}.yaml`, noun: 'a client' },
  { kind: 'offer', file: (id: string) => `offers/${id}.yaml`, noun: 'an offer' },
  { kind: 'script', file: (id: string) => `scripts/${id}.yaml`, noun: 'a script' },
  { kind: 'email', file: (id: string) => `emails/${id}.md`, noun: 'an email template' },
  { kind: 'partner', file: (id: string) => `partners/${id}.yaml`, noun: 'a partner' },
] as const;
type Kind = (typeof KINDS)[number];

function run(input: Input): Outcome | Ask {
  const written = one(input, 'kind');
  if (written === undefined) {
    return {
      kind: 'ask',
      argument: 'kind',
      question: 'What is new?',
      choices: KINDS.map(({ kind, noun }) => ({ value: kind, label: noun })),
    };
  }
  const kind = kindNamed(written);
  refuseForeign(input.options, kind.kind);
  const from = textOption(input.options, 'from');
  if (from === undefined) return kind.kind === 'client' ? newClient(input, kind) : newRecord(input, kind);
  if (one(input, 'id') !== undefined) throw new UsageError('a list names its clients itself: leave the id out');
  return bringIn(input, from);
}

function kindNamed(written: string): Kind {
  const found = KINDS.find(({ kind }) => kind === written || `${kind}s` === written);
  if (found) return found;
  const kinds = KINDS.map(({ kind }) => kind);
  const meant = nearest(written, kinds);
  throw new UsageError(
    `\`${written}\` is not a kind of record${meant === undefined ? '' : `, did you mean \`${meant}\`?`}`,
    `one of ${kinds.join(', ')}`,
  );
}

const OF_CLIENTS = ['segment', 'status', 'since', 'lastSpoke', 'from', 'map', 'dates', 'yes'];
const OF_LISTS = ['map', 'dates', 'yes'];
const OF_ONE = ['name', 'contact', 'email', 'lastSpoke'];

/** An option that would do nothing is a slip. */
function refuseForeign(options: Options, kind: Kind['kind']): void {
  const isList = options.from !== undefined;
  const wrong = (names: readonly string[]) => names.find((name) => options[name] !== undefined);
  const flag = (name: string) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  const foreign = kind === 'client' ? undefined : wrong(OF_CLIENTS);
  if (foreign !== undefined) throw new UsageError(`${flag(foreign)} is for clients, not for ${kind} records`);
  const ofPeople = kind === 'client' || kind === 'partner' ? undefined : wrong(['contact', 'email']);
  if (ofPeople !== undefined) throw new UsageError(`${flag(ofPeople)} is for clients and partners`);
  const ofList = isList ? undefined : wrong(OF_LISTS);
  if (ofList !== undefined) throw new UsageError(`${flag(ofList)} goes with a list`, 'name it: --from clients.csv');
  const ofOne = isList ? wrong(OF_ONE) : undefined;
  if (ofOne !== undefined) throw new UsageError(`${flag(ofOne)} is for one client; a list has a column for it`);
}

/** The id as it is given, or undefined. Throws what makes it none, or taken. */
function checkedId(input: Input, kind: Kind): string | undefined {
  const id = one(input, 'id');
  if (id === undefined) return undefined;
  const fault = idFault(id, 'id');
  if (fault) {
    const { says, help } = fault.args;
    const meant = fault.suggestion === undefined ? '' : `, did you mean \`${fault.suggestion}\`?`;
    throw new UsageError(`${String(says)}${meant}`, String(help));
  }
  refuseTaken(input, kind, id);
  return id;
}

function refuseTaken({ practice }: Input, { noun, file }: Kind, id: string): void {
  const wanted = file(id).toLowerCase();
  const present = [...practice.book.sources.keys()].find((each) => each.toLowerCase() === wanted);
  if (present !== undefined) throw refusal(`there is ${noun} \`${id}\` already: ${present}`, `deliver show ${id}`);
}

/** `--name`, else the question for it; of an id that is given its words will do. */
function nameFor(asking: Asking, id: string | undefined, noun: string): string | Ask {
  const otherwise = id === undefined ? undefined : titleFrom(id);
  const ending = otherwise === undefined ? '' : ` (Enter: ${otherwise})`;
  const name = answered(asking, {
    kind: 'ask',
    argument: 'name',
    question: `What is the ${noun} called?${ending}`,
    choices: [],
    ...(otherwise === undefined ? {} : { otherwise }),
  });
  return isAsk(name) ? name : checkLine(name, 'a name');
}

function newClient(input: Input, kind: Kind): Outcome | Ask {
  const { practice, options } = input;
  const asking: Asking = { options, manner: 'asking' };
  const given = checkedId(input, kind);
  const name = nameFor(asking, given, 'client');
  if (isAsk(name)) return name;
  const same = [...practice.book.clients.values()].find((it) => it.name.toLowerCase() === name.toLowerCase());
  if (same) throw refusal(`there is a client ${same.name} already: ${same.file}`, `deliver show ${same.id}`);
  const id = given ?? clientIdFrom(name, textOption(options, 'email'), takenClientIds(practice.book));
  const met = askAboutClient(practice, asking, { id, name }, { contact: 'contact', email: 'email' });
  if (isAsk(met)) return met;
  return changing(clientFiles(practice, met), (after, at) => {
    const due = firstContactDue(after, id);
    const next = due ?? { ref: id, text: `deliver show ${id}` };
    return sayChange('new', { changed: sayClient(after, met, at), next });
  });
}

/** The other kinds are filled in by hand: a name is all they need. */
function newRecord(input: Input, kind: Kind): Outcome | Ask {
  const asking: Asking = { options: input.options, manner: one(input, 'id') === undefined ? 'asking' : 'quiet' };
  const given = checkedId(input, kind);
  const name = nameFor(asking, given, kind.kind === 'email' ? 'email about; its subject' : kind.kind);
  if (isAsk(name)) return name;
  const id = given ?? idFrom(name, []);
  const file = kind.file(id);
  if (given === undefined) refuseTaken(input, kind, id);
  const isOffboarding = kind.kind === 'offer' && id === OFFBOARDING;
  // One that comes with the program is copied, to be changed.
  const builtIn = textOption(input.options, 'name') === undefined ? builtInText(`templates/${file}`) : undefined;
  const text = isOffboarding ? OFFBOARDING_TEXT : (builtIn ?? textOf(input, kind.kind, name));
  return changing([{ kind: 'create', file, text }], (_, at) => {
    const next = {
      ref: id,
      text: `change ${file} until it is yours; then ${isOffboarding ? 'deliver offboard CLIENT' : nextCommand(kind.kind, id, input.commands)}`,
    };
    return sayChange('new', {
      changed: [{ what: `${name}: new ${kind.noun.replace(/^an? /, '')}`, at: at(file, []) }],
      next,
    });
  });
}

function nextCommand(kind: Kind['kind'], id: string, commands: readonly string[]): string {
  if (kind === 'offer' && commands.includes('start')) return `deliver start CLIENT ${id}`;
  if (kind === 'email' && commands.includes('email')) return `deliver email CLIENT ${id}`;
  if (kind === 'script' && commands.includes('script')) return `deliver script CLIENT ${id}`;
  return 'deliver validate';
}

function textOf({ practice, options }: Input, kind: Kind['kind'], name: string): string {
  const { book } = practice;
  if (kind === 'offer') return offerText({ name, welcome: book.emails.has('welcome') ? 'welcome' : undefined });
  if (kind === 'script') return scriptText(name);
  if (kind === 'email') return emailText(name);
  const [contact, email] = [textOption(options, 'contact'), textOption(options, 'email')];
  if (contact === undefined && email !== undefined)
    throw new UsageError('whose address is it?', 'say --contact "Jo Fern" too');
  return partnerText({
    name,
    contact: contact === undefined ? undefined : checkLine(contact, 'a name'),
    email: email === undefined ? undefined : checkMail(email),
  });
}
