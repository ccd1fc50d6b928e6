// How many columns a text takes on a terminal, and cutting to columns. Small tables by hand instead of a dependency
// (string-width costs 79 ms at start). Knows nothing of colours; text is expected to be escaped already.

/** Wide and fullwidth, Unicode 16, from U+1100 on; unassigned gaps are joined where nothing narrow stands between. */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x231a, 0x231b],
  [0x2329, 0x232a],
  [0x23e9, 0x23ec],
  [0x23f0, 0x23f0],
  [0x23f3, 0x23f3],
  [0x25fd, 0x25fe],
  [0x2614, 0x2615],
  [0x2630, 0x2637],
  [0x2648, 0x2653],
  [0x267f, 0x267f],
  [0x268a, 0x268f],
  [0x2693, 0x2693],
  [0x26a1, 0x26a1],
  [0x26aa, 0x26ab],
  [0x26bd, 0x26be],
  [0x26c4, 0x26c5],
  [0x26ce, 0x26ce],
  [0x26d4, 0x26d4],
  [0x26ea, 0x26ea],
  [0x26f2, 0x26f3],
  [0x26f5, 0x26f5],
  [0x26fa, 0x26fa],
  [0x26fd, 0x26fd],
  [0x2705, 0x2705],
  [0x270a, 0x270b],
  [0x2728, 0x2728],
  [0x274c, 0x274c],
  [0x274e, 0x274e],
  [0x2753, 0x2755],
  [0x2757, 0x2757],
  [0x2795, 0x2797],
  [0x27b0, 0x27b0],
  [0x27bf, 0x27bf],
  [0x2b1b, 0x2b1c],
  [0x2b50, 0x2b50],
  [0x2b55, 0x2b55],
  [0x2e80, 0x303e],
  [0x3041, 0x3247],
  [0x3250, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18dff],
  [0x1aff0, 0x1b2ff],
  [0x1d300, 0x1d376],
  [0x1f004, 0x1f004],
  [0x1f0cf, 0x1f0cf],
  [0x1f18e, 0x1f18e],
  [0x1f191, 0x1f19a],
  [0x1f200, 0x1f320],
  [0x1f32d, 0x1f335],
  [0x1f337, 0x1f37c],
  [0x1f37e, 0x1f393],
  [0x1f3a0, 0x1f3ca],
  [0x1f3cf, 0x1f3d3],
  [0x1f3e0, 0x1f3f0],
  [0x1f3f4, 0x1f3f4],
  [0x1f3f8, 0x1f43e],
  [0x1f440, 0x1f440],
  [0x1f442, 0x1f4fc],
  [0x1f4ff, 0x1f53d],
  [0x1f54b, 0x1f54e],
  [0x1f550, 0x1f567],
  [0x1f57a, 0x1f57a],
  [0x1f595, 0x1f596],
  [0x1f5a4, 0x1f5a4],
  [0x1f5fb, 0x1f64f],
  [0x1f680, 0x1f6c5],
  [0x1f6cc, 0x1f6cc],
  [0x1f6d0, 0x1f6d2],
  [0x1f6d5, 0x1f6df],
  [0x1f6eb, 0x1f6ef],
  [0x1f6f4, 0x1f6ff],
  [0x1f7e0, 0x1f7f0],
  [0x1f90c, 0x1f93a],
  [0x1f93c, 0x1f945],
  [0x1f947, 0x1f9ff],
  [0x1fa70, 0x1faff],
  [0x20000, 0x2fffd],
  [0x30000, 0x3fffd],
];

/** Marks, format characters and the vowels and finals that join a Hangul syllable. */
const NO_WIDTH = /^[\p{Mn}\p{Me}\p{Cf}\p{Cc}\u1160-\u11ff\ud7b0-\ud7ff]$/u;
/** One column each, and nothing in them joins its neighbour: Latin letters, dots, dashes, quotation marks. */
const PLAIN = /^[\x20-\x7e\xa1-\xac\xae-\u02ff\u2010-\u2027\u2030-\u205e]*$/;

function isWide(code: number): boolean {
  let [low, high] = [0, WIDE.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [from, to] = WIDE[middle] as readonly [number, number];
    if (code < from) high = middle - 1;
    else if (code > to) low = middle + 1;
    else return true;
  }
  return false;
}

function clusterWidth(cluster: string): number {
  if (cluster.length === 1 && PLAIN.test(cluster)) return 1;
  // An emoji by its selector, a keycap, or a flag.
  if (/\ufe0f|\u20e3/.test(cluster) || /^[\u{1f1e6}-\u{1f1ff}]{2}$/u.test(cluster)) return 2;
  for (const character of cluster) {
    if (NO_WIDTH.test(character)) continue;
    return isWide(character.codePointAt(0) as number) ? 2 : 1;
  }
  return 0;
}

/** What a reader takes for one character: a letter with its accents, a whole emoji. */
export function clustersOf(text: string): readonly string[] {
  if (PLAIN.test(text)) return text.split('');
  return Array.from(new Intl.Segmenter('en').segment(text), (each) => each.segment);
}

/** Columns; control characters take none, so escape them first. */
export function displayWidth(text: string): number {
  if (PLAIN.test(text)) return text.length;
  return clustersOf(text).reduce((sum, cluster) => sum + clusterWidth(cluster), 0);
}

const ELLIPSIS = '…';

/** At most `width` columns, with `…` as the last where something is cut. */
export function cutToWidth(text: string, width: number): string {
  if (width <= 0) return '';
  if (text.length <= width && PLAIN.test(text)) return text;
  // A character takes at most two columns and rarely none; far more than fits need not be measured.
  const clusters = clustersOf(text.length > 40 * width ? text.slice(0, 40 * width) : text);
  let taken = 0;
  let kept = '';
  for (const [at, cluster] of clusters.entries()) {
    const next = clusterWidth(cluster);
    const isLast = at === clusters.length - 1;
    if (
      taken + next > width ||
      (taken + next > width - 1 && !isLast && clusters.slice(at + 1).some((each) => clusterWidth(each) > 0))
    ) {
      return `${kept}${ELLIPSIS}`;
    }
    kept += cluster;
    taken += next;
  }
  return kept;
}

export const padToWidth = (text: string, width: number, side: 'left' | 'right' = 'right'): string => {
  const blanks = ' '.repeat(Math.max(0, width - displayWidth(text)));
  return side === 'right' ? text + blanks : blanks + text;
};

export type Window = {
  readonly text: string;
  /** The marked columns in `text`. */
  readonly from: number;
  readonly to: number;
};

/** At most `width` columns of a longer line around its columns [from, to), with `…` where something is cut. */
export function windowAround(text: string, from: number, to: number, width: number): Window {
  const total = displayWidth(text);
  if (total <= width) return { text, from, to };
  // A third of the room before the mark, the rest behind it, as long as there is text to show; some in any case.
  const marked = Math.min(to - from, Math.floor(width * 0.7));
  const start = Math.max(0, Math.min(from - Math.floor((width - marked) / 3), total - width));
  const end = start + width;
  let column = 0;
  let shown = '';
  let shownFrom = -1;
  for (const cluster of clustersOf(text)) {
    const next = column + clusterWidth(cluster);
    const left = start > 0 ? start + 1 : 0;
    const right = end < total ? end - 1 : total;
    if (column >= left && next <= right) {
      if (shownFrom < 0) shownFrom = column;
      shown += cluster;
    }
    column = next;
  }
  const lead = start > 0 ? ELLIPSIS : '';
  const shift = (lead ? 1 : 0) - Math.max(0, shownFrom);
  const limit = displayWidth(shown) + (lead ? 1 : 0);
  const movedFrom = Math.max(0, Math.min(from + shift, limit));
  return {
    text: `${lead}${shown}${end < total ? ELLIPSIS : ''}`,
    from: movedFrom,
    to: Math.max(movedFrom, Math.min(to + shift, limit)),
  };
}
