// A folder's names, asked of the disk once. Knows no records; what is in a file is read anew each time.
import type { Files, ListResult } from '../world.ts';

/** For one opening, and for seeing what it would be after a change. */
export function listedOnce(files: Files): Files {
  const known = new Map<string, ListResult>();
  return {
    ...files,
    list: (root, folder) => {
      const key = `${root}\0${folder}`;
      const listed = known.get(key) ?? files.list(root, folder);
      known.set(key, listed);
      return listed;
    },
  };
}
