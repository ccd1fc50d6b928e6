// The Drafts and Desktop ports in memory: what was opened and copied is recorded, drafts are files like any other. The
// bytes of a draft are the real ones.
import { posix } from 'node:path';
import { composeMail } from '../../src/node/drafts.ts';
import type { Desktop, Drafts, Tried } from '../../src/world.ts';
import type { Content } from './world.ts';

export type Desk = {
  readonly drafts: Drafts;
  readonly desktop: Desktop;
  /** Links and files, in the order in which they were opened. */
  readonly opened: readonly string[];
  readonly copied: readonly string[];
};

export function memoryDesk(contents: Map<string, Content>, cwd: string): Desk {
  const opened: string[] = [];
  const copied: string[] = [];
  /** A file where a folder should be, as on a disk. */
  const inTheWay = (at: string): boolean => [...contents.keys()].some((file) => at.startsWith(`${file}/`));
  const tryPath = (path: string): Tried =>
    inTheWay(posix.resolve(cwd, path))
      ? { kind: 'failed', reason: 'a file is in the way of a folder' }
      : { kind: 'done' };
  return {
    opened,
    copied,
    drafts: {
      compose: composeMail,
      tryFolder: tryPath,
      write: (path, bytes, how) => {
        const tried = tryPath(path);
        if (tried.kind === 'failed') return tried;
        const at = posix.resolve(cwd, path);
        if (how === 'new' && contents.has(at)) return { kind: 'exists' };
        contents.set(at, bytes);
        return { kind: 'done' };
      },
      keep: (name, bytes) => {
        const path = `/tmp/deliver/${name}`;
        contents.set(path, bytes);
        return { path };
      },
    },
    desktop: {
      open: async (target) => {
        opened.push(target);
        return { kind: 'done' };
      },
      copy: async (text) => {
        copied.push(text);
        return { kind: 'done' };
      },
    },
  };
}
