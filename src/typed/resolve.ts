// How a name that was typed is found among all names there are, readable or not: the one rule for every argument and option.
// Knows no records.
import type { Removal } from '../book/book.ts';
import { isNamed } from '../book/standing.ts';
import { refusal, UsageError } from '../outcome.ts';
import { messageOf, severityOf } from '../problem/words.ts';

/** What a name can be of, as one would say it. */
const NOUNS = {
  client: 'a client',
  engagement: 'an engagement',
  step: 'a step',
  milestone: 'a milestone',
  touch: 'a kind of touch',
  promise: 'a promise',
  issue: 'an issue',
  occasion: 'an occasion',
  start: 'a repeating offer',
  offer: 'an offer',
  partner: 'a partner',
  script: 'a script',
  email: 'an email template',
  person: 'a person',
  segment: 'a segment',
  contact: 'a contact',
  rung: 'a reminder',
  /** Only ever the beginning of longer names. */
  part: '',
} as const;
export type NameKind = keyof typeof NOUNS;

/** Something that can be named. */
export type Name<T> = {
  /** `acme`, `audit-2026`, `report` */
  readonly parts: readonly string[];
  /** The long form, for a list of choices. */
  readonly ref: string;
  readonly kind: NameKind;
  /** Undefined for what cannot be used. */
  readonly thing: T | undefined;
  readonly lost?: Removal | undefined;
  /**
   * Names that begin with these parts may exist, and are unknown. They stand in the way of `all` names, or of `beginnings`
   * alone where one name is never borne by two things.
   */
  readonly isOpen?: 'all' | 'beginnings';
  /** How many parts those names have (default: any number). */
  readonly reach?: number;
  /** Ended. */
  readonly isOver?: boolean;
};

export type Wish<T> = {
  /** The kind of thing that is wanted. */
  readonly isWanted: (name: Name<T>) => boolean;
  /** Of two full names this one is meant. */
  readonly isPreferred?: (name: Name<T>) => boolean;
  /** The command can act on it. A name in full is found all the same, so that the command can say why it cannot. */
  readonly canActOn: (thing: T) => boolean;
};

export type Resolution<T> =
  | { readonly is: 'one'; readonly thing: T }
  | { readonly is: 'several'; readonly refs: readonly string[] }
  /** It is, or may be, the name of something that an error keeps from being used; `others` are what else it may be. */
  | { readonly is: 'lost'; readonly name: Name<T>; readonly others: readonly string[] }
  /** In full the name of something of another kind. */
  | { readonly is: 'other'; readonly name: Name<T> }
  | { readonly is: 'none' };

/**
 * Part by part: a full name beats every beginning of one. Of full names those of the wanted kind are meant, of running work
 * rather than of ended; of beginnings those that the command can act on, then ended ones, then the rest.
 */
export function resolve<T>(names: readonly Name<T>[], words: readonly string[], wish: Wish<T>): Resolution<T> {
  let left = names;
  let isFull = true;
  for (const [i, word] of words.entries()) {
    const isLast = i === words.length - 1;
    const reaching = left.filter((name) =>
      isLast ? name.parts.length === words.length && name.kind !== 'part' : leadsOn(name, i + 1, words.length),
    );
    const exact = reaching.filter(
      ({ parts, lost }) => parts[i] === word || (lost !== undefined && isNamed(parts[i], word)),
    );
    // After `acme/touch` only kinds of touch can be meant.
    const isKindOf = exact.some(({ kind }) => kind === 'part');
    const open = left.filter(
      (name) => isUnknown(name, words) && name.parts.length <= i && (!isKindOf || name.kind === 'client'),
    );
    if (exact.length === 0) isFull = false;
    left = [...(exact.length > 0 ? exact : reaching.filter(({ parts }) => parts[i]?.startsWith(word))), ...open];
  }
  const unknown = left.filter(
    (name) =>
      isUnknown(name, words) &&
      name.lost !== undefined &&
      (name.isOpen === 'all' || !isFull) &&
      (name.kind === 'client' || wish.isWanted(name)),
  );
  const foreign = left.find((name) => isUnknown(name, words) && name.lost === undefined);
  const named = left.filter((name) => !isUnknown(name, words));
  const wanted = named.filter(wish.isWanted);
  const best = isFull
    ? preferred(firstOf([wanted.filter((it) => !it.isOver), wanted.filter((it) => it.isOver)]), wish)
    : firstOf(ranked(wanted, wish));
  const [lost] = best.every((it) => it.isOver) ? unknown : unknown.filter((it) => !it.isOver);
  if (lost) return { is: 'lost', name: lost, others: refsOf(best) };
  if (best.length > 0) return decided(best, words, isFull);
  const other = (isFull ? named[0] : undefined) ?? foreign;
  return other ? { is: 'other', name: other } : { is: 'none' };
}

/** After `at` parts there may be names with `length` parts. */
function leadsOn<T>({ parts, kind, isOpen, reach }: Name<T>, at: number, length: number): boolean {
  if (parts.length === length) return true;
  if (parts.length !== at) return false;
  const mayFollow = isOpen !== undefined && (reach === undefined || reach === length);
  return kind === 'client' || mayFollow || (length === at + 1 && (kind === 'engagement' || kind === 'part'));
}

/** These words may be a name that is unknown. */
const isUnknown = <T>({ isOpen, parts, reach }: Name<T>, words: readonly string[]): boolean =>
  isOpen !== undefined && parts.length < words.length && (reach === undefined || reach === words.length);

function preferred<T>(names: readonly Name<T>[], { isPreferred = () => false }: Wish<T>): readonly Name<T>[] {
  const first = names.filter(isPreferred);
  return first.length > 0 ? first : names;
}

/** What the command can act on comes first, and running work before ended work. A broken thing could be anything. */
function ranked<T>(names: readonly Name<T>[], { canActOn }: Wish<T>): readonly (readonly Name<T>[])[] {
  const groups: [Name<T>[], Name<T>[], Name<T>[], Name<T>[]] = [[], [], [], []];
  for (const name of names) {
    const { thing, isOver } = name;
    const canBe = thing === undefined || canActOn(thing);
    if (canBe) groups[isOver ? 1 : 0].push(name);
    else groups[isOver ? 3 : 2].push(name);
  }
  return groups;
}

const firstOf = <T>(groups: readonly (readonly T[])[]): readonly T[] => groups.find((each) => each.length > 0) ?? [];

const refsOf = <T>(names: readonly Name<T>[]): readonly string[] => [...new Set(names.map((it) => it.ref))];

/** The reference itself was typed, the client abbreviated or not: other things have a longer one. */
const isWritten = (ref: string, words: readonly string[]): boolean => {
  const parts = ref.split('/');
  return (
    parts.length === words.length &&
    parts.every((part, i) => part === words[i] || (i === 0 && parts.length > 1 && part.startsWith(words[0] ?? '')))
  );
};

function decided<T>(names: readonly Name<T>[], words: readonly string[], isFull: boolean): Resolution<T> {
  const refs = refsOf(names);
  const written = refs.filter((each) => isWritten(each, words));
  const [ref] = refs.length === 1 ? refs : written.length === 1 ? written : [];
  const name = ref === undefined ? undefined : names.find((it) => it.ref === ref);
  const broken = isFull ? names.find(({ thing }) => thing === undefined) : undefined;
  if (broken && !name) return { is: 'lost', name: broken, others: refs.filter((each) => each !== broken.ref) };
  if (!name) return { is: 'several', refs };
  const { thing } = name;
  return thing === undefined ? { is: 'lost', name, others: [] } : { is: 'one', thing };
}

/** The thing; else throws why it cannot be had. `unknown` says what happens where nothing has such a name. */
export function settle<T>(found: Resolution<T>, typed: string, noun: string, unknown: () => UsageError): T {
  switch (found.is) {
    case 'one':
      return found.thing;
    case 'several':
      throw new UsageError(`\`${typed}\` could be ${listed(found.refs)}`, 'type more of it');
    case 'lost':
      throw lostRefusal(found.name, typed, found.others);
    case 'other': {
      const { kind, ref } = found.name;
      if (kind === 'part') throw new UsageError(`\`${typed}\` is about another client, ${ref}`);
      throw new UsageError(`\`${typed}\` is ${NOUNS[kind]}, not ${withArticle(noun)}`, unknown().hint);
    }
    case 'none':
      throw unknown();
  }
}

const withArticle = (noun: string): string => `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;

function lostRefusal<T>(
  { lost, ref, parts, kind, isOpen }: Name<T>,
  typed: string,
  others: readonly string[],
): UsageError {
  const why = `cannot be used: ${lost ? causeOf(lost) : 'it is unreadable'}`;
  const fix = `${others.length === 0 ? '' : `use ${listed(others)}, or `}fix it first: deliver validate`;
  const isItself = ref === typed || parts.join('/') === typed;
  if (others.length === 0 && isItself) return refusal(`\`${typed}\` ${why}`, fix);
  if (kind === 'client' && typed.startsWith(`${ref}/`)) return refusal(`\`${ref}\` ${why}`, fix);
  const may = others.length > 0 ? 'may also be' : isOpen ? 'may be' : 'is';
  return refusal(`\`${typed}\` ${may} ${isOpen && !isItself ? 'in ' : ''}${ref}, which ${why}`, fix);
}

/** Which file an error is in, and what it says. */
export function causeOf({ file, problem }: Removal): string {
  if (!problem) return `${file} has an error`;
  const says = messageOf(problem.code, problem.args);
  return severityOf(problem.code) === 'warning' ? `${file}: ${says}` : `${file} has an error: ${says}`;
}

const MOST = 8;

export const listed = (names: readonly string[]): string =>
  names.length > MOST ? `${names.slice(0, MOST).join(', ')} and ${names.length - MOST} more` : names.join(', ');
