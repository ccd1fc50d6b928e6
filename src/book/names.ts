// Whether a file's name can be an id. Knows no text.
import type { Problem } from '../problem/problem.ts';
import { idFault } from '../records/ids.ts';
import { type FoundFile, insteadOf, isTaken } from './read.ts';

/** What is wrong with the id that a file's name stands for. */
export function idProblem(found: FoundFile): Problem | undefined {
  if (found.kind === 'practice' || found.kind === 'service') return undefined;
  const version = found.kind === 'past-offer' ? /@\d{1,6}$/.exec(found.id) : undefined;
  if (version === null) {
    return {
      code: 'id/bad-name',
      args: { says: `\`${found.id}\` has no version`, help: 'an earlier version is named like audit@1.yaml' },
      place: { file: found.file },
    };
  }
  const fault = idFault(version ? found.id.slice(0, version.index) : found.id, 'id');
  if (!fault) return undefined;
  const name = found.file.slice(found.file.lastIndexOf('/') + 1);
  const folder = found.file.slice(0, -name.length);
  const twin = [...found.siblings].find((each) => each !== name && each.toLowerCase() === name.toLowerCase());
  if (twin !== undefined) {
    return {
      code: 'id/clash',
      args: { says: 'two names differ by case only', help: 'rename or delete one of them; ids are small letters' },
      place: { file: found.file },
      related: [{ place: { file: folder + twin }, message: 'the other one' }],
    };
  }
  const extension = name.slice(name.lastIndexOf('.'));
  const renamed = fault.suggestion === undefined ? undefined : `${fault.suggestion}${version?.[0] ?? ''}${extension}`;
  const help =
    renamed === undefined
      ? {}
      : {
          help: isTaken(found.siblings, renamed, name)
            ? insteadOf(folder + renamed)
            : `rename the file to \`${renamed}\``,
        };
  return { code: 'id/bad-name', args: { ...fault.args, ...help }, place: { file: found.file } };
}
