// The practice that speed is measured on: always the same, and one that a person could have.
import { expect, it } from 'vitest';
import { practiceFiles, TODAY } from '../bench/practice.mjs';
import { runDeliver } from './support/world.ts';

it('is the same for the same size and seed, and another for another seed', () => {
  const texts = (clients: number, seed?: number) => JSON.stringify([...practiceFiles(clients, seed)]);
  expect(texts(20)).toBe(texts(20));
  expect(texts(20, 1)).not.toBe(texts(20, 2));
});

it('has no errors, offers of twenty steps, forty touches for each client, and work to do', async () => {
  const files = Object.fromEntries(practiceFiles(40));
  const valid = await runDeliver({ files, today: TODAY }, ['validate', '--json']);
  expect({
    exit: valid.exit,
    errors: JSON.parse(valid.stdout).problems.filter((it: { severity: string }) => it.severity === 'error'),
  }).toEqual({ exit: 0, errors: [] });
  for (const [path, text] of Object.entries(files)) {
    if (path.startsWith('touches/')) expect(text.match(/^- /gm)).toHaveLength(40);
    if (path.startsWith('offers/')) expect(text.match(/^ {8}title:/gm)).toHaveLength(20);
  }
  const status = JSON.parse((await runDeliver({ files, today: TODAY }, ['status', '--json'])).stdout);
  for (const section of ['overdue', 'due_today', 'upcoming', 'waiting', 'touches'])
    expect(status[section].length, section).toBeGreaterThan(0);
});
