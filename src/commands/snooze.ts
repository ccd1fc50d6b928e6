// `snooze`: one kind of touch is quiet for a client until a day.
import { findKind } from '../book/book.ts';
import { dayToCome } from '../changes/days.ts';
import { clientEdit } from '../changes/edits.ts';
import { BECAUSE, becauseIn } from '../changes/measures.ts';
import { sayChange } from '../changes/next.ts';
import { askFor, askForClient, type Command, type Input, one, textOption } from '../command.ts';
import { settingOf } from '../engine/setting.ts';
import { rulesOf } from '../engine/touch-items.ts';
import { type Ask, changing, type Outcome } from '../outcome.ts';
import { longDate } from '../terminal/words.ts';
import { findDueKindId } from '../typed/ids.ts';
import { findClient } from '../typed/reference.ts';

export const command: Command = {
  name: 'snooze',
  arguments: [
    { name: '<client>', what: 'who' },
    { name: '<kind>', what: 'the kind of touch that is quiet' },
  ],
  options: [
    { flags: '--to <day>', what: 'the last quiet day' },
    { flags: '--why <text>', what: 'the reason' },
    BECAUSE,
  ],
  about: 'The due day does not change: after the last quiet day the line returns with its true lateness.',
  examples: [{ line: 'deliver snooze acme check-in --to +2w --why "Asked for quiet until launch"', what: 'two weeks' }],
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
  const kinds = rulesOf(settingOf(book, today), client).map((rule) => rule.kind);
  const kindWritten = one(input, 'kind');
  if (kindWritten === undefined) {
    const choices = kinds.map((id) => ({ value: id, label: `${id}  ${findKind(book, id)?.title ?? ''}` }));
    return { kind: 'ask', argument: 'kind', question: `Which contact with ${client.name} is quiet?`, choices };
  }
  const kind = findDueKindId(book, client, kinds, kindWritten);
  if (textOption(options, 'to') === undefined) return askFor('to', 'Quiet through which day?');
  const to = dayToCome(practice, options, 'to') ?? today;
  const why = textOption(options, 'why');
  if (why === undefined) return askFor('why', 'Why?');
  const path = ['snooze', kind];
  const because = becauseIn(options);
  const value = { from: today, to, why, ...(because === undefined ? {} : { because }) };
  return changing([clientEdit(book, client, [{ kind: 'set', path, value }])], (_, at) =>
    sayChange('snooze', {
      changed: [
        {
          what: `${client.name}: ${findKind(book, kind)?.title ?? kind} quiet through ${longDate(to, today)} (${why})`,
          at: at(client.file, path),
        },
      ],
    }),
  );
}
