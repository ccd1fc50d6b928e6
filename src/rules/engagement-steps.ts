// engagement/unknown-step: progress for a step that the engagement's offer does not have. One that the engagement has of
// its own must say what it is: shape/missing.
import type { Book } from '../book/book.ts';
import { isLostInOffer } from '../book/lost.ts';
import { offerSteps } from '../book/plan.ts';
import type { Suggest } from '../problem/suggest.ts';
import type { Breach } from './breach.ts';
import { type CheckedEngagement, pathIn, removeIn, stepNames } from './engagements.ts';
import type { Rule } from './rule.ts';

export const engagementSteps: Rule = (book) =>
  book.engagements.flatMap((each) => {
    if (!each.isWhole || each.strangers.length === 0) return [];
    const names = stepNames(each);
    const former = new Set(offerSteps(each.offer).flatMap(({ was }) => was ?? []));
    const { suggest } = book.known;
    return each.strangers.flatMap((id) => (names.has(id) ? [] : unknownStep(book, suggest, each, former, id)));
  });

/** `former`: what steps of the offer were called before. */
function unknownStep(
  book: Book,
  suggest: Suggest,
  each: CheckedEngagement,
  former: ReadonlySet<string>,
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
  if (former.has(id) || isLostInOffer(book, offer, id)) return [];
  const suggestion = suggest(id, stepNames(each).keys(), (name) => !Object.hasOwn(each.written, name));
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
