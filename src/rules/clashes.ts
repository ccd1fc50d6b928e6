// id/clash: two things under one name, where it could not be said which is meant.
import type { Book } from '../book/book.ts';
import { offerSteps } from '../book/plan.ts';
import type { Place } from '../problem/problem.ts';
import type { OfferStep } from '../records/offer.ts';
import type { Breach } from './breach.ts';
import { type CheckedEngagement, pathIn, removeIn } from './engagements.ts';
import { type CheckedOffer, removeStep } from './offers.ts';
import type { Rule } from './rule.ts';

export const clashes: Rule = (book) => [
  ...segments(book),
  ...promises(book),
  ...book.offersInUse.flatMap(inOffer),
  ...book.engagements.flatMap(inEngagement),
];

/** `A` and `a`; ids of everything else are small letters. */
function segments({ service }: Book): readonly Breach[] {
  const file = 'service.yaml';
  const first = new Map<string, string>();
  return Object.keys(service.segments ?? {}).flatMap((id) => {
    const twin = first.get(id.toLowerCase());
    if (twin === undefined) {
      first.set(id.toLowerCase(), id);
      return [];
    }
    const says = `the segments \`${twin}\` and \`${id}\` differ by case only`;
    return [
      clash(
        says,
        'call one of them something else',
        { file, path: ['segments', id], on: 'key' },
        {
          place: { file, path: ['segments', twin], on: 'key' },
          message: `\`${twin}\` is here`,
        },
      ),
    ];
  });
}

/** A score in a survey names a standard or a promise by its id alone. */
function promises({ service }: Book): readonly Breach[] {
  const file = 'service.yaml';
  return Object.entries(service.segments ?? {}).flatMap(([segment, { promises: all }]) =>
    (all ?? []).flatMap(({ id }): readonly Breach[] => {
      if (id === undefined || !Object.hasOwn(service.standards ?? {}, id)) return [];
      const says = `\`${id}\` is a standard, so no promise can have that id`;
      const help = 'a score in a survey could mean either: rename one of them';
      const related = { place: { file, path: ['standards', id], on: 'key' as const }, message: 'the standard is here' };
      return [clash(says, help, { file, path: ['segments', segment, 'promises', id], on: 'key' }, related)];
    }),
  );
}

function inOffer(checked: CheckedOffer): readonly Breach[] {
  const { offer } = checked;
  const { file } = offer;
  const first = new Map<string, OfferStep>();
  return offer.steps.flatMap((step) => {
    const place: Place = { file, path: step.path, on: 'key' };
    const removes = removeStep(checked, step);
    const twin = first.get(step.id);
    if (!twin) first.set(step.id, step);
    else {
      return [
        clash(
          `a step \`${step.id}\` stands in this offer already`,
          'step ids are unique within an offer, not only within a phase',
          place,
          {
            place: { file, path: twin.path, on: 'key' },
            message: 'the first one is here',
          },
          removes,
        ),
      ];
    }
    if (!Object.hasOwn(offer.milestones, step.id)) return [];
    return [withMilestone(step.id, place, file, ['milestones', step.id], removes)];
  });
}

/** Its own steps against milestones, and progress under the old and the new id of one step. */
function inEngagement(each: CheckedEngagement): readonly Breach[] {
  const { offer, client, engagement, written, strangers } = each;
  if (strangers.length === 0) return [];
  const { file } = client;
  const renamed = new Map(
    offerSteps(offer).flatMap((step) => (step.was === undefined ? [] : [[step.was, step.id] as const])),
  );
  return strangers.flatMap((id) => {
    const place: Place = { file, path: pathIn(each, 'steps', id), on: 'key' };
    const removes = removeIn(each, 'steps', id);
    const present = renamed.get(id);
    if (present !== undefined && Object.hasOwn(written, present)) {
      return [
        clash(
          `\`${id}\` is the old name of \`${present}\`, which stands here too`,
          'keep what is right under the new name',
          place,
          {
            place: { file, path: pathIn(each, 'steps', present), on: 'key' },
            message: `\`${present}\` is here`,
          },
          removes,
        ),
      ];
    }
    if (written[id]?.title === undefined || present !== undefined) return [];
    if (offer && Object.hasOwn(offer.milestones, id))
      return [withMilestone(id, place, offer.file, ['milestones', id], removes)];
    if (!Object.hasOwn(engagement.milestones ?? {}, id)) return [];
    return [withMilestone(id, place, file, pathIn(each, 'milestones', id), removes)];
  });
}

const withMilestone = (
  id: string,
  place: Place,
  file: string,
  path: NonNullable<Place['path']>,
  removes: NonNullable<Breach['removes']>,
): Breach =>
  clash(
    `\`${id}\` is a milestone, so no step can be called that`,
    'a due day could mean either: rename one of them',
    place,
    {
      place: { file, path, on: 'key' },
      message: 'the milestone is here',
    },
    removes,
  );

const clash = (
  says: string,
  help: string,
  place: Place,
  related: NonNullable<Breach['problem']['related']>[number],
  removes: NonNullable<Breach['removes']> = [],
): Breach => ({ problem: { code: 'id/clash', args: { says, help }, place, related: [related] }, removes });
