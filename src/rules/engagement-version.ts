// engagement/version-missing: an engagement on a version of its offer that is neither the present one nor kept.
import { type Book, isRemoved } from '../book/book.ts';
import type { Breach } from './breach.ts';
import { type CheckedEngagement, pathIn, removeIn } from './engagements.ts';
import type { Rule } from './rule.ts';

export const engagementVersion: Rule = (book) => {
  const kept = keptVersions(book);
  return book.engagements.flatMap((each) => (each.isWhole ? [] : missingVersion(book, kept, each)));
};

type Kept = ReadonlyMap<string, readonly string[]>;

/** Names of the frozen versions, by the offer's id. */
function keptVersions({ pastOffers }: Book): Kept {
  const found = new Map<string, string[]>();
  for (const name of pastOffers.keys()) {
    const id = name.replace(/@\d+$/, '');
    found.set(id, [...(found.get(id) ?? []), name]);
  }
  return found;
}

function missingVersion(book: Book, versions: Kept, each: CheckedEngagement): readonly Breach[] {
  const ref = each.engagement.offer;
  if (ref?.version === undefined || isRemoved(book, 'past-offer', `${ref.id}@${ref.version}`)) return [];
  const present = book.offers.get(ref.id);
  const kept = versions.get(ref.id) ?? [];
  if (!present && (kept.length === 0 || isRemoved(book, 'offer', ref.id))) return [];
  const wanted = `offers/past/${ref.id}@${ref.version}.yaml`;
  const there = [...kept, ...(present ? [`${ref.id}@${present.version}`] : [])].join(', ');
  return [
    {
      problem: {
        code: 'engagement/version-missing',
        args: {
          says: `there is no version ${ref.version} of offer \`${ref.id}\`, only ${there}`,
          help: `${wayBack(ref.id, wanted, (present?.version ?? 0) > ref.version)}, or name a version that is there`,
        },
        place: { file: each.client.file, path: pathIn(each, 'offer') },
      },
      removes: removeIn(each),
    },
  ];
}

/** A version that was raised by hand has left the one before in git, and nowhere else. */
const wayBack = (offer: string, file: string, isPast: boolean): string =>
  isPast ? `restore ${file} (\`deliver offer bump ${offer}\` does, when git has it)` : `restore ${file}`;
