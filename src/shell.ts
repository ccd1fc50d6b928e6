// Words as a shell takes them: those that a person is told to type, and those that stand in a hook. Knows no commands.

/** Nothing that a shell would read as anything but itself. */
const BARE = /^[\w./:=@,+%-]+$/;

/** Control, invisible and unassigned characters, and line breaks: never shown or written as they are. */
const HIDDEN = /[\p{C}\p{Zl}\p{Zp}]/u;

/** Each byte of UTF-8 that is not plain printable ASCII as `\ooo`, which every shell and `printf` reads back. */
function octal(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) =>
    byte >= 0x20 && byte < 0x7f && !`\\'"%$-`.includes(String.fromCharCode(byte))
      ? String.fromCharCode(byte)
      : `\\${byte.toString(8).padStart(3, '0')}`,
  ).join('');
}

const inQuotes = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** As a person types it in bash, zsh or a later sh: bare where that will do. */
export function shellWord(text: string): string {
  if (BARE.test(text)) return text;
  return HIDDEN.test(text) ? `$'${octal(text)}'` : inQuotes(text);
}

/** As any sh reads it in a script; on one line, whatever it holds. A line break at its very end would be lost. */
export const scriptWord = (text: string): string =>
  HIDDEN.test(text) ? `"$(printf '${octal(text)}')"` : inQuotes(text);

/** For the comment of a script: on one line, and another text for another name. */
export const scriptLabel = (text: string): string => (HIDDEN.test(text) ? octal(text) : text);
