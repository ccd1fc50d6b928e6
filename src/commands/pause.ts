// `pause`: a client hears nothing from us by itself until a day: no cadences, yearly days or reminders.
import { dayIn, dayToCome } from '../changes/days.ts';
import { clientEdit } from '../changes/edits.ts';
import { BECAUSE, becauseIn } from '../changes/measures.ts';
import { sayChange } from '../changes/next.ts';
import { askFor, askForClient, type Command, type Input, one, textOption } from '../command.ts';
import { formatFullDay } from '../day.ts';
import { type Ask, changing, type Outcome, UsageError } from '../outcome.ts';
import { longDate } from '../terminal/words.ts';
import { findClient } from '../typed/reference.ts';

export const command: Command = {
  name: 'pause',
  arguments: [{ name: '<client>', what: 'who' }],
  options: [
    { flags: '--to <day>', what: 'the last day of the pause' },
    { flags: '--from <day>', what: 'its first day; today when left out' },
    { flags: '--why <text>', what: 'the reason' },
    BECAUSE,
  ],
  about: 'Steps and promises go on; `deliver hold` stops an engagement.',
  examples: [{ line: 'deliver pause acme --to 2027-01-15 --why "Parental leave"', what: 'from today' }],
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
  if (textOption(options, 'to') === undefined) return askFor('to', `${client.name} is quiet through which day?`);
  const to = dayToCome(practice, options, 'to') ?? today;
  // A pause that is running keeps its first day.
  const running = client.pause && client.pause.to >= today ? client.pause.from : undefined;
  const from = dayIn(practice, options, 'from', 'future') ?? running ?? today;
  if (to < from)
    throw new UsageError(`the pause would end on ${formatFullDay(to)}, before it begins on ${formatFullDay(from)}`);
  const why = textOption(options, 'why');
  if (why === undefined) return askFor('why', 'Why?');
  const path = ['pause'];
  const because = becauseIn(options);
  const value = { from, to, why, ...(because === undefined ? {} : { because }) };
  return changing([clientEdit(book, client, [{ kind: 'set', path, value }])], (_, at) =>
    sayChange('pause', {
      changed: [
        {
          what: `${client.name}: quiet from ${longDate(from, today)} to ${longDate(to, today)} (${why})`,
          at: at(client.file, path),
        },
      ],
    }),
  );
}
