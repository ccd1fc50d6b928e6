// Where the files of each type of record are, and what a person calls one. Knows no schema, so that finding files loads none.
import type { RecordPlace } from './record-type.ts';

const PRACTICE: RecordPlace = { kind: 'practice', noun: 'practice', file: 'deliver.yaml', extension: '.yaml' };
const SERVICE: RecordPlace = { kind: 'service', noun: 'service model', file: 'service.yaml', extension: '.yaml' };
const OFFER: RecordPlace = { kind: 'offer', noun: 'offer', folder: 'offers', extension: '.yaml' };
const PAST_OFFER: RecordPlace = {
  kind: 'past-offer',
  noun: 'earlier version of an offer',
  folder: 'offers/past',
  extension: '.yaml',
};
const CLIENT: RecordPlace = { kind: 'client', noun: 'client', folder: 'clients', extension: '.yaml' };
const TOUCHES: RecordPlace = { kind: 'touches', noun: 'touch log', folder: 'touches', extension: '.yaml' };
const SCRIPT: RecordPlace = { kind: 'script', noun: 'script', folder: 'scripts', extension: '.yaml' };
const EMAIL: RecordPlace = { kind: 'email', noun: 'email template', folder: 'emails', extension: '.md' };
const PARTNER: RecordPlace = { kind: 'partner', noun: 'partner', folder: 'partners', extension: '.yaml' };

export const PLACES = { PRACTICE, SERVICE, OFFER, PAST_OFFER, CLIENT, TOUCHES, SCRIPT, EMAIL, PARTNER } as const;

/** In the order in which files are read and reported. */
export const RECORD_PLACES: readonly RecordPlace[] = Object.values(PLACES);
