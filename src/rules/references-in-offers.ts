// ref/unknown in offers: people, templates, kinds, other offers, and the steps that steps come after.
import type { Book } from '../book/book.ts';
import { isLostInOffer } from '../book/lost.ts';
import type { Breach } from './breach.ts';
import { among, type Directory, type Known, refer } from './directory.ts';
import { type CheckedOffer, pathOf, removeStep } from './offers.ts';
import { stepReferences } from './references-in-steps.ts';
import type { Rule } from './rule.ts';

export const referencesInOffers: Rule = (book) => book.offersInUse.flatMap((each) => inOffer(book, book.known, each));

function inOffer(book: Book, known: Directory, checked: CheckedOffer): readonly Breach[] {
  const { offer } = checked;
  const { file } = offer;
  const steps = stepsKnown(book, known, checked);
  return [
    ...refer(known.offers, offer.next_offer, { file, path: ['next_offer'] }),
    ...(offer.risks ?? []).flatMap((risk, i) => refer(steps, risk?.step, { file, path: ['risks', i, 'step'] })),
    ...offer.steps.flatMap((step) => [
      ...stepReferences(known, step, file, step.path),
      ...(step.after ?? []).flatMap((id, i) =>
        refer(steps, id, { file, path: pathOf(step, 'after', i) }, removeStep(checked, step)),
      ),
    ]),
  ];
}

function stepsKnown(book: Book, { suggest }: Directory, { offer }: CheckedOffer): Known {
  const ids = offer.steps.map((step) => step.id);
  const list = among(ids, 'a step is named by its id in this offer');
  return {
    what: 'step',
    ids: new Set(ids),
    isLost: (id) => isLostInOffer(book, offer, id),
    advice: (id) =>
      Object.hasOwn(offer.milestones, id) ? `\`${id}\` is a milestone: write \`due: ${id} + 1bd\` instead` : list(),
    suggest,
  };
}
