// What promises and issues have in common: an entry of the client with a name of its own, begun and later closed. Each of
// the two commands says what is its own.
import type { ClientRecord } from '../book/book.ts';
import { entryNames } from '../book/standing.ts';
import { askFor, askForClient, type Input, textOption, wordsOf } from '../command.ts';
import { type Day, formatFullDay } from '../day.ts';
import { type Ask, changing, type Outcome, refusal } from '../outcome.ts';
import { longDate } from '../terminal/words.ts';
import { allTargets, findClient, findTarget, type Wanted } from '../typed/reference.ts';
import { happenedOn } from './days.ts';
import { chosenId, clientEdit, idFrom } from './edits.ts';
import { sayChange } from './next.ts';
import { placeOf } from './steps.ts';

/** The kind of entry, and how it is spoken of. */
export type Named = {
  readonly kind: 'promise' | 'issue';
  /** The argument that holds its words, or its reference. */
  readonly argument: string;
  readonly questions: { readonly client: string; readonly what: string; readonly which: string };
  readonly closing: 'kept' | 'closed';
};

type Entry = { readonly what: string; readonly began: Day; readonly closed: Day | undefined };

function entryOf(client: ClientRecord | undefined, { kind }: Named, id: string): Entry | undefined {
  const promise = kind === 'promise' ? client?.promises?.[id] : undefined;
  const issue = kind === 'issue' ? client?.issues?.[id] : undefined;
  if (promise) return { what: promise.what.trim(), began: promise.made, closed: promise.kept };
  return issue && { what: issue.what.trim(), began: issue.since, closed: issue.closed };
}

/** Keys of a new entry beside `what`, in their order, and what is said of it after its words. */
type Begun = { readonly values: Readonly<Record<string, string | undefined>>; readonly says: string };

/** A new entry of the client that the words name; `values` may ask for what is missing. */
export function begin(input: Input, named: Named, values: () => Ask | Begun): Outcome | Ask {
  const { practice, options } = input;
  const { book, today } = practice;
  const [written, ...words] = wordsOf(input, named.argument);
  if (written === undefined) return { ...askForClient(practice, named.questions.client), argument: named.argument };
  const client = findClient(book, today, written);
  const what = words.length > 0 ? words.join(' ') : textOption(options, 'what');
  if (what === undefined) return askFor('what', named.questions.what);
  const own = values();
  if ('kind' in own) return own;
  const map = `${named.kind}s`;
  const present = Object.keys((named.kind === 'promise' ? client.promises : client.issues) ?? {});
  const { known } = entryNames(book, { kind: 'client', id: client.id }, [map], present);
  const taken = known.map((it) => it.id);
  const id = chosenId(textOption(options, 'id')) ?? idFrom(what, taken);
  const ref = `${client.id}/${named.kind}/${id}`;
  if (taken.includes(id))
    throw refusal(`${ref} already exists (${placeOf(practice, client.file, [map, id])})`, 'choose another --id');
  const path = [map, id];
  const value = Object.fromEntries(Object.entries({ what, ...own.values }).filter(([, each]) => each !== undefined));
  return changing([clientEdit(book, client, [{ kind: 'set', path, value }])], (_, at) =>
    sayChange(named.kind, {
      changed: [{ what: `${client.name}: ${what}, ${own.says}`, at: at(client.file, path) }],
      next: { ref, text: `deliver ${named.kind} ${ref} --${named.closing}` },
    }),
  );
}

/** The end of one that is open, on the day `--on` says. */
export function close(input: Input, named: Named): Outcome | Ask {
  const { practice, options } = input;
  const { book, today } = practice;
  const words = wordsOf(input, named.argument);
  const entry = (client: string | undefined, id: string) => entryOf(book.clients.get(client ?? ''), named, id);
  const open: Wanted = {
    kinds: [named.kind],
    noun: named.kind,
    where: ({ client, id }) => entry(client, id)?.closed === undefined,
  };
  if (words.length === 0) {
    const choices = allTargets(book, today, open).map((it) => ({
      value: it.ref,
      label: `${it.ref}  ${entry(it.client, it.id)?.what ?? ''}`,
    }));
    return { kind: 'ask', argument: named.argument, question: named.questions.which, choices };
  }
  const target = findTarget(book, today, words, open);
  const client = findClient(book, today, target.client ?? '');
  const found = entry(client.id, target.id);
  const place = placeOf(practice, client.file, target.path);
  if (found?.closed !== undefined)
    throw refusal(`${target.ref} was ${named.closing} on ${formatFullDay(found.closed)} (${place})`);
  const day = happenedOn(practice, options);
  if (found && day < found.began)
    throw refusal(
      `${target.ref} has been there since ${formatFullDay(found.began)}, after ${formatFullDay(day)} (${place})`,
    );
  return changing(
    [clientEdit(book, client, [{ kind: 'set', path: [...target.path, named.closing], value: day }])],
    (_, at) =>
      sayChange(named.kind, {
        changed: [
          {
            what: `${client.name}: ${found?.what ?? target.id}, ${named.closing} ${longDate(day, today)}`,
            at: at(client.file, target.path),
          },
        ],
      }),
  );
}
