// `reopen`: a closed step is open again.
import { clientEdit } from '../changes/edits.ts';
import { nextInEngagement, sayChange } from '../changes/next.ts';
import { askForStep, findStep } from '../changes/steps.ts';
import { type Command, type Input, wordsOf } from '../command.ts';
import { type Ask, changing, type Outcome } from '../outcome.ts';
import type { StepProgress } from '../records/client.ts';
import type { Edit } from '../source/edit/splice.ts';

export const command: Command = {
  name: 'reopen',
  arguments: [{ name: '<step...>', what: 'acme/report, or acme report' }],
  options: [],
  about: 'Takes the day of `done` or `skip` out of the client file again; a day set by hand stays.',
  examples: [{ line: 'deliver reopen acme/report', what: 'it was not done after all' }],
  changes: true,
  ofClient: 'step',
  depth: () => 'core',
  run,
};

function run(input: Input): Outcome | Ask {
  const { practice } = input;
  const words = wordsOf(input, 'step');
  if (words.length === 0) return askForStep(practice, 'closed', 'Which step is open again?');
  const { client, schedule, step } = findStep(practice, words, 'closed');
  const path = step.plan.progressPath;
  const written = schedule.engagement.steps?.[String(path.at(-1))];
  return changing([clientEdit(practice.book, client, openingEdits(path, written))], (after, at) =>
    sayChange('reopen', {
      changed: [{ what: `${client.name}: ${step.plan.title}, open again`, at: at(client.file, path) }],
      next: nextInEngagement(after, client.id, schedule.id),
    }),
  );
}

/** The closing day goes, and a skipped step's reason with it; an entry that says nothing else goes whole. */
function openingEdits(path: Edit['path'], written: StepProgress | undefined): readonly Edit[] {
  const closing = new Set(
    written?.skipped === undefined ? ['done'] : ['skipped', ...(written.due === undefined ? ['why'] : [])],
  );
  const keys = Object.entries(written ?? {}).flatMap(([key, value]) => (value === undefined ? [] : [key]));
  const rest = keys.filter((key) => !closing.has(key));
  if (rest.length === 0) return [{ kind: 'remove', path, comments: 'keep' }];
  return keys.filter((key) => closing.has(key)).map((key) => ({ kind: 'remove', path: [...path, key] }));
}
