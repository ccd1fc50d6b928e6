// A change of one client, decided without reading the others: it then costs the same in a practice of any size.
import type { Practice } from '../command.ts';
import { type Changes, type Outcome, UsageError } from '../outcome.ts';
import { severityOf } from '../problem/words.ts';
import type { Prepared } from './change.ts';
import { type Opening, openNow } from './open.ts';
import type { Run } from './program.ts';
import { inputOf, type Session } from './session.ts';

/** A change that is ready to be written. */
export type Decided = {
  readonly practice: Practice;
  readonly outcome: Outcome;
  readonly changes: Changes;
  readonly prepared: Prepared;
};

/**
 * When it comes off, it is what it would be with everything read. Whatever else comes out of it (a question, a refusal, an
 * error in what was read) may be otherwise, or say more, when everything is: then the answer is undefined.
 */
export function decideForOne(
  session: Session,
  opening: Opening,
  editor: NonNullable<Session['editor']>,
): Decided | undefined {
  const client = clientNamed(session.run);
  if (client === undefined) return undefined;
  try {
    const practice = openNow(opening, client);
    if (practice.book.clients.size === 0 || hasErrors(practice)) return undefined;
    const outcome = session.run.command.run(inputOf(session, practice));
    if (outcome.kind === 'ask' || outcome.changes === undefined) return undefined;
    const { changes } = outcome;
    const prepared = editor.prepare(session.world, practice, changes);
    return 'refused' in prepared ? undefined : { practice, outcome, changes, prepared };
  } catch (error) {
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}

/** The beginning of the client's id, as it was typed. */
function clientNamed({ command, arguments: words }: Run): string | undefined {
  const value = command.ofClient === undefined ? undefined : words[command.ofClient];
  return [value ?? []]
    .flat()
    .join('/')
    .split('/')
    .find((part) => part !== '');
}

const hasErrors = ({ book, problems }: Practice): boolean =>
  book.removals.length > 0 || problems.some((each) => severityOf(each.code) === 'error');
