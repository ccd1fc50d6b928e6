// Threads of this process, each with the program loaded anew, that take a share of the clients each. A large practice that
// was never read is read by all processors; a small one is done before a thread has begun.
import process from 'node:process';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import type { Memo, Share } from '../world.ts';

/** Tells a thread of ours what it is there for (node/start). On a command line it is a word like any other. */
const SHARE = '@share';

/** What it hands over; nothing when it fails. */
export const callThread = (argv: readonly string[], share: Share): Promise<readonly Memo[]> =>
  new Promise((settle) => {
    const none = (): void => settle([]);
    try {
      const worker = new Worker(String(process.argv[1]), {
        argv: [SHARE, JSON.stringify(share), ...argv],
        // Whatever it meets is said by us, who then meet it too.
        stdout: true,
        stderr: true,
      });
      worker.once('message', settle).once('error', none).once('exit', none);
    } catch {
      // Not allowed to, or not started as a file.
      none();
    }
  });

/** In a thread of ours the share it was called for, and the command line; undefined in the program itself. */
export function calledFor([mark, share = '', ...argv]: readonly string[]) {
  return mark === SHARE && !isMainThread ? { share: JSON.parse(share) as Share, argv } : undefined;
}

export const handOver = (memos: readonly Memo[]): void => parentPort?.postMessage(memos);
