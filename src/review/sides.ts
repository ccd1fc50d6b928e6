// The two practices that are compared, and what a piece of one would do in the other. Knows no words.
import type { Book } from '../book/book.ts';
import type { Day } from '../day.ts';
import { type Setting, settingOf } from '../engine/setting.ts';
import type { Reported } from '../problem/report.ts';

/** One practice as it is compared. */
export type Side = {
  readonly book: Book;
  /** The errors of its data, with their places. */
  readonly errors: readonly Reported[];
};

/** What words are chosen by. Both sides are asked about the same day. */
export type About = {
  readonly today: Day;
  readonly before: Setting;
  readonly after: Setting;
  /** Ids of the record on the two sides: they differ when it was renamed. */
  readonly ids: Ids;
};

export type Ids = {
  readonly before: string;
  readonly after: string;
  /** Of every client that was given another id: the one it had. */
  readonly clients?: ReadonlyMap<string, string>;
};

/** The id that a client of now had before. */
export const oldId = ({ ids }: About, client: string): string => ids.clients?.get(client) ?? client;

export const aboutOf = (before: Side, after: Side, today: Day, ids: Ids): About => ({
  today,
  before: settingOf(before.book, today),
  after: settingOf(after.book, today),
  ids,
});

/** What of a practice has days of its own to move. */
export type Part = 'offers' | 'service' | 'calendar';

/** The practice as it is now, but for what is put back from before: so an effect has one cause. */
export const withBefore = ({ before, after, today }: About, part: Part): Setting =>
  withPart(after, before, part, today);

/** The practice as it was, and only this part of it as it is now. */
export const withOnly = ({ before, after, today }: About, part: Part): Setting => withPart(before, after, part, today);

function withPart(setting: Setting, other: Setting, part: Part, today: Day): Setting {
  const { book } = setting;
  if (part === 'offers') {
    const { offers, pastOffers } = other.book;
    return settingOf({ ...book, offers, pastOffers }, today);
  }
  if (part === 'service') {
    const { service, hasService } = other.book;
    return settingOf({ ...book, service, hasService }, today);
  }
  return { ...settingOf(book, today), calendar: other.calendar };
}
