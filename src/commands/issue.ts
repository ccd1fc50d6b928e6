// `issue`: something is wrong at a client, or it is put right.
import { happenedOn } from '../changes/days.ts';
import { begin, close, type Named } from '../changes/named-entries.ts';
import { type Command, type Input, textOption } from '../command.ts';
import { type Ask, type Outcome, UsageError } from '../outcome.ts';
import { didYouMean } from '../problem/suggest.ts';
import { ISSUE_KINDS } from '../records/client.ts';
import { longDate } from '../terminal/words.ts';

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
    { flags: '--tell <text>', what: 'what the client is told about it, in letters' },
    { flags: '--id <id>', what: 'what to call it (default: made from the words)' },
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

const ISSUE: Named = {
  kind: 'issue',
  argument: 'client-and-what',
  questions: { client: 'Which client?', what: 'What is wrong?', which: 'Which issue is put right?' },
  closing: 'closed',
};

function run(input: Input): Outcome | Ask {
  const { practice, options } = input;
  if (options.closed === true) return close(input, ISSUE);
  return begin(input, ISSUE, () => {
    const kind = textOption(options, 'kind');
    if (kind !== undefined && !ISSUE_KINDS.some((each) => each === kind)) {
      throw new UsageError(
        `unknown kind of issue \`${kind}\`${didYouMean(kind, ISSUE_KINDS)}`,
        `one of ${ISSUE_KINDS.join(', ')}`,
      );
    }
    const since = happenedOn(practice, options);
    return {
      values: { since, kind, tell_client: textOption(options, 'tell') },
      says: `open since ${longDate(since, practice.today)}`,
    };
  });
}
