// What `validate` asks git: whether an edit of an offer, not committed yet, moves work that is running. Silent without git.
import type { Practice } from '../command.ts';
import type { Problem } from '../problem/problem.ts';
import { editedInUse } from '../review/edited-in-use.ts';

const NEEDED = /^(?:deliver\.yaml|service\.yaml|offers\/(?:past\/)?[^/]+\.yaml)$/;

export function uncommittedEdits(practice: Practice): readonly Problem[] {
  const found = practice.git();
  if ('reason' in found) return [];
  const { repository } = found;
  const head = repository.commit('HEAD');
  if (head === undefined) return [];
  const files = repository.filesOf(head).filter(({ path }) => NEEDED.test(path));
  return editedInUse(practice.at(files, practice.today).book, practice.book, practice.today);
}
