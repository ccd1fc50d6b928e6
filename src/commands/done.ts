// `done`: a step is done, today or on the day it happened.

import { happenedOn } from '../changes/days.ts';
import { clientEdit } from '../changes/edits.ts';
import { TOOK, tookIn } from '../changes/measures.ts';
import { nextInEngagement, sayChange } from '../changes/next.ts';
import { rewardFor } from '../changes/reward.ts';
import { askForStep, findStep } from '../changes/steps.ts';
import { type Command, type Input, wordsOf } from '../command.ts';
import { type Day, daysBetween, formatFullDay } from '../day.ts';
import type { ScheduledStep } from '../engine/schedule.ts';
import { type Ask, changing, type Outcome, refusal } from '../outcome.ts';
import type { Edit } from '../source/edit/splice.ts';
import { count, longDate } from '../terminal/words.ts';

export const command: Command = {
  name: 'done',
  arguments: [{ name: '<step...>', what: 'acme/report, or acme report' }],
  options: [
    { flags: '--on <day>', what: 'the day it happened: yesterday, fri, 2026-11-20' },
    TOOK,
    { flags: '--promise <day>', what: 'record what they get for being on time as a promise, due on that day' },
    { flags: '--anyway', what: 'although it waits for another step' },
  ],
  about: 'Writes one line into the client file. Steps that count from this one now count from this day.',
  examples: [
    { line: 'deliver done acme/report', what: 'today' },
    { line: 'deliver done acme report --on fri', what: 'last Friday' },
    { line: 'deliver done acme/report --took 14h', what: 'with the hours it took' },
    { line: 'deliver done acme/report --dry-run', what: 'see the line first' },
  ],
  changes: true,
  ofClient: 'step',
  depth: () => 'core',
  run,
};

function run(input: Input): Outcome | Ask {
  const { practice, options } = input;
  const words = wordsOf(input, 'step');
  if (words.length === 0) return askForStep(practice, 'open', 'Which step is done?');
  const { client, schedule, step, target } = findStep(practice, words, 'open');
  const day = happenedOn(practice, options);
  if (day < schedule.engagement.started) {
    throw refusal(
      `${client.id}/${schedule.id} started on ${formatFullDay(schedule.engagement.started)}, after ${formatFullDay(day)}`,
    );
  }
  if (step.waitsFor.length > 0 && options.anyway !== true) {
    throw refusal(`${target.ref} waits for ${step.waitsFor.join(', ')}`, 'close that first, or say --anyway');
  }
  const took = tookIn(options);
  const reward = rewardFor(practice, options, { client, schedule, step }, day);
  if ('ask' in reward) return reward.ask;
  const path = [...step.plan.progressPath, 'done'];
  const edits: readonly Edit[] = [
    { kind: 'set', path, value: day },
    ...(took === undefined ? [] : [{ kind: 'set' as const, path: [...step.plan.progressPath, 'took'], value: took }]),
    ...reward.edits,
  ];
  return changing(
    [clientEdit(practice.book, client, edits)],
    (after, at) =>
      sayChange('done', {
        changed: [
          {
            what: `${client.name}: ${step.plan.title}, done ${longDate(day, practice.today)}${lateness(step, day)}`,
            at: at(client.file, path),
          },
          ...reward.changed(at),
        ],
        next: nextInEngagement(after, client.id, schedule.id),
      }),
    reward.notes,
  );
}

function lateness({ due }: ScheduledStep, day: Day): string {
  const late = due === undefined ? 0 : daysBetween(due, day);
  if (late > 0) return ` (${count(late, 'day')} late)`;
  return late < 0 ? ` (${count(-late, 'day')} early)` : '';
}
