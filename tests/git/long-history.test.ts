// A practice of ten years: `history` and `status --at` stay quick on thousands of commits.
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Day } from '../../src/day.ts';
import { openRepository } from '../../src/node/git-repository.ts';
import { commitHead, data, git, gitWith, newFolder, useScratch } from './repository.ts';

const scratch = useScratch();

const COMMITS = 5000;
const CLIENTS = 60;
const START = Date.parse('2017-01-02T09:00:00Z');

/** One touch or one step a commit, over all clients in turn; the first of them is renamed half way. */
function longRepository(): string {
  const top = newFolder(scratch.folder);
  git(top, 'init', '--quiet', '--initial-branch=main');
  const logs = new Map<string, string>();
  const parts: (string | Uint8Array)[] = [];
  const write = (path: string, text: string): void => {
    parts.push(`M 100644 inline ${path}\n`, ...data(text));
  };
  for (let i = 0; i < COMMITS; i += 1) {
    const client =
      i % CLIENTS === 0 && i > COMMITS / 2 ? 'acme-ltd' : i % CLIENTS === 0 ? 'acme' : `client-${i % CLIENTS}`;
    parts.push(
      ...commitHead(i, `${new Date(START + i * 15 * 3_600_000).toISOString().slice(0, 19)}+00:00`, {
        subject: `Work ${i}`,
      }),
    );
    if (i === 0) write('practice/deliver.yaml', 'format: 1\n');
    if (i === COMMITS / 2) {
      logs.set('acme-ltd', logs.get('acme') ?? '');
      parts.push('R practice/touches/acme.yaml practice/touches/acme-ltd.yaml\n');
    }
    logs.set(client, `${logs.get(client) ?? ''}- {date: 2026-01-02, kind: call, note: "Number ${i}"}\n`);
    write(`practice/touches/${client}.yaml`, logs.get(client) ?? '');
  }
  gitWith(top, ['fast-import', '--quiet'], Buffer.concat(parts.map((part) => Buffer.from(part))));
  git(top, 'reset', '--quiet', '--hard', 'main');
  return top;
}

const timed = <T>(work: () => T): { readonly result: T; readonly took: number } => {
  const begun = performance.now();
  const result = work();
  return { result, took: performance.now() - begun };
};

describe(`a history of ${COMMITS} commits`, () => {
  const top = longRepository();
  const found = openRepository(join(top, 'practice'));
  if ('reason' in found) throw new Error(found.reason);
  const { repository } = found;

  test('one client of sixty, renamed half way, against a plain log of the same files', () => {
    const paths = ['clients/acme-ltd.yaml', 'touches/acme-ltd.yaml'];
    const plain = timed(() => git(top, 'log', '--format=%H', '--', ...paths.map((path) => `practice/${path}`)));
    const ours = timed(() => repository.log(paths, 'Europe/London'));
    expect(ours.result).toHaveLength(Math.ceil(COMMITS / CLIENTS) + 1);
    expect(ours.result.at(-1)?.subject).toBe('Work 0');
    expect(ours.took).toBeLessThan(plain.took * 10 + 500);
  });

  test('the commit of a day years ago', () => {
    const plain = timed(() => git(top, 'log', '--format=%H'));
    const ours = timed(() => repository.commitOn('2017-06-01' as Day, 'Europe/London'));
    expect(repository.about(ours.result ?? '', 'UTC')?.day).toBe('2017-06-01');
    expect(ours.took).toBeLessThan(plain.took * 10 + 500);
  });
});
