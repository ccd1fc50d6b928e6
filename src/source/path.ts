// How a place is named: by data, or by offsets in the text.

/** Keys (as their source text) and list positions, from the top of the document. */
export type DataPath = readonly (string | number)[];

/** Offsets [from, to) in the text, UTF-16 units. */
export type Span = readonly [number, number];
