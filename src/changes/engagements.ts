// The running engagement a command names: `acme/audit-2026`, or `acme` alone when it has just one.
import type { ClientRecord } from '../book/book.ts';
import type { Practice } from '../command.ts';
import { type Schedule, scheduleOf } from '../engine/schedule.ts';
import { type Setting, settingOf } from '../engine/setting.ts';
import { type Ask, refusal, UsageError } from '../outcome.ts';
import { allTargets, findTarget, type Target, type Wanted } from '../reference.ts';

export type FoundEngagement = {
  readonly setting: Setting;
  readonly client: ClientRecord;
  readonly schedule: Schedule;
  readonly ref: string;
};

const WANTED: Wanted = { kinds: ['engagement'], noun: 'running engagement' };

export const askForEngagement = (practice: Practice, question: string): Ask => ({
  kind: 'ask',
  argument: 'engagement',
  question,
  choices: allTargets(practice.book, practice.today, WANTED).map((it) => ({ value: it.ref, label: it.ref })),
});

export function findEngagement(practice: Practice, words: readonly string[]): FoundEngagement {
  const target = named(practice, words) ?? findTarget(practice.book, practice.today, words, WANTED);
  const { book, today } = practice;
  const setting = settingOf(book, today);
  const client = book.clients.get(target.client ?? '');
  const schedule = client && scheduleOf(book, setting.calendar, today, client, target.id);
  if (client && schedule) return { setting, client, schedule, ref: target.ref };
  throw refusal(`${target.ref} cannot be worked out: its offer has errors`, 'deliver validate');
}

/** A client's only running engagement, by the client alone. */
function named({ book, today }: Practice, words: readonly string[]): Target | undefined {
  const [only, ...rest] = words;
  if (only === undefined || rest.length > 0 || only.includes('/')) return undefined;
  const client = findTarget(book, today, [only], { kinds: ['client'], noun: 'client' });
  const running = allTargets(book, today, { ...WANTED, where: (it) => it.client === client.id });
  if (running.length === 1) return running[0];
  if (running.length === 0) throw refusal(`${client.id} has no running engagement`);
  throw new UsageError(`\`${only}\` has several: ${running.map((it) => it.ref).join(', ')}`, 'write it in full');
}
