// Damage to a folder: to its files, their bytes, the words in them, their structure, their values. Knows no record and expects
// nothing of what comes of it.
import { parse } from 'yaml';
import type { Folder } from './practice.ts';
import { toYaml } from './practice.ts';
import type { Random } from './random.ts';

type Texts = Record<string, string | Uint8Array>;

/** Some damage, one after the other; what was done is told in words. */
export function damage(folder: Folder, random: Random): { readonly folder: Folder; readonly done: readonly string[] } {
  const texts: Texts = { ...folder };
  const done: string[] = [];
  for (let left = 1 + random.below(4); left > 0; left--) {
    const path = random.one(Object.keys(texts));
    if (path === undefined) break;
    const [name, hurt] = random.one(KINDS);
    hurt(texts, path, random);
    done.push(`${name} ${path}`);
  }
  return { folder: texts, done };
}

type Hurt = (texts: Texts, path: string, random: Random) => void;

const textAt = (texts: Texts, path: string): string => {
  const content = texts[path] ?? '';
  return typeof content === 'string' ? content : new TextDecoder('latin1').decode(content);
};

const toFiles: Hurt = (texts, path, random) => {
  const content = texts[path] ?? '';
  const other = random.one(Object.keys(texts));
  const renamed = random.one([
    path.replace(
      /[^/]*$/,
      random.one(['ACME.yaml', 'con.yaml', 'a b.yaml', 'acme.yml', '.yaml', '~x.yaml', 'é.md', 'x.txt']),
    ),
    path.replace(/(\.\w+)$/, '-copy$1'),
    `${path}/${path}`,
    other,
  ]);
  switch (random.below(4)) {
    case 0:
      delete texts[path];
      break;
    case 1:
      texts[path] = random.one(['', '\n', '# nothing\n', '---\n', '{}\n', '[]\n', 'null\n', 'x']);
      break;
    case 2:
      texts[renamed] = content;
      break;
    default:
      delete texts[path];
      texts[renamed] = content;
  }
};

const BYTES = [
  0x00, 0x07, 0x09, 0x0a, 0x0d, 0x1b, 0x20, 0x22, 0x27, 0x2d, 0x3a, 0x7b, 0x7d, 0x80, 0xc3, 0xe2, 0xed, 0xff,
];

const toBytes: Hurt = (texts, path, random) => {
  const content = texts[path] ?? '';
  const bytes = [...(typeof content === 'string' ? new TextEncoder().encode(content) : content)];
  for (let left = 1 + random.below(3); left > 0; left--) {
    const at = random.below(bytes.length + 1);
    const many = 1 + random.below(8);
    const change = random.below(5);
    if (change === 0) bytes.splice(at, many);
    else if (change === 1) bytes.splice(at, 0, random.one(BYTES));
    else if (change === 2) bytes[at] = random.chance(0.5) ? random.one(BYTES) : random.below(256);
    else if (change === 3) bytes.length = at;
    else bytes.splice(at, 0, ...bytes.slice(random.below(bytes.length + 1)).slice(0, 200));
  }
  texts[path] = random.chance(0.1) ? new Uint8Array([0xef, 0xbb, 0xbf, ...bytes]) : new Uint8Array(bytes);
};

const TOKENS = [
  ...[
    '&a ',
    '*a',
    '!t ',
    '!!str ',
    '- ',
    '? ',
    ': ',
    '{',
    '}',
    '[',
    ']',
    ',',
    '#',
    ' #',
    '|',
    '>',
    '|2-',
    "'",
    '"',
    '\\',
    '%',
  ],
  ...[
    '---\n',
    '...\n',
    '<<: *a',
    '\t',
    '\n',
    '\r\n',
    '\r',
    '  ',
    '~',
    'null',
    '@',
    '`',
    '=',
    '<<<<<<< ours\n',
    '=======\n',
  ],
  ...[
    '{{',
    '}}',
    '{{#if x}}',
    '{{/if}}',
    '{{> x}}',
    '> ',
    '**',
    '\u00a0',
    '\u202e',
    '\ufeff',
    '\u2028',
    '😀',
    '\ud800',
  ],
];

const toTokens: Hurt = (texts, path, random) => {
  const tokens = textAt(texts, path).match(/\w+|\s+|[^\w\s]/gu) ?? [];
  for (let left = 1 + random.below(3); left > 0; left--) {
    const at = random.below(tokens.length + 1);
    const change = random.below(4);
    if (change === 0) tokens.splice(at, 1 + random.below(3));
    else if (change === 1) tokens.splice(at, 0, random.one(TOKENS));
    else if (change === 2) tokens.splice(at, 1, random.one(TOKENS));
    else tokens.splice(at, 0, ...tokens.slice(at, at + random.below(30)));
  }
  texts[path] = tokens.join('');
};

const toLines: Hurt = (texts, path, random) => {
  const lines = textAt(texts, path).split('\n');
  const at = random.below(lines.length);
  const change = random.below(4);
  if (change === 0) lines.splice(at, 1 + random.below(3));
  else if (change === 1) lines.splice(random.below(lines.length), 0, lines[at] ?? '');
  else if (change === 2) lines[at] = `${' '.repeat(random.below(6))}${(lines[at] ?? '').trimStart()}`;
  else lines.splice(random.below(lines.length), 0, ...lines.splice(at, 1 + random.below(5)));
  texts[path] = lines.join('\n');
};

const VALUES: readonly unknown[] = [
  ...[
    '',
    ' ',
    'x',
    'none',
    'toString',
    '__proto__',
    'constructor',
    '{{x}}',
    '{{client.name}}',
    '[x](y)',
    'a: b',
    'a #b',
    '- a',
  ],
  ...['2026-02-30', '2026-13-01', '9999-12-31', '0000-00-00', '2027-11-23', '1900-01-01', '2026-1-1', '23/11/2026'],
  ...[
    '999999999d',
    '-1d',
    '0d',
    'start - 9999y',
    'welcome + 1bd',
    'due + 1bd',
    'start+1d',
    'report',
    'client',
    'partner',
  ],
  ...[
    'a\nb',
    'a\tb',
    '\u0000',
    '\u001b[31m',
    '\u202eabc',
    '<img onerror=x>',
    '=1+1',
    'a'.repeat(5000),
    'e\u0301',
    '😀',
  ],
  ...['audit@0', 'audit@9', '@', '../acme', 'ACME', 'a@b; c@d', 'http://[', 'Europe/Nowhere', 'xx-YY-zz'],
  ...[0, -1, 1.5, 1e21, 4.8001, 2 ** 53, -0, Number.NaN, Number.POSITIVE_INFINITY, true, false, null],
  ...[
    [],
    {},
    [[]],
    [null],
    { x: null },
    { toString: 1 },
    { __proto__: null, constructor: {} },
    [1, 'a'],
    { 1: 2, a: 1 },
  ],
];

type Node = Record<string, unknown> | unknown[];
const isNode = (value: unknown): value is Node => value !== null && typeof value === 'object';

/** Every map and list in the data. */
function nodesIn(value: unknown): readonly Node[] {
  const found: Node[] = [];
  const open: unknown[] = [value];
  while (open.length > 0 && found.length < 2000) {
    const next = open.pop();
    if (!isNode(next)) continue;
    found.push(next);
    open.push(...Object.values(next));
  }
  return found;
}

/** Changes the data of a YAML file, or of a template's front matter; what cannot be read stays as it is. */
const inData =
  (change: (node: Node, key: string, random: Random, all: readonly Node[]) => void): Hurt =>
  (texts, path, random) => {
    const text = textAt(texts, path);
    const [, front = text, body] = /^---\n([\s\S]*?)^---\n([\s\S]*)$/m.exec(text) ?? [];
    let data: unknown;
    try {
      data = parse(front, { uniqueKeys: false, schema: 'core', logLevel: 'error', maxAliasCount: 20 });
    } catch {
      return;
    }
    const nodes = nodesIn(data);
    const node = random.one(nodes);
    if (!node) return;
    const key = random.one(Object.keys(node)) ?? 'x';
    change(node, key, random, nodes);
    const yaml = toYaml(data, random);
    texts[path] = body === undefined ? yaml : `---\n${yaml}---\n${body}`;
  };

const set = (node: Node, key: string, value: unknown): void => {
  if (Array.isArray(node)) node[Number(key) || 0] = value;
  else Object.defineProperty(node, key, { value, enumerable: true, writable: true, configurable: true });
};
const at = (node: Node, key: string): unknown => (node as Record<string, unknown>)[key];
const copy = <T>(value: T): T => structuredClone(value);

const toValues = inData((node, key, random) => set(node, key, copy(random.one(VALUES))));

const toStructure = inData((node, key, random, all) => {
  const value = at(node, key);
  const other = random.one(all);
  switch (random.below(8)) {
    case 0:
      delete (node as Record<string, unknown>)[key];
      break;
    case 1:
      set(node, random.one([`${key}x`, key.slice(1), key.toUpperCase(), `${key}s`, '__proto__', '0', '']), value);
      break;
    case 2:
      set(node, key, [value]);
      break;
    case 3:
      set(node, key, { [random.one(['x', key, 'title', 'name'])]: value });
      break;
    case 4:
      set(node, key, copy(other));
      break;
    case 5:
      set(other, random.one(Object.keys(other)) ?? key, copy(value));
      break;
    case 6: {
      let deep = value;
      for (let left = random.below(150); left > 0; left--) deep = random.chance(0.5) ? [deep] : { a: deep };
      set(node, key, deep);
      break;
    }
    default:
      for (let i = random.below(200); i > 0; i--)
        set(node, Array.isArray(node) ? String(node.length) : `${key}-${i}`, copy(value));
  }
});

const KINDS: readonly (readonly [string, Hurt])[] = [
  ['file', toFiles],
  ['bytes', toBytes],
  ['tokens', toTokens],
  ['lines', toLines],
  ['values', toValues],
  ['values', toValues],
  ['structure', toStructure],
  ['structure', toStructure],
];
