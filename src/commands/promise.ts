// `promise`: something was promised to a client by a day, or a promise was kept.
import { dayIn, happenedOn } from '../changes/days.ts';
import { begin, close, type Named } from '../changes/named-entries.ts';
import { askFor, type Command, type Input, textOption } from '../command.ts';
import { formatFullDay } from '../day.ts';
import { type Ask, type Outcome, UsageError } from '../outcome.ts';
import { longDate } from '../terminal/words.ts';

export const command: Command = {
  name: 'promise',
  arguments: [
    { name: '<client-and-what...>', what: 'a client and what was promised; with --kept a promise: acme/promise/deck' },
  ],
  options: [
    { flags: '--by <day>', what: 'until when' },
    { flags: '--what <text>', what: 'the same as the words after the client' },
    { flags: '--id <id>', what: 'what to call it (default: made from the words)' },
    { flags: '--kept', what: 'the promise was kept' },
    { flags: '--on <day>', what: 'the day it was made or kept' },
  ],
  about: 'Promises that are late or due within a week stand in `status`.',
  examples: [
    { line: 'deliver promise acme "Send the deck" --by fri', what: 'a new one' },
    { line: 'deliver promise acme/promise/deck --kept', what: 'kept' },
  ],
  changes: true,
  ofClient: 'client-and-what',
  depth: () => 'core',
  run,
};

const PROMISE: Named = {
  kind: 'promise',
  argument: 'client-and-what',
  questions: { client: 'To whom?', what: 'What was promised?', which: 'Which promise was kept?' },
  closing: 'kept',
};

function run(input: Input): Outcome | Ask {
  const { practice, options } = input;
  if (options.kept === true) return close(input, PROMISE);
  return begin(input, PROMISE, () => {
    if (textOption(options, 'by') === undefined) return askFor('by', 'By which day?');
    const made = happenedOn(practice, options);
    const by = dayIn(practice, options, 'by', 'future') ?? practice.today;
    if (by < made)
      throw new UsageError(`${formatFullDay(by)} is before the day it is promised, ${formatFullDay(made)}`);
    return { values: { made, by }, says: `promised by ${longDate(by, practice.today)}` };
  });
}
