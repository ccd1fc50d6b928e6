// A failing trial with as little in it as still fails. Owns how a folder is made smaller; what counts as the same failure is the
// caller's.
import type { Folder } from './practice.ts';
import type { Trial } from './trial.ts';

/** Attempts that are worth it. */
const MOST = 300;

export async function smaller(trial: Trial, stillFails: (trial: Trial) => Promise<boolean>): Promise<Trial> {
  let best = trial;
  let left = MOST;
  const keep = async (candidate: Trial): Promise<boolean> => {
    if (left-- <= 0 || !(await stillFails(candidate))) return false;
    best = candidate;
    return true;
  };
  for (const line of trial.lines) if (await keep({ ...best, lines: [line] })) break;
  for (const path of Object.keys(best.folder)) await keep({ ...best, folder: without(best.folder, path) });
  for (const path of Object.keys(best.folder)) {
    const content = best.folder[path];
    if (typeof content !== 'string') continue;
    for (let size = content.split('\n').length; size >= 1; size = Math.floor(size / 2)) {
      for (let at = 0; ; ) {
        const lines = (best.folder[path] as string).split('\n');
        if (at >= lines.length || left <= 0) break;
        const rest = lines.toSpliced(at, size).join('\n');
        if (!(await keep({ ...best, folder: { ...best.folder, [path]: rest } }))) at += size;
      }
    }
  }
  return best;
}

const without = (folder: Folder, path: string): Folder =>
  Object.fromEntries(Object.entries(folder).filter(([each]) => each !== path));
