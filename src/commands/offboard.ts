// `offboard`: a client is let go. Writes the decision, starts the offboarding, and gives the transition pack; of a client who
// is leaving already the pack alone.
import type { ClientRecord, OfferRecord } from '../book/book.ts';
import { isRemoved } from '../book/book.ts';
import { isAsk, NONE } from '../changes/client-questions.ts';
import { clientEdit, logFile } from '../changes/edits.ts';
import { nextInEngagement, type Said } from '../changes/next.ts';
import { askDecision, type Decided } from '../changes/offboard-questions.ts';
import {
  completeOffboarding,
  decisionEdit,
  type NewOffboarding,
  newOffboarding,
  plannedTexts,
} from '../changes/offboarding.ts';
import { OFFBOARDING_FILE, OFFBOARDING_TEXT } from '../changes/offboarding-offer.ts';
import { placeOf } from '../changes/steps.ts';
import { type Command, type Input, one, type Practice, textOption } from '../command.ts';
import { type Day, formatFullDay } from '../day.ts';
import { offboardingOf } from '../engine/hand-over.ts';
import { OFFBOARDING } from '../engine/partners.ts';
import { isEnded } from '../engine/schedule.ts';
import { settingOf } from '../engine/setting.ts';
import { findEmail } from '../letters/built-in.ts';
import { transitionLetter, transitionScript } from '../letters/transition.ts';
import { type Ask, changing, type FileEdit, type Outcome, refusal, UsageError } from '../outcome.ts';
import { packAnswer } from '../pack/answer.ts';
import { decisionWords, offboardingWords, warningsAbout } from '../pack/words.ts';
import { parseDayWord } from '../typed/day-words.ts';
import { findPartnerId } from '../typed/ids.ts';
import { findClient } from '../typed/reference.ts';

export const command: Command = {
  name: 'offboard',
  arguments: [{ name: '<client>', what: 'who leaves' }],
  options: [
    { flags: '--reason <reason>', what: 'misfit, outgrown, budget, conduct, retired-offer or happy-end' },
    { flags: '--last-day <day>', what: 'the last day you work for them' },
    { flags: '--partner <partner>', what: 'who takes them over, or none' },
    { flags: '--tell <text>', what: 'what the client is told about the reason, in letters' },
    { flags: '--on <day>', what: 'the day it was decided; default: today' },
    { flags: '--to <folder>', what: 'write the transition pack there, as drafts and texts' },
    { flags: '--force', what: 'overwrite existing files, edited or not' },
  ],
  about:
    'Writes down the decision, starts the offer `offboarding`, and gives the transition pack: the script for that reason, the letter to the client, the introduction and the hand-over to the partner, the checklist with its days, and the check after a month. Partners are proposed who take such a client, have agreed and have room in the quarter of the last day. Of a client who is leaving already it gives the pack again.',
  examples: [
    { line: 'deliver offboard acme', what: 'asks for the reason, the last day and the partner' },
    { line: 'deliver offboard acme --reason misfit --last-day eom --partner none', what: 'all at once' },
    { line: 'deliver offboard acme --to drafts/acme', what: 'the pack as files' },
  ],
  changes: true,
  depth: () => 'core',
  run,
};

function run(input: Input): Outcome | Ask {
  const { practice, options } = input;
  const { book, today } = practice;
  if (options.force === true && textOption(options, 'to') === undefined)
    throw new UsageError('--force needs --to FOLDER');
  const written = one(input, 'client');
  if (written === undefined) return askWho(practice);
  const client = findClient(book, today, written);
  refuseOthers(practice, client);
  const before = offboardingOf(settingOf(book, today), client);
  if (client.leaving) refuseContradiction(practice, client, input);
  if (client.leaving && before) return packAgain(input, client);
  refuseBroken(practice, client);
  const running = before && !isEnded(before.engagement, today) ? before : undefined;
  const decision = askDecision(
    practice,
    client,
    client.leaving ?? {
      last_day: running?.engagement.milestones?.['last-day'],
      partner: running?.engagement.partner,
    },
    input,
  );
  if (isAsk(decision)) return decision;
  return letGo(input, client, decision, running?.id);
}

function askWho({ book }: Practice): Ask {
  const choices = [...book.clients.values()]
    .filter((it) => it.status === 'active')
    .map((it) => ({ value: it.id, label: `${it.id}  ${it.name}${it.leaving ? ' (leaving)' : ''}` }));
  return { kind: 'ask', argument: 'client', question: 'Who leaves?', choices };
}

/** Only a client can be let go. */
function refuseOthers(practice: Practice, client: ClientRecord): void {
  const { status, leaving } = client;
  if (status === 'prospect')
    throw refusal(
      `${client.name} is a prospect: there is no work to end`,
      `write \`status: past\` into ${client.file} when you no longer want to hear of them`,
    );
  const { book, today } = practice;
  const offboarding = offboardingOf(settingOf(book, today), client);
  if (status === 'past' && !(leaving && offboarding && !isEnded(offboarding.engagement, today))) {
    const gone = leaving?.last_day === undefined ? '' : `, and left on ${formatFullDay(leaving.last_day)}`;
    throw refusal(`${client.name} is a past client${gone}: nothing is left to end`, `deliver show ${client.id}`);
  }
}

/** An entry with an error is not in the record, and must not be written over; without the log there is no hand-over. */
function refuseBroken({ book, report }: Practice, client: ClientRecord): void {
  const log = book.removals.find((it) => it.file === logFile(client) && it.path.length === 0);
  const [at] = log?.problem ? report([log.problem]) : [];
  if (log)
    throw refusal(
      `${at ? `${at.file}:${at.line}:${at.column} has an error: ${at.message}` : `${log.file} cannot be read`}; nothing was changed`,
      'fix it first: deliver validate',
    );
  if (isRemoved(book, 'offer', OFFBOARDING))
    throw refusal(`${OFFBOARDING_FILE} has errors, so it cannot be started`, 'deliver validate');
  if (isRemoved(book, 'client', client.id, ['leaving']))
    throw refusal(`\`leaving\` in ${client.file} has an error`, 'fix it first: deliver validate');
}

/** What is written stands; an option that says otherwise is not taken for a change of mind. */
function refuseContradiction(practice: Practice, client: ClientRecord, { options }: Input): void {
  const { leaving } = client;
  if (!leaving) return;
  if (textOption(options, 'tell') !== undefined)
    throw refusal(`${client.name} is leaving already`, `write \`tell_client:\` under \`leaving:\` in ${client.file}`);
  const dayOf = (name: string, direction: 'past' | 'future'): string | undefined => {
    const word = textOption(options, name);
    if (word === undefined) return undefined;
    const read = parseDayWord(word, practice.today, direction);
    if ('fault' in read) throw new UsageError(read.fault);
    return read.day;
  };
  const named = textOption(options, 'partner');
  const partner = named === undefined || named === NONE ? named : findPartnerId(practice.book, named);
  const isRunning = offboardingOf(settingOf(practice.book, practice.today), client) !== undefined;
  const said: readonly (readonly [string, string | undefined, string | undefined])[] = [
    ['reason', textOption(options, 'reason'), leaving.reason],
    ['last_day', dayOf('lastDay', 'future'), leaving.last_day],
    ['partner', partner, leaving.partner ?? 'none'],
    ['decided', dayOf('on', 'past'), leaving.decided],
  ];
  // What is not written yet can still be said, as long as nothing was started on it.
  const wrong = said.find(
    ([key, now, then]) =>
      now !== undefined && now !== then && (isRunning || (key in leaving && leaving[key as 'reason'] !== undefined)),
  );
  if (!wrong) return;
  const [key, now, then] = wrong;
  const place = placeOf(practice, client.file, ['leaving']);
  throw refusal(
    `${client.name} is leaving already, with \`${key}: ${then ?? 'nothing'}\`, not ${now} (${place})`,
    key === 'last_day'
      ? 'change it there, and the milestone `last-day` of the offboarding with it; then run this again'
      : key === 'partner'
        ? 'change it there, and the `partner` of the offboarding with it; then run this again'
        : 'change it there; then run this again',
  );
}

function packAgain(input: Input, client: ClientRecord): Outcome {
  const { practice } = input;
  const { today, book } = practice;
  const { leaving } = client;
  if (!leaving) throw new Error(`${client.id} is not leaving`);
  const offboarding = offboardingOf(settingOf(book, today), client);
  const words = decisionWords(practice, client);
  const said: Said = {
    changed: [{ what: words, at: placeOf(practice, client.file, ['leaving']) }],
    next: offboarding && nextInEngagement(practice, client.id, offboarding.id),
  };
  const answer = packAnswer(input, practice, client.id, { ...said, isNew: false, matches: [] });
  return { kind: 'outcome', problems: [], ...answer };
}

/** The decision and what it starts, in one change. */
function letGo(input: Input, client: ClientRecord, decision: Decided, running: string | undefined): Outcome {
  const { practice } = input;
  const { book } = practice;
  const isMade = !book.offers.has(OFFBOARDING) && running === undefined;
  const known = isMade ? practice.reopen(new Map([[OFFBOARDING_FILE, OFFBOARDING_TEXT]])) : practice;
  const offer = known.book.offers.get(OFFBOARDING);
  const begun = running === undefined && offer ? beginning(known, client, offer, decision) : undefined;
  if (running === undefined && !begun) throw refusal(`${OFFBOARDING_FILE} has errors`, 'deliver validate');
  const id = running ?? begun?.id ?? OFFBOARDING;
  const isWritten = client.leaving !== undefined;
  const edits = [
    ...(begun?.edits ?? completeOffboarding(client, id, decision)),
    ...(isWritten ? missingDecision(client, decision) : [decisionEdit(decision)]),
  ];
  const files: readonly FileEdit[] = [
    ...(isMade ? [{ kind: 'create' as const, file: OFFBOARDING_FILE, text: OFFBOARDING_TEXT }] : []),
    clientEdit(known.book, client, edits),
  ];
  return changing(files, (after, at) => {
    const now = after.book.clients.get(client.id) ?? client;
    const changed: Said['changed'] = [
      { what: decisionWords(after, now), at: at(client.file, ['leaving']) },
      ...(isMade ? [{ what: 'Offboarding: a new offer, yours to change', at: at(OFFBOARDING_FILE, []) }] : []),
      ...offboardingWords(after, now, id, begun).map(({ what, path }) => ({ what, at: at(client.file, path) })),
    ];
    return packAnswer(input, after, client.id, {
      changed,
      next: nextInEngagement(after, client.id, id),
      isNew: true,
      matches: decision.matches,
      notes: warningsAbout(after, now, decision),
    });
  });
}

function beginning(practice: Practice, client: ClientRecord, offer: OfferRecord, decision: Decided): NewOffboarding {
  const { book } = practice;
  const planned = plannedTexts(offer);
  return newOffboarding(practice, client, offer, decision, {
    script: transitionScript(book, decision.reason, planned.script),
    letter: transitionLetter(book, decision.reason, planned.letter),
    isToPartner: (email) => findEmail(book, email)?.to === 'partner',
  });
}

/** The rest of a decision that was written by hand. */
function missingDecision({ leaving }: ClientRecord, { lastDay, partner }: Decided) {
  const set = (key: string, value: string | Day) => ({ kind: 'set' as const, path: ['leaving', key], value });
  return [
    ...(leaving?.last_day === undefined ? [set('last_day', lastDay)] : []),
    ...(leaving?.partner === undefined && partner !== undefined ? [set('partner', partner)] : []),
  ];
}
