// What an hour of work is, and how a piece of work is spread over the days of whoever does it. Knows no offer and no cadence.
import type { Day } from '../../day.ts';
import type { DataPath } from '../../problem/problem.ts';
import { spread, type Worker } from './worker.ts';

export type HourKind = 'step' | 'contact' | 'round';

export type Hours = {
  readonly person: string;
  readonly day: Day;
  readonly minutes: number;
  readonly kind: HourKind;
  readonly ref: string;
  readonly client: string;
  readonly file: string;
  readonly path: DataPath;
};

/** What would be counted if somebody wrote more of it. `person` is whose hours it would be, null for nobody's. */
export type Uncounted = { readonly ref: string; readonly person: string | null };

export type Workers = ReadonlyMap<string, Worker>;

/** One piece of work, before it is spread over the days of whoever does it. */
export type Piece = Omit<Hours, 'person' | 'day' | 'minutes'> & {
  readonly owner: string | null;
  readonly minutes: number;
  readonly day: Day;
  readonly earliest: Day;
};

export function spreadPiece(workers: Workers, { owner, minutes, day, earliest, ...record }: Piece): readonly Hours[] {
  const worker = owner === null ? undefined : workers.get(owner);
  if (!worker || minutes === 0) return [];
  return spread(worker, minutes, day, earliest).map((portion) => ({ person: worker.id, ...record, ...portion }));
}
