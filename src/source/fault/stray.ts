// Parts of `{...}` without a colon: mostly the rest of a sentence that a comma cut. Knows no key's name.
import type { Node, Pair, YAMLMap } from 'yaml';
import type { SourceFault } from '../fault.ts';
import type { DataPath } from '../path.ts';
import { excerpt, quoteHelp } from '../quote.ts';
import { contentSpan, isScalar, keyText, pairsOf } from '../tree.ts';

export type Strays = {
  /** Not to be taken for keys. */
  readonly pairs: ReadonlySet<Pair<Node, Node | null>>;
  readonly faults: readonly SourceFault[];
  readonly fatal: readonly SourceFault[];
};

const NONE: Strays = { pairs: new Set(), faults: [], fatal: [] };

export function strayParts(text: string, map: YAMLMap, path: DataPath): Strays {
  const all = pairsOf(map);
  const pairs = new Set(all.filter((pair) => pair.value === null && isScalar(pair.key)));
  if (pairs.size === 0) return NONE;
  const faults: SourceFault[] = [];
  const fatal: SourceFault[] = [];
  for (let at = 0; at < all.length; at++) {
    const first = all[at] as Pair<Node, Node | null>;
    if (!pairs.has(first)) continue;
    const glued = missingSpace(text, first);
    if (glued) {
      fatal.push(glued);
      return { pairs, faults, fatal };
    }
    const before = all[at - 1];
    let last = first;
    while (at + 1 < all.length && pairs.has(all[at + 1] as Pair<Node, Node | null>))
      last = all[++at] as Pair<Node, Node | null>;
    faults.push(strayFault(text, before, first, last, path));
  }
  return { pairs, faults, fatal };
}

/** `{a:1}` is one text, `a:1`. */
function missingSpace(text: string, pair: Pair<Node, Node | null>): SourceFault | undefined {
  const span = contentSpan(text, pair.key);
  const match = /^([A-Za-z_][\w-]*):([^\s/:].*)/.exec(keyText(pair.key) ?? '');
  if (!span || !match || !isScalar(pair.key) || pair.key.type !== 'PLAIN') return undefined;
  const at = span[0] + (match[1] as string).length;
  const help = `write \`${match[1]}: ${excerpt(match[2] as string)}\``;
  return { code: 'yaml/syntax', span: [at, at + 1], says: 'a space is missing after this `:`', help };
}

type Entry = Pair<Node, Node | null>;

function strayFault(text: string, before: Entry | undefined, first: Entry, last: Entry, path: DataPath): SourceFault {
  const from = contentSpan(text, first.key)?.[0] ?? 0;
  const to = contentSpan(text, last.key)?.[1] ?? from + 1;
  const part = excerpt(text.slice(from, to));
  const key = before && keyText(before.key);
  const value = before?.value && contentSpan(text, before.value);
  if (
    key === undefined ||
    !value ||
    !isScalar(before?.value) ||
    before.value.type !== 'PLAIN' ||
    value[0] === value[1]
  ) {
    const says = `\`${part}\` has no \`:\` and no value`;
    const words = /^([\w-]+)\s+(\S.*)$/.exec(part);
    const help = words ? `write \`${words[1]}: ${words[2]}\`` : `write \`${part}: …\`, or delete it`;
    return { code: 'yaml/syntax', span: [from, to], says, help, path };
  }
  return {
    code: 'yaml/split-by-comma',
    span: [from, to],
    says: `the comma before \`${part}\` ends the text of \`${key}\``,
    help: quoteHelp(text.slice(value[0], to), key),
    path: [...path, key],
  };
}
