// Which files an answer rests on. Knows no problem: those in other files are none of its business.
import { type Book, type ClientRecord, findOffer } from './book.ts';

export type IsUsed = (file: string) => boolean;

/** What is known of a client rests on its own files and log, its offers and partners, and what all clients share. */
export function filesBehind(book: Book, client: ClientRecord, more: readonly string[] = []): IsUsed {
  const engagements = Object.values(client.engagements ?? {});
  const offers = engagements.flatMap(({ offer }) => {
    if (!offer) return [];
    const found = findOffer(book, offer);
    return found ? [found.file] : [`offers/${offer.id}.yaml`, `offers/past/${offer.id}@${offer.version}.yaml`];
  });
  const partners = [client.leaving?.partner, ...engagements.map(({ partner }) => partner)].flatMap((id) =>
    id === undefined ? [] : [`partners/${id}.yaml`],
  );
  return among([
    'deliver.yaml',
    'service.yaml',
    client.file,
    `touches/${client.id}.yaml`,
    ...offers,
    ...partners,
    ...more,
  ]);
}

/** These files and what is in these folders; a folder that cannot be read counts for each file in it. */
export function among(places: readonly string[]): IsUsed {
  const named = new Set(places);
  return (file) => named.has(file) || places.some((each) => file.startsWith(`${each}/`) || each.startsWith(`${file}/`));
}
