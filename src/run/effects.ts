// Does what a command decided on outside of the practice: drafts, the clipboard, the mail program. Used by main alone.
import { type Effect, refusal } from '../outcome.ts';
import type { World } from '../world.ts';

/** What was done, a line each. Throws a refusal at the first that cannot be done; those before it stay done. */
export async function performEffects(world: World, effects: readonly Effect[]): Promise<readonly string[]> {
  const said: string[] = [];
  for (const effect of effects) {
    const one = await performOne(world, effect);
    if (one !== undefined) said.push(one);
  }
  return said;
}

/** Undefined when the command itself says it. */
async function performOne(world: World, effect: Effect): Promise<string | undefined> {
  const { drafts, desktop } = world;
  switch (effect.kind) {
    case 'draft':
      return written(drafts, 'draft', effect, await drafts.compose(effect.mail));
    case 'file':
      return written(drafts, 'file', effect, new TextEncoder().encode(effect.text));
    case 'open': {
      const tried = await desktop.open(effect.target);
      if (tried.kind === 'failed') throw refusal(`no mail program could be opened: ${tried.reason}`, OPEN_HINT);
      return 'opened in the mail program';
    }
    case 'open-draft': {
      const kept = drafts.keep(effect.name, await drafts.compose(effect.mail));
      if ('reason' in kept) throw refusal(`the draft could not be written: ${kept.reason}`);
      const tried = await desktop.open(kept.path);
      if (tried.kind === 'failed') throw refusal(`no program opens ${kept.path}: ${tried.reason}`, OPEN_HINT);
      return `opened in the mail program: ${kept.path}`;
    }
    case 'copy': {
      const tried = await desktop.copy(effect.text);
      if (tried.kind === 'failed') throw refusal(`the clipboard could not be reached: ${tried.reason}`);
      return 'copied';
    }
    case 'git-setting': {
      const tried = world.gitSetup.set(effect.root, effect.name, effect.value);
      if (tried.kind === 'failed') throw refusal(`${effect.name} could not be set: ${tried.reason}`);
      return undefined;
    }
    case 'git-hook': {
      const tried = world.gitSetup.writeHook(effect.path, effect.text);
      if (tried.kind === 'failed') throw refusal(`${effect.path} could not be written: ${tried.reason}`);
      return undefined;
    }
  }
}

const OPEN_HINT = 'write a draft instead: --eml FILE.eml';

/** What became of it. */
function written(
  drafts: World['drafts'],
  noun: string,
  { path, how }: Extract<Effect, { readonly kind: 'draft' | 'file' }>,
  bytes: Uint8Array,
): string {
  const tried = drafts.write(path, bytes, how === 'replace' ? 'replace' : 'new');
  if (tried.kind === 'failed') throw refusal(`${path} could not be written: ${tried.reason}`);
  if (tried.kind === 'done') return `${noun}: ${path}`;
  if (how === 'keep') return `kept as it is: ${path} (--force writes it anew)`;
  throw refusal(`${path} is there already`, 'say --replace to write over it');
}
