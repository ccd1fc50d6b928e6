// Edits of a client's file and log in the practice's own terms: where a key belongs, how a touch is written. Knows no text.
import type { Book, ClientRecord } from '../book/book.ts';
import { planOf } from '../book/plan.ts';
import type { Day } from '../day.ts';
import { type FileEdit, UsageError } from '../outcome.ts';
import { clientKeyOrder } from '../records/client.ts';
import { idFault } from '../records/ids.ts';
import type { Data, Edit } from '../source/edit/splice.ts';

/** Edits of a client's file: new keys in the format's order, new steps in the offer's. */
export const clientEdit = (book: Book, client: ClientRecord, edits: readonly Edit[]): FileEdit => ({
  kind: 'edit',
  file: client.file,
  edits,
  orderOf: (path) => {
    const isSteps = path.length === 3 && path[0] === 'engagements' && path[2] === 'steps';
    if (!isSteps) return clientKeyOrder(path);
    return planOf(book, client, String(path[1]))?.steps.map((step) => String(step.progressPath.at(-1)));
  },
});

export type NewTouch = {
  readonly date: Day;
  readonly kind: string;
  readonly with?: readonly string[] | undefined;
  readonly by?: string | undefined;
  readonly in?: true | undefined;
  readonly step?: string | undefined;
  readonly rung?: string | undefined;
  readonly score?: number | undefined;
  readonly scores?: Readonly<Record<string, number>> | undefined;
  /** Hours and minutes as they are written. */
  readonly took?: string | undefined;
  readonly reply?: 'none' | undefined;
  /** The template that was sent. */
  readonly letter?: string | undefined;
  readonly note?: string | undefined;
};

/** One line at the end of the client's log, with its keys in the order in which they are read. */
export function touchEdit(client: { readonly id: string }, touch: NewTouch): FileEdit {
  const people = touch.with ?? [];
  const keys: readonly (readonly [string, Data | undefined])[] = [
    ['date', touch.date],
    ['kind', touch.kind],
    ['with', people.length > 1 ? people : people[0]],
    ['by', touch.by],
    ['in', touch.in],
    ['reply', touch.reply],
    ['step', touch.step],
    ['rung', touch.rung],
    ['score', touch.score],
    ['scores', touch.scores],
    ['took', touch.took],
    ['letter', touch.letter],
    ['note', touch.note],
  ];
  const value = Object.fromEntries(keys.filter((each): each is readonly [string, Data] => each[1] !== undefined));
  return { kind: 'edit', file: logFile(client), edits: [{ kind: 'append', path: [], value }] };
}

export const logFile = (client: { readonly id: string }): string => `touches/${client.id}.yaml`;

/** Who writes it, where more than one person could have. */
export const authorOf = (book: Book, who: string | undefined): string | undefined =>
  Object.keys(book.practice?.people ?? {}).length > 1 ? who : undefined;

/** An id out of a sentence: its first words, and a number when that is taken. */
export function idFrom(text: string, taken: Iterable<string>): string {
  const words = text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  const telling = words.filter((word) => !FILLERS.has(word));
  const base = (telling.length > 0 ? telling : words).slice(0, 3).join('-').slice(0, 40).replace(/-+$/, '') || 'entry';
  const used = new Set(taken);
  for (let n = 1; ; n++) {
    const id = n === 1 ? base : `${base}-${n}`;
    if (!used.has(id)) return id;
  }
}

const FILLERS = new Set([
  'are',
  'was',
  'were',
  'has',
  'have',
  'not',
  'who',
  'be',
  'a',
  'an',
  'the',
  'to',
  'of',
  'and',
  'for',
  'in',
  'on',
  'with',
  'is',
  'it',
  'we',
  'i',
  'them',
  'their',
  'our',
]);

/** An id that was chosen on the command line. Throws UsageError for one that no record may have. */
export function chosenId(written: string | undefined): string | undefined {
  const fault = written === undefined ? undefined : idFault(written, 'id');
  if (!fault) return written;
  const meant = fault.suggestion === undefined ? '' : `, did you mean \`${fault.suggestion}\`?`;
  throw new UsageError(`${fault.args.says}${meant}`, fault.args.help);
}
