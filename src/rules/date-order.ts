// date/order: days that cannot have come in the order they are written in.
import type { ClientRecord } from '../book/book.ts';
import type { Day } from '../day.ts';
import type { DataPath } from '../problem/problem.ts';
import { type CheckedEngagement, pathIn, removalIn } from './engagements.ts';
import type { Breach, Rule } from './rule.ts';

/** Two days of one file, and what cannot be trusted when the second comes before the first. */
type Pair = {
  readonly client: ClientRecord;
  readonly earlier: Written;
  readonly later: Written;
  readonly entry: DataPath;
};
type Written = { readonly day: Day | undefined; readonly path: DataPath };

export const dateOrder: Rule = () => ({
  inClient: ({ client, engagements }) => [
    ...(client ? pairsInProfile(client).flatMap(toBreach) : []),
    ...engagements.flatMap((each) => pairsInEngagement(each).flatMap(toBreach)),
  ],
});

function pairsInProfile(client: ClientRecord): readonly Pair[] {
  const { pause, leaving } = client;
  return [
    pair(client, ['pause'], ['from', pause?.from], ['to', pause?.to]),
    pair(client, ['leaving'], ['decided', leaving?.decided], ['last_day', leaving?.last_day]),
    ...Object.entries(client.promises ?? {}).flatMap(([id, each]) => [
      pair(client, ['promises', id], ['made', each.made], ['by', each.by]),
      pair(client, ['promises', id], ['made', each.made], ['kept', each.kept]),
    ]),
    ...Object.entries(client.issues ?? {}).map(([id, each]) =>
      pair(client, ['issues', id], ['since', each.since], ['closed', each.closed]),
    ),
  ];
}

function pairsInEngagement(each: CheckedEngagement): readonly Pair[] {
  const { client, engagement } = each;
  const started = { day: engagement.started, path: pathIn(each, 'started') };
  const since = (day: Day | undefined, ...path: readonly (string | number)[]) => ({
    client,
    earlier: started,
    later: { day, path: pathIn(each, ...path) },
    entry: pathIn(each, ...path.slice(0, path[0] === 'steps' ? 2 : 0)),
  });
  return [
    since(engagement.ended, 'ended'),
    ...Object.entries(each.written).flatMap(([id, step]) => [
      since(step.done, 'steps', id, 'done'),
      since(step.skipped, 'steps', id, 'skipped'),
    ]),
    ...(engagement.holds ?? []).flatMap(({ at, from, to }) => [
      since(from, 'holds', at, 'from'),
      pair(client, pathIn(each, 'holds', at), ['from', from], ['to', to]),
    ]),
    ...(engagement.moves ?? []).map(({ at, date }) => since(date, 'moves', at, 'date')),
  ];
}

const pair = (
  client: ClientRecord,
  entry: DataPath,
  [earlier, first]: readonly [string, Day | undefined],
  [later, second]: readonly [string, Day | undefined],
): Pair => ({
  client,
  earlier: { day: first, path: [...entry, earlier] },
  later: { day: second, path: [...entry, later] },
  entry,
});

function toBreach({ client, earlier, later, entry }: Pair): readonly Breach[] {
  if (earlier.day === undefined || later.day === undefined || earlier.day <= later.day) return [];
  const { file } = client;
  const [first, second] = [earlier, later].map(({ path }) => `\`${path.at(-1)}\``);
  return [
    {
      problem: {
        code: 'date/order',
        args: { says: `${second} is ${later.day}, before ${first}, ${earlier.day}` },
        place: { file, path: later.path },
        related: [{ place: { file, path: earlier.path }, message: `${first} is here` }],
      },
      removes: [removalIn(client, entry)],
    },
  ];
}
