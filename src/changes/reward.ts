// What a client was told they get for being on time (`if_on_time`), once they were: a promise that somebody has to record.
import type { ClientRecord } from '../book/book.ts';
import { type Options, type Practice, textOption } from '../command.ts';
import { type Day, formatFullDay } from '../day.ts';
import type { Schedule, ScheduledStep } from '../engine/schedule.ts';
import { settingOf } from '../engine/setting.ts';
import { stepOwner } from '../engine/step-items.ts';
import { type Ask, type Changes, UsageError } from '../outcome.ts';
import type { Edit } from '../source/edit/splice.ts';
import { type Block, line } from '../terminal/ink.ts';
import { longDate } from '../terminal/words.ts';
import { dayIn } from './days.ts';
import { idFrom } from './edits.ts';
import type { Said } from './next.ts';

type Closing = { readonly client: ClientRecord; readonly schedule: Schedule; readonly step: ScheduledStep };

type Reward = {
  readonly edits: readonly Edit[];
  readonly changed: (at: Parameters<Changes['report']>[1]) => Said['changed'];
  readonly notes: Block;
};

const NOTHING: Reward = { edits: [], changed: () => [], notes: [] };

/** The promise to record when a step of the client is done on `done`; or the question until when it is due. */
export function rewardFor(
  practice: Practice,
  options: Options,
  { client, schedule, step }: Closing,
  done: Day,
): Reward | { readonly ask: Ask } {
  const what = step.plan.expect?.if_on_time?.trim();
  const owner = stepOwner(settingOf(practice.book, practice.today), client, schedule, step);
  const isEarned = what !== undefined && owner === 'client' && step.due !== undefined && done <= step.due;
  const written = textOption(options, 'promise');
  if (!isEarned) {
    if (written === undefined) return NOTHING;
    const why =
      what === undefined ? 'has no `if_on_time`' : owner === 'client' ? 'was not on time' : "is not the client's";
    throw new UsageError(`${step.plan.id} ${why}, so nothing is promised for it`, 'run it again without --promise');
  }
  if (written === undefined) {
    const question = `On time, so they get: ${what}. By what date? (empty: do not record it)`;
    return { ask: { kind: 'ask', argument: 'promise', question, choices: [], again: true, otherwise: '' } };
  }
  if (written.trim() === '') {
    const command = `deliver promise ${client.id} ${JSON.stringify(what)} --by DAY`;
    return { ...NOTHING, notes: [line(`on time, so they get: ${what}`), line(`  to record it: ${command}`)] };
  }
  const by = dayIn(practice, options, 'promise', 'future') ?? practice.today;
  if (by < done) throw new UsageError(`${formatFullDay(by)} is before the day it was done, ${formatFullDay(done)}`);
  const path = ['promises', idFrom(what, Object.keys(client.promises ?? {}))];
  return {
    edits: [{ kind: 'set', path, value: { what, made: done, by } }],
    changed: (at) => [
      { what: `${client.name}: ${what}, promised by ${longDate(by, practice.today)}`, at: at(client.file, path) },
    ],
    notes: [],
  };
}
