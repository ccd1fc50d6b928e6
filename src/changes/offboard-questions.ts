// The questions of `offboard` in their order: why, until when, to whom. Owns their words and what is refused.
import type { ClientRecord } from '../book/book.ts';
import { type Options, type Practice, textOption, type View } from '../command.ts';
import { type Day, formatFullDay } from '../day.ts';
import { type PartnerMatch, partnersFor } from '../engine/partners.ts';
import { settingOf } from '../engine/setting.ts';
import { type Ask, UsageError } from '../outcome.ts';
import { didYouMean } from '../problem/suggest.ts';
import { LEAVING_REASONS } from '../records/client.ts';
import { partnersBlock } from '../terminal/partners.ts';
import { findPartnerId } from '../typed/ids.ts';
import { isAsk, NONE } from './client-questions.ts';
import { dayToCome, happenedOn } from './days.ts';
import type { Decision } from './offboarding.ts';

type Reason = (typeof LEAVING_REASONS)[number];

/** Each reason in words, as one would say it of a client. */
export const REASON_WORDS: Readonly<Record<Reason, string>> = {
  misfit: 'not the right fit',
  outgrown: 'they have outgrown us',
  budget: 'it costs more than they can carry',
  conduct: 'the way they treat us',
  'retired-offer': 'we give up the service they have',
  'happy-end': 'the work is done, and done well',
};

export type Decided = Decision & { readonly matches: readonly PartnerMatch[] };

/** What is written already, by hand or because the offboarding was started before. */
export type Written = {
  readonly [key in 'decided' | 'last_day' | 'partner' | 'reason' | 'tell_client']?: string | undefined;
};

/** The whole decision, or the next question. */
export function askDecision(
  practice: Practice,
  client: ClientRecord,
  written: Written,
  { options, view }: { readonly options: Options; readonly view: View },
): Decided | Ask {
  const decided = (written.decided as Day | undefined) ?? happenedOn(practice, options);
  const reason = written.reason ?? reasonFor(client, textOption(options, 'reason'));
  if (isAsk(reason)) return reason;
  const lastDay = (written.last_day as Day | undefined) ?? lastDayFor(practice, client, options);
  if (isAsk(lastDay)) return lastDay;
  if (lastDay < decided)
    throw new UsageError(`${formatFullDay(lastDay)} is before the decision of ${formatFullDay(decided)}`);
  const matches = partnersFor(settingOf(practice.book, practice.today), client, lastDay);
  const partner =
    written.partner ?? partnerFor(practice, client, { lastDay, matches, view, named: textOption(options, 'partner') });
  if (isAsk(partner)) return partner;
  const tell = written.tell_client ?? textOption(options, 'tell');
  return { decided, reason, lastDay, partner: partner === NONE ? undefined : partner, tell, matches };
}

function reasonFor(client: ClientRecord, named: string | undefined): string | Ask {
  if (named === undefined) {
    return {
      kind: 'ask',
      argument: 'reason',
      question: `Why does ${client.name} leave?`,
      choices: LEAVING_REASONS.map((value) => ({ value, label: `${value}  ${REASON_WORDS[value]}` })),
    };
  }
  if (LEAVING_REASONS.some((each) => each === named)) return named;
  throw new UsageError(
    `\`${named}\` is no reason${didYouMean(named, LEAVING_REASONS)}`,
    `one of: ${LEAVING_REASONS.map((each) => `${each} (${REASON_WORDS[each]})`).join(', ')}`,
  );
}

function lastDayFor(practice: Practice, client: ClientRecord, options: Options): Day | Ask {
  const question = `What is the last day we work for ${client.name}? A day such as +6w, eom or 2027-01-29`;
  const ask: Ask = { kind: 'ask', argument: 'lastDay', question, choices: [], again: true };
  return dayToCome(practice, options, 'lastDay') ?? ask;
}

type Asked = {
  readonly lastDay: Day;
  readonly matches: readonly PartnerMatch[];
  readonly view: View;
  readonly named: string | undefined;
};

function partnerFor(practice: Practice, client: ClientRecord, { lastDay, matches, view, named }: Asked): string | Ask {
  const { book, today } = practice;
  const ids = matches.map((it) => it.partner);
  if (named === undefined) {
    if (ids.length === 0) return NONE;
    const proposed = matches.filter((it) => it.is_proposed);
    const others = matches.filter((it) => !it.is_proposed);
    const choice = (it: PartnerMatch, more: string) => ({
      value: it.partner,
      label: `${it.partner}  ${it.name}${more}`,
    });
    return {
      kind: 'ask',
      argument: 'partner',
      question: `Who takes over ${client.name}?`,
      choices: [
        ...proposed.map((it) => choice(it, '')),
        { value: NONE, label: `${NONE}  nobody` },
        ...others.map((it) => choice(it, ' (not proposed)')),
      ],
      preview: partnersBlock(client.name, lastDay, matches, { today, columns: view.columns }),
    };
  }
  if (named === NONE) return NONE;
  const others =
    ids.length === 0 ? 'deliver new partner, or use --partner none' : `choose from ${ids.join(', ')} or none`;
  return findPartnerId(book, named, others);
}
