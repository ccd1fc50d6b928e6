// engagement/unknown-step: progress for a step that the engagement's offer does not have. One that the engagement has of
// its own must say what it is: shape/missing.
import type { Book } from '../book/book.ts';
import { offerSteps } from '../book/plan.ts';
import { nearest } from '../problem/suggest.ts';
import type { Breach } from './breach.ts';
import { type CheckedEngagement, pathIn, removeIn, stepNames } from './engagements.ts';
import { isLostInOffer } from './offers.ts';
import type { Rule } from './rule.ts';

export const engagementSteps: Rule = (book) =>
  book.engagements.flatMap((each) => {
    const names = each.isWhole && each.strangers.length > 0 ? stepNames(each) : undefined;
    return names ? each.strangers.flatMap((id) => (names.has(id) ? [] : unknownStep(book, each, names, id))) : [];
  });

function unknownStep(
  book: Book,
  each: CheckedEngagement,
  names: ReadonlyMap<string, string>,
  id: string,
): readonly Breach[] {
  const { offer, client } = each;
  const place = { file: client.file, path: pathIn(each, 'steps', id), on: 'key' as const };
  const removes = removeIn(each, 'steps', id);
  if (!offer) {
    const says = `\`title\` is missing in \`${id}\``;
    const help = 'this engagement names no offer, so each of its steps has a `title`';
    return [{ problem: { code: 'shape/missing', args: { says, help }, place }, removes }];
  }
  // Written under the old id beside the new one: that is id/clash.
  if (offerSteps(offer).some((step) => step.was === id) || isLostInOffer(book, offer, id)) return [];
  const written = new Set(Object.keys(each.written));
  const suggestion = nearest(
    id,
    [...names.keys()].filter((name) => !written.has(name)),
  );
  const name = each.engagement.offer?.version === undefined ? offer.id : `${each.engagement.offer.id}@${offer.version}`;
  return [
    {
      problem: {
        code: 'engagement/unknown-step',
        args: {
          offer: `offer ${name}`,
          step: id,
          ...(suggestion === undefined
            ? { help: 'a step that the offer lacks has a `title`; one that was renamed has `was:` in the offer' }
            : {}),
        },
        place,
        ...(suggestion === undefined ? {} : { suggestion }),
      },
      removes,
    },
  ];
}
