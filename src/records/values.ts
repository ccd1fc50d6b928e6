// The values that all record types share: text, ids, days, lengths of time, maps by id. Owns what each may be and what is
// said of one that is not; knows no record.
import { type Day, type Offset, parseDay } from '../day.ts';
import { idFault } from './ids.ts';
import {
  type Due,
  type Fault,
  type MonthDay,
  type Read,
  readDay,
  readDayRange,
  readDue,
  readEffort,
  readMonthDay,
  readOffset,
} from './languages.ts';
import { checked, either, listOf, made, mapBy, nothing, numberFrom, oneOf, text, wholeNumberFrom } from './shape.ts';

const BLANK: Fault = {
  code: 'shape/bad-value',
  args: { says: 'this text is empty', help: 'write something, or delete the key' },
};
const BREAK: Fault = {
  code: 'shape/bad-value',
  args: { says: 'a line break or control character stands in this text', help: 'this text must be one plain line' },
};
const BREAKS = /[\x00-\x1f\x7f-\x9f\u2028\u2029]/;

const readLine = (written: string): string | undefined => {
  const trimmed = written.trim();
  return trimmed === '' || BREAKS.test(trimmed) ? undefined : trimmed;
};
const lineFault = (written: string): Fault | undefined => {
  const trimmed = written.trim();
  return trimmed === '' ? BLANK : BREAKS.test(trimmed) ? BREAK : undefined;
};

/** Text of one line: names, titles, addresses. A line break inside could forge a mail header. */
export const line = text(readLine, lineFault);

/** Text of any length. */
export const prose = text(
  (written) => written.trimEnd() || undefined,
  (written) => (written.trim() === '' ? BLANK : undefined),
);

/** A reference to something by its id; whether it exists is for the rules. */
export const ref = text(readLine, lineFault);

/** Any text, for what is read further. */
export const anyText = text(
  (written) => written,
  () => undefined,
);

/** Text as it is, when nothing is wrong with it. */
const plainText = (fault: (written: string) => Fault | undefined) =>
  text((written) => (fault(written) === undefined ? written : undefined), fault);

/** Text as it is, when this holds of it; else what is said, and what to write. */
export const textThat = (holds: (written: string) => boolean, says: (written: string) => string, help: string) =>
  plainText((written) =>
    holds(written) ? undefined : { code: 'shape/bad-value', args: { says: says(written), help } },
  );

const ADDRESS = /^[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()[\]\\]+\.[^\s@<>,;:"()[\]\\.]+$/;
export const mailAddress = textThat(
  (written) => ADDRESS.test(written) && !BREAKS.test(written),
  (written) => `\`${written}\` is no e-mail address`,
  'write one plain address: ada@acme.example',
);

/** Text in a little language: what belongs there is said when something other than text does stand there. */
const language = <T>(read: (written: string) => Read<T>, expected?: string) =>
  text(
    (written): T | undefined => {
      const result = read(written);
      return 'value' in result ? result.value : undefined;
    },
    (written) => {
      const result = read(written);
      return 'fault' in result ? result.fault : undefined;
    },
    expected,
  );

export const day = text<Day>(parseDay, language(readDay).fault, 'a date such as 2026-11-23');
export const offset = language<Offset>(readOffset, 'a length of time such as 14d, 5bd or 3m');
export const due = language<Due>(readDue, 'a due day such as `welcome + 5bd`');
export const effort = language<number>(readEffort, 'an effort such as 45min or 2h');
export const monthDay = language<MonthDay>(readMonthDay, 'a day of the year such as 12-10');
export const amount = numberFrom(0);
export const wholeNumber = wholeNumberFrom(1);
/** What a client answers to a question of a survey. */
export const score = checked(numberFrom(0, 10), (given): Fault | undefined =>
  Number.isInteger(given)
    ? undefined
    : { code: 'shape/bad-value', args: { says: `\`${given}\` is not a whole number`, help: 'a score is 0 to 10' } },
);
/** Who caused something to be put off. */
export const because = oneOf(['us', 'client']);

const stepFault = (id: string): Fault | undefined =>
  id === 'start' || id === 'due'
    ? {
        code: 'id/bad-name',
        args: { says: `\`${id}\` has a meaning of its own in due days`, help: 'choose another id' },
      }
    : idFault(id, 'id');

/** A map from ids to entries, in the file's order. */
export const mapOf = mapBy(plainText((id) => idFault(id, 'id')));
export const stepMapOf = mapBy(plainText(stepFault));
export const segmentMapOf = mapBy(plainText((id) => idFault(id, 'segment')));

export type NamedText = {
  readonly id: string | undefined;
  /** The id, or the position in the list, from 1. */
  readonly name: string;
  readonly text: string;
};

/** Texts in a list, or in a map from the ids by which other records refer to them. */
export const namedTexts = made(either(mapOf(prose), listOf(prose)), (written): readonly NamedText[] =>
  Array.isArray(written)
    ? written.map((each: string, at) => ({ id: undefined, name: String(at + 1), text: each }))
    : Object.entries(written as Readonly<Record<string, string>>).map(([id, each]) => ({ id, name: id, text: each })),
);

export type DayRange = { readonly from: Day; readonly to: Day; readonly why: string };

/** `2026-12-25: Christmas Day`, `2026-12-28..2027-01-01: Winter break`; the reason may be left out. */
export const dayRanges = made(
  mapBy(plainText(language(readDayRange).fault))(either(nothing, prose)),
  (map): readonly DayRange[] =>
    Object.entries(map).flatMap(([key, why]) => {
      const range = readDayRange(key);
      return 'value' in range ? [{ ...range.value, why: why ?? '' }] : [];
    }),
);
