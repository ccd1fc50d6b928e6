// `segment`: a client is re-graded; cadences of the new segment begin gently.

import { segmentIds } from '../book/book.ts';
import { happenedOn } from '../changes/days.ts';
import { authorOf, clientEdit, logFile, touchEdit } from '../changes/edits.ts';
import { sayChange } from '../changes/next.ts';
import { askForClient, type Command, type Input, one, textOption } from '../command.ts';
import { type Ask, changing, type Outcome, refusal } from '../outcome.ts';
import type { Edit } from '../source/edit/splice.ts';
import { longDate } from '../terminal/words.ts';
import { findSegmentId } from '../typed/ids.ts';
import { findClient } from '../typed/reference.ts';

export const command: Command = {
  name: 'segment',
  arguments: [
    { name: '<client>', what: 'who' },
    { name: '<segment>', what: 'a segment of service.yaml' },
  ],
  options: [
    { flags: '--why <text>', what: 'the reason, logged as a note' },
    { flags: '--on <day>', what: 'the day it was decided' },
  ],
  about: 'Writes `segment` and `segment_since`. Nobody is late on the first day of a new segment.',
  examples: [{ line: 'deliver segment acme A --why "Refers others, pays on time"', what: 'move up' }],
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
  const segments = segmentIds(book);
  const segmentWritten = one(input, 'segment');
  if (segmentWritten === undefined) {
    const choices = segments.map((id) => ({ value: id, label: `${id}  ${book.service.segments?.[id]?.title ?? ''}` }));
    return { kind: 'ask', argument: 'segment', question: `Which segment is ${client.name} in now?`, choices };
  }
  const segment = findSegmentId(book, segmentWritten);
  if (client.segment === segment) throw refusal(`${client.name} is in segment ${segment} already`);
  const since = happenedOn(practice, options);
  const why = textOption(options, 'why');
  const edits: readonly Edit[] = [
    { kind: 'set', path: ['segment'], value: segment },
    { kind: 'set', path: ['segment_since'], value: since },
  ];
  const move = client.segment === undefined ? `segment ${segment}` : `segment ${client.segment} -> ${segment}`;
  const note = {
    date: since,
    kind: 'note',
    by: authorOf(book, practice.who()),
    note: `${move.replace(/^s/, 'S')}: ${why}`,
  };
  return changing(
    [clientEdit(book, client, edits), ...(why === undefined ? [] : [touchEdit(client, note)])],
    (after, at) =>
      sayChange('segment', {
        changed: [
          { what: `${client.name}: ${move}, since ${longDate(since, today)}`, at: at(client.file, ['segment']) },
          ...(why === undefined
            ? []
            : [
                {
                  what: `logged: ${why}`,
                  at: at(logFile(client), [after.book.logs.get(client.id)?.touches.at(-1)?.at ?? 0]),
                },
              ]),
        ],
      }),
  );
}
