// What keeps a contact off the list: the client is paused, is leaving, or the kind is snoozed. Changes no day.
import type { ClientRecord } from '../book/book.ts';
import type { Day } from '../day.ts';
import { isPaused } from './setting.ts';

export type Quiet = 'paused' | 'leaving' | 'snoozed';

/** From the day it was decided: the steps of the exit are the contact plan. */
export const isLeaving = (client: ClientRecord, today: Day): boolean =>
  client.leaving !== undefined && client.leaving.decided <= today;

export const isSnoozed = (client: ClientRecord, kind: string, today: Day): boolean => {
  const snooze = client.snooze && Object.hasOwn(client.snooze, kind) ? client.snooze[kind] : undefined;
  return snooze !== undefined && today <= snooze.to;
};

/** `kind` is null for an occasion without a rule. A client who leaves keeps the rules written in its own file. */
export function quietBy(
  client: ClientRecord,
  kind: string | null,
  level: 'client' | 'segment' | null,
  today: Day,
): Quiet | undefined {
  if (isPaused(client, today)) return 'paused';
  if (level !== 'client' && isLeaving(client, today)) return 'leaving';
  return kind !== null && isSnoozed(client, kind, today) ? 'snoozed' : undefined;
}
