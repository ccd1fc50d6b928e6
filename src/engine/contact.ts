// Which contacts count for a kind of touch: the log's lines and the steps that are one. Knows no rule of cadence.
import { type Book, type ClientRecord, findKind, type TouchLog } from '../book/book.ts';
import { type DoneTouch, doneTouches, hasStep, planOf } from '../book/plan.ts';
import type { Day } from '../day.ts';
import type { DataPath } from '../problem/problem.ts';
import type { Touch } from '../records/touches.ts';

/** One contact that happened: who it was with (nobody named: everybody), and where it is written. */
export type Contact = {
  readonly day: Day;
  readonly kind: string;
  readonly with: readonly string[];
  readonly file: string;
  readonly path: DataPath;
};

/** A touch of kind `kind` counts for `wanted` when it is that kind or satisfies it directly. */
export const countsFor = (book: Book, kind: string, wanted: string): boolean =>
  kind === wanted || (findKind(book, kind)?.satisfies?.includes(wanted) ?? false);

type NamedStep = StepRef & { readonly kind: string };

export type StepRef = { readonly engagement: string; readonly step: string };

/** What `step:` in a log line names: `engagement/step`, or a step id that one engagement alone has. */
export function stepNamedBy(book: Book, client: ClientRecord, written: string): StepRef | undefined {
  const [first = '', second] = written.split('/');
  if (second !== undefined) {
    const step = stepIn(book, client, first, second);
    return step === undefined ? undefined : { engagement: first, step };
  }
  const found = Object.keys(client.engagements ?? {}).flatMap((engagement): StepRef[] => {
    const step = stepIn(book, client, engagement, first);
    return step === undefined ? [] : [{ engagement, step }];
  });
  return found.length === 1 ? found[0] : undefined;
}

/** The present id of a step that may be written by its old one. */
function stepIn(book: Book, client: ClientRecord, engagement: string, written: string): string | undefined {
  if (hasStep(book, client, engagement, written)) return written;
  const step = planOf(book, client, engagement)?.steps.find((it) => it.progressPath.at(-1) === written);
  return step?.id ?? findOldName(book, client, engagement, written);
}

function findOldName(book: Book, client: ClientRecord, engagement: string, written: string): string | undefined {
  return planOf(book, client, engagement)?.offer?.steps.find((it) => it.was === written)?.id;
}

/** A touch of ours that has happened; one that came in, or is of a day still to come, is none. */
export const isMade = (touch: Touch, today: Day): boolean => touch.in !== true && touch.date <= today;

export const madeTouches = (log: TouchLog | undefined, today: Day): readonly Touch[] =>
  (log?.touches ?? []).filter((touch) => isMade(touch, today));

/**
 * Every contact of any kind with this client up to today, the latest last. A done step whose `touch` is a kind is a contact
 * of it; one that a touch of that effect names is the same contact and counts once.
 */
export function contactsOf(book: Book, client: ClientRecord, today: Day): readonly Contact[] {
  const log = book.logs.get(client.id);
  const fromLog = madeTouches(log, today).map((touch) => loggedContact(log, touch));
  const named = stepsNamedInLog(book, client, today);
  const fromSteps = Object.keys(client.engagements ?? {}).flatMap((engagement) =>
    doneTouches(book, client, engagement)
      .filter((step) => step.done <= today && !named(engagement, step))
      .map((step) => stepContact(client, step)),
  );
  return [...fromLog, ...fromSteps].toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
}

const loggedContact = (log: TouchLog | undefined, touch: Touch): Contact => ({
  day: touch.date,
  kind: touch.kind,
  with: touch.with ?? [],
  file: log?.file ?? '',
  path: [touch.at],
});

const stepContact = (client: ClientRecord, { done, touch, progressPath }: DoneTouch): Contact => ({
  day: done,
  kind: touch,
  with: [],
  file: client.file,
  path: [...progressPath, 'done'],
});

/** Whether a touch of its effect names a step; what the log says of steps is looked up when the first one asks. */
function stepsNamedInLog(book: Book, client: ClientRecord, today: Day) {
  let named: readonly NamedStep[] | undefined;
  return (engagement: string, { id, touch: kind }: DoneTouch): boolean => {
    named ??= (book.logs.get(client.id)?.touches ?? []).flatMap((touch): NamedStep[] => {
      const ref = touch.step === undefined || !isMade(touch, today) ? undefined : stepNamedBy(book, client, touch.step);
      return ref ? [{ ...ref, kind: touch.kind }] : [];
    });
    return named.some((it) => it.engagement === engagement && it.step === id && countsFor(book, it.kind, kind));
  };
}

/**
 * Of each kind the contact that comes last in `contactsOf`, and its place there among those of its day. That is all a
 * morning asks of nearly every client, and it takes no list of hundreds of contacts.
 */
export type LatestContacts = ReadonlyMap<string, { readonly contact: Contact; readonly place: number }>;

export function latestContacts(book: Book, client: ClientRecord, today: Day): LatestContacts {
  const latest = new Map<string, { readonly contact: Contact; readonly place: number }>();
  const log = book.logs.get(client.id);
  const touches = log?.touches ?? [];
  // From the end, where the latest are in most logs.
  for (let place = touches.length - 1; place >= 0; place--) {
    const touch = touches[place] as Touch;
    const known = latest.get(touch.kind);
    if (!isMade(touch, today) || (known && touch.date <= known.contact.day)) continue;
    latest.set(touch.kind, { contact: loggedContact(log, touch), place });
  }
  const named = stepsNamedInLog(book, client, today);
  let place = touches.length;
  for (const engagement in client.engagements) {
    for (const step of doneTouches(book, client, engagement)) {
      const known = latest.get(step.touch);
      if (step.done > today || (known && step.done < known.contact.day) || named(engagement, step)) continue;
      latest.set(step.touch, { contact: stepContact(client, step), place: place++ });
    }
  }
  return latest;
}

/** The one that counts for a kind and comes last. */
export function lastCounted(book: Book, latest: LatestContacts, wanted: string): Contact | undefined {
  let last: { readonly contact: Contact; readonly place: number } | undefined;
  for (const [kind, each] of latest) {
    if (!countsFor(book, kind, wanted)) continue;
    const [day, lastDay] = [each.contact.day, last?.contact.day];
    if (!last || !lastDay || day > lastDay || (day === lastDay && each.place > last.place)) last = each;
  }
  return last?.contact;
}
