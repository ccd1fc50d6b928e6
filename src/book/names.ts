// Whether a file's name can be an id. Knows no text.
import type { Problem } from '../problem/problem.ts';
import { idFault } from '../records/ids.ts';
import type { FoundFile } from './read.ts';

/** What is wrong with the id that a file's name stands for. */
export function idProblem(found: FoundFile): Problem | undefined {
  if (found.kind === 'practice' || found.kind === 'service') return undefined;
  const version = found.kind === 'past-offer' ? /@\d{1,6}$/.exec(found.id) : undefined;
  if (version === null) {
    return {
      code: 'id/bad-name',
      args: { says: `\`${found.id}\` names no version`, help: 'an earlier version is called like audit@1.yaml' },
      place: { file: found.file },
    };
  }
  const fault = idFault(version ? found.id.slice(0, version.index) : found.id, 'id');
  if (!fault) return undefined;
  if (found.twin !== undefined) {
    return {
      code: 'id/clash',
      args: { says: 'two names differ by case only', help: 'rename or delete one of them; ids are small letters' },
      place: { file: found.file },
      related: [{ place: { file: found.twin }, message: 'the other one' }],
    };
  }
  const extension = found.file.slice(found.file.lastIndexOf('.'));
  const renamed = fault.suggestion === undefined ? undefined : `${fault.suggestion}${version?.[0] ?? ''}${extension}`;
  return {
    code: 'id/bad-name',
    args: { ...fault.args, ...(renamed === undefined ? {} : { help: `rename the file to \`${renamed}\`` }) },
    place: { file: found.file },
  };
}
