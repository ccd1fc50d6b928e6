// Whom a change makes due or quiet, and whose next contact it moves to another day. Knows no file.
import type { ClientRecord } from '../book/book.ts';
import type { Day } from '../day.ts';
import { contactsOf } from '../engine/contact.ts';
import { quietBy } from '../engine/quiet.ts';
import type { Setting } from '../engine/setting.ts';
import { hasNoLog } from '../engine/step-items.ts';
import { rulesOf, standingOf } from '../engine/touch-items.ts';
import { count } from '../terminal/words.ts';
import { clip, type Effect, type Move } from './change.ts';
import { clientName, movesText, namesOf } from './effects.ts';
import { type About, oldId, type Part, withBefore, withOnly } from './sides.ts';

/** A client's next contact of one kind, near or far. */
type NextTouch = { readonly client: ClientRecord; readonly kind: string; readonly due: Day; readonly isDue: boolean };

function nextTouches(setting: Setting): ReadonlyMap<string, NextTouch> {
  const { book, today } = setting;
  const clients = [...book.clients.values()].filter((client) => !hasNoLog(book, client));
  const found = clients.flatMap((client) => {
    const contacts = contactsOf(book, client, today);
    return rulesOf(setting, client).flatMap((rule): readonly (readonly [string, NextTouch])[] => {
      const standing = standingOf(setting, client, rule, contacts);
      if (!standing) return [];
      const { kind } = rule;
      const isDue =
        !quietBy(client, kind, rule.level, today) && (standing.state === 'due' || standing.state === 'overdue');
      return [[refOf(client.id, kind), { client, kind, due: standing.due, isDue }]];
    });
  });
  return new Map(found);
}

const refOf = (client: string, kind: string): string => `${client}/touch/${kind}`;

/** Contacts whose day, or whose being due, is another one. */
export type TouchChange = Move & {
  readonly segment: string | undefined;
  readonly becomes: 'due' | 'quiet' | 'moved' | 'begun' | 'over';
};

/** What has a part of the practice in it that changed; days are those of then and of now, whatever else has changed. */
export function touchChanges(about: About, part: Part): readonly TouchChange[] {
  const [old, now] = [nextTouches(about.before), nextTouches(about.after)];
  const [without, only] = [nextTouches(withBefore(about, part)), nextTouches(withOnly(about, part))];
  const { clients } = about.after.book;
  return [...clients.values()].flatMap((client): readonly TouchChange[] => {
    const wasId = oldId(about, client.id);
    if (!about.before.book.clients.has(wasId)) return [];
    const ofClient = [...now.values(), ...old.values()].filter(
      (it) => it.client.id === client.id || it.client.id === wasId,
    );
    const kinds = [...new Set(ofClient.map((it) => it.kind))];
    return kinds.flatMap((kind): readonly TouchChange[] => {
      const [ref, oldRef] = [refOf(client.id, kind), refOf(wasId, kind)];
      const [was, is] = [old.get(oldRef), now.get(ref)];
      const hasPart = !isAlike(without.get(ref), is) || !isAlike(was, only.get(oldRef));
      if (isAlike(was, is) || !hasPart) return [];
      return [
        {
          ...namesOf(client),
          ref,
          what: kind,
          from: was?.due ?? null,
          to: is?.due ?? null,
          segment: client.segment,
          becomes: becoming(was, is),
        },
      ];
    });
  });
}

const isAlike = (a: NextTouch | undefined, b: NextTouch | undefined): boolean =>
  a?.due === b?.due && a?.isDue === b?.isDue;

function becoming(was: NextTouch | undefined, is: NextTouch | undefined): TouchChange['becomes'] {
  if (is?.isDue === true && was?.isDue !== true) return 'due';
  if (was?.isDue === true && is?.isDue !== true) return 'quiet';
  if (!was) return 'begun';
  return is ? 'moved' : 'over';
}

export const NOBODY = 'nobody becomes due today by it';

/** `4 clients become due today (Acme Ltd, Beta GmbH and 2 more)` */
export function touchEffect(changes: readonly TouchChange[], today: Day): Effect {
  const words = (
    becomes: TouchChange['becomes'],
    said: (clients: string, isOne: boolean) => string,
    named: (of: readonly TouchChange[]) => string = namesIn,
  ): readonly string[] => {
    const of = changes.filter((it) => it.becomes === becomes);
    const clients = new Set(of.map((it) => it.client)).size;
    return of.length === 0 ? [] : [`${said(count(clients, 'client'), clients === 1)} (${named(of)})`];
  };
  const parts = [
    ...words('due', (clients, isOne) => `${clients} ${isOne ? 'becomes' : 'become'} due today`),
    ...words('quiet', (clients, isOne) => `${clients} ${isOne ? 'is' : 'are'} no longer due`),
    ...words(
      'moved',
      (clients) => `the next day of ${clients} moves`,
      (of) => movesText(of, today, clientName),
    ),
    ...words(
      'begun',
      (clients, isOne) => `${clients} ${isOne ? 'gets' : 'get'} a next day`,
      (of) => movesText(of, today, clientName),
    ),
    ...words('over', (clients, isOne) => `${clients} ${isOne ? 'has' : 'have'} no next day any more`),
  ];
  return { text: parts.length === 0 ? NOBODY : parts.join(', '), moves: changes.map(toMove) };
}

export const toMove = ({ client, client_name, ref, what, from, to }: TouchChange): Move => ({
  client,
  client_name,
  ref,
  what,
  from,
  to,
});

const MOST_NAMES = 4;

function namesIn(changes: readonly TouchChange[]): string {
  const names = [...new Set(changes.map((it) => clip(it.client_name, 30)))];
  const more = names.length - MOST_NAMES;
  return `${names.slice(0, MOST_NAMES).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
