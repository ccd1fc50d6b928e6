// A change of one client reads no other: that changes nothing but the time. After any edits of the files the answers, the
// exit codes and the texts written are those of a run that reads everything.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/command.ts';
import { main } from '../../src/main.ts';
import { runs } from '../support/runs.ts';
import { loadTexts } from '../support/story.ts';
import { type MemoryWorld, memoryWorld, runDeliver } from '../support/world.ts';

const FILES = loadTexts('examples/northlight');
const NAMES = Object.keys(FILES).filter((name) => name !== 'README.md');

/** The command as it would be if it were about all clients. */
async function ofAll(name: string): Promise<Command> {
  const file = (await import(`../../src/commands/${name}.ts`)) as { readonly command: Command };
  const { ofClient: _, ...command } = file.command;
  return command;
}

/** The second world reads every client. */
async function compare(one: MemoryWorld, all: MemoryWorld, argv: readonly string[]): Promise<void> {
  const ours = await runDeliver(one, argv);
  const exit = await main(argv, all.world, ofAll);
  expect({ argv, ...ours }).toEqual({ argv, exit, ...all.takeOutput() });
  const files = (world: MemoryWorld) => Object.fromEntries(world.contents);
  expect(files(one)).toEqual(files(all));
}

const edit = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('piece' as const),
      name: fc.constantFrom(...NAMES),
      at: fc.nat(1500),
      length: fc.nat(3),
      text: fc.constantFrom('', ' ', '\n', 'x', ':', '- ', '"', '{', '2026-11-20', '#', ' # ', '\t', 'é', '1'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('gone' as const), name: fc.constantFrom(...NAMES) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('copy' as const),
      name: fc.constantFrom(...NAMES),
      to: fc.constantFrom(
        ...NAMES,
        'clients/new-one.yaml',
        'touches/new-one.yaml',
        'clients/Keel.yaml',
        'offers/past/audit@3.yaml',
      ),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('back' as const), name: fc.constantFrom(...NAMES) }) },
);
type Edit = typeof edit extends fc.Arbitrary<infer T> ? T : never;

function apply({ contents }: MemoryWorld, it: Edit): void {
  const path = (name: string) => `/practice/${name}`;
  const text = contents.get(path(it.name));
  if (it.kind === 'gone') contents.delete(path(it.name));
  else if (it.kind === 'back') contents.set(path(it.name), FILES[it.name] as string);
  else if (typeof text === 'string' && it.kind === 'copy') contents.set(path(it.to), text);
  else if (typeof text === 'string' && it.kind === 'piece')
    contents.set(path(it.name), text.slice(0, it.at) + it.text + text.slice(it.at + it.length));
}

const STEP = [
  'quill/findings',
  'qui/find',
  'tern model',
  'osier/data-access',
  'cobalt/retainer-2026-11/report',
  'nobody/x',
  't',
  'u/x',
  'harrow/audit',
];
const CLIENT = ['tern', 'te', 'p', 'nobody', 'quill', 'keel', 'marlow', 'marlow'];
const change = fc.oneof(
  fc
    .constantFrom(...STEP)
    .chain((ref) =>
      fc.constantFrom(
        ['done', ref],
        ['done', ref, '--anyway', '--on', 'yesterday'],
        ['skip', ref, '--why', 'Not needed'],
        ['move', ref, '--due', '2026-12-01', '--why', 'Later'],
        ['reopen', ref],
        ['sent', ref],
        ['done', ref, '--json'],
        ['done', ref, '--dry-run'],
      ),
    ),
  fc
    .constantFrom(...CLIENT)
    .chain((id) =>
      fc.constantFrom(
        ['touch', id, 'call', 'Spoke'],
        ['touch', id, 'chase'],
        ['hold', id, '--why', 'Ill'],
        ['resume', id],
        ['pause', id, '--to', '2027-01-10', '--why', 'Away'],
        ['snooze', id, 'check-in', '--to', '2026-12-10', '--why', 'Quiet'],
        ['promise', id, 'The deck', '--by', '2026-12-01'],
        ['issue', id, 'Late'],
        ['segment', id, 'C', '--why', 'Small'],
        ['finish', id],
        ['start', id, 'retainer'],
        ['start', id, 'dashboard', '--promised', '2027-03-26', '--anyway'],
        ['adopt', id, '--yes'],
        ['adopt', `${id}/audit`, '--yes'],
        ['touch', id],
      ),
    ),
);

describe('what is left out of reading', () => {
  it('makes no change another one, nor a refusal', async () => {
    const count = { changed: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(
        fc.array(edit, { maxLength: 2 }),
        fc.array(change, { minLength: 1, maxLength: 4 }),
        async (edits, changes) => {
          const [one, all] = [memoryWorld({ files: FILES }), memoryWorld({ files: FILES })];
          for (const each of edits) for (const world of [one, all]) apply(world, each);
          for (const argv of changes) {
            const before = JSON.stringify([...one.contents]);
            await compare(one, all, argv);
            count[JSON.stringify([...one.contents]) === before ? 'refused' : 'changed'] += 1;
          }
        },
      ),
      { numRuns: runs(40) },
    );
    expect(count.changed).toBeGreaterThan(4);
    expect(count.refused).toBeGreaterThan(4);
  }, 240_000);

  it('is every other client', async () => {
    const memory = memoryWorld({ files: FILES });
    const read = new Set<string>();
    const { files } = memory.world;
    const watched = {
      ...memory,
      world: {
        ...memory.world,
        files: {
          ...files,
          read: (root: string, path: string, limit: number) => {
            read.add(path);
            return files.read(root, path, limit);
          },
        },
      },
    };
    expect((await runDeliver(watched, ['done', 'quill/findings'])).exit).toBe(0);
    expect([...read].filter((path) => /^(clients|touches)\//.test(path)).toSorted()).toEqual([
      'clients/quill.yaml',
      'touches/quill.yaml',
    ]);
  });
});
