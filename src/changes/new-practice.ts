// The questions about a new practice, in their order, and the files they make. Owns their words and defaults.
import type { Input, Practice } from '../command.ts';
import { yearOf } from '../day.ts';
import { builtInText } from '../letters/built-in.ts';
import { type Ask, type FileEdit, UsageError } from '../outcome.ts';
import { nearest } from '../problem/suggest.ts';
import type { Choice } from '../world.ts';
import { type Asking, answered, checkLine, checkMail, isAsk, NONE } from './client-questions.ts';
import { FIRST_TEXTS, GIT_FILES, type NewPractice, practiceText, SERVICE, WELCOME } from './first-files.ts';
import {
  closedDays,
  countries,
  countryOfZone,
  currencyOf,
  type Land,
  landIn,
  landNamed,
  localeOf,
  regionsOf,
  weekOf,
  zoneOfCountry,
} from './holidays.ts';
import { contactNamed } from './new-client.ts';
import { offerText } from './skeletons.ts';

/** The practice before its day is known: which day is today hangs on its zone. */
export type Founded = Omit<NewPractice, 'today' | 'closed'> & { readonly where: Land | undefined };

const open = (argument: string, question: string, otherwise?: string): Ask => ({
  kind: 'ask',
  argument,
  question,
  choices: [],
  ...(otherwise === undefined ? {} : { otherwise }),
});

/** Who and where, or the next question. Throws UsageError for an answer that cannot be. */
export function askAboutPractice({ outside }: Input, asking: Asking, folder: string): Founded | Ask {
  const hints = outside.hints();
  const named = folder.replace(/[-_]+/g, ' ').trim() || 'My practice';
  const usual = named.slice(0, 1).toUpperCase() + named.slice(1);
  const practice = answered(asking, open('practice', `What is your practice called? (Enter: ${usual})`, usual));
  if (isAsk(practice)) return practice;
  checkLine(practice, 'the name of the practice');
  const name = answered(
    asking,
    askWithHint('name', 'What is your name?', hints.name, asking.manner === 'quiet' ? 'Me' : undefined),
  );
  if (isAsk(name)) return name;
  checkLine(name, 'your name');
  const mail = answered(asking, askWithHint('email', 'Your email address?', hints.email, NONE));
  if (isAsk(mail)) return mail;
  const email = mail === NONE ? undefined : checkMail(mail);
  const where = askLand(asking, hints.zone);
  if (isAsk(where)) return where;
  const land = where === NONE ? undefined : where;
  const guess = land === undefined ? hints.zone : zoneOfCountry(land.country, hints.zone);
  const zone = answered(asking, open('zone', `Your time zone? (Enter: ${guess})`, guess));
  if (isAsk(zone)) return zone;
  checkZone(zone);
  const money = land === undefined ? undefined : currencyOf(land.country);
  const currency = answered(
    asking,
    askWithHint('currency', 'The currency of your prices, in three letters?', money, NONE),
  );
  if (isAsk(currency)) return currency;
  if (currency !== NONE && !/^[A-Za-z]{3}$/.test(currency))
    throw new UsageError(`\`${currency}\` is not a valid currency code`, 'write three letters: GBP, or none');
  return {
    practice: practice.trim(),
    person: { id: contactNamed(name, []).id, name: name.trim(), email },
    zone,
    locale: localeIn(asking) ?? (land && localeOf(land.country)),
    currency: currency === NONE ? undefined : currency.toUpperCase(),
    land: land?.name,
    where: land,
    week: land && weekOf(land.country),
  };
}

/** A question with a first guess; Enter takes it, or else `otherwise`. */
function askWithHint(argument: string, question: string, hint: string | undefined, otherwise: string | undefined): Ask {
  const ending = hint !== undefined ? ` (Enter: ${hint})` : otherwise === NONE ? ' (Enter: none)' : '';
  return open(argument, question + ending, hint ?? otherwise);
}

function askLand(asking: Asking, zone: string): Land | typeof NONE | Ask {
  const guess = countryOfZone(zone) ?? NONE;
  const none: Choice = { value: NONE, label: 'none  I will write my days off myself' };
  const all = countries();
  const first = all.filter((each) => each.value === guess);
  const written = answered(asking, {
    ...open('country', 'Whose public holidays are days off? (type to search)', guess),
    choices: [...first, none, ...all.filter((each) => each.value !== guess)],
  });
  if (isAsk(written)) return written;
  if (written.toLowerCase() === NONE) return NONE;
  const land = landNamed(written);
  const regions = land.region === undefined ? regionsOf(land.country) : [];
  if (regions.length === 0) return land;
  const region = answered(asking, {
    ...open('region', `Which part of ${land.name}? Some days are kept only there`, WHOLE),
    choices: [{ value: WHOLE, label: `${WHOLE}  only the days of the whole country` }, ...regions],
  });
  if (isAsk(region)) return region;
  return region === WHOLE ? land : landIn(land.country, region);
}

const WHOLE = 'all';

function checkZone(zone: string): void {
  const known = Intl.supportedValuesOf('timeZone');
  try {
    // What it accepts is more than it lists: old names, and UTC.
    new Intl.DateTimeFormat('en', { timeZone: zone });
    if (/^[A-Za-z]/.test(zone)) return;
  } catch {
    // Said below.
  }
  const meant =
    nearest(zone, known) ??
    known.find((each) => each.toLowerCase().endsWith(`/${zone.toLowerCase().replace(/ /g, '_')}`));
  throw new UsageError(
    `\`${zone}\` is not a valid time zone${meant === undefined ? '' : `, did you mean \`${meant}\`?`}`,
    'write an IANA name: Europe/London',
  );
}

function localeIn({ options }: Asking): string | undefined {
  const { locale } = options;
  if (typeof locale !== 'string' || locale === '') return undefined;
  try {
    if (Intl.getCanonicalLocales(locale).length === 1) return locale;
  } catch {
    // Said below.
  }
  throw new UsageError(`\`${locale}\` is not a valid locale`, 'write a language tag: en-GB');
}

/** deliver.yaml, service.yaml, its letters and scripts, and the files for git. `today` is the practice's own. */
export function practiceFiles(founded: Founded, today: Practice['today']): readonly FileEdit[] {
  const { where, ...rest } = founded;
  const language = founded.locale?.split('-')[0] ?? 'en';
  const years = [yearOf(today), yearOf(today) + 1];
  const closed = where === undefined ? [] : years.flatMap((year) => closedDays(where, year, language));
  const create = (file: string, text: string): FileEdit => ({ kind: 'create', file, text });
  return [
    create('deliver.yaml', practiceText({ ...rest, closed, today })),
    create('service.yaml', SERVICE),
    ...FIRST_TEXTS.map((file) => create(file, builtInText(`templates/${file}`) ?? '')),
    ...Object.entries(GIT_FILES).map(([file, lines]): FileEdit => ({ kind: 'lines', file, lines })),
  ];
}

/** The first offer, with the letter that its first step sends. */
export const offerFiles = (id: string, name: string): readonly FileEdit[] => [
  { kind: 'create', file: `offers/${id}.yaml`, text: offerText({ name, welcome: 'welcome' }) },
  { kind: 'create', file: WELCOME, text: builtInText(`templates/${WELCOME}`) ?? '' },
];
