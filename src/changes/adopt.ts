// An engagement moves to the current version of its offer: what becomes of each step, and the edits that keep its progress.
// Knows no screen and asks nothing.
import { findOffer, isRemoved, type OfferRecord } from '../book/book.ts';
import { currentNames, offerSteps } from '../book/plan.ts';
import type { Practice } from '../command.ts';
import type { Day } from '../day.ts';
import type { Schedule } from '../engine/schedule.ts';
import { refusal } from '../outcome.ts';
import type { StepProgress } from '../records/client.ts';
import type { Due } from '../records/languages.ts';
import type { OfferStep } from '../records/offer.ts';
import type { Data, Edit } from '../source/edit/splice.ts';
import { parseYaml } from '../source/read/parse.ts';

/** A step of the old plan that the new one lacks, kept as a step of the engagement's own. */
export type Kept = { readonly id: string; readonly closed: Day | undefined; readonly how: 'done' | 'skipped' | 'open' };

export type Adoption = {
  readonly old: OfferRecord;
  readonly offer: OfferRecord;
  /** The id a step of the new plan had in the old one. */
  readonly names: ReadonlyMap<string, string>;
  readonly renamed: readonly { readonly from: string; readonly to: string }[];
  readonly kept: readonly Kept[];
  /** Steps of the engagement's own that the new plan has as well: they become one. */
  readonly merged: readonly string[];
  readonly edits: readonly Edit[];
};

/** The plan it runs on and the one it moves to. Throws a refusal where there is nothing to move. */
export function plansFor({ book }: Practice, { engagement, plan }: Schedule, ref: string) {
  const named = engagement.offer;
  if (named === undefined || !plan.offer)
    throw refusal(`${ref} has no offer: its steps are in the client's file`, `deliver show ${ref}`);
  const offer = book.offers.get(named.id);
  if (!offer) {
    if (isRemoved(book, 'offer', named.id))
      throw refusal(`offers/${named.id}.yaml has errors, so ${ref} stays on its version`, 'deliver validate');
    throw refusal(`there is no offers/${named.id}.yaml any more, so ${ref} stays on its version`);
  }
  if (book.removals.some((it) => it.file === offer.file))
    throw refusal(`${offer.file} has errors, so ${ref} stays on its version`, 'deliver validate');
  if (named.version === undefined) {
    throw refusal(
      `${ref} has no version, so it follows ${offer.name} as it changes`,
      `to pin it to the current version, write offer: ${offer.id}@${offer.version}`,
    );
  }
  if (named.version === offer.version) {
    throw refusal(
      `${ref} runs on version ${offer.version} of ${offer.name}, the current one`,
      `deliver offer bump ${offer.id} begins the next one`,
    );
  }
  return { old: plan.offer, offer };
}

/** The edits of the client's file; `days` are those of milestones that the new version asks for. */
export function adoptionOf(
  practice: Practice,
  schedule: Schedule,
  { old, offer }: { readonly old: OfferRecord; readonly offer: OfferRecord },
  days: Readonly<Record<string, Day>>,
): Adoption {
  const { id, engagement } = schedule;
  const at = ['engagements', id];
  const written = engagement.steps ?? {};
  const oldSteps = offerSteps(old);
  const newNames = namesBetween(practice, old, offer);
  const newSteps = new Set(offerSteps(offer).map((it) => it.id));
  const oldNames = currentNames(oldSteps, written);
  /** What an id that is written means in the new plan; undefined where that has no such step. */
  const nowOf = (name: string): string | undefined => {
    const step = oldNames.get(name);
    return step === undefined ? name : newNames.get(step);
  };
  const gone = (name: string): OfferStep | undefined => {
    const step = oldNames.get(name);
    return step === undefined || newNames.has(step) ? undefined : oldSteps.find((it) => it.id === step);
  };
  const renames = Object.keys(written).flatMap((name) => {
    const now = nowOf(name);
    return now === undefined || now === name || Object.hasOwn(written, now) ? [] : [{ from: name, to: now }];
  });
  const keptNames = referencedToo(
    Object.keys(written).filter((name) => gone(name) !== undefined),
    written,
    gone,
  );
  const rename = (text: string): string => nowOf(text) ?? text;
  const edits: readonly Edit[] = [
    { kind: 'set', path: [...at, 'offer'], value: `${offer.id}@${offer.version}` },
    ...Object.entries(days).map(
      ([milestone, day]): Edit => ({ kind: 'set', path: [...at, 'milestones', milestone], value: day }),
    ),
    ...Object.entries(written).flatMap(([name, progress]) => anchorEdits([...at, 'steps', name], progress, rename)),
    ...keptNames.flatMap((name) =>
      keepingEdits(practice, old, gone(name) as OfferStep, [...at, 'steps', name], written[name], rename),
    ),
    ...renames.map(({ from, to }): Edit => ({ kind: 'rename', path: [...at, 'steps', from], to })),
  ];
  return {
    old,
    offer,
    names: new Map([...newNames].map(([before, now]) => [now, before])),
    renamed: renames,
    kept: keptNames.map((name) => keptAs(name, written[name])),
    merged: Object.keys(written).filter((name) => !oldNames.has(name) && newSteps.has(name)),
    edits,
  };
}

/** For each step of the old plan its id in the new one, through the versions between; those that went are missing. */
function namesBetween({ book }: Practice, old: OfferRecord, offer: OfferRecord): ReadonlyMap<string, string> {
  const versions: readonly OfferRecord[] = Array.from(
    { length: Math.max(0, offer.version - old.version - 1) },
    (_, i) => findOffer(book, { id: offer.id, version: old.version + 1 + i }),
  ).filter((it) => it !== undefined);
  const present = new Set(offerSteps(offer).map((it) => it.id));
  const through = (id: string, version: OfferRecord): string => {
    const steps = offerSteps(version);
    return steps.some((it) => it.id === id) ? id : (steps.find((it) => it.was === id)?.id ?? id);
  };
  return new Map(
    offerSteps(old).flatMap((step) => {
      const now = [...versions, offer].reduce(through, step.id);
      return present.has(now) ? [[step.id, now] as const] : [];
    }),
  );
}

type Written = Readonly<Record<string, StepProgress>>;

/** Steps that went, and that one which stays in the engagement counts from or comes after, must stay too. */
function referencedToo(
  first: readonly string[],
  written: Written,
  gone: (name: string) => OfferStep | undefined,
): readonly string[] {
  const found = new Set(first);
  const look = (due: Due | undefined, after: readonly string[] | undefined): void => {
    for (const name of [...(due?.kind === 'anchor' ? [due.anchor] : []), ...(after ?? [])]) {
      const step = gone(name);
      if (!step || found.has(name)) continue;
      found.add(name);
      look(step.due, step.after);
    }
  };
  for (const progress of Object.values(written)) look(progress.due, progress.after);
  for (const name of first) {
    const progress = written[name];
    const step = gone(name);
    if (progress?.done === undefined && progress?.skipped === undefined) look(step?.due, step?.after);
  }
  return [...found];
}

/** Due days and waits of the engagement's own that name a step by an id it no longer has. */
function anchorEdits(path: readonly string[], progress: StepProgress, rename: (id: string) => string): readonly Edit[] {
  const { due, after } = progress;
  const dueText = due && renamedDue(due, rename);
  const afterNow = after?.map(rename);
  return [
    ...(due && dueText !== due.text
      ? [{ kind: 'set' as const, path: [...path, 'due'], value: dueText ?? due.text }]
      : []),
    ...(after && afterNow && after.some((each, i) => each !== afterNow[i])
      ? [
          {
            kind: 'set' as const,
            path: [...path, 'after'],
            value: afterNow.length === 1 ? (afterNow[0] ?? '') : afterNow,
          },
        ]
      : []),
  ];
}

const renamedDue = (due: Due, rename: (id: string) => string): string =>
  due.kind === 'anchor' ? rename(due.anchor) + due.text.slice(due.anchor.length) : due.text;

/** What a closed step needs to be one of the engagement's own: what it was, and what closing it counted as. */
const CLOSED_KEYS: ReadonlySet<string> = new Set(['title', 'kind', 'touch']);

/** The old plan's words for a step, put into the engagement where it does not say otherwise. */
function keepingEdits(
  { textOf }: Practice,
  old: OfferRecord,
  step: OfferStep,
  path: readonly string[],
  progress: StepProgress | undefined,
  rename: (id: string) => string,
): readonly Edit[] {
  const isClosed = progress?.done !== undefined || progress?.skipped !== undefined;
  const raw = step.path.reduce<unknown>(
    (data, key) => (data as Readonly<Record<string, unknown>> | undefined)?.[key],
    parseYaml(textOf(old.file) ?? '').value,
  );
  const plan: Readonly<Record<string, Data>> = { title: step.title, ...(raw as Readonly<Record<string, Data>>) };
  const keys = Object.entries(plan).filter(
    ([key]) =>
      key !== 'was' && (!isClosed || CLOSED_KEYS.has(key)) && progress?.[key as keyof StepProgress] === undefined,
  );
  const values = keys.map(([key, value]): readonly [string, Data] => {
    if (key === 'due' && step.due) return [key, renamedDue(step.due, rename)];
    if (key === 'after') return [key, (step.after ?? []).map(rename)];
    return [key, value];
  });
  const phase = step.phase === undefined || progress?.phase !== undefined ? [] : [['phase', step.phase] as const];
  return [...values, ...phase].map(([key, value]): Edit => ({ kind: 'set', path: [...path, key], value }));
}

function keptAs(id: string, progress: StepProgress | undefined): Kept {
  const closed = progress?.done ?? progress?.skipped;
  return { id, closed, how: progress?.done !== undefined ? 'done' : closed === undefined ? 'open' : 'skipped' };
}
