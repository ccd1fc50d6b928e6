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
  readonly ids: { readonly before: string; readonly after: string };
};

export const aboutOf = (before: Side, after: Side, today: Day, ids: About['ids']): About => ({
  today,
  before: settingOf(before.book, today),
  after: settingOf(after.book, today),
  ids,
});

/** The practice as it is now, but for what is put back from before: so an effect has one cause. */
export const withBefore = ({ before, after, today }: About, part: 'offers' | 'service' | 'calendar'): Setting => {
  const plans = new WeakMap();
  if (part === 'offers') {
    const { offers, pastOffers } = before.book;
    return settingOf({ ...after.book, offers, pastOffers, plans }, today);
  }
  if (part === 'service') {
    const { service, hasService } = before.book;
    return settingOf({ ...after.book, service, hasService, plans }, today);
  }
  return { ...settingOf({ ...after.book, plans }, today), calendar: before.calendar };
};
