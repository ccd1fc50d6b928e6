// `issue`: something is wrong at a client, or it is put right.
import { happenedOn } from '../changes/days.ts';
import { chosenId, clientEdit, idFrom } from '../changes/edits.ts';
import { sayChange } from '../changes/next.ts';
import { placeOf } from '../changes/steps.ts';
import { askFor, askForClient, type Command, type Input, type Practice, textOption, wordsOf } from '../command.ts';
import { formatFullDay } from '../day.ts';
import { type Ask, changing, type Outcome, refusal, UsageError } from '../outcome.ts';
import { didYouMean } from '../problem/suggest.ts';
import { ISSUE_KINDS } from '../records/client.ts';
import { longDate } from '../terminal/words.ts';
import { allTargets, findClient, findExact, findTarget, type Wanted } from '../typed/reference.ts';

export const command: Command = {
  name: 'issue',
  arguments: [
    {
      name: '<client-and-what...>',
      what: 'a client and what is wrong; with --closed an issue: acme/issue/wrong-month',
    },
  ],
  options: [
    { flags: '--kind <kind>', what: ISSUE_KINDS.join(', ') },
    { flags: '--what <text>', what: 'the same as the words after the client' },
    { flags: '--id <id>', what: 'what to call it; made from the words when left out' },
    { flags: '--closed', what: 'the issue is put right' },
    { flags: '--on <day>', what: 'the day it began, or was closed' },
  ],
  about: 'Issues open for a month stand in `status`, and every open one is named before you make contact.',
  examples: [
    { line: 'deliver issue acme "Dashboard shows the wrong month" --kind quality', what: 'a new one' },
    { line: 'deliver issue acme/issue/wrong-month --closed', what: 'put right' },
  ],
  changes: true,
  ofClient: 'client-and-what',
  depth: () => 'core',
  run,
};

const OPEN = (practice: Practice): Wanted => ({
  kinds: ['issue'],
  noun: 'issue',
  where: ({ client, id }) => practice.book.clients.get(client ?? '')?.issues?.[id]?.closed === undefined,
});

function run(input: Input): Outcome | Ask {
  return input.options.closed === true ? close(input) : open(input);
}

function open(input: Input): Outcome | Ask {
  const { practice, options } = input;
  const { book, today } = practice;
  const [written, ...what] = wordsOf(input, 'client-and-what');
  if (written === undefined) return { ...askForClient(practice, 'Which client?'), argument: 'client-and-what' };
  const client = findClient(book, today, written);
  const says = what.length > 0 ? what.join(' ') : textOption(options, 'what');
  if (says === undefined) return askFor('what', 'What is wrong?');
  const kind = textOption(options, 'kind');
  if (kind !== undefined && !ISSUE_KINDS.some((each) => each === kind)) {
    throw new UsageError(
      `there is no kind of issue \`${kind}\`${didYouMean(kind, ISSUE_KINDS)}`,
      `one of ${ISSUE_KINDS.join(', ')}`,
    );
  }
  const since = happenedOn(practice, options);
  const text = says;
  const taken = Object.keys(client.issues ?? {});
  const id = chosenId(textOption(options, 'id')) ?? idFrom(text, taken);
  if (taken.includes(id))
    throw refusal(
      `${client.id}/issue/${id} is there already (${placeOf(practice, client.file, ['issues', id])})`,
      'choose another --id',
    );
  const path = ['issues', id];
  const value = { what: text, since, ...(kind === undefined ? {} : { kind }) };
  return changing([clientEdit(book, client, [{ kind: 'set', path, value }])], (_, at) =>
    sayChange('issue', {
      changed: [{ what: `${client.name}: ${text}, open since ${longDate(since, today)}`, at: at(client.file, path) }],
      next: { ref: `${client.id}/issue/${id}`, text: `deliver issue ${client.id}/issue/${id} --closed` },
    }),
  );
}

function close(input: Input): Outcome | Ask {
  const { practice, options } = input;
  const { book, today } = practice;
  const words = wordsOf(input, 'client-and-what');
  if (words.length === 0) {
    const choices = allTargets(book, today, OPEN(practice)).map((it) => ({
      value: it.ref,
      label: `${it.ref}  ${book.clients.get(it.client ?? '')?.issues?.[it.id]?.what ?? ''}`,
    }));
    return { kind: 'ask', argument: 'client-and-what', question: 'Which issue is put right?', choices };
  }
  const target =
    findExact(book, today, words, { kinds: ['issue'], noun: 'issue' }) ??
    findTarget(book, today, words, OPEN(practice));
  const client = findClient(book, today, target.client ?? '');
  const issue = client.issues?.[target.id];
  if (issue?.closed !== undefined) {
    throw refusal(
      `${target.ref} was closed on ${formatFullDay(issue.closed)} (${placeOf(practice, client.file, target.path)})`,
    );
  }
  const day = happenedOn(practice, options);
  if (issue && day < issue.since)
    throw refusal(`${target.ref} is open since ${formatFullDay(issue.since)}, after ${formatFullDay(day)}`);
  return changing(
    [clientEdit(book, client, [{ kind: 'set', path: [...target.path, 'closed'], value: day }])],
    (_, at) =>
      sayChange('issue', {
        changed: [
          {
            what: `${client.name}: ${issue?.what.trim() ?? target.id}, closed ${longDate(day, today)}`,
            at: at(client.file, target.path),
          },
        ],
      }),
  );
}
