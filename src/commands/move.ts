// `move`: a step gets a day by hand, or the promised end of an engagement moves. The old promise stays on record.

import { dayIn } from '../changes/days.ts';
import { clientEdit } from '../changes/edits.ts';
import { askForEngagement, findEngagement } from '../changes/engagements.ts';
import { BECAUSE, becauseIn } from '../changes/measures.ts';
import { nextInEngagement, sayChange } from '../changes/next.ts';
import { askForStep, findStep } from '../changes/steps.ts';
import { askFor, type Command, type Input, textOption, wordsOf } from '../command.ts';
import { formatFullDay } from '../day.ts';
import { type Ask, changing, type Outcome, refusal, UsageError } from '../outcome.ts';
import type { Edit } from '../source/edit/splice.ts';
import { longDate } from '../terminal/words.ts';

export const command: Command = {
  name: 'move',
  arguments: [{ name: '<step...>', what: 'a step with --due, an engagement with --promised' }],
  options: [
    { flags: '--due <day>', what: 'the new day of a step' },
    { flags: '--promised <day>', what: 'the new promise for the end of an engagement' },
    { flags: '--why <text>', what: 'the reason, for ourselves' },
    { flags: '--tell <text>', what: 'what the client is told about it, in letters' },
    BECAUSE,
  ],
  about:
    'A day set by hand wins over the offer. A moved promise is added to `moves`; the first one is never overwritten.',
  examples: [
    { line: 'deliver move acme/report --due 2026-12-04 --why "Client asked"', what: 'a step' },
    { line: 'deliver move acme/audit-2026 --promised +2w --why "Budget freeze"', what: 'the promise' },
  ],
  changes: true,
  ofClient: 'step',
  depth: () => 'core',
  run,
};

function run(input: Input): Outcome | Ask {
  const { options } = input;
  const isPromise = textOption(options, 'promised') !== undefined;
  if (!isPromise && textOption(options, 'tell') !== undefined)
    throw new UsageError('--tell is for a promise that moves', 'use it with --promised');
  if (isPromise && textOption(options, 'due') !== undefined) {
    throw new UsageError('--due is for a step and --promised for an engagement', 'give one of them');
  }
  return isPromise ? movePromise(input) : moveStep(input);
}

function moveStep(input: Input): Outcome | Ask {
  const { practice, options } = input;
  const { today } = practice;
  const words = wordsOf(input, 'step');
  if (words.length === 0) return askForStep(practice, 'open', 'Which step moves?');
  const { client, schedule, step } = findStep(practice, words, 'open');
  if (becauseIn(options) !== undefined)
    throw new UsageError('--because is for a promise that moves', 'use it with --promised');
  const due = dayIn(practice, options, 'due', 'future');
  if (due === undefined) return askFor('due', `${step.plan.title} is due on which day?`);
  const why = textOption(options, 'why');
  if (why === undefined) return askFor('why', 'Why?');
  const path = step.plan.progressPath;
  const edits: readonly Edit[] = [
    { kind: 'set', path: [...path, 'due'], value: due },
    { kind: 'set', path: [...path, 'why'], value: why },
  ];
  const was = step.due === undefined ? '' : ` (was ${longDate(step.due, today)})`;
  return changing([clientEdit(practice.book, client, edits)], (after, at) =>
    sayChange('move', {
      changed: [
        { what: `${client.name}: ${step.plan.title}, due ${longDate(due, today)}${was}`, at: at(client.file, path) },
      ],
      next: nextInEngagement(after, client.id, schedule.id),
    }),
  );
}

function movePromise(input: Input): Outcome | Ask {
  const { practice, options } = input;
  const { today } = practice;
  const words = wordsOf(input, 'step');
  if (words.length === 0) return { ...askForEngagement(practice, 'Whose promise moves?'), argument: 'step' };
  const { client, schedule, ref } = findEngagement(practice, words);
  const promised = dayIn(practice, options, 'promised', 'future') ?? today;
  if (promised < schedule.engagement.started) {
    throw refusal(`${ref} started on ${formatFullDay(schedule.engagement.started)}, after ${formatFullDay(promised)}`);
  }
  if (promised === schedule.promised) throw refusal(`${ref} is promised for ${formatFullDay(promised)} already`);
  const why = textOption(options, 'why');
  if (why === undefined) return askFor('why', 'Why does the promise move?');
  const tell = textOption(options, 'tell');
  const path = ['engagements', schedule.id, 'moves'];
  const because = becauseIn(options);
  const value = {
    date: today,
    promised,
    why,
    ...(because === undefined ? {} : { because }),
    ...(tell === undefined ? {} : { tell_client: tell }),
  };
  const index = schedule.engagement.moves?.length ?? 0;
  const was = schedule.promised === undefined ? '' : `${longDate(schedule.promised, today)} -> `;
  return changing([clientEdit(practice.book, client, [{ kind: 'append', path, value }])], (after, at) =>
    sayChange('move', {
      changed: [
        {
          what: `${client.name}: ${schedule.id} promised ${was}${longDate(promised, today)} (${why})`,
          at: at(client.file, [...path, index]),
        },
      ],
      next: nextInEngagement(after, client.id, schedule.id),
    }),
  );
}
