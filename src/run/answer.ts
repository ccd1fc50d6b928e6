// From a command to its exit code: asks for what is missing, runs it under the lock, writes what it changes, then says it.
import type { Command } from '../command.ts';
import { type Ask, diskFailure, type Outcome, refusal, UsageError } from '../outcome.ts';
import { type Block, line, span, textAnswer } from '../terminal/ink.ts';
import type { WriteFailure } from '../world.ts';
import { type Decided, decideForOne } from './one-client.ts';
import { type Opening, openNow, openPractice } from './open.ts';
import { inputOf, perform, print, type Session, say, wordsOf } from './session.ts';

const EXIT_INTERRUPTED = 130;

/** Asks for what is missing, one question after the other, until the command has its answer. */
export async function answer(session: Session): Promise<number> {
  return settle(session, await attempt(session));
}

async function settle(session: Session, result: number | Ask | Outcome): Promise<number> {
  if (typeof result === 'number') return result;
  return result.kind === 'ask' ? answerWith(session, result) : performOutside(session, result);
}

async function answerWith(session: Session, asked: Ask): Promise<number> {
  const { run } = session;
  const value = await ask(session, asked);
  if (value === undefined) return EXIT_INTERRUPTED;
  const isArgument = run.command.arguments.some((each) => each.name.includes(asked.argument));
  const answered = isArgument
    ? { ...run, arguments: { ...run.arguments, [asked.argument]: value } }
    : { ...run, options: { ...run.options, [asked.argument]: value } };
  const next = { ...session, run: answered };
  const result = await attemptAgain(next, asked, value);
  if (result === 'slip') return answerWith(session, asked);
  const isDeaf =
    typeof result === 'object' &&
    result.kind === 'ask' &&
    result.argument === asked.argument &&
    value === asked.otherwise;
  if (isDeaf) throw new Error(`${run.command.name} asks again for ${asked.argument}`);
  return settle(next, result);
}

/** With one more answer; a slip is one that is refused, was said so, and can be given anew. */
async function attemptAgain(
  session: Session,
  { again, otherwise }: Ask,
  value: string,
): Promise<number | Ask | Outcome | 'slip'> {
  try {
    return await attempt(session);
  } catch (error) {
    const isSlip = error instanceof UsageError && error.exit === 2 && again === true && value !== otherwise;
    if (!isSlip) throw error;
    say(session, wordsOf(error));
    return 'slip';
  }
}

/** Runs the command once. What it changes is read, decided and written under one lock. */
async function attempt(session: Session): Promise<number | Ask | Outcome> {
  const { world, run, opening } = session;
  if (!run.command.changes || !opening) {
    const result = run.command.run(inputOf(session, opening && (await openPractice(opening))));
    return result.kind === 'ask' || result.effects !== undefined ? result : perform(session, result);
  }
  if (run.options.dryRun === true) return decide(session, opening);
  const turn = world.store.exclusively(opening.root, () => {
    say(
      session,
      world.store.recover(opening.root).map((text) => line(text)),
    );
    return decide(session, opening);
  });
  if ('refused' in turn) throw new UsageError(turn.refused, turn.fix, turn.cause === 'disk' ? 3 : 1);
  return turn.result;
}

/** An outcome that asks for something outside of the practice is handed back: that takes time. */
function decide(session: Session, opening: Opening): number | Ask | Outcome {
  const { editor, run } = session;
  if (!editor) throw new Error(`the editor was not loaded for ${run.command.name}`);
  const decided = decideForOne(session, opening, editor);
  if (decided) return carryOut(session, decided);
  const practice = openNow(opening);
  const outcome = run.command.run(inputOf(session, practice));
  if (outcome.kind === 'ask') return outcome;
  const { changes } = outcome;
  if (changes === undefined) return outcome.effects === undefined ? perform(session, outcome) : outcome;
  const prepared = editor.prepare(session.world, practice, changes);
  if ('refused' in prepared) return refuse(session, prepared.refused);
  return carryOut(session, { practice, outcome, changes, prepared });
}

function refuse(session: Session, [first = [], ...rest]: Block): number {
  print(session, session.world.stderr, [[span('deliver:', 'red'), ' refused: ', ...first], ...rest]);
  return 1;
}

function carryOut(session: Session, { practice, outcome, changes, prepared }: Decided): number | Outcome {
  const { world, run, options, editor } = session;
  if (!editor) throw new Error(`the editor was not loaded for ${run.command.name}`);
  const { files, answer: made } = prepared;
  const effects = made.effects ?? outcome.effects ?? [];
  if (run.options.dryRun === true) {
    const diff = editor.diffOf(files) + editor.previewOf(effects);
    const problems = prepared.warnings;
    const data = { schema: 'deliver.change/1', command: run.command.name, dry_run: true, diff, problems };
    const notes = options.json === true ? [] : editor.warningLines(problems);
    return perform(session, { kind: 'outcome', ...textAnswer(diff), data, notes, problems: [], exit: 0 });
  }
  editor.refuseUnwritable(world, effects);
  const written = world.store.write(practice.root, run.line, files);
  if (written.kind === 'stale')
    throw refusal(`${written.file} was changed in the meantime, so nothing was written`, 'run it again');
  if (written.kind === 'failed') throw failureOf(written);
  if (changes.takesBack) {
    const [own] = practice.journal();
    world.store.forget(practice.root, own === undefined ? changes.takesBack : [...changes.takesBack, own.id]);
  }
  say(
    session,
    written.warnings.map((text) => line(text)),
  );
  const why = changes.startsGit ? world.startGit(practice.root) : undefined;
  if (why !== undefined) say(session, [line(`git init did not work: ${why}`)]);
  const done = { ...outcome, ...made };
  return done.effects === undefined ? perform(session, done) : done;
}

/** Says what was changed all the same, if anything, and what becomes of it. */
function failureOf({ file, reason, left }: WriteFailure): UsageError {
  const failed = `${file} could not be written: ${reason}`;
  if (left === undefined) return diskFailure(`${failed}; nothing was changed`);
  const files = left.files.join(', ');
  const [was, it] = left.files.length === 1 ? ['was', 'it'] : ['were', 'them'];
  return diskFailure(
    `${failed}; ${files} ${was} already changed, and could not be changed back`,
    left.isNoted
      ? `once that is fixed, the next change puts ${it} back first`
      : `put ${it} back by hand: the old text could not be saved for undo`,
  );
}

const MANY = 20;

/** `--why`, or `client`: as it is written on the command line. */
function missingName({ options }: Command, argument: string): string {
  const flag = argument.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return options.some((option) => option.flags.includes(`--${flag}`)) ? `--${flag}` : argument.replace(/-and-.*$/, '');
}

async function ask(session: Session, asked: Ask): Promise<string | undefined> {
  const { argument, question, choices, otherwise } = asked;
  const { world, options } = session;
  const canAsk = world.stdin.isTerminal && world.stderr.isTerminal && options.input !== false && options.json !== true;
  if (asked.preview) print(session, world.stderr, asked.preview);
  if (canAsk) return choices.length > 0 ? world.prompter.choose(question, choices) : world.prompter.ask(question);
  if (otherwise !== undefined) return otherwise;
  if (asked.unasked !== undefined) throw new UsageError(asked.unasked);
  const named = choices.slice(0, MANY).map((each) => each.value);
  const more = choices.length > MANY ? `, and ${choices.length - MANY} more` : '';
  throw new UsageError(
    `${missingName(session.run.command, argument)} is missing`,
    named.length === 0 ? question : `one of: ${named.join(', ')}${more}`,
  );
}

/** First what is outside, so that nothing is said to be done that is not; a change that was made is said whatever happens. */
async function performOutside(session: Session, outcome: Outcome): Promise<number> {
  const { performEffects } = await import('./effects.ts');
  try {
    const { said, failed } = await performEffects(session.world, outcome.effects ?? []);
    const lines = said.map((text) => line(text));
    const all = { ...outcome, notes: [...(outcome.notes ?? []), ...lines] };
    if (failed === undefined) return perform(session, all);
    if (outcome.changes === undefined) {
      // The answer is not given, but what has been written is named.
      if (session.options.quiet !== true) say(session, lines);
      throw failed;
    }
    perform(session, all);
    const hint = failed.hint ?? 'fix that, and run the same command again';
    throw new UsageError(`${failed.message}; the change itself has been made`, hint, failed.exit);
  } catch (error) {
    if (outcome.changes !== undefined && !(error instanceof UsageError)) perform(session, outcome);
    throw error;
  }
}
