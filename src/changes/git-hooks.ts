// The hooks of `git setup`: their text, and how they stand in a file that others may have written. Knows no git and no disk.
import { scriptLabel, scriptWord } from '../shell.ts';

export const HOOKS = ['pre-commit', 'post-merge'] as const;
export type HookName = (typeof HOOKS)[number];

/** One block for each practice of a repository; its lines are replaced when it is written again. A prefix ends in a slash. */
const begins = (prefix: string): string =>
  `# >>> deliver git setup: ${prefix === '' ? 'this folder' : scriptLabel(prefix)} >>>`;
const ENDS = '# <<< deliver git setup <<<';

/** Functions shared by both hooks: nothing may keep a person from committing but an error in what they commit. */
const CHECK = `deliver_check() {
  if ! command -v deliver >/dev/null 2>&1; then
    echo 'deliver is not on the PATH here, so the practice was not checked' >&2
    return 0
  fi
  if command -v timeout >/dev/null 2>&1; then
    deliver_said=$(timeout 30 deliver -C "$1" validate --no-input 2>&1)
  else
    deliver_said=$(deliver -C "$1" validate --no-input 2>&1)
  fi
  deliver_code=$?
  if [ "$deliver_code" -eq 0 ]; then return 0; fi
  if [ "$deliver_code" -ne 1 ]; then
    echo "deliver could not check the practice (exit $deliver_code); going on without" >&2
    return 0
  fi
  printf '%s\\n' "$deliver_said" >&2
  return 1
}`;

/** Checks what is staged, in a folder of its own: the working tree may say something else. */
const preCommit = (prefix: string): string => `${CHECK}
deliver_staged() {
  if git diff --cached --quiet --no-ext-diff -- .; then return 0; fi
  deliver_copy=$(mktemp -d) || return 0
  git ls-files -z --cached -- '*.yaml' '*.yml' '*.md' | git checkout-index -z --stdin --prefix="$deliver_copy/"
  if [ ! -f "$deliver_copy/"${scriptWord(prefix)}deliver.yaml ]; then
    deliver_code=0
  elif deliver_check "$deliver_copy/"${scriptWord(prefix)}; then
    deliver_code=0
  else
    deliver_code=1
  fi
  rm -rf "$deliver_copy"
  return "$deliver_code"
}
if ! (unset DELIVER_DIR && cd ./${scriptWord(prefix)} 2>/dev/null && deliver_staged); then
  if [ -d ./${scriptWord(prefix)} ]; then
    echo 'Nothing was committed: the practice as it is staged has errors. Fix and stage them;' >&2
    echo 'git commit --no-verify commits all the same.' >&2
    exit 1
  fi
fi`;

/** The merge is made, and only told about: clean merges can be wrong YAML. */
const postMerge = (prefix: string): string => `${CHECK}
(
  unset DELIVER_DIR
  cd ./${scriptWord(prefix)} 2>/dev/null || exit 0
  if git diff --quiet --no-ext-diff ORIG_HEAD HEAD -- . 2>/dev/null; then exit 0; fi
  if ! deliver_check .; then
    echo 'The merge is made, and it left errors in the practice. Fix them and commit.' >&2
  fi
)`;

const TEXTS: Readonly<Record<HookName, (prefix: string) => string>> = {
  'pre-commit': preCommit,
  'post-merge': postMerge,
};

/** `prefix`: the practice from the top of the repository, where git runs its hooks. */
const blockOf = (name: HookName, prefix: string): string => {
  const about =
    '# Written by deliver, and replaced by the next `deliver git setup`; take these lines out to be rid of it.';
  return `${begins(prefix)}\n${about}\n${TEXTS[name](prefix)}\n${ENDS}\n`;
};

/** Whether a hook that is there can have lines for a shell. */
const isShell = (text: string): boolean => /^#!.*\b(sh|bash|dash|zsh|ksh)\b/.test(text.split('\n')[0] ?? '');

/**
 * The hook with our block in it: in place of an older one, else below the first line, before whatever may end the script.
 * Undefined when it is not a shell script.
 */
export function withBlock(name: HookName, prefix: string, text: string): string | undefined {
  const block = blockOf(name, prefix);
  if (text.trim() === '') return `#!/bin/sh\n${block}`;
  const lines = text.split('\n');
  const at = lines.findIndex((line) => line.trimEnd() === begins(prefix));
  const end = at < 0 ? -1 : lines.findIndex((line, i) => i > at && line.trimEnd() === ENDS);
  if (end >= 0) return [...lines.slice(0, at), block + lines.slice(end + 1).join('\n')].join('\n');
  if (!isShell(text)) return undefined;
  const first = text.indexOf('\n') + 1;
  return first === 0 ? `${text}\n${block}` : text.slice(0, first) + block + text.slice(first);
}
