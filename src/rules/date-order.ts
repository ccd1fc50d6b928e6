// date/order: days that cannot have come in the order they are written in.
import type { ClientRecord } from '../book/book.ts';
import type { Day } from '../day.ts';
import type { DataPath } from '../problem/problem.ts';
import type { Breach } from './breach.ts';
import { type CheckedEngagement, pathIn } from './engagements.ts';
import type { Rule } from './rule.ts';

type Step = string | number;

export const dateOrder: Rule = ({ clients, engagements }) => [
  ...[...clients.values()].flatMap(inProfile),
  ...engagements.flatMap(inEngagement),
];

/** Two days in one entry, by their keys. */
const pair = (
  client: ClientRecord,
  entry: DataPath,
  [earlier, first]: readonly [string, Day | undefined],
  [later, second]: readonly [string, Day | undefined],
): readonly Breach[] =>
  isInOrder(first, second)
    ? []
    : [breach(client, { day: first, path: [...entry, earlier] }, { day: second, path: [...entry, later] }, entry)];

/** Nearly all are, and then nobody needs to know where they stand. */
const isInOrder = (first: Day | undefined, second: Day | undefined): boolean =>
  first === undefined || second === undefined || first <= second;

function inProfile(client: ClientRecord): readonly Breach[] {
  const { pause, snooze, leaving } = client;
  return [
    ...pair(client, ['pause'], ['from', pause?.from], ['to', pause?.to]),
    ...Object.entries(snooze ?? {}).flatMap(([kind, each]) =>
      pair(client, ['snooze', kind], ['from', each.from], ['to', each.to]),
    ),
    ...pair(client, ['leaving'], ['decided', leaving?.decided], ['last_day', leaving?.last_day]),
    ...Object.entries(client.promises ?? {}).flatMap(([id, each]) => [
      ...pair(client, ['promises', id], ['made', each.made], ['by', each.by]),
      ...pair(client, ['promises', id], ['made', each.made], ['kept', each.kept]),
    ]),
    ...Object.entries(client.issues ?? {}).flatMap(([id, each]) =>
      pair(client, ['issues', id], ['since', each.since], ['closed', each.closed]),
    ),
  ];
}

function inEngagement(each: CheckedEngagement): readonly Breach[] {
  const { client, engagement, written } = each;
  const { started } = engagement;
  const breaches: Breach[] = [];
  const since = (day: Day | undefined, ...path: readonly Step[]): void => {
    if (isInOrder(started, day)) return;
    const entry = pathIn(each, ...path.slice(0, path[0] === 'steps' ? 2 : 0));
    const begun = { day: started, path: pathIn(each, 'started') };
    breaches.push(breach(client, begun, { day, path: pathIn(each, ...path) }, entry));
  };
  since(engagement.ended, 'ended');
  for (const id in written) {
    since(written[id]?.done, 'steps', id, 'done');
    since(written[id]?.skipped, 'steps', id, 'skipped');
  }
  for (const { at, from, to } of engagement.holds ?? []) {
    since(from, 'holds', at, 'from');
    breaches.push(...pair(client, pathIn(each, 'holds', at), ['from', from], ['to', to]));
  }
  for (const { at, date } of engagement.moves ?? []) since(date, 'moves', at, 'date');
  return breaches;
}

type Written = { readonly day: Day | undefined; readonly path: DataPath };

/** What cannot be trusted when `later` comes before `earlier` is `entry`. */
function breach({ id, file }: ClientRecord, earlier: Written, later: Written, entry: DataPath): Breach {
  const [first, second] = [earlier, later].map(({ path }) => `\`${path.at(-1)}\``);
  return {
    problem: {
      code: 'date/order',
      args: { says: `${second} is ${later.day}, before ${first}, ${earlier.day}` },
      place: { file, path: later.path },
      related: [{ place: { file, path: earlier.path }, message: `${first} is here` }],
    },
    removes: [{ kind: 'client', id, file, path: entry }],
  };
}
