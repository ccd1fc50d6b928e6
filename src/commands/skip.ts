// `skip`: a step is not needed, and why.
import { happenedOn } from '../changes/days.ts';
import { clientEdit } from '../changes/edits.ts';
import { nextInEngagement, sayChange } from '../changes/next.ts';
import { askForStep, findStep } from '../changes/steps.ts';
import { askFor, type Command, type Input, textOption, wordsOf } from '../command.ts';
import { formatFullDay } from '../day.ts';
import { type Ask, changing, type Outcome, refusal } from '../outcome.ts';
import { longDate } from '../terminal/words.ts';

export const command: Command = {
  name: 'skip',
  arguments: [{ name: '<step...>', what: 'acme/data-access, or acme data-access' }],
  options: [
    { flags: '--why <text>', what: 'the reason, kept with the step' },
    { flags: '--on <day>', what: 'the day it was decided' },
  ],
  about: 'A skipped step is closed: what waits for it can go on, and counts from this day.',
  examples: [{ line: 'deliver skip acme/data-access --why "Had access from last year"', what: 'with its reason' }],
  changes: true,
  ofClient: 'step',
  depth: () => 'core',
  run,
};

function run(input: Input): Outcome | Ask {
  const { practice, options } = input;
  const words = wordsOf(input, 'step');
  if (words.length === 0) return askForStep(practice, 'open', 'Which step is not needed?');
  const { client, schedule, step, target } = findStep(practice, words, 'open');
  const why = textOption(options, 'why');
  if (why === undefined) return askFor('why', `Why is ${target.ref} skipped?`);
  const day = happenedOn(practice, options);
  if (day < schedule.engagement.started) {
    throw refusal(
      `${client.id}/${schedule.id} started on ${formatFullDay(schedule.engagement.started)}, after ${formatFullDay(day)}`,
    );
  }
  const path = step.plan.progressPath;
  const edits = [
    { kind: 'set' as const, path: [...path, 'skipped'], value: day },
    { kind: 'set' as const, path: [...path, 'why'], value: why },
  ];
  return changing([clientEdit(practice.book, client, edits)], (after, at) =>
    sayChange('skip', {
      changed: [
        {
          what: `${client.name}: ${step.plan.title}, skipped ${longDate(day, practice.today)} (${why})`,
          at: at(client.file, path),
        },
      ],
      next: nextInEngagement(after, client.id, schedule.id),
    }),
  );
}
