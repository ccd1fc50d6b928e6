// Standard input, output and error of this process. Writes at once where the system takes it, so that nothing is lost at the end.
import { fstatSync, writeSync } from 'node:fs';
import process from 'node:process';
import type { Stream, World } from '../world.ts';
import { reasonOf } from './disk.ts';

export type Streams = Pick<World, 'stdin' | 'stdout' | 'stderr'> & {
  /** Whether all that was written is with the system, so that the process may end. */
  readonly isSaid: () => boolean;
};

export function realStreams(): Streams {
  const [stdout, stderr] = [streamOf(1, () => process.stdout), streamOf(2, () => process.stderr)];
  return {
    stdin: {
      get isTerminal() {
        return mayBeTerminal(0) && process.stdin.isTTY === true;
      },
    },
    stdout,
    stderr,
    isSaid: () => stdout.isSaid() && stderr.isSaid(),
  };
}

/** Node's own streams take 5 ms to be made, and only a terminal needs one. */
function mayBeTerminal(file: number): boolean {
  try {
    return fstatSync(file).isCharacterDevice();
  } catch {
    return false;
  }
}

function streamOf(file: number, stream: () => NodeJS.WriteStream): Stream & { readonly isSaid: () => boolean } {
  // On Windows a pipe is written to later, and only Node's stream waits for that.
  let isDirect = process.platform !== 'win32' && !mayBeTerminal(file);
  let isHeard = false;
  let ifLost: string | undefined;
  const heard = (): NodeJS.WriteStream => {
    if (!isHeard) stream().on('error', (error) => endOn(error, ifLost));
    isHeard = true;
    return stream();
  };
  return {
    get isTerminal() {
      return mayBeTerminal(file) && stream().isTTY === true;
    },
    get columns() {
      return mayBeTerminal(file) && stream().columns > 0 ? stream().columns : undefined;
    },
    write: (text, lost) => {
      ifLost = lost;
      const left = isDirect ? writeDirectly(file, text, lost) : text;
      if (left === '') return;
      // The reader is slower than we are: from here on Node's stream waits for it.
      isDirect = false;
      heard().write(left);
    },
    // On Windows Node's stream does not tell what is still on its way.
    isSaid: () => !isHeard || (process.platform !== 'win32' && stream().writableLength === 0),
  };
}

/** What could not be written at once. */
function writeDirectly(file: number, text: string, lost: string | undefined): string | Uint8Array {
  const bytes = Buffer.from(text);
  let written = 0;
  try {
    while (written < bytes.length) written += writeSync(file, bytes, written);
    return '';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') endOn(error as NodeJS.ErrnoException, lost);
    return bytes.subarray(written);
  }
}

/** A reader that has seen enough (`| head`) is no failure. */
function endOn(error: NodeJS.ErrnoException, lost: string | undefined): void {
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
  const why = `cannot write the answer: ${reasonOf(error, 'there')}${lost === undefined ? '' : `; ${lost}`}`;
  process.stderr.write(`deliver: ${why}\n`);
  process.exit(3);
}
