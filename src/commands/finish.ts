// `finish`: an engagement ends, delivered or cancelled. Asks what becomes of the steps that are still open.
import type { Book, ClientRecord, OfferRecord } from '../book/book.ts';
import { happenedOn } from '../changes/days.ts';
import { clientEdit } from '../changes/edits.ts';
import { askForEngagement, findEngagement } from '../changes/engagements.ts';
import { type Next, sayChange } from '../changes/next.ts';
import { askFor, type Command, type Input, textOption, wordsOf } from '../command.ts';
import { formatFullDay } from '../day.ts';
import { OFFBOARDING } from '../engine/partners.ts';
import { type Ask, changing, type Outcome, refusal, UsageError } from '../outcome.ts';
import type { Edit } from '../source/edit/splice.ts';
import { count, longDate } from '../terminal/words.ts';

const ANSWERS = ['skip', 'leave'] as const;

export const command: Command = {
  name: 'finish',
  arguments: [{ name: '<engagement...>', what: 'acme/audit-2026, or acme when only one is running' }],
  options: [
    { flags: '--last', what: 'the last round of an offer that repeats: nothing is due to start after it' },
    { flags: '--cancelled', what: 'it was not delivered; needs --why' },
    { flags: '--why <text>', what: 'the reason' },
    { flags: '--lesson <text>', what: 'what to do differently next time' },
    { flags: '--open <what>', what: 'open steps: skip closes them as skipped, leave leaves them as they are' },
    { flags: '--on <day>', what: 'the day it ended' },
  ],
  about: 'An ended engagement is not listed any more; its history stays. A cancelled one does not start again.',
  examples: [
    { line: 'deliver finish acme/audit-2026', what: 'delivered' },
    { line: 'deliver finish acme/retainer --last', what: 'delivered, and no next round' },
    { line: 'deliver finish acme/audit-2026 --cancelled --why "Sold the shops"', what: 'cancelled' },
  ],
  changes: true,
  ofClient: 'engagement',
  depth: () => 'core',
  run,
};

function run(input: Input): Outcome | Ask {
  const { practice, options } = input;
  const words = wordsOf(input, 'engagement');
  if (words.length === 0) return askForEngagement(practice, 'Which engagement has ended?');
  const { client, schedule, ref } = findEngagement(practice, words);
  const isCancelled = options.cancelled === true;
  const why = textOption(options, 'why');
  if (isCancelled && why === undefined) return askFor('why', `Why was ${ref} cancelled?`);
  const day = happenedOn(practice, options);
  if (day < schedule.engagement.started) {
    throw refusal(`${ref} started on ${formatFullDay(schedule.engagement.started)}, after ${formatFullDay(day)}`);
  }
  if (options.last === true) refuseNotRepeating(practice.book, schedule.plan.offer, ref);
  const open = schedule.steps.filter((step) => step.state !== 'closed');
  const answer = textOption(options, 'open');
  if (answer !== undefined && !ANSWERS.some((each) => each === answer))
    throw new UsageError(`--open is skip or leave, not \`${answer}\``);
  if (open.length > 0 && answer === undefined && !isCancelled) {
    const named = open.map((step) => step.plan.id).join(', ');
    return {
      kind: 'ask',
      argument: 'open',
      question: `${count(open.length, 'step')} of ${ref} ${open.length === 1 ? 'is' : 'are'} open (${named}). What becomes of ${open.length === 1 ? 'it' : 'them'}?`,
      choices: [
        { value: 'skip', label: 'skip  close them as skipped' },
        { value: 'leave', label: 'leave  leave them open' },
      ],
    };
  }
  const lesson = textOption(options, 'lesson')?.trim();
  if (lesson === '') throw new UsageError('--lesson is empty', 'write what to do differently next time');
  const path = ['engagements', schedule.id];
  const reason = why ?? 'Open when the engagement ended';
  const skipping =
    answer === 'skip'
      ? open.flatMap((step): readonly Edit[] => [
          { kind: 'set', path: [...step.plan.progressPath, 'skipped'], value: day },
          { kind: 'set', path: [...step.plan.progressPath, 'why'], value: reason },
        ])
      : [];
  const edits: readonly Edit[] = [
    ...skipping,
    ...(options.last === true ? [{ kind: 'set' as const, path: [...path, 'repeats'], value: 'none' }] : []),
    { kind: 'set', path: [...path, 'ended'], value: day },
    { kind: 'set', path: [...path, 'result'], value: isCancelled ? 'cancelled' : 'delivered' },
    ...(why === undefined ? [] : [{ kind: 'set' as const, path: [...path, 'why'], value: why }]),
    ...(lesson === undefined ? [] : [{ kind: 'set' as const, path: [...path, 'lesson'], value: lesson }]),
  ];
  const next = nextAfter(client, schedule.plan.offer, isCancelled);
  return changing([clientEdit(practice.book, client, edits)], (_, at) =>
    sayChange('finish', {
      changed: [
        {
          what: `${client.name}: ${schedule.id} ${isCancelled ? 'cancelled' : 'delivered'} ${longDate(day, practice.today)}${options.last === true ? ', the last round' : ''}`,
          at: at(client.file, [...path, 'ended']),
        },
        ...(skipping.length === 0
          ? []
          : [{ what: `${count(open.length, 'step')} skipped (${reason})`, at: at(client.file, [...path, 'steps']) }]),
      ],
      next,
    }),
  );
}

function refuseNotRepeating(book: Book, offer: OfferRecord | undefined, ref: string): void {
  const current = offer && (book.offers.get(offer.id) ?? offer);
  if (current?.repeats === undefined)
    throw refusal(`${ref} does not repeat${current ? `: ${current.file} has no \`repeats\`` : ''}`, 'leave out --last');
}

/** The offer that follows; of a client who has left, that they are a past one now. */
function nextAfter(client: ClientRecord, offer: OfferRecord | undefined, isCancelled: boolean): Next | undefined {
  if (isCancelled) return undefined;
  if (offer?.id === OFFBOARDING && client.leaving && client.status === 'active')
    return { ref: client.id, text: `write \`status: past\` into ${client.file}` };
  const following = offer?.next_offer;
  return following === undefined ? undefined : { ref: client.id, text: `deliver start ${client.id} ${following}` };
}
