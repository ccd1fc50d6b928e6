// The two halves of an email template: YAML front matter and a body. Owns the split; offsets stay those of the whole file.

export type FrontMatter = {
  /** The YAML, with every offset as in the whole text: the opening line is blanked, the rest cut off. */
  readonly yaml: string;
  readonly body: string;
  /** Where the body begins in the whole text. */
  readonly bodyAt: number;
};

const OPENING = /^---[ \t]*(?:\r?\n|$)/;
const CLOSING = /^---[ \t]*(?:\r?\n|$)/m;

/** `undefined` when the text does not begin with `---`, or the front matter is never closed. */
export function splitFrontMatter(text: string): FrontMatter | undefined {
  const opening = OPENING.exec(text);
  if (!opening) return undefined;
  const start = opening[0].length;
  const closing = CLOSING.exec(text.slice(start));
  if (!closing) return undefined;
  const end = start + closing.index;
  const bodyAt = end + closing[0].length;
  const blanked = text.slice(0, start).replace(/-/g, ' ');
  return { yaml: blanked + text.slice(start, end), body: text.slice(bodyAt), bodyAt };
}

/** The part of a file that is YAML, at its own offsets. */
export const yamlPart = (file: string, text: string): string =>
  file.endsWith('.md') ? (splitFrontMatter(text)?.yaml ?? '') : text;
