// What a change does to the work that runs today: days of steps and ends that move. Which part of the practice moves them
// is calculated by taking it back alone, and by putting it in alone; knows no file.
import type { ClientRecord } from '../book/book.ts';
import type { Day } from '../day.ts';
import type { Schedule } from '../engine/schedule.ts';
import type { Setting } from '../engine/setting.ts';
import { runningSchedules } from '../engine/step-items.ts';
import { count, fromTo } from '../terminal/words.ts';
import { clip, type Effect, type Move, shown } from './change.ts';
import { type About, oldId, type Part, withBefore, withOnly } from './sides.ts';

/** One running engagement as it was and as it is. */
export type Run = {
  readonly client: ClientRecord;
  readonly before: Schedule;
  readonly after: Schedule;
  /**
   * What one part of the practice does by itself: all new without it and with it, all old without it and with it. A day
   * that differs in neither is not moved by this part. Undefined: all that differs is meant.
   */
  readonly own?: readonly (readonly [without: Schedule, withIt: Schedule])[];
};

/** Every engagement that runs and can be worked out in both. */
export function runsOf(without: Setting, now: Setting): readonly Run[] {
  const old = schedulesIn(without);
  return [...schedulesIn(now)].flatMap(([ref, { client, schedule: after }]) => {
    const before = old.get(ref)?.schedule;
    return before ? [{ client, before, after }] : [];
  });
}

/** Every engagement that ran before and runs now; days are those of then and of now, whatever else has changed. */
export function runsBy(about: About, part: Part): readonly Run[] {
  const [old, now] = [schedulesIn(about.before), schedulesIn(about.after)];
  const [without, only] = [schedulesIn(withBefore(about, part)), schedulesIn(withOnly(about, part))];
  return [...now].flatMap(([ref, { client, schedule: after }]): readonly Run[] => {
    const oldRef = `${oldId(about, client.id)}/${after.id}`;
    const before = old.get(oldRef)?.schedule;
    if (!before) return [];
    const [taken, put] = [without.get(ref)?.schedule, only.get(oldRef)?.schedule];
    const own = [...(taken ? [[taken, after] as const] : []), ...(put ? [[before, put] as const] : [])];
    return [{ client, before, after, own }];
  });
}

type Running = { readonly client: ClientRecord; readonly schedule: Schedule };

const schedulesIn = (setting: Setting): ReadonlyMap<string, Running> =>
  new Map(
    [...setting.book.clients.values()].flatMap((client) =>
      runningSchedules(setting, client).map((schedule): readonly [string, Running] => [
        `${client.id}/${schedule.id}`,
        { client, schedule },
      ]),
    ),
  );

/** Those whose plan now stands in this file. */
export const runsOn = (runs: readonly Run[], file: string): readonly Run[] =>
  runs.filter(({ after }) => after.plan.offer?.file === file);

type Step = Schedule['steps'][number];

/** The same step in another plan, where it may be called as it was. */
const stepIn = ({ steps }: Schedule, { plan }: Step): Step | undefined =>
  steps.find((it) => it.plan.id === plan.id) ?? steps.find((it) => it.plan.id === String(plan.progressPath.at(-1)));

const hasPart = ({ own }: Run, dayIn: (schedule: Schedule) => Day | undefined): boolean =>
  own === undefined || own.some(([without, withIt]) => dayIn(without) !== dayIn(withIt));

/** Days of one open step, or of all. */
export function stepMoves(runs: readonly Run[], step?: string): readonly Move[] {
  return runs.flatMap((run) => {
    const { client, before, after } = run;
    return after.steps
      .filter((it) => it.state !== 'closed' && (step === undefined || it.plan.id === step))
      .flatMap((it): readonly Move[] => {
        const was = stepIn(before, it);
        if (!was || was.due === it.due || !hasPart(run, (schedule) => stepIn(schedule, it)?.due)) return [];
        return [
          {
            ...namesOf(client),
            ref: `${client.id}/${after.id}/${it.plan.id}`,
            what: it.plan.id,
            from: was.due ?? null,
            to: it.due ?? null,
          },
        ];
      });
  });
}

/** Forecast ends of engagements. */
export const endMoves = (runs: readonly Run[]): readonly (Move & { readonly isLate: boolean })[] =>
  runs.flatMap((run) => {
    const { client, before, after } = run;
    if (before.forecastEnd === after.forecastEnd || !hasPart(run, (schedule) => schedule.forecastEnd)) return [];
    return [
      {
        ...namesOf(client),
        ref: `${client.id}/${after.id}`,
        what: 'end',
        from: before.forecastEnd ?? null,
        to: after.forecastEnd ?? null,
        isLate: after.promised !== undefined && after.forecastEnd !== undefined && after.forecastEnd > after.promised,
      },
    ];
  });

export const namesOf = (client: ClientRecord) => ({ client: client.id, client_name: client.name });

const MOST = 4;

/** `Acme Ltd 12 -> 16 Dec, Beta GmbH 3 -> 7 Dec and 2 more`; `named` says whose day each is. */
export function movesText(moves: readonly Move[], today: Day, named: (move: Move) => string): string {
  const parts = moves.slice(0, MOST).map((move) => `${named(move)} ${dayText(move, today)}`);
  const more = moves.length - MOST;
  return `${parts.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

const dayText = ({ from, to }: Move, today: Day): string => {
  if (from !== null && to !== null) return fromTo(from, to, today);
  return to === null ? `${shown(from, today)} -> no day` : `gets ${shown(to, today)}`;
};

export const clientName = (move: Move): string => clip(move.client_name, 30);

/** `moves 2 running engagements, Acme Ltd 12 -> 16 Dec, ...` */
export function engagementEffect(moves: readonly Move[], runs: readonly Run[], today: Day): Effect | undefined {
  if (runs.length === 0) return undefined;
  if (moves.length === 0) return { text: 'moves no running engagement', moves };
  const whose = new Set(moves.map((move) => move.ref.split('/').slice(0, 2).join('/')));
  return {
    text: `moves ${count(whose.size, 'running engagement')}, ${movesText(moves, today, clientName)}`,
    moves,
  };
}
