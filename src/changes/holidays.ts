// Public holidays of a country as closed days, and what else a country tells of a practice there: zone, locale, currency.
// Owns the names of countries; the only user of date-holidays. Knows no file.
import Holidays from 'date-holidays';
import { addDays, type Day, parseDay, WEEKDAYS, type Weekday } from '../day.ts';
import { UsageError } from '../outcome.ts';
import { nearest } from '../problem/suggest.ts';
import type { Choice } from '../world.ts';

/** A country, or a part of one where days of its own are kept. */
export type Land = {
  readonly country: string;
  readonly region: string | undefined;
  /** In English: `Germany, Bayern`. */
  readonly name: string;
};

/** `to` is the same day for a single one. */
export type ClosedDay = { readonly from: Day; readonly to: Day; readonly why: string };

const index = (): Holidays => new Holidays();

const countryName = (code: string): string => {
  try {
    return new Intl.DisplayNames(['en'], { type: 'region' }).of(code) ?? code;
  } catch {
    return code;
  }
};

export const countries = (): readonly Choice[] =>
  Object.keys(index().getCountries())
    .map((value) => ({ value, label: `${value}  ${countryName(value)}` }))
    .toSorted((a, b) => (a.label.slice(4) < b.label.slice(4) ? -1 : 1));

/** The parts of a country that keep days of their own. */
export const regionsOf = (country: string): readonly Choice[] =>
  Object.entries(index().getStates(country) ?? {}).map(([value, label]) => ({ value, label: `${value}  ${label}` }));

/** `GB`, `gb-sct` or `Germany`. Throws UsageError for what is no country. */
export function landNamed(written: string): Land {
  const [first = '', ...rest] = written.trim().split('-');
  const known = countries();
  const code = known.find((each) => each.value === first.toUpperCase())?.value;
  if (code !== undefined && rest.length === 0) return { country: code, region: undefined, name: countryName(code) };
  if (code !== undefined) return landIn(code, rest.join('-'));
  const named = known.find((each) => each.label.slice(4).toLowerCase() === written.trim().toLowerCase());
  if (named) return { country: named.value, region: undefined, name: countryName(named.value) };
  const names = known.map((each) => each.label.slice(4));
  const meant = nearest(written, names);
  const code2 = known.find((each) => each.label.slice(4) === meant)?.value;
  throw new UsageError(
    `unknown country \`${written}\`${meant === undefined ? '' : `, did you mean ${code2} (${meant})?`}`,
    'write its two letters, with a part of it where that matters: GB, GB-SCT, DE-BY, or none',
  );
}

/** A part of a country by its code or name. Throws UsageError. */
export function landIn(country: string, written: string): Land {
  const regions = index().getStates(country) ?? {};
  const wanted = written.trim().toLowerCase();
  const found = Object.entries(regions).find(([code, name]) => [code, name].some((it) => it.toLowerCase() === wanted));
  if (found) return { country, region: found[0], name: `${countryName(country)}, ${found[1]}` };
  const codes = Object.keys(regions);
  throw new UsageError(
    `${countryName(country)} has no part \`${written}\` with holidays of its own`,
    codes.length === 0 ? `write --country ${country}` : `it has ${codes.join(', ')}`,
  );
}

/** The whole days that are public holidays in that year, in order, one entry a day. */
export function closedDays(land: Land, year: number, language: string): readonly ClosedDay[] {
  const source = land.region === undefined ? new Holidays(land.country) : new Holidays(land.country, land.region);
  const own = source.getLanguages();
  source.setLanguages([...new Set([language, ...own])]);
  const found = (source.getHolidays(year) ?? []).flatMap(({ date, start, end, name, type }): readonly ClosedDay[] => {
    const from = parseDay(date.slice(0, 10));
    // Half a day off is a working day for a deadline.
    if (type !== 'public' || from === undefined || date.slice(11, 19) !== '00:00:00') return [];
    const days = Math.max(1, Math.round((end.getTime() - start.getTime()) / MILLISECONDS_OF_A_DAY));
    return [{ from, to: addDays(from, days - 1), why: name }];
  });
  const merged = new Map<string, ClosedDay>();
  for (const each of found) {
    const key = `${each.from}..${each.to}`;
    const same = merged.get(key);
    merged.set(key, same && same.why !== each.why ? { ...same, why: `${same.why}, ${each.why}` } : each);
  }
  return [...merged.values()].toSorted((a, b) => (a.from < b.from ? -1 : 1));
}

const MILLISECONDS_OF_A_DAY = 86_400_000;

/** Of several countries in one zone, the one where most people live. */
const LARGEST: readonly string[] = ['CH', 'FI', 'IT', 'NO', 'PA', 'RS', 'TH', 'ZA'];

/** The country of a time zone; undefined where it says nothing. */
export function countryOfZone(zone: string): string | undefined {
  const wanted = canonicalZone(zone);
  const found = Object.keys(index().getCountries()).filter((code) =>
    zonesOf(code).some((it) => it === zone || it === wanted),
  );
  return found.length === 1 ? found[0] : found.find((code) => LARGEST.includes(code));
}

/** The machine's zone when it lies in the country, else the country's first one. */
export function zoneOfCountry(country: string, machine: string): string {
  const zones = zonesOf(country);
  return zones.includes(machine) || zones.includes(canonicalZone(machine)) ? machine : (zones[0] ?? machine);
}

const zonesOf = (country: string): readonly string[] => new Holidays(country).getTimezones() ?? [];

/** Old names that systems still report, and the ones in use. */
const RENAMED: Readonly<Record<string, string>> = {
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
};
const canonicalZone = (zone: string): string => RENAMED[zone] ?? zone;

/** The tag that is usual there: `en-GB`. */
export function localeOf(country: string): string {
  const language = new Intl.Locale(`und-${country}`).maximize().language;
  return `${language}-${country}`;
}

/** Each currency with the countries that use it. */
const CURRENCIES: readonly string[] = [
  'EUR AD AT AX BE BG BL CY DE EE ES FI FR GF GP GR HR IC IE IT LT LU LV MC ME MF MQ MT NL PT RE SI SK SM VA XK YT',
  'USD AS BQ EC GU MP PR SV TC US VG VI',
  'GBP GB GG IM JE',
  'CHF CH LI',
  'DKK DK FO GL',
  'NOK NO SJ',
  'AED AE|ALL AL|ARS AR|AUD AU|BAM BA|BRL BR|CAD CA|CLP CL|CNY CN|COP CO|CRC CR|CZK CZ|EGP EG|HKD HK|HUF HU|IDR ID',
  'ILS IL|INR IN|ISK IS|JPY JP|KES KE|KRW KR|MAD MA|MKD MK|MXN MX|MYR MY|NGN NG|NZD NZ|PEN PE|PHP PH|PLN PL|RON RO',
  'RSD RS|SAR SA|SEK SE|SGD SG|THB TH|TND TN|TRY TR|TWD TW|UAH UA|UYU UY|VND VN|ZAR ZA',
];

/** Undefined for a country that the list above does not name. */
export function currencyOf(country: string): string | undefined {
  const words = CURRENCIES.flatMap((each) => each.split('|')).map((each) => each.split(' '));
  return words.find(([, ...lands]) => lands.includes(country))?.[0];
}

/** The working days of a country whose weekend is not Saturday and Sunday; undefined where it is, or is not known. */
export function weekOf(country: string): readonly Weekday[] | undefined {
  const locale = new Intl.Locale(localeOf(country)) as Intl.Locale & WithWeek;
  const weekend = (locale.getWeekInfo?.() ?? locale.weekInfo)?.weekend ?? [];
  // One day only is the law of the land in some places, and not what an office keeps.
  if (weekend.length !== 2 || weekend.join() === '6,7') return undefined;
  const week = WEEKDAYS.filter((_, at) => !weekend.includes(at + 1));
  // As it is lived: from the day after the weekend.
  const first = Math.max(...weekend) % 7;
  return [...WEEKDAYS.slice(first), ...WEEKDAYS.slice(0, first)].filter((day) => week.includes(day));
}

/** An accessor in older versions of Node, a method in newer ones. */
type WithWeek = { readonly weekInfo?: WeekInfo; readonly getWeekInfo?: () => WeekInfo };
type WeekInfo = { readonly weekend: readonly number[] };
