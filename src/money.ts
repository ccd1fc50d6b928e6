// Amounts and numbers as a person reads them, in letters and on the screen alike. Knows no practice.

export const DEFAULT_LOCALE = 'en-GB';

export const formatNumber = (value: number, locale: string): string => new Intl.NumberFormat(locale).format(value);

/** How many decimals an amount has: 2 in most currencies, none in yen, 3 in dinars. */
export const decimalsOf = (currency: string | undefined): number =>
  currency === undefined
    ? USUAL_DECIMALS
    : (new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ??
      USUAL_DECIMALS);
const USUAL_DECIMALS = 2;

/** `£1,200`; pence only where there are some. A bare number where no currency is named. */
export function formatMoney(value: number, locale: string, currency: string | undefined): string {
  if (currency === undefined) return formatNumber(value, locale);
  const digits = Number.isInteger(value) ? { minimumFractionDigits: 0, maximumFractionDigits: 0 } : {};
  return new Intl.NumberFormat(locale, { style: 'currency', currency, ...digits }).format(value);
}
