// Does what a command decided on outside of the practice: drafts, the clipboard, the mail program. Used by main alone.
import { type Effect, refusal, UsageError } from '../outcome.ts';
import type { Tried, World } from '../world.ts';

/** What was done, a line each, until the first that cannot be done, and why not; those before it stay done. */
export async function performEffects(
  world: World,
  effects: readonly Effect[],
): Promise<{ readonly said: readonly string[]; readonly failed: UsageError | undefined }> {
  const said: string[] = [];
  for (const effect of effects) {
    try {
      const one = await performOne(world, effect);
      if (one !== undefined) said.push(one);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      return { said, failed: error };
    }
  }
  return { said, failed: undefined };
}

/** With exit code 3 where the disk has failed, and else 1. */
const failure = (tried: Extract<Tried, { readonly kind: 'failed' }>, what: string, hint?: string): UsageError =>
  new UsageError(`${what}: ${tried.reason}`, hint, tried.isDisk ? 3 : 1);

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
      if (tried.kind === 'failed') throw failure(tried, 'no mail program could be opened', OPEN_HINT);
      return 'opened in the mail program';
    }
    case 'open-draft': {
      const kept = drafts.keep(effect.name, await drafts.compose(effect.mail));
      if ('reason' in kept) throw failure(kept, 'the draft could not be written');
      const tried = await desktop.open(kept.path);
      if (tried.kind === 'failed') throw failure(tried, `no program opens ${kept.path}`, OPEN_HINT);
      return `opened in the mail program: ${kept.path}`;
    }
    case 'copy': {
      const tried = await desktop.copy(effect.text);
      if (tried.kind === 'failed') throw failure(tried, 'the clipboard could not be reached');
      return 'copied';
    }
    case 'git-setting': {
      const tried = world.gitSetup.set(effect.root, effect.name, effect.value);
      if (tried.kind === 'failed') throw failure(tried, `${effect.name} could not be set`);
      return undefined;
    }
    case 'git-hook': {
      const tried = world.gitSetup.writeHook(effect.path, effect.text);
      if (tried.kind === 'failed') throw failure(tried, `${effect.path} could not be written`);
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
  if (tried.kind === 'failed') throw failure(tried, `${path} could not be written`);
  if (tried.kind === 'done') return `${noun}: ${path}`;
  if (how === 'keep') return `kept as it is: ${path} (--force overwrites it)`;
  throw refusal(`${path} already exists`, 'use --replace to overwrite it');
}
