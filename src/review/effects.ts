// What a change does to what is running today: days of steps and ends that move, contacts that become due. Works them out
// on the practice as it is now with and without that change; knows no file.
import type { ClientRecord } from '../book/book.ts';
import type { Day } from '../day.ts';
import type { Schedule } from '../engine/schedule.ts';
import type { Setting } from '../engine/setting.ts';
import { runningSchedules } from '../engine/step-items.ts';
import { touchItems } from '../engine/touch-items.ts';
import { count } from '../terminal/words.ts';
import { clip, type Effect, fromTo, type Move, shown } from './change.ts';

/** One running engagement with the change and without it. */
export type Run = { readonly client: ClientRecord; readonly before: Schedule; readonly after: Schedule };

/** Every engagement that runs and can be worked out on both sides. */
export function runsOf(without: Setting, now: Setting): readonly Run[] {
  return [...now.book.clients.values()].flatMap((client) => {
    const old = new Map(runningSchedules(without, client).map((it) => [it.id, it]));
    return runningSchedules(now, client).flatMap((after) => {
      const before = old.get(after.id);
      return before ? [{ client, before, after }] : [];
    });
  });
}

/** Those whose plan now stands in this file. */
export const runsOn = (runs: readonly Run[], file: string): readonly Run[] =>
  runs.filter(({ after }) => after.plan.offer?.file === file);

/** Days of one open step, or of all. */
export function stepMoves(runs: readonly Run[], step?: string): readonly Move[] {
  return runs.flatMap(({ client, before, after }) => {
    const old = new Map(before.steps.map((it) => [it.plan.id, it]));
    return after.steps
      .filter((it) => it.state !== 'closed' && (step === undefined || it.plan.id === step))
      .flatMap((it): readonly Move[] => {
        const was = old.get(it.plan.id) ?? old.get(String(it.plan.progressPath.at(-1)));
        if (!was || was.due === it.due) return [];
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
  runs.flatMap(({ client, before, after }) =>
    before.forecastEnd === after.forecastEnd
      ? []
      : [
          {
            ...namesOf(client),
            ref: `${client.id}/${after.id}`,
            what: 'end',
            from: before.forecastEnd ?? null,
            to: after.forecastEnd ?? null,
            isLate:
              after.promised !== undefined && after.forecastEnd !== undefined && after.forecastEnd > after.promised,
          },
        ],
  );

const namesOf = (client: ClientRecord) => ({ client: client.id, client_name: client.name });

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

/** A client's next contact of one kind. */
type NextTouch = { readonly client: ClientRecord; readonly kind: string; readonly due: Day; readonly isDue: boolean };

function nextTouches(setting: Setting): ReadonlyMap<string, NextTouch> {
  const found = [...setting.book.clients.values()].flatMap((client) =>
    touchItems(setting, client).touches.map((it): readonly [string, NextTouch] => [
      it.ref,
      { client, kind: it.kind, due: it.due, isDue: it.state !== 'soon' },
    ]),
  );
  return new Map(found);
}

/** Contacts whose day, or whose being due, is another one. */
export type TouchChange = Move & { readonly segment: string | undefined; readonly becomes: 'due' | 'quiet' | 'moved' };

export function touchChanges(without: Setting, now: Setting): readonly TouchChange[] {
  const [old, next] = [nextTouches(without), nextTouches(now)];
  const refs = [...new Set([...old.keys(), ...next.keys()])];
  return refs.flatMap((ref): readonly TouchChange[] => {
    const [was, is] = [old.get(ref), next.get(ref)];
    const either = is ?? was;
    if (!either || (was?.due === is?.due && was?.isDue === is?.isDue)) return [];
    const becomes =
      is?.isDue === true && was?.isDue !== true ? 'due' : was?.isDue === true && is?.isDue !== true ? 'quiet' : 'moved';
    return [
      {
        ...namesOf(either.client),
        ref,
        what: either.kind,
        from: was?.due ?? null,
        to: is?.due ?? null,
        segment: either.client.segment,
        becomes,
      },
    ];
  });
}

/** `4 clients become due today (Acme Ltd, Beta GmbH and 2 more)`; undefined when nothing changes by today. */
export function touchEffect(changes: readonly TouchChange[]): Effect {
  const of = (becomes: TouchChange['becomes']) => changes.filter((it) => it.becomes === becomes);
  const [due, quiet, moved] = [of('due'), of('quiet'), of('moved')];
  const parts = [
    ...(due.length === 0
      ? []
      : [`${count(due.length, 'client')} ${due.length === 1 ? 'becomes' : 'become'} due today (${namesIn(due)})`]),
    ...(quiet.length === 0
      ? []
      : [`${count(quiet.length, 'client')} ${quiet.length === 1 ? 'is' : 'are'} no longer due (${namesIn(quiet)})`]),
    ...(moved.length === 0 ? [] : [`the next day of ${count(moved.length, 'client')} moves (${namesIn(moved)})`]),
  ];
  return { text: parts.length === 0 ? 'nobody becomes due today by it' : parts.join(', '), moves: changes.map(toMove) };
}

const toMove = ({ client, client_name, ref, what, from, to }: TouchChange): Move => ({
  client,
  client_name,
  ref,
  what,
  from,
  to,
});

function namesIn(changes: readonly TouchChange[]): string {
  const names = [...new Set(changes.map((it) => clip(it.client_name, 30)))];
  const more = names.length - MOST;
  return `${names.slice(0, MOST).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
