// What `offboard` writes: the decision, and the engagement that carries it out, fitted to the reason and to whether somebody
// takes over. Knows no question and no wording.
import type { ClientRecord, OfferRecord } from '../book/book.ts';
import type { Practice } from '../command.ts';
import type { Day } from '../day.ts';
import { CHECK_DUE, checkDay, findCheck } from '../engine/hand-over.ts';
import { settingOf } from '../engine/setting.ts';
import type { OfferStep } from '../records/offer.ts';
import type { Data, Edit } from '../source/edit/splice.ts';
import { newEngagementId } from './starting.ts';

export type Decision = {
  readonly decided: Day;
  readonly reason: string;
  readonly lastDay: Day;
  readonly partner: string | undefined;
  /** What the client is told about the reason. */
  readonly tell: string | undefined;
};

/** Which texts go with the reason, and which letters of the practice are written to a partner. */
export type Choice = {
  readonly script: string;
  readonly letter: string;
  readonly isToPartner: (email: string) => boolean;
};

export type NewOffboarding = {
  readonly id: string;
  readonly promised: Day;
  readonly edits: readonly Edit[];
  /** Steps that nobody needs without a partner. */
  readonly skipped: readonly string[];
  /** The step that was added because the offer has no check. */
  readonly added: string | undefined;
};

/** The built-in conversation of the check, which is no transition call. */
const CHECK_SCRIPT = 'transition-check';
/** After a parting over conduct nobody is rung up. */
const QUIET_CHECK = 'Look whether anything is still open';
const NO_PARTNER = 'No partner takes over';

export const decisionEdit = ({ decided, reason, lastDay, partner, tell }: Decision): Edit => ({
  kind: 'set',
  path: ['leaving'],
  value: {
    decided,
    reason,
    last_day: lastDay,
    ...(partner === undefined ? {} : { partner }),
    ...(tell === undefined ? {} : { tell_client: tell }),
  },
  ...(tell === undefined ? {} : { style: 'block' as const }),
});

/** The texts that the offer plans for a client who leaves, whatever the reason. */
export const plannedTexts = ({ steps }: OfferRecord) => ({
  script: callStep(steps)?.script,
  letter: letterStep(steps)?.email,
});

const letterStep = (steps: readonly OfferStep[]): OfferStep | undefined =>
  steps.find((step) => step.id === 'letter') ?? steps.find((step) => step.email?.startsWith('transition'));

const callStep = (steps: readonly OfferStep[]): OfferStep | undefined =>
  steps.find((step) => step.id === 'transition-call') ??
  steps.find((step) => step.script?.startsWith('transition') && step.script !== CHECK_SCRIPT);

/** The whole engagement, begun today. */
export function newOffboarding(
  { book, today }: Practice,
  client: ClientRecord,
  offer: OfferRecord,
  { lastDay, partner, reason }: Decision,
  choice: Choice,
): NewOffboarding {
  const id = newEngagementId(book, client, offer, today);
  const { steps } = offer;
  const hasLastDay = Object.hasOwn(offer.milestones, 'last-day');
  // Not the target of the offer: this one is over when somebody has asked how it goes.
  const promised = checkDay(settingOf(book, today), lastDay);
  const [call, letter] = [callStep(steps), letterStep(steps)];
  const skipped =
    partner === undefined
      ? steps.filter((step) => step.owner === 'partner' || (step.email !== undefined && choice.isToPartner(step.email)))
      : [];
  const check = findCheck(steps);
  const extra: Record<string, Data> =
    check === undefined
      ? {
          'thirty-days': {
            title: reason === 'conduct' ? QUIET_CHECK : 'Ask how it is going',
            kind: reason === 'conduct' ? 'checkpoint' : 'call',
            due: hasLastDay ? CHECK_DUE : promised,
          },
        }
      : {};
  const tailored: Readonly<Record<string, Data>> = Object.fromEntries(
    steps.flatMap((step): readonly (readonly [string, Data])[] => {
      if (skipped.includes(step)) return [[step.id, { skipped: today, why: NO_PARTNER }]];
      if (step === call && step.script !== choice.script) return [[step.id, { script: choice.script }]];
      if (step === check && reason === 'conduct') return [[step.id, { title: QUIET_CHECK, kind: 'checkpoint' }]];
      if (step === letter && step.email !== choice.letter) return [[step.id, { email: choice.letter }]];
      return [];
    }),
  );
  const plan = { ...tailored, ...extra };
  const value: Readonly<Record<string, Data>> = {
    offer: `${offer.id}@${offer.version}`,
    started: today,
    ...(partner === undefined ? {} : { partner }),
    promised,
    ...(hasLastDay ? { milestones: { 'last-day': lastDay } } : {}),
    steps: Object.keys(plan).length === 0 ? null : plan,
  };
  return {
    id,
    promised,
    edits: [{ kind: 'set', path: ['engagements', id], value, style: 'block' }],
    skipped: skipped.map((step) => step.id),
    added: Object.keys(extra)[0],
  };
}

/** What an offboarding that was started by hand lacks of the decision. */
export function completeOffboarding(client: ClientRecord, id: string, { lastDay, partner }: Decision): readonly Edit[] {
  const engagement = client.engagements?.[id];
  const path = ['engagements', id];
  return [
    ...(engagement?.partner === undefined && partner !== undefined
      ? [{ kind: 'set' as const, path: [...path, 'partner'], value: partner }]
      : []),
    ...(engagement?.milestones?.['last-day'] === undefined
      ? [{ kind: 'set' as const, path: [...path, 'milestones', 'last-day'], value: lastDay }]
      : []),
  ];
}
