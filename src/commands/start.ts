// `start`: a client begins an offer. Asks for the milestones, promises an end, and says what is tight before it is written.
import { type ClientRecord, segmentIds } from '../book/book.ts';
import { dayIn, happenedOn } from '../changes/days.ts';
import { clientEdit } from '../changes/edits.ts';
import { milestonesFor } from '../changes/milestones.ts';
import { nextInEngagement, sayChange } from '../changes/next.ts';
import { overbookedNotes } from '../changes/overbooking.ts';
import { rightFitOf } from '../changes/right-fit.ts';
import { newEngagementId, offerNamed, tightIn, usualEnd } from '../changes/starting.ts';
import { askForClient, type Command, type Input, one, type Practice, textOption } from '../command.ts';
import { type Day, daysBetween, formatFullDay } from '../day.ts';
import { isEnded } from '../engine/schedule.ts';
import { settingOf } from '../engine/setting.ts';
import { runningSchedules } from '../engine/step-items.ts';
import { type Ask, changing, type Outcome, refusal, UsageError } from '../outcome.ts';
import type { Data, Edit } from '../source/edit/splice.ts';
import { type Block, line } from '../terminal/ink.ts';
import { longDate } from '../terminal/words.ts';
import { findPersonId, findSegmentId } from '../typed/ids.ts';
import { findClient } from '../typed/reference.ts';

export const command: Command = {
  name: 'start',
  arguments: [
    { name: '<client>', what: 'who' },
    { name: '<offer>', what: 'an offer' },
  ],
  options: [
    { flags: '--on <day>', what: 'the first day; default: today' },
    { flags: '--milestones <days>', what: 'dates the offer asks for: workshop=2026-12-10, or workshop=usual' },
    { flags: '--right-fit <answers>', what: 'what the offer asks of a client: data=yes,decides=no' },
    { flags: '--promised <day>', what: 'the promised end; default: from the target of the offer' },
    { flags: '--id <id>', what: 'what to call the engagement; the offer, then the offer and the year' },
    { flags: '--owner <person>', what: 'who is responsible' },
    { flags: '--segment <segment>', what: 'of a prospect, who becomes a client' },
    { flags: '--anyway', what: 'although one of this offer is running' },
  ],
  about:
    'Writes the engagement with the version of the offer it runs on and the promised end. A prospect becomes active.',
  examples: [{ line: 'deliver start acme audit --milestones workshop=2026-12-10', what: 'from today' }],
  changes: true,
  depth: () => 'core',
  run,
};

function run(input: Input): Outcome | Ask {
  const { practice, options } = input;
  const { book, today } = practice;
  const written = one(input, 'client');
  if (written === undefined) return askForClient(practice, 'Which client starts?');
  const client = findClient(book, today, written);
  const offerWritten = one(input, 'offer');
  if (offerWritten === undefined) {
    const choices = [...book.offers.values()].map((it) => ({ value: it.id, label: `${it.id}  ${it.name}` }));
    return { kind: 'ask', argument: 'offer', question: `What does ${client.name} start?`, choices };
  }
  const offer = offerNamed(practice, offerWritten);
  const running = Object.entries(client.engagements ?? {}).find(
    ([, it]) => it.offer?.id === offer.id && !isEnded(it, today),
  );
  if (running && options.anyway !== true) {
    throw refusal(
      `${client.id}/${running[0]} is running on ${offer.id} already`,
      `deliver finish ${client.id}/${running[0]}, or say --anyway`,
    );
  }
  const started = happenedOn(practice, options);
  const segment = segmentFor(practice, client, textOption(options, 'segment'));
  if (typeof segment === 'object') return segment;
  const milestones = milestonesFor(practice, offer, started, textOption(options, 'milestones'));
  if ('ask' in milestones) return milestones.ask;
  const fits = rightFitOf(client, offer, textOption(options, 'rightFit'));
  if ('ask' in fits) return fits.ask;
  const id = newEngagementId(client, offer, started, textOption(options, 'id'));
  const promised = dayIn(practice, options, 'promised', 'future') ?? usualEnd(practice, offer, started);
  if (promised !== undefined && promised < started)
    throw new UsageError(`${formatFullDay(promised)} is before the first day, ${formatFullDay(started)}`);
  const ownerWritten = textOption(options, 'owner');
  const owner = ownerWritten === undefined ? undefined : findPersonId(book, ownerWritten);
  const path = ['engagements', id];
  const value: Record<string, Data> = {
    offer: `${offer.id}@${offer.version}`,
    started,
    ...(owner === undefined ? {} : { owner }),
    ...(promised === undefined ? {} : { promised }),
    ...(Object.keys(milestones.days).length === 0 ? {} : { milestones: milestones.days }),
    ...(Object.keys(fits.answers).length === 0 ? {} : { right_fit: fits.answers }),
    steps: null,
  };
  const edits: readonly Edit[] = [...becoming(client, segment, started), { kind: 'set', path, value, style: 'block' }];
  return changing(
    [clientEdit(book, client, edits)],
    (after, at) =>
      sayChange('start', {
        changed: [
          {
            what: `${client.name}: ${offer.name} from ${longDate(started, today)}${promised === undefined ? '' : `, promised ${longDate(promised, today)}`}`,
            at: at(client.file, path),
          },
          ...fits.missing.map((what) => ({
            what: `note: may not fit: no to "${what}"`,
            at: at(client.file, [...path, 'right_fit']),
          })),
          ...[...tightIn(after, client.id, id), ...overbookedNotes(practice, after, client.id, id)].map((what) => ({
            what: `note: ${what}`,
            at: at(client.file, path),
          })),
        ],
        next: nextInEngagement(after, client.id, id),
      }),
    promiseClash(practice, promised, client),
  );
}

/** The segment a new client gets, undefined for one who is a client already. */
function segmentFor(practice: Practice, client: ClientRecord, written: string | undefined): string | undefined | Ask {
  if (client.status === 'active') return undefined;
  const segments = segmentIds(practice.book);
  const segment = written ?? client.segment;
  if (segment === undefined) {
    return {
      kind: 'ask',
      argument: 'segment',
      question: `${client.name} becomes a client. In which segment?`,
      choices: segments.map((id) => ({
        value: id,
        label: `${id}  ${practice.book.service.segments?.[id]?.title ?? ''}`,
      })),
    };
  }
  return findSegmentId(practice.book, segment);
}

const becoming = (client: ClientRecord, segment: string | undefined, started: Day): readonly Edit[] =>
  segment === undefined
    ? []
    : [
        { kind: 'set', path: ['segment'], value: segment },
        ...(client.segment === segment ? [] : [{ kind: 'set' as const, path: ['segment_since'], value: started }]),
        { kind: 'set', path: ['status'], value: 'active' },
        ...(client.since === undefined ? [{ kind: 'set' as const, path: ['since'], value: started }] : []),
      ];

const CLOSE_DAYS = 3;

/** Other engagements promised for about the same days. */
function promiseClash(practice: Practice, promised: Day | undefined, starting: ClientRecord): Block {
  if (promised === undefined) return [];
  const { book, today } = practice;
  const setting = settingOf(book, today);
  const close = [...book.clients.values()].flatMap((client) =>
    runningSchedules(setting, client)
      .filter((it) => it.promised !== undefined && Math.abs(daysBetween(it.promised, promised)) <= CLOSE_DAYS)
      .map((it) => `${client.id}/${it.id} (${longDate(it.promised ?? promised, today)})`),
  );
  return close.length === 0 ? [] : [line(`${starting.name} is promised in the same days as ${close.join(', ')}`)];
}
