// step/no-due, with --strict only: a step that has no deadline of its own.
import type { DataPath } from '../problem/problem.ts';
import type { Breach } from './breach.ts';
import { pathIn, stepNames } from './engagements.ts';
import type { Rule } from './rule.ts';

export const stepDue: Rule = ({ offers, engagements }) => [
  ...[...offers.values()].flatMap(({ file, steps }) =>
    steps.filter((step) => step.due === undefined).map((step) => breach(step.id, file, step.path)),
  ),
  ...engagements.flatMap((each) => {
    if (!each.isRunning || !each.isWhole) return [];
    const planned = new Set((each.offer?.steps ?? []).map((step) => step.id));
    const names = stepNames(each);
    return Object.entries(each.written)
      .filter(([id, step]) => names.get(id) === id && !planned.has(id) && isOpen(step) && step.due === undefined)
      .map(([id]) => breach(id, each.client.file, pathIn(each, 'steps', id)));
  }),
];

const isOpen = (step: { readonly done?: unknown; readonly skipped?: unknown }): boolean =>
  step.done === undefined && step.skipped === undefined;

const breach = (step: string, file: string, path: DataPath): Breach => ({
  problem: {
    code: 'step/no-due',
    args: { step, help: 'without one it is never listed as late: write `due: start + 5bd`, or after a step' },
    place: { file, path, on: 'key' },
  },
});
