// What is remembered of each client follows from its two files, from all that belongs to no client, and from the question. One
// edit of each: it must be noticed, and taking it back too.
import { describe, expect, it } from 'vitest';
import { loadTexts } from '../support/story.ts';
import { type MemoryWorld, memoryWorld, runDeliver } from '../support/world.ts';

const FILES = loadTexts('examples/northlight');
const textOf = (name: string): string => FILES[name] as string;

/** Undefined: the file goes. */
type Edit = readonly [file: string, edit: (text: string) => string | undefined];
const line =
  (text: string) =>
  (before: string): string =>
    `${before.trimEnd()}\n${text}\n`;
const swap =
  (was: string, is: string) =>
  (before: string): string => {
    expect(before).toContain(was);
    return before.replace(was, is);
  };

const EDITS: readonly (readonly [what: string, ...edits: Edit[]])[] = [
  [
    'a contact that was due is logged',
    ['touches/lark.yaml', line('- {date: 2026-11-21, kind: check-in, note: "Rang them"}')],
  ],
  ['a log is gone', ['touches/lark.yaml', () => undefined]],
  [
    'a log names a contact that there is not',
    ['touches/lark.yaml', line('- {date: 2026-11-20, kind: call, with: zed}')],
  ],
  ['a step is done', ['clients/quill.yaml', swap('      contract: {done: 2026-10-22}\n', '')]],
  [
    'a client is called otherwise',
    ['clients/zebra.yaml', () => textOf('clients/quill.yaml')],
    ['touches/zebra.yaml', () => textOf('touches/quill.yaml')],
    ['clients/quill.yaml', () => undefined],
    ['touches/quill.yaml', () => undefined],
  ],
  ['a day is closed', ['deliver.yaml', swap('  closed:  ', '  closed:\n    2026-11-17..2026-11-20: Flu\n # ')]],
  ['somebody else is me', ['deliver.yaml', swap('me: sam', 'me: kit')]],
  ['a cadence is longer', ['service.yaml', swap('check-in: {every: 1m,', 'check-in: {every: 5m,')]],
  [
    'a kind of contact counts for another no more',
    ['service.yaml', swap('channel: call, satisfies: [check-in]}', 'channel: call}')],
  ],
  [
    'a step of an offer has another title',
    ['offers/audit.yaml', swap('title: Write up the findings', 'title: Write it down')],
  ],
  ['a step of an offer is due later', ['offers/dashboard.yaml', (text) => text.replaceAll('+ 5bd', '+ 9bd')]],
  [
    'a step of an offer cannot be trusted',
    ['offers/dashboard.yaml', (text) => text.replace(/due: start \+ \d+bd/, 'due: never')],
  ],
  ['an offer is gone', ['offers/dashboard.yaml', () => undefined]],
  ['a partner is gone that a client names', ['partners/datumloom.yaml', () => undefined]],
  ['a letter goes to somebody who is no contact', ['emails/survey.md', swap('---\n', '---\nto: nobody\n')]],
];

/** Reports that are made of what is remembered of each client. */
const QUESTIONS = [
  ['status'],
  ['status', '--json'],
  ['status', '--json', '--all'],
  ['status', '--json', '--owner', 'kit'],
  ['status', '--json', '--all', '--owner', 'kit'],
  ['status', '--json', '--within', '30d'],
  ['status', '--json', '--today', '2026-12-02'],
  ['validate', '--json'],
];

async function answers(world: MemoryWorld, ...more: readonly string[]) {
  const said = [];
  for (const argv of QUESTIONS) said.push({ argv, ...(await runDeliver(world, [...more, ...argv])) });
  return said;
}

const plainly = (files: Readonly<Record<string, string>>) => answers(memoryWorld({ files }), '--no-cache');
/** Without the names of the practice's own files changing hands: as they are in the folder. */
function put({ contents }: MemoryWorld, files: Readonly<Record<string, string>>): void {
  contents.clear();
  for (const [name, text] of Object.entries(files)) contents.set(`/practice/${name}`, text);
}

function edited(edits: readonly Edit[]): Readonly<Record<string, string>> {
  const files: Record<string, string> = { ...FILES };
  for (const [name, edit] of edits) {
    const text = edit(files[name] ?? '');
    if (text === undefined) delete files[name];
    else files[name] = text;
  }
  return files;
}

describe('what is remembered of a client', () => {
  it('is not the answer to another question', async () => {
    const plain = await plainly(FILES);
    expect(new Set(plain.map(({ stdout }) => stdout)).size).toBe(QUESTIONS.length);
    expect(await answers(memoryWorld({ files: FILES }))).toEqual(plain);
  });

  it.each(EDITS)('is worked out anew when %s', async (_what, ...edits) => {
    const files = edited(edits as Edit[]);
    const [before, after] = [await plainly(FILES), await plainly(files)];
    expect(after).not.toEqual(before);
    const world = memoryWorld({ files: FILES });
    expect(await answers(world)).toEqual(before);
    put(world, files);
    expect(await answers(world)).toEqual(after);
    put(world, FILES);
    expect(await answers(world)).toEqual(before);
  });
});
