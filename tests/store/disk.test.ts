// The real store on disks that refuse, and with links and permissions.

import {
  chmodSync,
  chownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { applyAll, type Step } from '../../src/node/atomic.ts';
import { makeFolder } from '../../src/node/disk.ts';
import { toBytes } from '../../src/node/recover.ts';
import type { FileChange, WriteResult } from '../../src/world.ts';
import {
  ACME,
  buildWorker,
  contentsOf,
  create,
  FILES,
  journalOf,
  makePractice,
  makeScratch,
  mountDisk,
  nextTurn,
  type Practice,
  practiceAt,
  remountReadOnly,
  removal,
  remove,
  replace,
  startWorker,
  write,
} from './scratch.ts';

const scratch = makeScratch();
const unmounts: (() => void)[] = [];
let worker = '';
beforeAll(async () => {
  worker = await buildWorker(scratch);
});
afterAll(() => {
  for (const unmount of unmounts) unmount();
  remove(scratch);
});
afterEach(nextTurn);

const isWindows = process.platform === 'win32';
describe.skipIf(isWindows)('links', () => {
  test('a practice reached through a link is the same practice, with the same lock and journal', () => {
    const practice = makePractice(scratch, FILES);
    const link = `${practice.root}-link`;
    symlinkSync(practice.root, link);
    const { store } = practice;
    const nested = (): unknown => store.exclusively(link, () => store.exclusively(practice.root, () => 1));
    expect(nested).toThrow('this very run');
    const done = store.exclusively(link, () => store.write(link, 'x', [replace('clients/acme.yaml', ACME, 'x\n')]));
    expect(done).toEqual({ result: { kind: 'written', warnings: [] } });
    expect(practice.text('clients/acme.yaml')).toBe('x\n');
    expect(journalOf(store, practice.root)).toEqual(journalOf(store, link));
    expect(journalOf(store, link)).toHaveLength(1);
  });

  test.each([
    ['a file', 'clients/out.yaml', 'elsewhere.yaml', 'it points outside the practice'],
    ['a folder', 'linked/elsewhere.yaml', '.', 'it points outside the practice'],
    ['nothing', 'clients/nowhere.yaml', 'no-such-file', 'it is a broken link'],
  ])('a link out of the practice to %s is not written through', (_what, file, target, reason) => {
    const practice = makePractice(scratch, FILES);
    const outside = join(practice.root, '..', 'elsewhere.yaml');
    writeFileSync(outside, 'theirs\n');
    const link = file.startsWith('linked/') ? 'linked' : file;
    symlinkSync(join(practice.root, '..', target), join(practice.root, link));
    const before = target === 'no-such-file' ? undefined : 'theirs\n';
    const result = write(practice, replace('clients/acme.yaml', ACME, 'x'), { file, before, after: 'ours\n' });
    expect(result).toEqual({ kind: 'failed', file, reason });
    expect(readFileSync(outside, 'utf8')).toBe('theirs\n');
    expect(practice.text('clients/acme.yaml')).toBe(ACME);
  });

  test('a link within the practice stays a link, and its file is changed', () => {
    const practice = makePractice(scratch, FILES);
    symlinkSync('acme.yaml', join(practice.root, 'clients/alias.yaml'));
    expect(write(practice, replace('clients/alias.yaml', ACME, 'x\n')).kind).toBe('written');
    expect(practice.text('clients/acme.yaml')).toBe('x\n');
    expect(
      readdirSync(join(practice.root, 'clients'), { withFileTypes: true }).map((it) => it.isSymbolicLink()),
    ).toEqual([false, true]);
    expect(write(practice, removal('clients/alias.yaml', 'x\n'))).toEqual({
      kind: 'failed',
      file: 'clients/alias.yaml',
      reason: 'it is a link',
    });
  });
});

describe.skipIf(isWindows)('permissions', () => {
  test.each(['640', '600', '666', '755'])('of a changed file are kept (0%s)', (octal) => {
    const mode = Number.parseInt(octal, 8);
    const practice = makePractice(scratch, FILES);
    const path = join(practice.root, 'clients/acme.yaml');
    chmodSync(path, mode);
    expect(write(practice, replace('clients/acme.yaml', ACME, 'x\n')).kind).toBe('written');
    expect(statSync(path).mode & 0o777).toBe(mode);
  });

  test('the journal is for its owner only', () => {
    const practice = makePractice(scratch, FILES);
    write(practice, replace('clients/acme.yaml', ACME, 'x\n'));
    const modes = practice.stateFiles().map((file) => statSync(join(practice.state, file)).mode & 0o777);
    expect(modes).toEqual([0o600]);
    expect(statSync(practice.state).mode & 0o777).toBe(0o700);
  });

  /** Permissions do not bind root, so root runs the process as somebody else. */
  async function writeAsUser(practice: Practice, ...changes: readonly FileChange[]): Promise<WriteResult> {
    const user = process.getuid?.() === 0 ? 65534 : undefined;
    mkdirSync(practice.state, { recursive: true });
    if (user !== undefined) for (const path of [join(practice.root, '..'), practice.state]) chownSync(path, user, user);
    const options = user === undefined ? {} : { user };
    const { said } = await startWorker(worker, practice, ['write', JSON.stringify(changes)], options).ended;
    return JSON.parse(said.split('\n')[1] ?? '') as WriteResult;
  }

  test('a folder that may not be written is named, and the other files are as before', async () => {
    const practice = makePractice(scratch, FILES);
    chmodSync(practice.root, 0o777);
    chmodSync(join(practice.root, 'touches'), 0o777);
    chmodSync(join(practice.root, 'clients'), 0o555);
    const changes = [create('touches/new.yaml', 'new\n'), create('clients/new.yaml', 'new\n')];
    expect(await writeAsUser(practice, ...changes)).toEqual({
      kind: 'failed',
      file: 'clients/new.yaml',
      reason: 'no permission to write clients/',
    });
    chmodSync(join(practice.root, 'clients'), 0o755);
    expect(contentsOf(practice)).toEqual(FILES);
  });

  test('a read-only file is not replaced, though its folder would allow it', async () => {
    const practice = makePractice(scratch, FILES);
    chmodSync(join(practice.root, 'clients'), 0o777);
    chmodSync(join(practice.root, 'clients/acme.yaml'), 0o444);
    expect(await writeAsUser(practice, replace('clients/acme.yaml', ACME, 'x\n'))).toEqual({
      kind: 'failed',
      file: 'clients/acme.yaml',
      reason: 'no permission to write clients/acme.yaml',
    });
    expect(contentsOf(practice)).toEqual(FILES);
  });
});

describe('disks that refuse', () => {
  const diskOf = (size: string): string | undefined => {
    const folder = join(scratch, `disk-${unmounts.length}`);
    const unmount = mountDisk(folder, size);
    if (unmount === undefined) return undefined;
    unmounts.push(unmount);
    return folder;
  };
  const fill = (folder: string): void => {
    try {
      writeFileSync(join(folder, 'filler'), 'x'.repeat(200_000));
    } catch {
      // That is what it is for.
    }
  };
  const WHY = 'this user cannot mount a small disk';

  test('a full disk is said, and everything is as before', ({ skip }) => {
    const disk = diskOf('64k');
    if (disk === undefined) return skip(WHY);
    const practice = practiceAt(join(disk, 'practice'), join(scratch, 'state-full'), FILES);
    const large = 'name: Acme\n'.repeat(9000);
    const changes = [
      create('offers/new.yaml', 'new\n'),
      replace('touches/acme.yaml', '- one\n', '- one\n- two\n'),
      replace('clients/acme.yaml', ACME, large),
    ];
    expect(write(practice, ...changes)).toEqual({
      kind: 'failed',
      file: 'clients/acme.yaml',
      reason: 'the disk is full',
    });
    expect(contentsOf(practice)).toEqual(FILES);
    expect(readdirSync(practice.root)).toEqual(['clients', 'touches']);
    expect(journalOf(practice.store, practice.root)).toEqual([]);
    expect(practice.stateFiles()).toEqual([]);
  });

  test('a full disk under the state folder costs the undo, not the change', ({ skip }) => {
    const disk = diskOf('64k');
    if (disk === undefined) return skip(WHY);
    const practice = { ...makePractice(scratch, FILES), state: join(disk, 'state') };
    const { store, text, root } = practiceAt(practice.root, practice.state);
    fill(disk);
    const done = write({ ...practice, store }, replace('clients/acme.yaml', ACME, 'x\n'));
    expect(done).toEqual({ kind: 'written', warnings: ['undo is not available: the disk is full'] });
    expect([text('clients/acme.yaml'), journalOf(store, root)]).toEqual(['x\n', []]);
  });

  test('a read-only disk is said', ({ skip }) => {
    const disk = diskOf('64k');
    if (disk === undefined) return skip(WHY);
    const practice = practiceAt(join(disk, 'practice'), join(scratch, 'state-ro'), FILES);
    remountReadOnly(disk);
    const result = write(practice, create('clients/new.yaml', 'new\n'));
    expect(result).toEqual({ kind: 'failed', file: 'clients/new.yaml', reason: 'the disk is read-only' });
    expect(contentsOf(practice)).toEqual(FILES);
  });
});

describe('the last look', () => {
  test('a file that changes while others are written already: those are taken back', () => {
    const practice = makePractice(scratch, FILES);
    const stepOf = (file: string, before: string | undefined, after: string | undefined): Step => {
      const path = join(practice.root, file);
      const missing = file.startsWith('offers/') ? [dirname(path)] : [];
      const old = before === undefined ? undefined : statSync(path);
      return { file, path, missing, old, before: toBytes(before), after: toBytes(after) };
    };
    chmodSync(join(practice.root, 'clients/acme.yaml'), 0o640);
    const result = applyAll([
      stepOf('offers/new.yaml', undefined, 'new\n'),
      stepOf('clients/acme.yaml', ACME, 'x\n'),
      stepOf('touches/acme.yaml', '- one, as it was\n', undefined),
    ]);
    expect(result).toEqual({ kind: 'stale', file: 'touches/acme.yaml', left: [] });
    expect(contentsOf(practice)).toEqual(FILES);
    expect(readdirSync(practice.root)).toEqual(['clients', 'touches']);
    if (!isWindows) expect(statSync(join(practice.root, 'clients/acme.yaml')).mode & 0o777).toBe(0o640);
  });
});

describe('a folder is made', () => {
  test('with those above it, and once more without harm', () => {
    const folder = join(makeScratch(), 'a/b/c');
    makeFolder(folder, 0o700);
    makeFolder(folder, 0o700);
    expect([folder, dirname(folder)].map((each) => statSync(each).mode & 0o777)).toEqual([0o700, 0o700]);
  });

  test('or the disk says why not: a file in the way, a place where nothing can be made', () => {
    const file = join(makeScratch(), 'file');
    writeFileSync(file, '');
    expect(() => makeFolder(join(file, 'below'))).toThrow(expect.objectContaining({ code: 'ENOTDIR' }));
    if (process.platform === 'linux')
      expect(() => makeFolder('/proc/deliver/below')).toThrow(expect.objectContaining({ code: 'ENOENT' }));
  });
});
