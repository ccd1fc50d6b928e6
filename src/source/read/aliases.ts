// Anchors and aliases: a few are allowed, copied by reference; nothing that loops, explodes or points nowhere.
import type { Alias, Node } from 'yaml';
import type { SourceFault } from '../fault.ts';
import type { DataPath, Span } from '../path.ts';
import { quoteHelp } from '../quote.ts';
import { contentSpan, isScalar } from '../tree.ts';

const MAX_ALIASES = 20;
/** Values that aliases may stand for, all together. */
const MAX_COPIED = 10_000;

export type Aliases = {
  /** Call before the node's data is made, and the answer with the data made. */
  enter(node: Node, path: DataPath): (data: unknown) => void;
  follow(alias: Alias, path: DataPath): { readonly data: unknown } | { readonly fault: SourceFault };
  /** Anchors that nothing points to: text that begins with `&`. */
  unused(): readonly SourceFault[];
};

export function openAliases(text: string): Aliases {
  const open = new Set<Node>();
  const made = new Map<Node, { readonly data: unknown; readonly size: number }>();
  const anchored: { readonly node: Node; readonly path: DataPath }[] = [];
  const used = new Set<Node>();
  let size = 0;
  let copied = 0;
  let followed = 0;

  const fault = (alias: Alias, says: string, help: string): { readonly fault: SourceFault } => ({
    fault: { code: 'yaml/alias', span: [alias.range?.[0] ?? 0, alias.range?.[1] ?? 1], says, help },
  });
  const writeOut = 'write the values out where they are needed';

  return {
    enter(node, path) {
      const before = size++;
      if (node.anchor === undefined) return () => {};
      open.add(node);
      anchored.push({ node, path });
      return (data) => {
        open.delete(node);
        made.set(node, { data, size: size - before });
      };
    },
    follow(alias, path) {
      if (++followed > MAX_ALIASES) return fault(alias, `more than ${MAX_ALIASES} aliases in one file`, writeOut);
      const target = findTarget(anchored, alias.source);
      if (!target) {
        const from = alias.range?.[0] ?? 0;
        const whole = text.slice(from, text.indexOf('\n', from) < 0 ? text.length : text.indexOf('\n', from));
        const last = path.at(-1);
        const help = quoteHelp(whole.replace(/[,}\]]\s*$/, ''), typeof last === 'string' ? last : undefined);
        return fault(alias, `\`*${alias.source}\` points to nothing: an unquoted \`*\` begins an alias`, help);
      }
      if (open.has(target)) return fault(alias, `\`*${alias.source}\` points to a value that contains it`, writeOut);
      used.add(target);
      const found = made.get(target);
      copied += found?.size ?? 0;
      size += found?.size ?? 0;
      if (copied > MAX_COPIED) return fault(alias, 'these aliases expand to too many values', writeOut);
      return { data: found?.data ?? null };
    },
    unused: () =>
      anchored.filter((each) => !used.has(each.node)).map((each) => unusedFault(text, each.node, each.path)),
  };
}

/** The last one of that name before the alias. */
function findTarget(anchored: readonly { readonly node: Node }[], name: string): Node | undefined {
  return anchored.findLast((each) => each.node.anchor === name)?.node;
}

function unusedFault(text: string, node: Node, path: DataPath): SourceFault {
  const anchor = `&${node.anchor}`;
  const [start, end] = contentSpan(text, node) ?? [0, 0];
  const from = Math.max(0, text.lastIndexOf(anchor, start));
  const span: Span = [from, from + anchor.length];
  const last = path.at(-1);
  const help = isScalar(node)
    ? quoteHelp(text.slice(from, end), typeof last === 'string' ? last : undefined)
    : `delete \`${anchor}\``;
  return { code: 'yaml/alias', span, says: `\`${anchor}\` is read as the name of an anchor, not as text`, help, path };
}
