// How a line of the log says which letter was sent: words at the beginning of its note. Written by `sent`, read by the outbox.

/** `Letter review-invite`, and what else is to be remembered of it. */
export const letterNote = (template: string, note: string | undefined): string =>
  `Letter ${template}${note === undefined ? '' : `: ${note}`}`;

export const namesLetter = (note: string | undefined, template: string): boolean => {
  const start = letterNote(template, undefined);
  return note === start || note?.startsWith(`${start}: `) === true;
};
