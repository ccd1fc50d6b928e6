// Text put in quotes for a help line: what a person would type. Not the emitter for edits.

/** `"It's 5 o'clock"`; single quotes where the text holds double ones or backslashes. */
export function quoted(text: string): string {
  const oneLine = text.trim().replace(/\s*\r?\n\s*/g, ' ');
  return /["\\]/.test(oneLine) ? `'${oneLine.replaceAll("'", "''")}'` : `"${oneLine}"`;
}

/** `put the text in quotes: \`note: "call: now"\``, with another `lead` where there is a choice. */
export function quoteHelp(text: string, key?: string, lead = 'put the text in quotes'): string {
  // Long ones would not be retyped from here, and are not worth measuring.
  const shown = text.length > 300 ? undefined : quoted(text);
  if (shown === undefined || shown.length > 120) return lead;
  return `${lead}: \`${key === undefined ? '' : `${key}: `}${shown}\``;
}

/** Enough of a text to recognise it by. */
export function excerpt(text: string, length = 40): string {
  const oneLine = text.trim().split(/\r?\n/, 1)[0] ?? '';
  const characters = [...oneLine.slice(0, 4 * length)];
  return characters.length <= length ? oneLine : `${characters.slice(0, length - 1).join('')}…`;
}
