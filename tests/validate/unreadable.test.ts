// A folder of records that cannot be read is an error of the report, and never an empty folder.
import { describe, expect, test } from 'vitest';
import { loadTexts } from '../support/story.ts';
import { type Content, memoryWorld, type Run, runDeliver } from '../support/world.ts';

const EXAMPLE = loadTexts('examples/northlight');

const FORBIDDEN: Content = { fault: 'forbidden' };
const OUTSIDE: Content = { fault: 'outside' };
const NOWHERE: Content = { fault: 'other', detail: 'the link leads nowhere' };
const REASONS = [
  ['no permission', FORBIDDEN, 'no permission to read this folder'],
  ['a file', 'notes\n', 'this is a file where a folder belongs'],
  ['a link out of the practice', OUTSIDE, 'this link leads out of the practice folder'],
  ['a link to nowhere', NOWHERE, 'this folder cannot be read (the link leads nowhere)'],
] as const;

/** The example with this in place of one of its folders. */
const without = (folder: string, instead: Content) => {
  const kept = Object.entries(EXAMPLE).filter(([path]) => !path.startsWith(`${folder}/`));
  return memoryWorld({ files: { ...Object.fromEntries(kept), [folder]: instead } });
};

const statusOf = (run: Run) => JSON.parse(run.stdout) as Readonly<Record<string, readonly Record<string, unknown>[]>>;

describe.each(REASONS)('%s', (_, instead, says) => {
  test.each(['clients', 'touches', 'offers', 'scripts', 'emails', 'partners'])('where %s/ belongs', async (folder) => {
    const world = without(folder, instead);
    const text = await runDeliver(world, ['status']);
    expect(text.exit).toBe(1);
    expect(text.stdout).toContain(`! ${folder}:1:1  ${says}; `);
    expect(text.stdout).not.toContain('No clients yet');
    const json = await runDeliver(world, ['status', '--json']);
    expect(json.exit).toBe(1);
    expect(statusOf(json)).toMatchObject({ complete: false, problems: [{ code: 'file/not-readable', file: folder }] });
    const validate = await runDeliver(world, ['validate', '--format', 'unix']);
    expect(validate.exit).toBe(1);
    expect(validate.stdout).toMatch(new RegExp(`^${folder}:1:1: error: .*\\[file/not-readable\\]$`, 'm'));
  });
});

test('nobody is due to be contacted while no log can be read, and who would be is said', async () => {
  const { touches, occasions } = statusOf(await runDeliver(without('touches', FORBIDDEN), ['status', '--json']));
  expect(touches).toEqual([]);
  expect(occasions?.filter((it) => it.kind !== null)).toEqual([]);
  const { stdout } = await runDeliver(without('touches', FORBIDDEN), ['status']);
  expect(stdout).toContain('when clients were last contacted is unknown: they are NOT in the lists below');
});

test('an offer that cannot be looked for is not missing', async () => {
  const { stdout } = await runDeliver(without('offers', FORBIDDEN), ['validate', '--format', 'unix']);
  expect(stdout.split('\n').filter((line) => line.includes(' error: '))).toHaveLength(1);
});

test.each([
  [['touch', 'lark', 'call', 'Rang'], 'touches'],
  [['new', 'client', 'alder', '--name', 'Alder', '--segment', 'A', '--since', '2026-11-02', '--no-input'], 'clients'],
])('%j is refused, and nothing is written', async (argv, folder) => {
  const world = without(folder, FORBIDDEN);
  const before = new Map(world.contents);
  const run = await runDeliver(world, argv);
  expect(run.exit).toBe(1);
  expect(run.stderr).toContain(`${folder}:1:1 has an error: no permission to read this folder`);
  expect(world.contents).toEqual(before);
});

test.each([
  [['show', 'lark'], 'clients'],
  [['brief', 'lark'], 'clients'],
  [['touch', 'lark', 'call', 'Rang'], 'clients'],
  [['status', 'lark'], 'clients'],
  [['start', 'lark', 'audit', '--no-input'], 'offers'],
  [['email', 'lark', 'workshop-agenda'], 'emails'],
  [['show', 'partner/fernhill'], 'partners'],
])('%j asks for what may be in %s/, and is refused for it', async (argv, folder) => {
  const run = await runDeliver(without(folder, FORBIDDEN), argv);
  expect(run.exit).toBe(1);
  expect(run.stdout).toBe('');
  expect(run.stderr).toContain(folder);
});
