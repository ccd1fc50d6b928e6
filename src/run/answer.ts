// From a command to its exit code: asks for what is missing, runs it under the lock, writes what it changes, then says it.
import type { Command, Practice } from '../command.ts';
import { type Ask, type Changes, diskFailure, type Outcome, refusal, UsageError } from '../outcome.ts';
import { severityOf } from '../problem/words.ts';
import { line, span, textAnswer } from '../terminal/ink.ts';
import type { WriteFailure } from '../world.ts';
import type { Prepared } from './change.ts';
import { withAll } from './means.ts';
import { commandLine } from './program.ts';
import { inputOf, perform, print, type Session, say, wordsOf } from './session.ts';

export const EXIT_BUG = 3;
const EXIT_INTERRUPTED = 130;

/** Asks for what is missing, one question after the other, until the command has its answer. */
export async function answer(session: Session): Promise<number> {
  return settle(session, await attemptWithAll(session));
}

const attemptWithAll = (session: Session): Promise<number | Ask | Outcome> =>
  withAll(() => attempt(session), session.load);

async function settle(session: Session, result: number | Ask | Outcome): Promise<number> {
  if (typeof result === 'number') return result;
  return result.kind === 'ask' ? answerWith(session, result) : performOutside(session, result);
}

async function answerWith(session: Session, asked: Ask): Promise<number> {
  const { parsed, command } = session;
  const value = await ask(session, asked);
  if (value === undefined) return EXIT_INTERRUPTED;
  const isArgument = command.arguments.some((each) => each.name.includes(asked.argument));
  const answered = isArgument
    ? { ...parsed, arguments: { ...parsed.arguments, [asked.argument]: value } }
    : { ...parsed, options: { ...parsed.options, [asked.argument]: value } };
  const next = { ...session, parsed: answered };
  const result = await attemptAgain(next, asked, value);
  if (result === 'slip') return answerWith(session, asked);
  const isDeaf =
    typeof result === 'object' &&
    result.kind === 'ask' &&
    result.argument === asked.argument &&
    value === asked.otherwise;
  if (isDeaf) throw new Error(`${command.name} asks again for ${asked.argument}`);
  return settle(next, result);
}

/** With one more answer; a slip is one that is refused, was said so, and can be given anew. */
async function attemptAgain(
  session: Session,
  { again, otherwise }: Ask,
  value: string,
): Promise<number | Ask | Outcome | 'slip'> {
  try {
    return await attemptWithAll(session);
  } catch (error) {
    const isSlip = error instanceof UsageError && error.exit === 2 && again === true && value !== otherwise;
    if (!isSlip) throw error;
    say(session, wordsOf(error));
    return 'slip';
  }
}

/** Runs the command once. What it changes is read, decided and written under one lock. */
function attempt(session: Session): number | Ask | Outcome {
  const { world, command, root, parsed } = session;
  if (!command.changes || root === undefined || parsed.options.dryRun === true) return decide(session);
  const turn = world.store.exclusively(root, () => {
    const recovered = world.store.recover(root);
    say(
      session,
      recovered.map((text) => line(text)),
    );
    return decide(session);
  });
  if ('refused' in turn) throw new UsageError(turn.refused, turn.fix, turn.cause === 'disk' ? 3 : 1);
  return turn.result;
}

/** An outcome that asks for something outside of the practice is handed back: that takes time. */
function decide(session: Session): number | Ask | Outcome {
  const partly = decidePartly(session);
  if (partly) return carryOut(session, partly.practice, partly.outcome, partly.changes, partly.prepared);
  const input = inputOf(session);
  const result = session.command.run(input);
  if (result.kind === 'ask') return result;
  if (result.changes !== undefined) return change(session, input.practice, result, result.changes);
  return result.effects === undefined ? perform(session, result) : result;
}

type Decided = {
  readonly practice: Practice;
  readonly outcome: Outcome;
  readonly changes: Changes;
  readonly prepared: Prepared;
};

/**
 * The change of one client, decided without reading the others: when it comes off, it is the same. Whatever else comes out
 * of it (a question, a refusal, an error in what was read) may be otherwise, or say more, when everything is read.
 */
function decidePartly(session: Session): Decided | undefined {
  const client = clientNamed(session);
  if (client === undefined || !session.editor) return undefined;
  try {
    const input = inputOf(session, client);
    const { practice } = input;
    if (practice.book.clients.size === 0 || hasErrors(practice)) return undefined;
    const outcome = session.command.run(input);
    if (outcome.kind === 'ask' || outcome.changes === undefined) return undefined;
    const { changes } = outcome;
    const prepared = session.editor.prepare(session.world, practice, changes);
    return 'refused' in prepared ? undefined : { practice, outcome, changes, prepared };
  } catch (error) {
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}

/** The beginning of the client's id, as it was typed. */
function clientNamed({ command, parsed, isSparing }: Session): string | undefined {
  if (!isSparing) return undefined;
  const value = command.ofClient === undefined ? undefined : parsed.arguments[command.ofClient];
  const words = typeof value === 'string' ? [value] : (value ?? []);
  return words
    .join('/')
    .split('/')
    .find((part) => part !== '');
}

const hasErrors = ({ book, problems }: Practice): boolean =>
  book.removals.length > 0 || problems.some((each) => severityOf(each.code) === 'error');

function change(session: Session, practice: Practice, outcome: Outcome, changes: Changes): number | Outcome {
  const { world, editor } = session;
  if (!editor) throw new Error(`${session.command.name} does not say that it changes anything`);
  const prepared = editor.prepare(world, practice, changes);
  if ('refused' in prepared) {
    const [first = [], ...rest] = prepared.refused;
    print(session, world.stderr, [[span('deliver:', 'red'), ' refused: ', ...first], ...rest]);
    return 1;
  }
  return carryOut(session, practice, outcome, changes, prepared);
}

function carryOut(
  session: Session,
  practice: Practice,
  outcome: Outcome,
  changes: Changes,
  prepared: Prepared,
): number | Outcome {
  const { world, argv, parsed, editor } = session;
  if (!editor) throw new Error(`${session.command.name} does not say that it changes anything`);
  const { files, answer: made } = prepared;
  if (parsed.options.dryRun === true) {
    const diff = editor.diffOf(files) + editor.previewOf(made.effects ?? outcome.effects ?? []);
    const data = {
      schema: 'deliver.change/1',
      command: session.command.name,
      dry_run: true,
      diff,
      problems: prepared.warnings,
    };
    const notes = parsed.options.json === true ? [] : editor.warningLines(prepared.warnings);
    return perform(session, { kind: 'outcome', ...textAnswer(diff), data, notes, problems: [], exit: 0 });
  }
  editor.refuseUnwritable(world, made.effects ?? outcome.effects ?? []);
  const written = world.store.write(practice.root, commandLine(argv), files);
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
  const { world, parsed } = session;
  const { options } = parsed;
  const canAsk = world.stdin.isTerminal && world.stderr.isTerminal && options.input !== false && options.json !== true;
  if (asked.preview) print(session, world.stderr, asked.preview);
  if (canAsk) return choices.length > 0 ? world.prompter.choose(question, choices) : world.prompter.ask(question);
  if (otherwise !== undefined) return otherwise;
  if (asked.unasked !== undefined) throw new UsageError(asked.unasked);
  const named = choices.slice(0, MANY).map((each) => each.value);
  const more = choices.length > MANY ? `, and ${choices.length - MANY} more` : '';
  throw new UsageError(
    `${missingName(session.command, argument)} is missing`,
    named.length === 0 ? question : `one of: ${named.join(', ')}${more}`,
  );
}

/** First what is outside, so that nothing is said to be done that is not; a change that was made is said whatever happens. */
async function performOutside(session: Session, outcome: Outcome): Promise<number> {
  const { parsed } = session;
  const { performEffects } = await import('./effects.ts');
  try {
    const { said, failed } = await performEffects(session.world, outcome.effects ?? []);
    const lines = said.map((text) => line(text));
    const all = { ...outcome, notes: [...(outcome.notes ?? []), ...lines] };
    if (failed === undefined) return perform(session, all);
    if (outcome.changes === undefined) {
      // The answer is not given, but what has been written is named.
      if (parsed.options.quiet !== true) say(session, lines);
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
