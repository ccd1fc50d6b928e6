// `promise`: something was promised to a client by a day, or a promise was kept.
import { dayIn, happenedOn } from '../changes/days.ts';
import { chosenId, clientEdit, idFrom } from '../changes/edits.ts';
import { sayChange } from '../changes/next.ts';
import { placeOf } from '../changes/steps.ts';
import { askFor, askForClient, type Command, type Input, type Practice, textOption, wordsOf } from '../command.ts';
import { formatFullDay } from '../day.ts';
import { type Ask, changing, type Outcome, refusal, UsageError } from '../outcome.ts';
import { longDate } from '../terminal/words.ts';
import { allTargets, findClient, findExact, findTarget, type Wanted } from '../typed/reference.ts';

export const command: Command = {
  name: 'promise',
  arguments: [
    { name: '<client-and-what...>', what: 'a client and what was promised; with --kept a promise: acme/promise/deck' },
  ],
  options: [
    { flags: '--by <day>', what: 'until when' },
    { flags: '--what <text>', what: 'the same as the words after the client' },
    { flags: '--id <id>', what: 'what to call it; made from the words when left out' },
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

const OPEN = (practice: Practice): Wanted => ({
  kinds: ['promise'],
  noun: 'promise',
  where: ({ client, id }) => practice.book.clients.get(client ?? '')?.promises?.[id]?.kept === undefined,
});

function run(input: Input): Outcome | Ask {
  return input.options.kept === true ? keep(input) : make(input);
}

function make(input: Input): Outcome | Ask {
  const { practice, options } = input;
  const { book, today } = practice;
  const [written, ...what] = wordsOf(input, 'client-and-what');
  if (written === undefined) return { ...askForClient(practice, 'To whom?'), argument: 'client-and-what' };
  const client = findClient(book, today, written);
  const says = what.length > 0 ? what.join(' ') : textOption(options, 'what');
  if (says === undefined) return askFor('what', 'What was promised?');
  if (textOption(options, 'by') === undefined) return askFor('by', 'By which day?');
  const made = happenedOn(practice, options);
  const by = dayIn(practice, options, 'by', 'future') ?? today;
  if (by < made) throw new UsageError(`${formatFullDay(by)} is before the day it is promised, ${formatFullDay(made)}`);
  const text = says;
  const taken = Object.keys(client.promises ?? {});
  const id = chosenId(textOption(options, 'id')) ?? idFrom(text, taken);
  if (taken.includes(id))
    throw refusal(
      `${client.id}/promise/${id} is there already (${placeOf(practice, client.file, ['promises', id])})`,
      'choose another --id',
    );
  const path = ['promises', id];
  return changing([clientEdit(book, client, [{ kind: 'set', path, value: { what: text, made, by } }])], (_, at) =>
    sayChange('promise', {
      changed: [{ what: `${client.name}: ${text}, promised by ${longDate(by, today)}`, at: at(client.file, path) }],
      next: { ref: `${client.id}/promise/${id}`, text: `deliver promise ${client.id}/promise/${id} --kept` },
    }),
  );
}

function keep(input: Input): Outcome | Ask {
  const { practice, options } = input;
  const { book, today } = practice;
  const words = wordsOf(input, 'client-and-what');
  if (words.length === 0) {
    const choices = allTargets(book, today, OPEN(practice)).map((it) => ({
      value: it.ref,
      label: `${it.ref}  ${book.clients.get(it.client ?? '')?.promises?.[it.id]?.what ?? ''}`,
    }));
    return { kind: 'ask', argument: 'client-and-what', question: 'Which promise was kept?', choices };
  }
  const target =
    findExact(book, today, words, { kinds: ['promise'], noun: 'promise' }) ??
    findTarget(book, today, words, OPEN(practice));
  const client = findClient(book, today, target.client ?? '');
  const promise = client.promises?.[target.id];
  if (promise?.kept !== undefined) {
    throw refusal(
      `${target.ref} was kept on ${formatFullDay(promise.kept)} (${placeOf(practice, client.file, target.path)})`,
    );
  }
  const day = happenedOn(practice, options);
  return changing([clientEdit(book, client, [{ kind: 'set', path: [...target.path, 'kept'], value: day }])], (_, at) =>
    sayChange('promise', {
      changed: [
        {
          what: `${client.name}: ${promise?.what.trim() ?? target.id}, kept ${longDate(day, today)}`,
          at: at(client.file, target.path),
        },
      ],
    }),
  );
}
