// The rules of every report. A new one is one file and one line here; those of `validate` alone are in thorough.ts.
import { anchors } from './anchors.ts';
import { cadenceKinds } from './cadence-kinds.ts';
import { clashes } from './clashes.ts';
import { cycles } from './cycles.ts';
import { dateOrder } from './date-order.ts';
import { engagementMilestones } from './engagement-milestones.ts';
import { engagementPastClient } from './engagement-past-client.ts';
import { engagementSteps } from './engagement-steps.ts';
import { engagementVersion } from './engagement-version.ts';
import { occasions } from './occasions.ts';
import { referencesInClients } from './references-in-clients.ts';
import { referencesInOffers } from './references-in-offers.ts';
import { referencesInPractice } from './references-in-practice.ts';
import type { Rule } from './rule.ts';
import { touchNames } from './touch-names.ts';

/** For every report: what puts the data in doubt, and what someone should know who reads it. */
export const CORE_RULES: readonly Rule[] = [
  referencesInPractice,
  referencesInOffers,
  referencesInClients,
  cadenceKinds,
  occasions,
  clashes,
  anchors,
  cycles,
  dateOrder,
  engagementVersion,
  engagementSteps,
  engagementMilestones,
  engagementPastClient,
  touchNames,
];
