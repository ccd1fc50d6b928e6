// What a step refers to besides other steps, wherever it is written. Knows no offer and no client.
import type { DataPath } from '../problem/problem.ts';
import type { StepPlan } from '../records/offer.ts';
import type { Ladder } from '../records/service.ts';
import type { Breach } from './breach.ts';
import { type Directory, refer } from './directory.ts';

type Key = 'owner' | 'email' | 'script' | 'touch' | 'chase';
type Naming = { readonly [K in Key]?: StepPlan[K] | undefined };

export function stepReferences(known: Directory, step: Naming, file: string, path: DataPath): readonly Breach[] {
  return [
    ...refer(known.owners, step.owner, { file, path: [...path, 'owner'] }),
    ...refer(known.emails, step.email, { file, path: [...path, 'email'] }),
    ...refer(known.scripts, step.script, { file, path: [...path, 'script'] }),
    ...refer(known.kinds, step.touch, { file, path: [...path, 'touch'] }),
    ...ladderReferences(known, step.chase, file, [...path, 'chase']),
  ];
}

export const ladderReferences = (
  known: Directory,
  ladder: Ladder | undefined,
  file: string,
  path: DataPath,
): readonly Breach[] =>
  ladder === undefined || ladder === 'none'
    ? []
    : Object.entries(ladder).flatMap(([id, rung]) => [
        ...refer(known.emails, rung.email, { file, path: [...path, id, 'email'] }),
        ...refer(known.scripts, rung.script, { file, path: [...path, id, 'script'] }),
      ]);
