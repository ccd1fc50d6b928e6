// What changed in an offer or a frozen version of one, and the running work it moves.
import { count } from '../terminal/words.ts';
import {
  type Change,
  changed,
  clip,
  differing,
  entries,
  expectedLabel,
  fields,
  inGeneral,
  isBlank,
  isMap,
  isSame,
  labelled,
  labelText,
  listed,
  type Said,
  say,
  shown,
  textIn,
  toMap,
  type Words,
} from './change.ts';
import { clientName, endMoves, engagementEffect, movesText, type Run, runsBy, runsOn, stepMoves } from './effects.ts';
import type { About } from './sides.ts';

/** A change of `file`, which is an offer or a frozen version of one. */
export function offerWords(change: Change, about: About, file: string): readonly Said[] {
  const runs = runsOn(runsBy(about, 'offers'), file);
  const { from, to, path } = change;
  const others: Change = { path, from: withoutSteps(from), to: withoutSteps(to), around: change.around };
  const said = fields(TABLE)(others, about);
  return [...said, ...stepsWords(change, about, runs), ...ends(runs, about)];
}

/** What a new offer is, in one line. */
export function offerSummary(data: unknown, { today }: About): string {
  const steps = Object.keys(stepsOf(data)).length;
  const price = toMap(data).price;
  return `${count(steps, 'step')}${isBlank(price) ? '' : `, price ${shown(price, today)}`}`;
}

/** Everything but the steps, which are compared by their ids wherever they stand. */
function withoutSteps(data: unknown): unknown {
  if (!isMap(data)) return data;
  const { steps, phases, ...rest } = data;
  const isReadable = isBlank(steps) || isMap(steps);
  const bare = Object.entries(toMap(phases)).map(([id, phase]): [string, unknown] => {
    if (!isMap(phase) || !isMap(phase.steps)) return [id, isBlank(phase) ? {} : phase];
    const { steps: own, ...others } = phase;
    return [id, others];
  });
  return {
    ...rest,
    ...(isReadable ? {} : { steps }),
    ...(isBlank(phases) ? {} : { phases: isMap(phases) ? Object.fromEntries(bare) : phases }),
  };
}

type PlacedStep = { readonly path: readonly string[]; readonly phase: string | undefined; readonly data: unknown };

/** By id; a second one with the same id is told apart, for it is there and does not count. */
function stepsOf(data: unknown): Readonly<Record<string, PlacedStep>> {
  const { steps, phases } = toMap(data);
  const inPhases = Object.entries(toMap(phases)).flatMap(([phase, each]) =>
    Object.entries(toMap(toMap(each).steps)).map(([id, step]) => ({
      id,
      step: { path: ['phases', phase, 'steps', id], phase, data: step },
    })),
  );
  const top = Object.entries(toMap(steps)).map(([id, step]) => ({
    id,
    step: { path: ['steps', id], phase: undefined, data: step },
  }));
  const found: Record<string, PlacedStep> = {};
  for (const { id, step } of [...inPhases, ...top])
    found[Object.hasOwn(found, id) ? `${id} (again in ${step.phase ?? 'steps'})` : id] = step;
  return found;
}

/** How the steps of one plan differ from those of another; `names`: the id that each kept step had before. */
export const planWords = (
  from: unknown,
  to: unknown,
  about: About,
  names: ReadonlyMap<string, string>,
): readonly Said[] => stepsWords({ path: [], from, to, around: { from: {}, to: {} } }, about, [], names);

function stepsWords(
  { from, to }: Change,
  about: About,
  runs: readonly Run[],
  names?: ReadonlyMap<string, string>,
): readonly Said[] {
  const [old, now] = [stepsOf(from), stepsOf(to)];
  const [oldIds, ids] = [Object.keys(old), Object.keys(now)];
  /** The id a step had before: its own, or the one that `was` names. */
  const oldIdOf = (id: string): string | undefined => {
    if (names) return names.get(id);
    if (Object.hasOwn(old, id)) return id;
    const was = textIn(now[id]?.data, 'was');
    return was !== undefined && Object.hasOwn(old, was) && !Object.hasOwn(now, was) ? was : undefined;
  };
  const kept = new Set(ids.map(oldIdOf));
  const removed = oldIds
    .filter((id) => !kept.has(id))
    .map((id) => {
      const step = old[id] as PlacedStep;
      const change = { path: step.path, from: step.data, to: null };
      return say('step-removed', change, `step ${id} deleted: ${clip(textIn(step.data, 'title') ?? id)}`);
    });
  const rest = ids.flatMap((id): readonly Said[] => {
    const step = now[id] as PlacedStep;
    const was = oldIdOf(id);
    return was === undefined
      ? [addedStep(id, step, about)]
      : keptStep(was, id, old[was] as PlacedStep, step, about, runs);
  });
  const common = ids.flatMap((id) => oldIdOf(id) ?? []);
  const isReordered = common.join(' ') !== oldIds.filter((id) => kept.has(id)).join(' ');
  const order = isReordered
    ? [say('step-order', { path: ['phases'], from: oldIds, to: ids }, 'the steps are in another order')]
    : [];
  return [...removed, ...rest, ...order];
}

function addedStep(id: string, { path, data }: PlacedStep, { today }: About): Said {
  const due = textIn(data, 'due');
  const title = clip(textIn(data, 'title') ?? id);
  return say(
    'step-added',
    { path, from: null, to: data },
    `step ${id} added: ${title}${due === undefined ? '' : `, due ${shown(due, today)}`}`,
  );
}

function keptStep(
  was: string,
  id: string,
  old: PlacedStep,
  now: PlacedStep,
  about: About,
  runs: readonly Run[],
): readonly Said[] {
  const change: Change = { path: now.path, from: old.data, to: now.data, around: { from: {}, to: {} } };
  const renamed = was === id ? [] : [say('step-renamed', change, `step ${was} is called ${id} now`)];
  const phase =
    old.phase === now.phase
      ? []
      : [
          say(
            'step-phase',
            { ...change, from: old.phase, to: now.phase },
            `${id} ${labelText('phase', { from: old.phase, to: now.phase }, about.today)}`,
          ),
        ];
  if (!isMap(old.data) || !isMap(now.data)) {
    const isEqual = isSame(old.data, now.data) || (isBlank(old.data) && isBlank(now.data));
    return [...renamed, ...phase, ...(isEqual ? [] : inGeneral(change, about.today))];
  }
  const keys = differing(change).flatMap((each): readonly Said[] => {
    const key = String(each.path.at(-1));
    if (key === 'was' && was !== id) return [];
    if (isBlank(each.from) && isBlank(each.to)) return [];
    if (key === 'due') return [dueWords(id, each, about, runs)];
    if (key === 'expect' && isMap(each.from) && isMap(each.to))
      return differing(each).map((part) => {
        const label = expectedLabel(part);
        return say('step-expect', part, `${id} ${labelText(label, part, about.today)}`);
      });
    return [say(`step-${key}`, each, `${id} ${labelText(LABELS[key] ?? key, each, about.today)}`)];
  });
  return [...renamed, ...phase, ...keys];
}

const LABELS: Readonly<Record<string, string>> = { after: 'comes after', expect: 'what is said about it' };

/** `report due data-access + 8bd -> + 10bd: moves 2 running engagements, Acme Ltd 12 -> 16 Dec` */
function dueWords(id: string, change: Change, { today }: About, runs: readonly Run[]): Said {
  const [from, to] = [change.from, change.to].map((it) => (typeof it === 'string' ? it : undefined));
  const [anchor, ...offset] = (to ?? '').split(' ');
  const isSameAnchor = from !== undefined && offset.length > 0 && from.startsWith(`${anchor} `);
  const text = isSameAnchor ? `due ${clip(from)} -> ${clip(offset.join(' '))}` : labelText('due', change, today);
  const effect = engagementEffect(stepMoves(runs, id), runs, today);
  return { ...say('step-due', change, `${id} ${text}`), ...(effect ? { effect } : {}) };
}

function ends(runs: readonly Run[], { today }: About): readonly Said[] {
  const moves = endMoves(runs);
  if (moves.length === 0) return [];
  const late = moves.filter((it) => it.isLate).length;
  const danger = late === 0 ? '' : `; ${late === 1 ? '1 ends' : `${late} end`} after the promised day`;
  const text = `forecast ends of running work: ${movesText(moves, today, clientName)}${danger}`;
  const effect = { text, moves: moves.map(({ isLate: _, ...move }) => move) };
  return [{ ...say('ends', { path: [], from: null, to: null }, text), effect: { ...effect, text: '' } }];
}

const milestone: Words<About> = (change, { today }) => [
  say('milestone', change, labelText(`milestone ${String(change.path.at(-1))}`, change, today)),
];

const phase: Words<About> = (change, about) => {
  const { from, to, path } = change;
  const id = String(path.at(-1));
  if (isBlank(from)) return [say('phase-added', change, `phase ${id} added${titled(to)}`)];
  if (isBlank(to)) return [say('phase-removed', change, `phase ${id} deleted${titled(from)}`)];
  if (!isMap(from) || !isMap(to)) return [];
  return fields<About>({
    title: (each) => [say('phase-title', each, `phase ${id} ${labelText('title', each, about.today)}`)],
  })(change, about);
};

const titled = (data: unknown): string => {
  const title = textIn(data, 'title');
  return title === undefined ? '' : `: ${clip(title)}`;
};

const version: Words<About> = (change, { today }) => [
  say('version', change, `version ${changed(change.from ?? 1, change.to ?? 1, today)}`),
];

const TABLE: Readonly<Record<string, Words<About>>> = {
  name: labelled('name', 'name'),
  version,
  outcome: labelled('outcome', 'outcome'),
  price: labelled('price', 'price'),
  target: labelled('target', 'target'),
  right_fit: listed('right-fit', 'right fit'),
  milestones: entries(milestone),
  next_offer: labelled('next-offer', 'next offer'),
  repeats: labelled('repeats', 'repeats every'),
  risks: listed('risk', 'risk'),
  phases: entries(phase),
};
