// The list of record types. A new type is one file and one line here.
import { clientType } from './client.ts';
import { emailType } from './email.ts';
import { offerType, pastOfferType } from './offer.ts';
import { partnerType } from './partner.ts';
import { practiceType } from './practice.ts';
import type { RecordType } from './record-type.ts';
import { scriptType } from './script.ts';
import { serviceType } from './service.ts';
import { touchesType } from './touches.ts';

export const RECORD_TYPES: readonly RecordType<unknown>[] = [
  practiceType,
  serviceType,
  offerType,
  pastOfferType,
  clientType,
  touchesType,
  scriptType,
  emailType,
  partnerType,
];
