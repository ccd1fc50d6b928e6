// Two texts as a unified diff that `git apply` accepts. Knows lines, not YAML.

const CONTEXT = 3;
/** Lines that differ in the middle, beyond which the whole middle counts as changed. */
const MOST_STEPS = 2000;

/** `undefined`: no such file. Empty when nothing differs. */
export function unifiedDiff(file: string, before: string | undefined, after: string | undefined): string {
  if (before === after) return '';
  const [old, now] = [linesOf(before ?? ''), linesOf(after ?? '')];
  const hunks = hunksOf(compareLines(old, now)).map((hunk) => printHunk(hunk, old, now));
  const [a, b] = [name('a', file), name('b', file)];
  const header = before === undefined || after === undefined ? [`diff --git ${a} ${b}`] : [];
  if (before === undefined) header.push('new file mode 100644');
  if (after === undefined) header.push('deleted file mode 100644');
  if (hunks.length > 0) {
    header.push(`--- ${before === undefined ? '/dev/null' : a + tab(a)}`);
    header.push(`+++ ${after === undefined ? '/dev/null' : b + tab(b)}`);
  } else {
    // The blank line keeps git from taking the next file's `---` for this one's.
    header.push(before === undefined ? 'index 0000000..e69de29' : 'index e69de29..0000000', '');
  }
  return `${header.join('\n')}\n${hunks.join('')}`;
}

/** The lines that went and came, in the order of the text, without their ends. */
export function changedLines(
  before: string,
  after: string,
): readonly { readonly sign: '-' | '+'; readonly text: string }[] {
  const [old, now] = [linesOf(before), linesOf(after)];
  const bare = (text: string): string => text.replace(/\r?\n$/, '');
  return compareLines(old, now).flatMap((block) => [
    ...old.slice(block.from, block.to).map((text) => ({ sign: '-' as const, text: bare(text) })),
    ...now.slice(block.nowFrom, block.nowTo).map((text) => ({ sign: '+' as const, text: bare(text) })),
  ]);
}

/** As git writes names that hold quotes, backslashes or control characters. */
function name(side: string, file: string): string {
  const path = `${side}/${file}`;
  if (!/["\\\x00-\x1f\x7f]/.test(path)) return path;
  const quoted = path.replace(/["\\\x00-\x1f\x7f]/g, (character) => {
    if (character === '"' || character === '\\') return `\\${character}`;
    return `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`;
  });
  return `"${quoted}"`;
}

/** So that a name with a space has an end. */
const tab = (path: string): string => (path.includes(' ') && !path.startsWith('"') ? '\t' : '');

/** Each with its line end; the last may have none. */
const linesOf = (text: string): readonly string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/** Lines [from, to) of the old text that lines [nowFrom, nowTo) of the new one replace. */
type Block = { readonly from: number; readonly to: number; readonly nowFrom: number; readonly nowTo: number };

function compareLines(old: readonly string[], now: readonly string[]): readonly Block[] {
  let from = 0;
  while (from < old.length && from < now.length && old[from] === now[from]) from++;
  let [to, nowTo] = [old.length, now.length];
  while (to > from && nowTo > from && old[to - 1] === now[nowTo - 1]) {
    to--;
    nowTo--;
  }
  const blocks = myers(old.slice(from, to), now.slice(from, nowTo)) ?? [
    { from: 0, to: to - from, nowFrom: 0, nowTo: nowTo - from },
  ];
  return blocks.map((block) => ({
    from: block.from + from,
    to: block.to + from,
    nowFrom: block.nowFrom + from,
    nowTo: block.nowTo + from,
  }));
}

/** Myers' greedy algorithm; `undefined` when the texts differ too much for it to be worth the time. */
function myers(old: readonly string[], now: readonly string[]): readonly Block[] | undefined {
  const most = Math.min(old.length + now.length, MOST_STEPS);
  const furthest = new Int32Array(2 * most + 3);
  const trace: Int32Array[] = [];
  for (let step = 0; step <= most; step++) {
    trace.push(furthest.slice(most + 1 - step - 1, most + 1 + step + 2));
    for (let diagonal = -step; diagonal <= step; diagonal += 2) {
      const at = most + 1 + diagonal;
      const [below, above] = [furthest[at - 1] as number, furthest[at + 1] as number];
      let x = diagonal === -step || (diagonal !== step && below < above) ? above : below + 1;
      while (x < old.length && x - diagonal < now.length && old[x] === now[x - diagonal]) x++;
      furthest[at] = x;
      if (x >= old.length && x - diagonal >= now.length) return walkBack(trace, old.length, now.length);
    }
  }
  return undefined;
}

/** The steps taken, from the last to the first, joined where they touch. */
function walkBack(trace: readonly Int32Array[], oldLength: number, nowLength: number): readonly Block[] {
  const blocks: Block[] = [];
  let [x, y] = [oldLength, nowLength];
  for (let step = trace.length - 1; step > 0; step--) {
    const furthest = trace[step] as Int32Array;
    const diagonal = x - y;
    const at = diagonal + step + 1;
    const [below, above] = [furthest[at - 1] as number, furthest[at + 1] as number];
    const isInsertion = diagonal === -step || (diagonal !== step && below < above);
    const fromX = isInsertion ? above : below;
    const fromY = fromX - (isInsertion ? diagonal + 1 : diagonal - 1);
    const [toX, toY] = isInsertion ? [fromX, fromY + 1] : [fromX + 1, fromY];
    const next = blocks[0];
    if (next && next.from === toX && next.nowFrom === toY) blocks[0] = { ...next, from: fromX, nowFrom: fromY };
    else blocks.unshift({ from: fromX, to: toX, nowFrom: fromY, nowTo: toY });
    [x, y] = [fromX, fromY];
  }
  return blocks;
}

/** Blocks whose contexts touch share a hunk. */
function hunksOf(blocks: readonly Block[]): readonly (readonly Block[])[] {
  const hunks: Block[][] = [];
  for (const block of blocks) {
    const last = hunks.at(-1)?.at(-1);
    if (last && block.from - last.to <= 2 * CONTEXT) hunks.at(-1)?.push(block);
    else hunks.push([block]);
  }
  return hunks;
}

function printHunk(hunk: readonly Block[], old: readonly string[], now: readonly string[]): string {
  const [first, last] = [hunk[0] as Block, hunk.at(-1) as Block];
  const lead = Math.min(CONTEXT, first.from);
  const trail = Math.min(CONTEXT, old.length - last.to);
  const lines: string[] = [];
  // One by one: a call takes so many arguments and no more.
  const print = (sign: string, from: readonly string[]): void => {
    for (const line of from) lines.push(sign + line);
  };
  let at = first.from - lead;
  for (const block of hunk) {
    print(' ', old.slice(at, block.from));
    print('-', old.slice(block.from, block.to));
    print('+', now.slice(block.nowFrom, block.nowTo));
    at = block.to;
  }
  print(' ', old.slice(at, last.to + trail));
  const range = (from: number, to: number): string =>
    `${to === from ? from : from + 1}${to - from === 1 ? '' : `,${to - from}`}`;
  const header = `@@ -${range(first.from - lead, last.to + trail)} +${range(first.nowFrom - lead, last.nowTo + trail)} @@\n`;
  return (
    header + lines.map((line) => (line.endsWith('\n') ? line : `${line}\n\\ No newline at end of file\n`)).join('')
  );
}
