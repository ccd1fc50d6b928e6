// An answer from files with errors says so and exits 1; errors in other files are none of its business.
import { describe, expect, test } from 'vitest';
import { loadTexts } from '../support/story.ts';
import { runDeliver } from '../support/world.ts';

const EXAMPLE = loadTexts('examples/northlight');

/** The example with one more line in one of its files: a key that is not known. */
const withError = (file: string) => ({ ...EXAMPLE, [file]: `${EXAMPLE[file]}\nnonsense: 1\n` });

const OF_A_CLIENT = [
  ['show', 'quill'],
  ['show', 'quill/findings'],
  ['explain', 'quill/findings'],
  ['brief', 'quill'],
  ['history', 'quill'],
  ['email', 'quill', 'welcome'],
  ['script', 'quill', 'kickoff'],
  ['list', 'steps', 'quill'],
];

describe.each(OF_A_CLIENT.map((argv) => [argv.join(' '), argv] as const))('%s', (_, argv) => {
  test.each(['clients/quill.yaml', 'deliver.yaml', 'service.yaml', 'offers/audit.yaml'])(
    'is incomplete with an error in %s',
    async (file) => {
      const text = await runDeliver({ files: withError(file) }, argv);
      expect(text.exit).toBe(1);
      expect(text.stdout).not.toBe('');
      expect(text.stderr).toMatch(new RegExp(`! ${file}:\\d+:1 unknown key \`nonsense\`; something may be missing`));
      const json = await runDeliver({ files: withError(file) }, [...argv, '--json']);
      expect(json.exit).toBe(1);
      expect(JSON.parse(json.stdout)).toMatchObject({
        complete: false,
        problems: [{ code: 'shape/unknown-key', file }],
      });
    },
  );

  test('is complete with an error in the file of another client', async () => {
    const json = await runDeliver({ files: withError('clients/osier.yaml') }, [...argv, '--json']);
    expect(json.exit).toBe(0);
    expect(JSON.parse(json.stdout)).toMatchObject({ complete: true, problems: [] });
  });
});

test.each([
  [['list', 'clients'], 'clients/osier.yaml', 1],
  [['list', 'steps'], 'offers/audit.yaml', 1],
  [['list', 'partners'], 'clients/osier.yaml', 0],
  [['list', 'partners'], 'partners/fernhill.yaml', 1],
  [['list', 'emails'], 'service.yaml', 0],
  [['show', 'offer/audit'], 'clients/osier.yaml', 0],
  [['show', 'offer/audit'], 'offers/audit.yaml', 1],
  [['transitions'], 'clients/osier.yaml', 1],
  [['outbox'], 'clients/osier.yaml', 1],
  [['status'], 'partners/fernhill.yaml', 1],
] as const)('%j with an error in %s', async (argv, file, exit) => {
  const files = Object.hasOwn(EXAMPLE, file)
    ? withError(file)
    : { ...EXAMPLE, [file]: 'name: Fernhill\nnonsense: 1\n' };
  expect((await runDeliver({ files }, argv)).exit).toBe(exit);
});
