// What changed in the progress of an engagement's steps: done, skipped, open again, a day set by hand, tailored, of its own.
import { planOf } from '../book/plan.ts';
import { type Day, daysBetween, parseDay } from '../day.ts';
import { isEnded, type ScheduledStep, scheduleOf } from '../engine/schedule.ts';
import type { Setting } from '../engine/setting.ts';
import { count, shortDate } from '../terminal/words.ts';
import {
  type Change,
  changed,
  clip,
  type DataMap,
  dayAt,
  differing,
  entries,
  isBlank,
  isMap,
  isSame,
  labelText,
  type OwnWords,
  type Said,
  say,
  shown,
  textIn,
  toMap,
  type Words,
} from './change.ts';
import type { About } from './sides.ts';

/** All of an engagement's steps. What was written under an old name is compared with what is written under the new one. */
export const progressWords: OwnWords<About> = (change, about) => {
  const [from, to] = [toMap(change.from), toMap(change.to)];
  const renames = renamesIn(from, to, change, about);
  const under = new Map(renames.map(({ was, now }) => [was, now]));
  const before = Object.fromEntries(Object.entries(from).map(([id, data]) => [under.get(id) ?? id, data]));
  const isReadable = [change.from, change.to].every((it) => isBlank(it) || isMap(it));
  return [
    ...renames.map(({ was, now }) =>
      say('step-renamed', { path: [...change.path, now], from: was, to: now }, `${was} is called ${now} now`),
    ),
    ...entries(stepWords)({ ...change, from: isReadable ? before : change.from }, about),
  ];
};

type Names = { readonly was: string; readonly now: string };

/** One that went and one that came: the plan says that it was renamed, or all that is written of it is the same. */
function renamesIn(from: DataMap, to: DataMap, { path }: Change, { after, ids }: About): readonly Names[] {
  const client = after.book.clients.get(ids.after);
  const steps = client && planOf(after.book, client, String(path[1]))?.offer?.steps;
  const gone = Object.keys(from).filter((id) => !Object.hasOwn(to, id));
  const taken = new Set<string>();
  return Object.keys(to)
    .filter((id) => !Object.hasOwn(from, id))
    .flatMap((now): readonly Names[] => {
      const was = steps?.find((it) => it.id === now)?.was;
      const found = gone.find((id) => !taken.has(id) && (id === was || isSame(from[id], to[now])));
      if (found === undefined || isBlank(to[now])) return [];
      taken.add(found);
      return [{ was: found, now }];
    });
}

/** `report done 20 Nov, 2 days late` */
const stepWords: Words<About> = (change, about) => {
  const { path, from, to } = change;
  const [engagement, step] = [String(path[1]), String(path[3])];
  if (![from, to].every((it) => isBlank(it) || isMap(it))) return [];
  const stepAbout: StepAbout = { ...about, engagement, step, name: nameOf(about, engagement, step) };
  if (isOwn(stepAbout)) {
    if (isBlank(from) || isBlank(to)) return ownStep(change, stepAbout);
    if (textIn(from, 'title') === undefined && textIn(to, 'title') !== undefined) return becameOwn(change, stepAbout);
  }
  const closing = closingWords(change, stepAbout);
  const rest = differing(change).flatMap((each) => keyWords(each, stepAbout));
  return [...closing, ...rest];
};

/** The offer has it no more, so its plan has been written into the engagement. */
function becameOwn(change: Change, about: StepAbout): readonly Said[] {
  const title = clip(textIn(change.to, 'title') ?? about.step);
  const isPlan = (key: string): boolean => !['done', 'skipped', 'why'].includes(key);
  const rest = differing(change).filter(({ path, from }) => !isPlan(String(path.at(-1))) || !isBlank(from));
  return [
    say('step-kept', change, `${about.name} stays as a step of its own: ${title}`, refOf(about)),
    ...closingWords(change, about),
    ...rest.flatMap((each) => keyWords(each, about)),
  ];
}

type StepAbout = About & { readonly engagement: string; readonly step: string; readonly name: string };

const refOf = ({ ids, engagement, step }: StepAbout): string => `${ids.after}/${engagement}/${step}`;

/** `report`, with its engagement where more than one runs. */
function nameOf(about: About, engagement: string, step: string): string {
  return runningCount(about) > 1 ? `${engagement}/${step}` : step;
}

export function runningCount({ before, after, ids, today }: About): number {
  const running = (setting: Setting, id: string): readonly string[] =>
    Object.entries(setting.book.clients.get(id)?.engagements ?? {})
      .filter(([, it]) => !isEnded(it, today))
      .map(([name]) => name);
  return new Set([...running(before, ids.before), ...running(after, ids.after)]).size;
}

/** A step that the offer does not have, so its whole plan stands in the engagement. */
function isOwn({ before, after, ids, engagement, step, today }: StepAbout): boolean {
  const found =
    scheduledIn(after, ids.after, engagement, step, today) ?? scheduledIn(before, ids.before, engagement, step, today);
  return found?.plan.isExtra === true;
}

function scheduledIn(
  setting: Setting,
  clientId: string,
  engagement: string,
  step: string,
  today: Day,
): ScheduledStep | undefined {
  const client = setting.book.clients.get(clientId);
  const schedule = client && scheduleOf(setting.book, setting.calendar, today, client, engagement);
  return schedule?.steps.find((it) => it.plan.id === step || it.plan.progressPath.at(-1) === step);
}

function ownStep(change: Change, about: StepAbout): readonly Said[] {
  const { from, to } = change;
  const entry = isBlank(to) ? from : to;
  const title = clip(textIn(entry, 'title') ?? about.step);
  if (isBlank(to)) return [say('step-removed', change, `${about.name} deleted, a step of its own: ${title}`, null)];
  const due = textIn(entry, 'due');
  const when = due === undefined ? '' : `, due ${shown(due, about.today)}`;
  const closed = closingWords({ ...change, from: undefined }, about);
  return [
    say('step-added', change, `${about.name} added, a step of its own: ${title}${when}`, refOf(about)),
    ...closed,
  ];
}

/** What `done`, `skipped` and its `why` say together. */
function closingWords(change: Change, about: StepAbout): readonly Said[] {
  const { from, to, path } = change;
  const { name, today } = about;
  const at = (key: string): Change => ({
    path: [...path, key],
    from: toMap(from)[key],
    to: toMap(to)[key],
    around: { from: toMap(from), to: toMap(to) },
  });
  const [oldDone, done] = [dayAt(from, 'done'), dayAt(to, 'done')];
  const [oldSkipped, skipped] = [dayAt(from, 'skipped'), dayAt(to, 'skipped')];
  const why = textIn(to, 'why');
  const ref = refOf(about);
  if (done !== undefined && done !== oldDone) {
    const was =
      oldDone !== undefined
        ? ` (before: ${shortDate(oldDone, today)})`
        : oldSkipped !== undefined
          ? ` (was skipped ${shortDate(oldSkipped, today)})`
          : '';
    return [say('step-done', at('done'), `${name} done ${shortDate(done, today)}${lateness(about, done)}${was}`, ref)];
  }
  if (skipped !== undefined && (skipped !== oldSkipped || why !== textIn(from, 'why'))) {
    const was = oldDone === undefined ? '' : ` (was done ${shortDate(oldDone, today)})`;
    const reason = why === undefined ? '' : ` (${clip(why)})`;
    return [say('step-skipped', at('skipped'), `${name} skipped ${shortDate(skipped, today)}${reason}${was}`, ref)];
  }
  const closed = oldDone ?? oldSkipped;
  if (closed !== undefined && isBlank(toMap(to).done) && isBlank(toMap(to).skipped)) {
    const how = oldDone === undefined ? 'skipped' : 'done';
    const key = oldDone === undefined ? 'skipped' : 'done';
    return [say('step-reopened', at(key), `${name} open again (was ${how} ${shortDate(closed, today)})`, ref)];
  }
  return [];
}

/** Against the day it was due before, by what was known on the day it was done. */
function lateness(about: StepAbout, done: Day): string {
  const { before, after, ids, engagement, step } = about;
  const now = scheduledIn(after, ids.after, engagement, step, done);
  const then = scheduledIn(before, ids.before, engagement, step, done);
  const isOtherRule = then !== undefined && then.rule?.text !== now?.rule?.text;
  const due = (isOtherRule ? then : (now ?? then))?.due;
  if (due === undefined) return '';
  const late = daysBetween(due, done);
  if (late === 0) return ', on its day';
  return late > 0 ? `, ${count(late, 'day')} late` : `, ${count(-late, 'day')} early`;
}

const CLOSING: ReadonlySet<string> = new Set(['done', 'skipped']);

function keyWords(change: Change, about: StepAbout): readonly Said[] {
  const { name, today } = about;
  const key = String(change.path.at(-1));
  const { from, to } = change;
  const { around } = change;
  if (
    CLOSING.has(key) &&
    [from, to].every((it) => isBlank(it) || (typeof it === 'string' && parseDay(it) !== undefined))
  )
    return [];
  if (key === 'why' && isWhySaid(around.from, around.to)) return [];
  if (key === 'due') return [dueWords(change, about)];
  return [say('step-tailored', change, `${name}: ${labelText(LABELS[key] ?? key, change, today)}`, refOf(about))];
}

/** The reason stands in the sentence about what it is the reason for. */
function isWhySaid(from: Change['around']['from'], to: Change['around']['to']): boolean {
  const isNew = (key: string): boolean => to[key] !== undefined && to[key] !== from[key];
  const isGone = (key: string): boolean => from[key] !== undefined && to[key] === undefined;
  if (to.skipped !== undefined) return true;
  return isNew('due') || (to.why === undefined && (isGone('skipped') || isGone('due')));
}

function dueWords(change: Change, about: StepAbout): Said {
  const { before, ids, engagement, step, today, name } = about;
  const { from, to, around } = change;
  const old = scheduledIn(before, ids.before, engagement, step, today);
  const ref = refOf(about);
  if (isBlank(to))
    return say('step-day-removed', change, `${name}: day set by hand removed (was ${shown(from, today)})`, ref);
  const why = textIn(around.to, 'why');
  const reason = why === undefined ? '' : ` (${clip(why)})`;
  const was = from ?? old?.due;
  const text = was === undefined ? shown(to, today) : changed(was, to, today);
  return say('step-day-set', change, `${name} due ${text}, set by hand${reason}`, ref);
}

const LABELS: Readonly<Record<string, string>> = {
  you_get: 'what they get',
  we_need: 'what we need',
};
