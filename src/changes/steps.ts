// The step a command names, with its engagement as it is today; refused when it is closed already or waits for others.
import type { ClientRecord } from '../book/book.ts';
import type { Practice } from '../command.ts';
import { type Day, formatFullDay } from '../day.ts';
import { isEnded, type Schedule, type ScheduledStep, scheduleOf } from '../engine/schedule.ts';
import { type Setting, settingOf } from '../engine/setting.ts';
import { type Ask, refusal } from '../outcome.ts';
import { openText } from '../source/read/locate.ts';
import { allTargets, findTarget, type Target, type Wanted } from '../typed/reference.ts';

export type FoundStep = {
  readonly setting: Setting;
  readonly client: ClientRecord;
  readonly schedule: Schedule;
  readonly step: ScheduledStep;
  readonly target: Target;
};

export type Which = 'open' | 'closed';

const wanted = (practice: Practice, which: Which): Wanted => ({
  kinds: ['step'],
  noun: `${which} step`,
  includeEnded: true,
  where: (target) => isStill(practice, target, which),
});

/** Of a running engagement, and open or closed. */
export const isStill = (practice: Practice, target: Target, which: Which): boolean =>
  endOf(practice, target) === undefined && isClosed(practice, target) === (which === 'closed');

const isClosed = (practice: Practice, target: Target): boolean => {
  const found = lookUp(practice, target);
  return found?.step.closed !== undefined;
};

function lookUp(practice: Practice, target: Target): FoundStep | undefined {
  const { book, today } = practice;
  const setting = settingOf(book, today);
  const client = book.clients.get(target.client ?? '');
  const schedule = client && scheduleOf(book, setting.calendar, today, client, target.engagement ?? '');
  const step = schedule?.steps.find((it) => it.plan.id === target.id);
  return client && schedule && step ? { setting, client, schedule, step, target } : undefined;
}

/** The question that a missing step asks. */
export const askForStep = (practice: Practice, which: Which, question: string): Ask => ({
  kind: 'ask',
  argument: 'step',
  question,
  choices: allTargets(practice.book, practice.today, wanted(practice, which)).map((target) => ({
    value: target.ref,
    label: `${target.ref}  ${lookUp(practice, target)?.step.plan.title ?? ''}`,
  })),
});

/** A step that is open or closed, as the command needs it. Throws a refusal where it is the other. */
export function findStep(practice: Practice, words: readonly string[], which: Which): FoundStep {
  const target = findTarget(practice.book, practice.today, words, wanted(practice, which));
  const ended = endOf(practice, target);
  if (ended !== undefined)
    throw refusal(
      `${target.client}/${target.engagement} ended on ${formatFullDay(ended)}, so ${target.ref} stays as it is`,
    );
  const found = lookUp(practice, target);
  if (!found) throw refusal(`${target.ref} cannot be calculated: its offer has errors`, 'deliver validate');
  if ((found.step.closed === undefined) === (which === 'open')) return found;
  const { step, client } = found;
  if (step.closed === undefined) throw refusal(`${target.ref} is already open`);
  const how = step.plan.skipped === undefined ? 'done' : 'skipped';
  const at = placeOf(practice, client.file, step.plan.progressPath);
  throw refusal(
    `${target.ref} was ${how} on ${formatFullDay(step.closed)} (${at})`,
    `deliver reopen ${target.ref} takes that back`,
  );
}

/** The day the step's engagement ended. */
function endOf({ book, today }: Practice, { client, engagement }: Target): Day | undefined {
  const work = book.clients.get(client ?? '')?.engagements?.[engagement ?? ''];
  return work && isEnded(work, today) ? work.ended : undefined;
}

export function placeOf(practice: Practice, file: string, path: readonly (string | number)[]): string {
  const text = practice.textOf(file);
  const located = text === undefined ? undefined : openText(text);
  const found = located?.locate(path, 'key');
  return `${file}:${found && located ? located.lines.lineOf(found[0]) : 1}`;
}

/** `file:line` of many places, each file looked at once; without `key:` the nearest one above. */
export function linesIn(practice: Practice): (file: string, path: readonly (string | number)[]) => number {
  const known = new Map<string, ReturnType<typeof openText> | undefined>();
  return (file, path) => {
    if (!known.has(file)) {
      const text = practice.textOf(file);
      known.set(file, text === undefined ? undefined : openText(text));
    }
    const located = known.get(file);
    const found = located?.locate(path, 'key');
    return found && located ? located.lines.lineOf(found[0]) : 1;
  };
}
