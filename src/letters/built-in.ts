// The letters and scripts that ship with the program, read like those of a practice. A practice's own of the same id
// comes first, also when it has errors: then there is none.
import { assemblePlainly } from '../book/assemble.ts';
import { type Book, type EmailRecord, isRemoved, type ScriptRecord } from '../book/book.ts';
import { BUILT_IN_TEXTS } from './built-in.generated.ts';

export type TemplateKind = 'email' | 'script';

const FILES = {
  email: (id: string) => `templates/emails/${id}.md`,
  script: (id: string) => `templates/scripts/${id}.yaml`,
} as const;

/** The text of a file that ships with the program, by the name it has in problems. */
export const builtInText = (file: string): string | undefined =>
  Object.hasOwn(BUILT_IN_TEXTS, file) ? BUILT_IN_TEXTS[file] : undefined;

export const isBuiltIn = ({ file }: { readonly file: string }): boolean => builtInText(file) !== undefined;

export function builtInRecord(kind: 'email', id: string): EmailRecord | undefined;
export function builtInRecord(kind: 'script', id: string): ScriptRecord | undefined;
export function builtInRecord(kind: TemplateKind, id: string): EmailRecord | ScriptRecord | undefined {
  const file = FILES[kind](id);
  const text = builtInText(file);
  if (text === undefined) return undefined;
  const found = { file, id, kind, text, siblings: new Set<string>(), unreadable: undefined, problems: [] };
  // Ours are written plainly, so they take no library.
  const record = assemblePlainly(found)?.record;
  if (record === undefined) throw new Error(`${file} could not be read`);
  return { ...record, id, file } as EmailRecord | ScriptRecord;
}

/** The practice's, else the program's; undefined for one that there is not, or whose file has errors. */
export const findEmail = (book: Book, id: string): EmailRecord | undefined =>
  book.emails.get(id) ?? (isRemoved(book, 'email', id) ? undefined : builtInRecord('email', id));

export const findScript = (book: Book, id: string): ScriptRecord | undefined =>
  book.scripts.get(id) ?? (isRemoved(book, 'script', id) ? undefined : builtInRecord('script', id));

/** Every id that can be asked for, sorted. */
export const templateIds = (book: Book, kind: TemplateKind): readonly string[] => {
  const [own, builtIn] = kind === 'email' ? [book.emails, book.builtIn.emails] : [book.scripts, book.builtIn.scripts];
  return [...new Set([...own.keys(), ...[...builtIn].filter((id) => !isRemoved(book, kind, id))])].sort();
};
