// A promise with a deadline, and whether it was kept. Owns when there is a case and what is said of it.
import { type Day, daysBetween } from '../../day.ts';
import type { DataPath } from '../../problem/problem.ts';

export type Case = {
  /** `cadence/A/review`, `standard/reply` */
  readonly promise: string;
  readonly client: string;
  readonly ref: string;
  readonly deadline: Day;
  readonly state: 'kept' | 'missed' | 'excused';
  readonly met: Day | undefined;
  /** Calendar days from the deadline to the day it was met, or to today; only of what was missed. */
  readonly daysLate: number | undefined;
  readonly file: string;
  readonly path: DataPath;
};

/** Before it is judged. */
export type Claim = Omit<Case, 'state' | 'daysLate'> & { readonly isExcused: boolean };

/** A deadline is no case before its day is over. */
export function judge(claims: readonly Claim[], today: Day): readonly Case[] {
  return claims
    .filter(({ deadline }) => deadline < today)
    .map(({ isExcused, ...claim }): Case => {
      const isKept = claim.met !== undefined && claim.met <= claim.deadline;
      const state = isKept ? 'kept' : isExcused ? 'excused' : 'missed';
      const daysLate = state === 'missed' ? daysBetween(claim.deadline, claim.met ?? today) : undefined;
      return { ...claim, state, daysLate };
    });
}

/** Something that was put off: what the client caused excuses, what we did does not. */
export type PutOff = { readonly because?: 'us' | 'client' | undefined };

export const isTheirs = ({ because }: PutOff): boolean => because !== 'us';
