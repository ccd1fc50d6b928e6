// Amounts of money, judged by how they are written: YAML reads 4.800 as 4.8, and whoever wrote it meant four thousand eight
// hundred. Knows which values are money from the shapes of the records.
import { decimalsOf } from '../money.ts';
import type { DataPath, Problem } from '../problem/problem.ts';
import type { Practice } from '../records/practice.ts';
import type { Form } from '../records/shape.ts';

/** How amounts of a practice are written. */
export type Coin = { readonly currency: string | undefined; readonly decimals: number };

/** The currency's decimals are looked up when an amount has some. */
export function coinOf(practice: Practice | undefined): Coin {
  const currency = practice?.currency;
  let known: number | undefined;
  return {
    currency,
    get decimals() {
      known ??= decimalsOf(currency);
      return known;
    },
  };
}

/** Where the practice does not say which. */
export const UNKNOWN_COIN: Coin = coinOf(undefined);

/** Paths of the money in a record of this shape, with `*` for any one key. */
export function moneyPaths(form: Form, path: readonly string[] = []): readonly (readonly string[])[] {
  switch (form.form) {
    case 'number':
      return form.isMoney ? [path] : [];
    case 'entry':
      return form.fields.flatMap(({ key, shape }) => moneyPaths(shape, [...path, key]));
    case 'map':
      return moneyPaths(form.value, [...path, '*']);
    case 'list':
      return moneyPaths(form.item, [...path, '*']);
    case 'either':
      return form.shapes.flatMap((each) => moneyPaths(each, path));
    case 'optional':
    case 'short':
    case 'made':
      return moneyPaths(form.inner, path);
    default:
      return [];
  }
}

type Paths = ReturnType<typeof moneyPaths>;

/** Whether all money in a plain text is written as it should be, without a look at where it stands. */
export function isPlainMoney(text: string, paths: Paths, coin: Coin | undefined): boolean {
  if (paths.length === 0) return true;
  const keys = paths.map((path) => path.at(-1)).join('|');
  const isDoubtful = (cents: string): boolean =>
    new RegExp(`(?:${keys}):(?! *(?:0|[1-9]\\d*)${cents} *(?:[,}\\n#]|$))`).test(text);
  if (!isDoubtful('')) return true;
  return coin !== undefined && coin.decimals > 0 && !isDoubtful(`(?:\\.\\d{1,${coin.decimals}})?`);
}

/** What is wrong with the money in a record; `written` is the text of a value as it stands in the file. */
export function moneyProblems(
  file: string,
  raw: unknown,
  paths: Paths,
  written: (path: DataPath) => string | undefined,
  coin: Coin,
): readonly (Problem & { readonly place: { readonly path: DataPath } })[] {
  return paths
    .flatMap((path) => numbersAt(raw, path))
    .flatMap((path) => {
      const fault = amountFault(written(path) ?? '', coin);
      return fault ? [{ code: 'shape/bad-value' as const, args: fault, place: { file, path } }] : [];
    });
}

/** The places in the data that the paths lead to and where a number stands. */
function numbersAt(raw: unknown, [key, ...rest]: readonly string[], at: DataPath = []): readonly DataPath[] {
  if (key === undefined) return typeof raw === 'number' ? [at] : [];
  if (raw === null || typeof raw !== 'object') return [];
  if (Array.isArray(raw)) return key === '*' ? raw.flatMap((each, i) => numbersAt(each, rest, [...at, i])) : [];
  const map = raw as Readonly<Record<string, unknown>>;
  const keys = key === '*' ? Object.keys(map) : Object.hasOwn(map, key) ? [key] : [];
  return keys.flatMap((each) => numbersAt(map[each], rest, [...at, each]));
}

function amountFault(written: string, coin: Coin): { readonly says: string; readonly help: string } | undefined {
  const [, whole, cents = ''] = /^\+?(\d+)(?:\.(\d+))?$/.exec(written) ?? [];
  if (whole === undefined)
    return { says: `\`${written}\` is not an amount in plain digits`, help: helpFor(written, coin) };
  if (cents.length <= coin.decimals) return undefined;
  const most = coin.decimals === 0 ? 'no decimals' : `at most ${coin.decimals}`;
  return {
    says: `\`${written}\` has ${cents.length} decimals; an amount${coin.currency === undefined ? '' : ` in ${coin.currency}`} has ${most}`,
    help: helpFor(written, coin),
  };
}

/** The point of `4.800` may separate thousands, or the amount is not round. */
function helpFor(written: string, { decimals }: Coin): string {
  const value = Number(written);
  const round = Number.isFinite(value) && value < 1e15 ? value.toFixed(decimals) : undefined;
  const isGrouped = /^\d{1,3}(?:\.\d{3})+$/.test(written);
  const digits = written.replaceAll('.', '');
  if (isGrouped) return `write ${digits} without separators, or ${round} if that is what it means`;
  return round === undefined ? 'write the amount in digits, such as 4800' : `write ${round}`;
}
