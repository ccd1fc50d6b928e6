// Open issues: listed from the thirtieth day, counted before, gone once they are closed.
import { expect, test } from 'vitest';
import { runDeliver } from '../support/world.ts';

const FILES = {
  'deliver.yaml': 'format: 1\npractice: Fen & Field\npeople: {ines: {name: Ines}}\ntime_zone: UTC\n',
  'clients/alder.yaml': `name: Alder
status: prospect
issues:
  old: {what: Reports come late, since: 2026-10-24}
  young: {what: A wrong month, since: 2026-10-25, kind: quality}
  today: {what: A wrong name, since: 2026-11-23}
  closed: {what: A wrong year, since: 2026-11-20, closed: 2026-11-21}
`,
};

const statusOf = async (...argv: readonly string[]) =>
  JSON.parse((await runDeliver({ files: FILES, today: '2026-11-23' }, ['status', '--json', ...argv])).stdout);

test('thirty days are listed, twenty-nine are counted', async () => {
  const { issues, hidden } = await statusOf();
  expect(issues).toMatchObject([{ issue: 'old', age: 30 }]);
  expect(hidden.issues).toBe(2);
});

test('what is counted is shown with --all', async () => {
  const { hidden_items: items } = await statusOf('--all');
  expect(items.issues).toMatchObject([
    { ref: 'alder/issue/young', age: 29, command: 'deliver issue alder/issue/young --closed' },
    { ref: 'alder/issue/today', age: 0 },
  ]);
});

test('the text says both', async () => {
  const { stdout } = await runDeliver({ files: FILES, today: '2026-11-23' }, ['status']);
  expect(stdout).toMatch(/^Issues\n +30d {2}Alder {2}Reports come late · other +alder\/issue\/old$/m);
  expect(stdout).toContain('\nHidden: 2 issues · --all\n');
  const all = await runDeliver({ files: FILES, today: '2026-11-23' }, ['status', '--all']);
  expect(all.stdout).toMatch(/^Recent issues\n +29d {2}Alder {2}A wrong month · quality +alder\/issue\/young$/m);
});
