// Random values and edits, and what an edit should make of data, for the properties. Knows nothing of how edits are made.
import fc from 'fast-check';
import type { Data, Edit } from '../../src/source/edit/splice.ts';

/** Words, dates, traps and sentences. */
export const anyText = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('2026-11-20', 'report', 'audit@2', 'workshop + 2bd', '45min', '2026-02-30') },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      ...[
        'yes',
        'No',
        'y',
        'on',
        'null',
        '~',
        '',
        '012',
        '1_000',
        '0x1f',
        '1:20',
        '1.5',
        '1e3',
        '.5',
        '+1',
        '=',
        '<<',
        '-',
      ],
      ...[
        '- a',
        'a: b',
        'a #b',
        'a:b',
        '#a',
        '&a',
        '*a',
        '!a',
        '%a',
        '@a',
        '`a',
        '|',
        '>',
        '? a',
        '{{a}}',
        '[a',
        "it's",
      ],
      ...[
        '"a"',
        "'a'",
        'a, b',
        ' a',
        'a ',
        'a\tb',
        'a\nb\n',
        'a\n\n b',
        '\n',
        ' \n',
        'a\r\nb',
        '\u00a0a',
        'a\u2028b',
        '\ud800',
      ],
      ...[
        '\u001b[0m',
        '\ufeffa',
        '👍 ok',
        '---',
        '...',
        'key:',
        'http://a.example/b?c=d,e#f',
        '2026-11-20T10:00',
        '1,2',
      ],
      ...[
        '.inf',
        '.nan',
        '0o7',
        '0b1',
        '12-10',
        '-1',
        'null ',
        '__proto__',
        '1__0',
        '190:20:30',
        '2026-1-2',
        '!!str a',
      ],
    ),
  },
  { weight: 2, arbitrary: fc.string({ maxLength: 12, unit: 'binary' }) },
  { weight: 2, arbitrary: fc.stringMatching(/^[a-z0-9 :,#'"{}[\]|>~&*!%@`.\n\t-]{1,14}$/) },
  { weight: 2, arbitrary: fc.constantFrom('Client asked', 'Happy; wants a second workshop', 'No: too late, he said') },
);

const anySingle = fc.oneof(
  { weight: 5, arbitrary: anyText },
  { weight: 1, arbitrary: fc.integer({ min: -1000, max: 1_000_000 }) },
  { weight: 1, arbitrary: fc.constantFrom(0.5, -1.25, 1e-7, true, false, null) },
);
const anyKey = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('done', 'why', 'due', 'report', 'with', 'deck-2', 'a_b') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('on', '2026-12-25', '10', 'a b', 'a: b', '#', '', '<<', '1.10', 'constructor'),
  },
);
export const anyData: fc.Arbitrary<Data> = fc.oneof(
  { weight: 5, arbitrary: anySingle },
  { weight: 2, arbitrary: fc.dictionary(anyKey, anySingle, { maxKeys: 3 }) },
  { weight: 1, arbitrary: fc.array(anySingle, { maxLength: 3 }) },
  {
    weight: 1,
    arbitrary: fc.dictionary(
      anyKey,
      fc.oneof(fc.array(anySingle, { maxLength: 2 }), fc.dictionary(anyKey, anySingle)),
      {
        maxKeys: 2,
      },
    ),
  },
);

/** An edit for any data: which place is chosen by number. */
export type Wish = {
  readonly kind: 'set' | 'append' | 'remove' | 'rename' | 'add';
  readonly pick: number;
  readonly keys: readonly string[];
  readonly value: Data;
  readonly style: 'flow' | 'block';
};
export const anyWish: fc.Arbitrary<Wish> = fc.record({
  kind: fc.constantFrom('set', 'append', 'remove', 'add', 'add', 'rename'),
  pick: fc.nat(),
  keys: fc.array(anyKey, { minLength: 1, maxLength: 2 }),
  value: anyData,
  style: fc.constantFrom('flow', 'flow', 'flow', 'block'),
});

export function editFor(value: unknown, wish: Wish): Edit | undefined {
  const { kind, pick, keys, style } = wish;
  const all: { readonly path: readonly (string | number)[]; readonly value: unknown }[] = [];
  const walk = (path: readonly (string | number)[], each: unknown): void => {
    all.push({ path, value: each });
    if (Array.isArray(each)) for (const [at, inner] of each.entries()) walk([...path, at], inner);
    else if (isMap(each)) for (const key of Object.keys(each)) walk([...path, key], each[key]);
  };
  walk([], value);
  const choose = (fits: (each: (typeof all)[number]) => boolean) => {
    const found = all.filter(fits);
    return found[pick % Math.max(1, found.length)];
  };
  if (kind === 'remove') {
    const place = choose((each) => each.path.length > 0);
    return place && { kind, path: place.path };
  }
  if (kind === 'rename') {
    const place = choose((each) => typeof each.path.at(-1) === 'string');
    const to = `other-${keys[0] ?? 'name'}`;
    return place && { kind, path: place.path, to };
  }
  if (kind === 'set') {
    const place = choose((each) => each.path.length > 0);
    return place && { kind, path: place.path, value: wish.value, style };
  }
  if (kind === 'append') {
    const list = choose((each) => Array.isArray(each.value));
    if (list) return { kind, path: list.path, value: wish.value, style };
  }
  const map = choose((each) => isMap(each.value) || each.value === null);
  if (!map || map.path.length === 0 ? map?.value === undefined : false) return undefined;
  if (!map) return undefined;
  const fresh = keys.filter((key, at) => at > 0 || !(isMap(map.value) && Object.hasOwn(map.value, key)));
  if (fresh.length === 0) return undefined;
  return { kind: kind === 'append' ? 'append' : 'set', path: [...map.path, ...fresh], value: wish.value, style };
}

export const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const copyOf = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(copyOf);
  return isMap(value) ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, copyOf(each)])) : value;
};

/** What the data should become, said once more and more simply than in the program. */
export function intended(value: unknown, edit: Edit): unknown {
  if (edit.path.length === 0) return edit.kind === 'append' ? [...((value as unknown[]) ?? []), edit.value] : null;
  const top = { top: copyOf(value) } as Record<string, unknown>;
  let at: Record<string | number, unknown> = top;
  let name: string | number = 'top';
  for (const element of edit.path) {
    if (!Object.hasOwn(at, name) || at[name] === null) put(at, name, {});
    at = at[name] as Record<string | number, unknown>;
    name = element;
  }
  if (edit.kind === 'remove') {
    if (Array.isArray(at)) at.splice(name as number, 1);
    else delete at[name];
  } else if (edit.kind === 'rename') {
    const old = at[name];
    delete at[name];
    put(at, edit.to, old);
  } else if (edit.kind === 'set') put(at, name, edit.value);
  else {
    const old = Object.hasOwn(at, name) ? at[name] : null;
    put(at, name, [...(Array.isArray(old) ? old : old === null ? [] : [old]), edit.value]);
  }
  return top.top;
}

/** `__proto__` is a key like any other. */
const put = (into: object, name: string | number, value: unknown): void => {
  Object.defineProperty(into, name, { value, enumerable: true, writable: true, configurable: true });
};
