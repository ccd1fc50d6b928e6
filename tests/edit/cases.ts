// The format of tests/edit/cases/*.txt: a title, edits, and the text with what they change marked `-` and `+`. Owns
// reading and writing it; knows nothing of YAML.
//
//   >>> title
//   with: crlf bom no-final-newline           (what cannot be seen)
//   rename steps/draft report
//   order steps: due done skipped why         (the format's order of keys at a path)
//   set steps/report/done "2026-11-20"        (path with `/`, `.` for the document; value as JSON; `block` before it)
//     steps:
//   +   report: {done: 2026-11-20}
//   ! line 3: why it is refused
//   > what to write by hand
import type { Data, Edit } from '../../src/source/edit/splice.ts';

export type Case = {
  readonly title: string;
  readonly head: readonly string[];
  readonly edits: readonly Edit[];
  readonly order: ReadonlyMap<string, readonly string[]>;
  readonly before: string;
  /** As it stands in the file. */
  readonly body: readonly string[];
  /** What cannot be seen, put into a text and out of it. */
  readonly hide: (text: string) => string;
  readonly show: (text: string) => string;
};

export function parseCases(file: string): readonly Case[] {
  return file
    .split(/^>>> /m)
    .slice(1)
    .map((block) => {
      const [title, ...lines] = block.trimEnd().split('\n') as [string, ...string[]];
      const at = lines.findIndex((line) => !/^(?:with:|order |set |append |remove |rename )/.test(line));
      const head = at < 0 ? lines : lines.slice(0, at);
      const body = at < 0 ? [] : lines.slice(at);
      const flags = new Set(
        head
          .find((line) => line.startsWith('with:'))
          ?.slice(5)
          .trim()
          .split(/\s+/),
      );
      const shown = body.filter((line) => /^[ -]|^$/.test(line)).map((line) => line.slice(2));
      const hide = (text: string): string => {
        const cut = flags.has('no-final-newline') ? text.slice(0, -1) : text;
        return (flags.has('bom') ? '\ufeff' : '') + (flags.has('crlf') ? cut.replaceAll('\n', '\r\n') : cut);
      };
      const show = (text: string): string => {
        const open = text.replace(/^\ufeff/, '').replaceAll('\r\n', '\n');
        return flags.has('no-final-newline') ? `${open}\n` : open;
      };
      const order = head
        .filter((line) => line.startsWith('order '))
        .map((line) => {
          const [, path, keys] = /^order (\S+): (.*)$/.exec(line) as unknown as [string, string, string];
          return [pathOf(path).join('/'), keys.split(' ')] as const;
        });
      return {
        title,
        head,
        edits: head.filter((line) => !/^with:|^order /.test(line)).map(parseEdit),
        order: new Map(order),
        before: hide(shown.map((line) => `${line}\n`).join('')),
        body,
        hide,
        show,
      };
    });
}

const pathOf = (text: string): readonly (string | number)[] =>
  text === '.' ? [] : text.split('/').map((each) => (/^\d+$/.test(each) ? Number(each) : each.replaceAll('"', '')));

function parseEdit(line: string): Edit {
  const [, kind, path, block, json] = /^(\w+) (\S+)( block)?(?: (.*))?$/.exec(line) as unknown as string[];
  if (kind === 'remove') return { kind, path: pathOf(path as string) };
  if (kind === 'rename') return { kind, path: pathOf(path as string), to: json as string };
  const value = JSON.parse(json as string) as Data;
  const edit = { kind: kind as 'set' | 'append', path: pathOf(path as string), value };
  return block ? { ...edit, style: 'block' } : edit;
}

/** The lines of both texts, marked; the common ones at both ends and a plain walk between. */
export function markLines(before: string, after: string): readonly string[] {
  const [old, now] = [linesOf(before), linesOf(after)];
  const marked: string[] = [];
  let [from, to] = [0, 0];
  while (from < old.length || to < now.length) {
    if (old[from] !== undefined && old[from] === now[to]) {
      marked.push(`  ${old[from]}`.trimEnd());
      from++;
      to++;
      continue;
    }
    const [gone, come] = nearestMatch(old, now, from, to);
    while (from < gone) marked.push(`- ${old[from++]}`.trimEnd());
    while (to < come) marked.push(`+ ${now[to++]}`.trimEnd());
  }
  return marked;
}

function nearestMatch(old: readonly string[], now: readonly string[], from: number, to: number): [number, number] {
  for (let far = 1; far <= old.length + now.length; far++) {
    for (let more = 0; more <= far; more++) {
      const [a, b] = [from + far - more, to + more];
      if (a < old.length && b < now.length && old[a] === now[b]) return [a, b];
    }
  }
  return [old.length, now.length];
}

const linesOf = (text: string): readonly string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));
