// `resume`: an engagement on hold goes on. Days set by hand do not move by themselves, so it asks about those.
import { happenedOn } from '../changes/days.ts';
import { clientEdit } from '../changes/edits.ts';
import { askForEngagement, findEngagement } from '../changes/engagements.ts';
import { nextInEngagement, sayChange } from '../changes/next.ts';
import { type Command, type Input, wordsOf } from '../command.ts';
import { addDays, type Day, formatFullDay } from '../day.ts';
import type { Schedule } from '../engine/schedule.ts';
import { type Ask, changing, type Outcome, refusal, UsageError } from '../outcome.ts';
import type { Edit } from '../source/edit/splice.ts';
import { line } from '../terminal/ink.ts';
import { longDate } from '../terminal/words.ts';
import { parseDayWord } from '../typed/day-words.ts';

export const command: Command = {
  name: 'resume',
  arguments: [{ name: '<engagement...>', what: 'acme/audit-2026, or acme when only one is running' }],
  options: [
    { flags: '--on <day>', what: 'the first day of work again (default: today)' },
    {
      flags: '--set <days>',
      what: 'new days for milestones and steps with a day of their own: workshop=2026-12-10,report=+2w',
    },
  ],
  about:
    'Ends the hold with the day before. Milestones and days set by hand stay where they are unless --set moves them.',
  examples: [
    { line: 'deliver resume acme/audit-2026', what: 'from today' },
    { line: 'deliver resume acme --set workshop=2026-12-10', what: 'with a new date for a milestone' },
  ],
  changes: true,
  ofClient: 'engagement',
  depth: () => 'core',
  run,
};

/** A day written by hand that fell into the hold, or after it. */
type Fixed = { readonly id: string; readonly day: Day; readonly path: readonly string[] };

function run(input: Input): Outcome | Ask {
  const { practice, options } = input;
  const words = wordsOf(input, 'engagement');
  if (words.length === 0) return askForEngagement(practice, 'Which engagement goes on?', (it) => it.hold !== undefined);
  const { client, schedule, ref } = findEngagement(practice, words);
  const { today } = practice;
  const hold = schedule.engagement.holds?.find((it) => it.to === undefined || it.to >= today);
  if (!hold) throw refusal(`${ref} is not on hold`);
  const on = happenedOn(practice, options);
  if (on < hold.from)
    throw refusal(`the hold of ${ref} began on ${formatFullDay(hold.from)}, after ${formatFullDay(on)}`);
  const fixed = fixedDays(schedule, hold.from);
  // An empty answer keeps every day; only a missing one is asked for.
  const written = typeof options.set === 'string' ? options.set : undefined;
  if (written === undefined && fixed.length > 0) {
    const days = fixed.map((it) => `${it.id} on ${longDate(it.day, today)}`).join(', ');
    return {
      kind: 'ask',
      argument: 'set',
      question: `These days do not move by themselves: ${days}. New ones (id=day,...), or nothing to keep them:`,
      choices: [],
      otherwise: '',
    };
  }
  const moved = newDays(written ?? '', fixed, today, ref);
  const path = ['engagements', schedule.id, 'holds', hold.at];
  const last = addDays(on, -1);
  const ending: Edit =
    last < hold.from ? { kind: 'remove', path, comments: 'keep' } : { kind: 'set', path: [...path, 'to'], value: last };
  const edits: readonly Edit[] = [ending, ...moved.map((it): Edit => ({ kind: 'set', path: it.path, value: it.to }))];
  const kept = fixed.filter((it) => !moved.some((each) => each.id === it.id));
  const notes = kept.map((it) =>
    line(`${it.id} stays on ${formatFullDay(it.day)}${it.day < on ? ', which has passed' : ''}`),
  );
  return changing(
    [clientEdit(practice.book, client, edits)],
    (after, at) =>
      sayChange('resume', {
        changed: [
          { what: `${client.name}: ${schedule.id} goes on, ${longDate(on, today)}`, at: at(client.file, path) },
          ...moved.map((it) => ({ what: `${it.id} moved to ${longDate(it.to, today)}`, at: at(client.file, it.path) })),
        ],
        next: nextInEngagement(after, client.id, schedule.id),
      }),
    notes,
  );
}

function fixedDays(schedule: Schedule, from: Day): readonly Fixed[] {
  const { engagement, id } = schedule;
  const needed = new Set(
    schedule.steps
      .filter((step) => !step.closed)
      .flatMap((step) => (step.rule?.kind === 'anchor' ? [step.rule.anchor] : [])),
  );
  const milestones = Object.entries(engagement.milestones ?? {})
    .filter(([key]) => needed.has(key))
    .map(([key, day]) => ({ id: key, day, path: ['engagements', id, 'milestones', key] }));
  const steps = schedule.steps.flatMap((step): readonly Fixed[] => {
    const { handDue, progressPath } = step.plan;
    return !step.closed && handDue?.kind === 'day'
      ? [{ id: step.plan.id, day: handDue.day, path: [...progressPath, 'due'].map(String) }]
      : [];
  });
  return [...milestones, ...steps].filter((it) => it.day >= from);
}

function newDays(
  written: string,
  fixed: readonly Fixed[],
  today: Day,
  ref: string,
): readonly (Fixed & { readonly to: Day })[] {
  return written
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const [id = '', word = ''] = part.split('=').map((each) => each.trim());
      const found = fixed.find((it) => it.id === id);
      if (!found) {
        const known = fixed.map((it) => it.id).join(', ');
        throw new UsageError(
          `${ref} has no day set by hand called \`${id}\``,
          known === '' ? 'there is none to move' : `those are ${known}`,
        );
      }
      const day = parseDayWord(word, today, 'future');
      if ('fault' in day) throw new UsageError(day.fault);
      return { ...found, to: day.day };
    });
}
