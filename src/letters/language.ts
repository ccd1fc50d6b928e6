// In which words a letter says its days and amounts: its own language, with the customs of the practice's country.
import { DEFAULT_LOCALE } from '../money.ts';

export const languageOf = (locale: string): string => new Intl.Locale(locale).language;

/** The practice's locale where it is in the letter's language, else that language as it is used in the practice's country. */
export function localeFor(language: string | undefined, practice: string | undefined): string {
  const own = practice ?? DEFAULT_LOCALE;
  if (language === undefined) return own;
  const asked = new Intl.Locale(language);
  if (asked.region !== undefined) return language;
  if (asked.language === languageOf(own)) return own;
  const { region } = new Intl.Locale(own).maximize();
  return region === undefined ? language : `${language}-${region}`;
}

export const isEnglish = (locale: string): boolean => languageOf(locale) === 'en';
