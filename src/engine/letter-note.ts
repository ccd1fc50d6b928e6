// How a line of the log says which letter was sent: its key `letter`, in older logs the first words of its note.
import type { Touch } from '../records/touches.ts';

const IN_NOTE = /^Letter ([a-z0-9]+(?:-[a-z0-9]+)*)(?:: |$)/;

/** The template that was sent; undefined for any other contact. */
export const namedLetter = (touch: Touch): string | undefined => touch.letter ?? IN_NOTE.exec(touch.note ?? '')?.[1];
