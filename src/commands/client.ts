// `client`: what is known about a client changes: how well they fit.
import { type ClientRecord, isRemoved } from '../book/book.ts';
import { happenedOn } from '../changes/days.ts';
import { clientEdit } from '../changes/edits.ts';
import { pairsIn } from '../changes/measures.ts';
import { sayChange } from '../changes/next.ts';
import { askFor, askForClient, type Command, type Input, one, type Practice, textOption } from '../command.ts';
import { type Ask, changing, type Outcome, refusal, UsageError } from '../outcome.ts';
import type { Data, Edit } from '../source/edit/splice.ts';
import { findClient } from '../typed/reference.ts';

export const command: Command = {
  name: 'client',
  arguments: [{ name: '<client>', what: 'who' }],
  options: [
    { flags: '--fit <points>', what: 'how well they meet a criterion, 0 to 5: attitude=2, or several with commas' },
    { flags: '--why <text>', what: 'the reason' },
    { flags: '--on <day>', what: 'the day it was found' },
  ],
  about: 'Points are written with their day and the reason, so that later you know what they rest on.',
  examples: [{ line: 'deliver client acme --fit attitude=2 --why "Late twice"', what: 'one criterion' }],
  changes: true,
  ofClient: 'client',
  depth: () => 'core',
  run,
};

function run(input: Input): Outcome | Ask {
  const { practice, options } = input;
  const { book, today } = practice;
  const written = one(input, 'client');
  if (written === undefined) return askForClient(practice, 'Which client?');
  const client = findClient(book, today, written);
  const fit = textOption(options, 'fit');
  if (fit === undefined) return askFor('fit', fitQuestion(practice, client));
  const points = pairsIn(fit, criteriaOf(practice), 'fit criterion');
  if (points.length === 0) throw new UsageError('--fit is empty', fitQuestion(practice, client));
  const why = textOption(options, 'why');
  const on = happenedOn(practice, options);
  const edits = points.map(([id, value]): Edit => {
    refuseBroken(practice, client, id);
    const entry: Record<string, Data> = { points: pointsFrom(id, value), on, ...(why === undefined ? {} : { why }) };
    return { kind: 'set', path: ['fit', id], value: entry };
  });
  return changing([clientEdit(book, client, edits)], (_, at) =>
    sayChange('client', {
      changed: points.map(([id, value]) => ({
        what: `${client.name}: ${titleOf(practice, id)} ${Number(value)} of 5${why === undefined ? '' : ` (${why})`}`,
        at: at(client.file, ['fit', id]),
      })),
    }),
  );
}

const criteriaOf = ({ book }: Practice): readonly string[] => Object.keys(book.service.fit ?? {});

const titleOf = ({ book }: Practice, id: string): string => book.service.fit?.[id]?.title ?? id;

function fitQuestion(practice: Practice, client: ClientRecord): string {
  const criteria = criteriaOf(practice);
  if (criteria.length === 0) throw refusal('no criteria are written yet', 'add them to service.yaml under `fit:`');
  const all = criteria.map((id) => `${id}: ${titleOf(practice, id)}`).join('; ');
  return `How well does ${client.name} fit, 0 to 5 (${all})? Write ${criteria[0]}=4`;
}

function pointsFrom(id: string, value: string): number {
  const points = /^\d(\.\d{1,2})?$/.test(value) ? Number(value) : Number.NaN;
  if (points <= 5) return points;
  throw new UsageError(`\`${value}\` is not a number from 0 to 5`, `write --fit ${id}=4`);
}

function refuseBroken({ book }: Practice, client: ClientRecord, id: string): void {
  if (isRemoved(book, 'client', client.id, ['fit', id]))
    throw refusal(`\`fit: ${id}\` of ${client.id} has an error, so it is left as it is`, 'deliver validate');
}
