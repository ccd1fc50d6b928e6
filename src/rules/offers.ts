// Which offers the rules look at, and what is in one by id. Knows no client's progress.
import type { Book, OfferRecord } from '../book/book.ts';
import type { DataPath } from '../problem/problem.ts';
import type { OfferStep } from '../records/offer.ts';
import type { Breach } from './breach.ts';
import type { CheckedEngagement } from './engagements.ts';

export type CheckedOffer = {
  readonly kind: 'offer' | 'past-offer';
  readonly offer: OfferRecord;
};

/** All present offers, and of the frozen ones those that something still runs on. */
export function checkedOffers(book: Book, engagements: readonly CheckedEngagement[]): readonly CheckedOffer[] {
  const present = [...book.offers.values()];
  const used = new Set(engagements.flatMap(({ isRunning, offer }) => (isRunning && offer ? [offer] : [])));
  const past = [...book.pastOffers.values()].filter((offer) => used.has(offer));
  return [
    ...present.map((offer) => ({ kind: 'offer' as const, offer })),
    ...past.map((offer) => ({ kind: 'past-offer' as const, offer })),
  ];
}

export const removeStep = ({ kind, offer }: CheckedOffer, step: OfferStep): NonNullable<Breach['removes']> => [
  { kind, id: offer.id, file: offer.file, path: step.path },
];

export const pathOf = (step: OfferStep, ...rest: readonly (string | number)[]): DataPath => [...step.path, ...rest];
