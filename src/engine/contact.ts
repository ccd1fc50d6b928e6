// Which contacts count for a kind of touch: the log's lines and the steps that are one. Knows no rule of cadence.
import { type Book, type ClientRecord, findKind, type TouchLog } from '../book/book.ts';
import { planOf } from '../book/plan.ts';
import type { Day } from '../day.ts';
import type { DataPath } from '../problem/problem.ts';
import type { Touch } from '../records/touches.ts';
import { closedOn } from './schedule.ts';

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
  const steps = planOf(book, client, engagement)?.steps ?? [];
  const step = steps.find((it) => it.id === written) ?? steps.find((it) => it.progressPath.at(-1) === written);
  return step?.id ?? findOldName(book, client, engagement, written);
}

function findOldName(book: Book, client: ClientRecord, engagement: string, written: string): string | undefined {
  return planOf(book, client, engagement)?.offer?.steps.find((it) => it.was === written)?.id;
}

/** Touches of ours that have happened; those that came in, and those of a day still to come, are none. */
export const madeTouches = (log: TouchLog | undefined, today: Day): readonly Touch[] =>
  (log?.touches ?? []).filter((touch) => touch.in !== true && touch.date <= today);

/**
 * Every contact of any kind with this client up to today, the latest last. A done step whose `touch` is a kind is a contact
 * of it; one that a touch of that effect names is the same contact and counts once.
 */
export function contactsOf(book: Book, client: ClientRecord, today: Day): readonly Contact[] {
  const log = book.logs.get(client.id);
  const touches = madeTouches(log, today);
  const fromLog = touches.map(
    (touch): Contact => ({
      day: touch.date,
      kind: touch.kind,
      with: touch.with ?? [],
      file: log?.file ?? '',
      path: [touch.at],
    }),
  );
  /** What the log says of steps, looked up when a step asks. */
  let named: readonly NamedStep[] | undefined;
  const isLogged = (engagement: string, step: string, kind: string): boolean => {
    named ??= touches.flatMap((touch): NamedStep[] => {
      const ref = touch.step === undefined ? undefined : stepNamedBy(book, client, touch.step);
      return ref ? [{ ...ref, kind: touch.kind }] : [];
    });
    return named.some((it) => it.engagement === engagement && it.step === step && countsFor(book, it.kind, kind));
  };
  const fromSteps = Object.keys(client.engagements ?? {}).flatMap((engagement) =>
    (planOf(book, client, engagement)?.steps ?? []).flatMap((step): Contact[] => {
      const day = step.touch === undefined || step.done === undefined ? undefined : closedOn(step, today);
      if (step.touch === undefined || day === undefined || isLogged(engagement, step.id, step.touch)) return [];
      return [{ day, kind: step.touch, with: [], file: client.file, path: [...step.progressPath, 'done'] }];
    }),
  );
  return [...fromLog, ...fromSteps].toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
}
