// engagement/milestone-missing: an open step of a running engagement counts from a milestone whose date is not written.
import { type Book, isRemoved } from '../book/book.ts';
import { type PlannedStep, planOf } from '../book/plan.ts';
import type { Place } from '../problem/problem.ts';
import type { Breach } from './breach.ts';
import { type CheckedEngagement, pathIn } from './engagements.ts';
import type { Rule } from './rule.ts';

export const engagementMilestones: Rule = (book) => book.engagements.flatMap((each) => inEngagement(book, each));

function inEngagement(book: Book, each: CheckedEngagement): readonly Breach[] {
  if (!each.isRunning || !each.offer) return [];
  const given = each.engagement.milestones ?? {};
  const missing = Object.keys(each.offer.milestones).filter(
    (id) => !Object.hasOwn(given, id) && !isRemoved(book, 'client', each.client.id, pathIn(each, 'milestones', id)),
  );
  const steps = missing.length === 0 ? [] : (planOf(book, each.client, each.id)?.steps ?? []);
  const waiting = byAnchor(steps);
  return missing.flatMap((id) => breach(each, id, waiting.get(id) ?? []));
}

/** The open steps by what they count from. */
function byAnchor(steps: readonly PlannedStep[]): ReadonlyMap<string, readonly PlannedStep[]> {
  const found = new Map<string, PlannedStep[]>();
  for (const step of steps) {
    const due = step.handDue ?? step.planDue;
    if (step.done !== undefined || step.skipped !== undefined || due?.kind !== 'anchor') continue;
    const known = found.get(due.anchor);
    if (known) known.push(step);
    else found.set(due.anchor, [step]);
  }
  return found;
}

function breach(each: CheckedEngagement, milestone: string, steps: readonly PlannedStep[]): readonly Breach[] {
  const [first, ...more] = steps;
  if (!first) return [];
  const others = more.length === 0 ? '' : ` and ${more.length} more`;
  const path = each.engagement.milestones ? pathIn(each, 'milestones') : pathIn(each);
  const place: Place = { file: each.client.file, path, on: 'key' };
  return [
    {
      problem: {
        code: 'engagement/milestone-missing',
        args: { milestone, steps: `\`${first.id}\`${others}` },
        place,
        related: [
          {
            place: { file: first.planFile, path: [...first.planPath, 'due'] },
            message: `\`${first.id}\` counts from it`,
          },
        ],
      },
    },
  ];
}
