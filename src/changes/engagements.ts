// The running engagement a command names: `acme/audit-2026`, or `acme` alone when it has just one.
import type { ClientRecord } from '../book/book.ts';
import { brokenWork } from '../book/standing-steps.ts';
import type { Practice } from '../command.ts';
import { formatFullDay } from '../day.ts';
import { isEnded, type Schedule, scheduleOf } from '../engine/schedule.ts';
import { type Setting, settingOf } from '../engine/setting.ts';
import { type Ask, refusal, UsageError } from '../outcome.ts';
import { allTargets, findClient, findTarget, type Target, targetsOf, type Wanted } from '../typed/reference.ts';
import { causeOf, listed } from '../typed/resolve.ts';
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
  const isRunning = (it: Target): boolean => {
    const engagement = book.clients.get(it.client ?? '')?.engagements?.[it.id];
    return engagement !== undefined && !isEnded(engagement, today);
  };
  const target =
    onlyOneOf(practice, words) ?? findTarget(book, today, words, { ...WANTED, includeEnded: true, where: isRunning });
  refuseEnded(practice, target);
  const setting = settingOf(book, today);
  const client = book.clients.get(target.client ?? '');
  const schedule = client && scheduleOf(book, setting.calendar, today, client, target.id);
  if (client && schedule) return { setting, client, schedule, ref: target.ref };
  throw refusal(`${target.ref} cannot be calculated: its offer has errors`, 'deliver validate');
}

/** One that has ended is no slip of the keyboard. */
function refuseEnded(practice: Practice, target: Target): void {
  const engagement = practice.book.clients.get(target.client ?? '')?.engagements?.[target.id];
  if (!engagement || !isEnded(engagement, practice.today) || engagement.ended === undefined) return;
  throw refusal(
    `${target.ref} ended on ${formatFullDay(engagement.ended)} (${placeOf(practice, target.file, [...target.path, 'ended'])})`,
  );
}

/** A client's only running engagement, by the client alone. One that is unreadable may be running as well. */
function onlyOneOf({ book, today }: Practice, words: readonly string[]): Target | undefined {
  const [only, ...rest] = words;
  if (only === undefined || rest.length > 0 || only.includes('/')) return undefined;
  const client = findClient(book, today, only);
  const running = targetsOf(book, today, client.id, WANTED).filter((it) => it.client === client.id);
  const broken = brokenWork(book, client, today);
  if (broken) {
    const use = running.length === 0 ? '' : `use ${listed(running.map((it) => it.ref))}, or `;
    throw refusal(`${broken.ref} cannot be used: ${causeOf(broken.lost)}`, `${use}fix it first: deliver validate`);
  }
  const [first] = running;
  if (first && running.length === 1) return first;
  if (running.length === 0) throw refusal(`${client.id} has no running engagement`);
  throw new UsageError(`\`${only}\` has several: ${running.map((it) => it.ref).join(', ')}`, 'type more of it');
}
