// The Store on the real disk: holds the lock while a practice is changed, and sees that changes are whole and journalled.
// Knows no records: a change is texts before and after.
import { constants } from 'node:os';
import { relative, sep } from 'node:path';
import process from 'node:process';
import type { FileChange, JournalEntry, Refusal, Store, WriteFailure, WriteResult } from '../world.ts';
import { applyAll, type Step } from './atomic.ts';
import { isExactly, isRefusal, reasonOf, truePath } from './disk.ts';
import { abandon, begin, complete, completed, forget } from './journal.ts';
import { type Lock, takeLock } from './lock.ts';
import { distrustOf, type Env, statePlace, temporaryPlace } from './place.ts';
import { recoverAll, toBytes } from './recover.ts';
import { findTarget, refusalToWrite } from './target.ts';

const PATIENCE = 30_000;

export function realStore(env: Env): Store {
  /** By the true path of the practice. */
  const held = new Map<string, Lock>();
  const watch = watchEnd(() => {
    for (const lock of held.values()) lock.release();
  });

  const exclusively = <T>(
    root: string,
    work: () => T,
    patience = patienceIn(env),
  ): { readonly result: T } | Refusal => {
    const at = truePath(root);
    if (held.has(at)) throw new Error(`${root} is already being changed by this very run`);
    const taken = takeLock([statePlace(env, at), temporaryPlace(env, at)], patience);
    if ('refused' in taken) return taken;
    held.set(at, taken.lock);
    watch.begin();
    try {
      return { result: work() };
    } finally {
      taken.lock.release();
      held.delete(at);
      if (held.size === 0) watch.end();
    }
  };

  const write = (root: string, what: string, changes: readonly FileChange[]): WriteResult => {
    const at = truePath(root);
    const lock = held.get(at);
    if (lock === undefined) throw new Error(`a change of ${root} without the lock`);
    if (new Set(changes.map((each) => each.file)).size < changes.length) throw new Error('a file is changed twice');
    if (!lock.isHeld()) {
      const reason = 'another deliver took this folder over, because this one stood still for so long';
      return { kind: 'failed', file: changes[0]?.file ?? '', reason };
    }
    const steps: Step[] = [];
    for (const change of changes.toSorted((a, b) => rankOf(a) - rankOf(b))) {
      const step = toStep(at, change);
      if ('kind' in step) return step;
      if (change.before !== change.after) steps.push(step);
    }
    if (steps.length === 0) return { kind: 'written', warnings: [] };
    const made = changes.filter((each) => each.before !== each.after);
    return carryOut(statePlace(env, at).folder, at, { what, changes: made }, steps);
  };

  return {
    exclusively: (root, work) => exclusively(root, work),
    write,
    journal: (root) => {
      const place = statePlace(env, truePath(root));
      return distrustOf(place) ?? completed(place.folder);
    },
    forget: (root, ids) => forget(statePlace(env, truePath(root)).folder, ids),
    recover: (root) => {
      const at = truePath(root);
      const recoverNow = (): readonly string[] => recoverAll(statePlace(env, at).folder, at);
      if (held.has(at)) return recoverNow();
      const done = exclusively(root, recoverNow, 0);
      return 'result' in done ? done.result : [];
    },
  };
}

function patienceIn(env: Env): number {
  const set = Number(env.DELIVER_LOCK_WAIT || Number.NaN);
  return Number.isFinite(set) && set >= 0 ? set : PATIENCE;
}

/** Where and what, once it is sure that the file is ours to change and still as it was read. */
function toStep(root: string, { file, before, after }: FileChange): Step | WriteResult {
  try {
    const target = findTarget(root, file);
    if ('reason' in target) return { kind: 'failed', file, reason: target.reason };
    if (target.isLink && after === undefined) return { kind: 'failed', file, reason: 'it is a link' };
    const [old, young] = [toBytes(before), toBytes(after)];
    if (!isExactly(target.path, old)) return { kind: 'stale', file };
    const refusal = target.old === undefined || before === after ? undefined : refusalToWrite(target.path, file);
    if (refusal !== undefined) return { kind: 'failed', file, reason: refusal };
    const { path, missing, old: stats } = target;
    return { file, path, missing, old: stats, before: old, after: young };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return { kind: 'failed', file, reason: reasonOf(error, file) };
  }
}

/** What makes a folder a practice. */
const MARK = 'deliver.yaml';

/**
 * Created before replaced before removed, so that every beginning of the list leaves a practice that makes sense. One that
 * begins or ends does so last: half of it is no practice.
 */
function rankOf({ file, before, after }: FileChange): number {
  const isMark = file === MARK && (before === undefined || after === undefined);
  return isMark ? 3 : before === undefined ? 0 : after === undefined ? 2 : 1;
}

function carryOut(
  state: string,
  root: string,
  { what, changes }: Pick<JournalEntry, 'what' | 'changes'>,
  steps: readonly Step[],
): WriteResult {
  const missing = new Set(steps.flatMap((step) => step.missing));
  const folders = [...missing].map((folder) => relative(root, folder).split(sep).join('/'));
  const noted = begin(state, { what, changes, folders });
  const applied = applyAll(steps);
  if (applied.kind === 'applied') {
    if ('id' in noted) complete(state, noted.id);
    const lost = 'reason' in noted ? [`undo is not available: ${noted.reason}`] : [];
    return { kind: 'written', warnings: [...lost, ...applied.warnings] };
  }
  const isNoted = 'id' in noted;
  // What could not be restored now stays noted as begun, so that recover() tries again.
  if (isNoted && applied.left.length === 0) abandon(state, noted.id);
  const left: Pick<WriteFailure, 'left'> = applied.left.length === 0 ? {} : { left: { files: applied.left, isNoted } };
  if (applied.kind === 'failed') return { kind: 'failed', file: applied.file, reason: applied.reason, ...left };
  if (applied.left.length === 0) return { kind: 'stale', file: applied.file };
  return { kind: 'failed', file: applied.file, reason: 'it was changed in the meantime', ...left };
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Calls `release` when the program ends meanwhile. Work is synchronous, so a signal is heard after it: the change is
 * whole, and the program ends as the signal asks. Listeners therefore stay until the signals of that time were heard.
 */
function watchEnd(release: () => void): { readonly begin: () => void; readonly end: () => void } {
  const state = { isWatching: false, isNeeded: false };
  const leave = (signal: NodeJS.Signals): void => {
    release();
    process.exit(128 + constants.signals[signal]);
  };
  const stop = (): void => {
    if (state.isNeeded) return;
    state.isWatching = false;
    for (const signal of SIGNALS) process.off(signal, leave);
  };
  return {
    begin: () => {
      if (!state.isNeeded) process.on('exit', release);
      state.isNeeded = true;
      if (state.isWatching) return;
      state.isWatching = true;
      for (const signal of SIGNALS) process.on(signal, leave);
    },
    end: () => {
      process.off('exit', release);
      state.isNeeded = false;
      // One turn may be in the middle already: only the second one surely hears what came in.
      setImmediate(() => setImmediate(stop));
    },
  };
}
