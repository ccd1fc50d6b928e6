// What the rules of the whole practice must know of each client: little enough to be kept for all of them.
import type { OfferRef } from '../records/client.ts';
import type { DueYear } from './calendar-years.ts';
import type { ClientFiles } from './rule.ts';

/** Plain data: it is remembered as JSON. */
export type Gist = {
  /** By the name of its file; undefined when there is none or none that can be trusted. */
  readonly client: ClientGist | undefined;
  /** The id and the file of its log, likewise. */
  readonly log: { readonly id: string; readonly file: string } | undefined;
};

export type ClientGist = {
  readonly segment: string | undefined;
  readonly contacts: readonly string[];
  readonly occasions: readonly string[];
  /** What its running engagements run on. */
  readonly offers: readonly OfferRef[];
  /** Years without a closed day in which something of it is due, each with the first such thing. */
  readonly dueYears: readonly DueYear[];
};

export const gistOf = ({ client, log, engagements }: ClientFiles, dueYears: readonly DueYear[]): Gist => ({
  client: client && {
    segment: client.segment,
    contacts: Object.keys(client.contacts ?? {}),
    occasions: Object.keys(client.occasions ?? {}),
    offers: engagements.flatMap(({ isRunning, engagement }) =>
      isRunning && engagement.offer ? [engagement.offer] : [],
    ),
    dueYears,
  },
  log: log && { id: log.id, file: log.file },
});
