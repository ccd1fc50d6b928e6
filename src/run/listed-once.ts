// A folder's names, asked of the disk once. Knows no records; what is in a file is read anew each time.
import type { Entry, Files } from '../world.ts';

/** For one opening, and for seeing what it would be after a change. */
export function listedOnce(files: Files): Files {
  const known = new Map<string, readonly Entry[] | undefined>();
  return {
    ...files,
    list: (root, folder) => {
      const key = `${root}\0${folder}`;
      if (!known.has(key)) known.set(key, files.list(root, folder));
      return known.get(key);
    },
  };
}
