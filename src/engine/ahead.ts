// Days of the records that have not come, where only what happened can be written. Knows no line of any report.
import type { Book, ClientRecord } from '../book/book.ts';
import { engagementOf } from '../book/plan.ts';
import type { Day } from '../day.ts';
import type { DataPath } from '../problem/problem.ts';
import type { StepProgress } from '../records/client.ts';
import type { FutureEntry } from './items.ts';

export const hasDaysAhead = (book: Book, today: Day): boolean => {
  for (const client of book.clients.values()) if (daysAhead(book, client, today).length > 0) return true;
  return false;
};

/** Steps closed, engagements ended, promises kept, issues closed and touches made on a day after today. */
export const daysAhead = (book: Book, client: ClientRecord, today: Day): readonly FutureEntry[] => [
  ...inEngagements(client, today),
  ...inClient(book, client, today),
];

function inEngagements(client: ClientRecord, today: Day): readonly FutureEntry[] {
  const future: FutureEntry[] = [];
  const isFuture = (day: Day | undefined): day is Day => day !== undefined && day > today;
  const add = (day: Day, key: string, ...path: DataPath) =>
    future.push({ file: client.file, path: ['engagements', ...path, key], what: `\`${key}\``, day });
  for (const id in client.engagements) {
    const engagement = engagementOf(client, id);
    const steps = engagement?.steps;
    for (const step in steps) {
      const { done, skipped } = steps[step] as StepProgress;
      if (isFuture(done)) add(done, 'done', id, 'steps', step);
      if (isFuture(skipped)) add(skipped, 'skipped', id, 'steps', step);
    }
    if (isFuture(engagement?.ended)) add(engagement.ended, 'ended', id);
  }
  return future;
}

function inClient(book: Book, client: ClientRecord, today: Day): readonly FutureEntry[] {
  const future: FutureEntry[] = [];
  for (const [id, { kept }] of Object.entries(client.promises ?? {}))
    if (kept !== undefined && kept > today)
      future.push({ file: client.file, path: ['promises', id, 'kept'], what: '`kept`', day: kept });
  for (const [id, { closed }] of Object.entries(client.issues ?? {}))
    if (closed !== undefined && closed > today)
      future.push({ file: client.file, path: ['issues', id, 'closed'], what: '`closed`', day: closed });
  const log = book.logs.get(client.id);
  for (const { date, at } of log?.touches ?? [])
    if (date > today) future.push({ file: log?.file ?? '', path: [at, 'date'], what: 'a touch', day: date });
  return future;
}
