// A change of a text: pieces replaced. Several ways to do one edit are tried in order. Knows no YAML.

export type Piece = { readonly from: number; readonly to: number; readonly text: string };
/** In the order of the text, not overlapping. */
export type Change = readonly Piece[];

export const insertAt = (at: number, text: string): Piece => ({ from: at, to: at, text });
export const cut = (from: number, to: number): Piece => ({ from, to, text: '' });

export function applyChange(text: string, change: Change): string {
  let out = '';
  let at = 0;
  for (const piece of change) {
    out += text.slice(at, piece.from) + piece.text;
    at = piece.to;
  }
  return out + text.slice(at);
}
