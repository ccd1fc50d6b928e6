// The transition pack as files with stable names: letters as drafts and as text, the rest as Markdown. Writes nothing.
import type { Effect } from '../outcome.ts';
import { type Sheet, sheetText } from '../terminal/transition-pack.ts';
import type { Pack } from './pack.ts';

export type PackFile = { readonly part: string; readonly sheet: Sheet; readonly files: readonly string[] };

/** One entry for each sheet, in the pack's order; a sheet that cannot be written has no file. */
export const packFiles = (pack: Pack, client: string): readonly PackFile[] =>
  pack.parts.flatMap(({ part, sheets }) =>
    sheets.map((sheet) => ({
      part,
      sheet,
      files: endingsOf(sheet).map((ending) => `${client}-${sheet.name}${ending}`),
    })),
  );

function endingsOf(sheet: Sheet): readonly string[] {
  if (sheet.kind === 'refused') return [];
  if (sheet.kind !== 'letter') return ['.md'];
  return sheet.text.mail === undefined ? ['.txt'] : ['.eml', '.txt'];
}

/** `how`: what becomes of a file that is there, edited or not. */
export function packEffects(files: readonly PackFile[], folder: string, how: 'replace' | 'keep'): readonly Effect[] {
  const base = folder.replace(/(?<=.)\/+$/, '');
  return files.flatMap(({ sheet, files: names }) =>
    names.map((name): Effect => {
      const path = base === '/' ? `/${name}` : `${base}/${name}`;
      const mail = sheet.kind === 'letter' && name.endsWith('.eml') ? sheet.text.mail : undefined;
      return mail === undefined
        ? { kind: 'file', text: sheetText(sheet) ?? '', path, how }
        : { kind: 'draft', mail, path, how };
    }),
  );
}

/** What keeps a sheet from being whole, one sentence each; without an address there is a text but no draft. */
export const lacksOf = ({ sheet }: PackFile): readonly string[] => {
  if (sheet.kind === 'refused') return sheet.because;
  if (sheet.kind !== 'letter') return [];
  return sheet.text.lacks.map((each) => `${each.name} has no email address; write it in ${each.written}`);
};
