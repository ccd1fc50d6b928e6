// The running engagement a command names: `acme/audit-2026`, or `acme` alone when it has just one.
import type { ClientRecord } from '../book/book.ts';
import type { Practice } from '../command.ts';
import { formatFullDay } from '../day.ts';
import { isEnded, type Schedule, scheduleOf } from '../engine/schedule.ts';
import { type Setting, settingOf } from '../engine/setting.ts';
import { type Ask, refusal, UsageError } from '../outcome.ts';
import { allTargets, findExact, findTarget, type Target, type Wanted } from '../typed/reference.ts';
import { placeOf } from './steps.ts';

export type FoundEngagement = {
  readonly setting: Setting;
  readonly client: ClientRecord;
  readonly schedule: Schedule;
  readonly ref: string;
};

const WANTED: Wanted = { kinds: ['engagement'], noun: 'running engagement' };

/** `isWanted` keeps to those the command can act on. */
export const askForEngagement = (
  practice: Practice,
  question: string,
  isWanted: (schedule: Schedule) => boolean = () => true,
): Ask => ({
  kind: 'ask',
  argument: 'engagement',
  question,
  choices: allTargets(practice.book, practice.today, WANTED)
    .filter((it) => {
      const schedule = scheduleFor(practice, it);
      return schedule !== undefined && isWanted(schedule);
    })
    .map((it) => ({ value: it.ref, label: it.ref })),
});

function scheduleFor({ book, today }: Practice, target: Target): Schedule | undefined {
  const client = book.clients.get(target.client ?? '');
  return client && scheduleOf(book, settingOf(book, today).calendar, today, client, target.id);
}

export function findEngagement(practice: Practice, words: readonly string[]): FoundEngagement {
  const { book, today } = practice;
  refuseEnded(practice, words);
  const target = named(practice, words) ?? findTarget(book, today, words, WANTED);
  const setting = settingOf(book, today);
  const client = book.clients.get(target.client ?? '');
  const schedule = client && scheduleOf(book, setting.calendar, today, client, target.id);
  if (client && schedule) return { setting, client, schedule, ref: target.ref };
  throw refusal(`${target.ref} cannot be worked out: its offer has errors`, 'deliver validate');
}

/** One that is named in full and has ended is no slip of the keyboard. */
function refuseEnded(practice: Practice, words: readonly string[]): void {
  const { book, today } = practice;
  const target = findExact(book, today, words, { ...WANTED, includeEnded: true });
  const engagement = target && book.clients.get(target.client ?? '')?.engagements?.[target.id];
  if (!target || !engagement || !isEnded(engagement, today) || engagement.ended === undefined) return;
  throw refusal(
    `${target.ref} ended on ${formatFullDay(engagement.ended)} (${placeOf(practice, target.file, [...target.path, 'ended'])})`,
  );
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
