// The days that an offer asks for, given as `workshop=2026-12-10,...` or `workshop=usual`, or the question for one that is
// missing.
import type { OfferRecord } from '../book/book.ts';
import type { Practice } from '../command.ts';
import { type Day, formatFullDay } from '../day.ts';
import { ANYBODY, usualCourse } from '../engine/measure/usual.ts';
import { settingOf } from '../engine/setting.ts';
import { type Ask, UsageError } from '../outcome.ts';
import { parseDayWord } from '../typed/day-words.ts';

/**
 * The days given for milestones of the offer when it starts on `started`; or the question for the first that has none, here
 * or among the `known` ones.
 */
export function milestonesFor(
  practice: Practice,
  offer: OfferRecord,
  started: Day,
  written: string | undefined,
  known: Readonly<Record<string, Day>> = {},
): { readonly days: Readonly<Record<string, Day>> } | { readonly ask: Ask } {
  const asked = Object.keys(offer.milestones);
  const usual = usualCourse(settingOf(practice.book, practice.today), ANYBODY, offer, started)?.milestones ?? {};
  const given = Object.fromEntries(
    (written ?? '')
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '')
      .map((part): [string, Day] => {
        const [id = '', word = ''] = part.split('=').map((each) => each.trim());
        if (!asked.includes(id)) {
          throw new UsageError(
            `${offer.name} has no milestone \`${id}\``,
            asked.length === 0 ? undefined : `it has ${asked.join(', ')}`,
          );
        }
        if (word === 'usual') return [id, usualDay(offer, usual, id)];
        const day = parseDayWord(word, practice.today, 'future');
        if ('fault' in day) throw new UsageError(day.fault);
        return [id, day.day];
      }),
  );
  const missing = asked.find((id) => given[id] === undefined && known[id] === undefined);
  if (missing === undefined) return { days: given };
  const others = asked
    .filter((id) => given[id] !== undefined)
    .map((id) => `${id}=${given[id]},`)
    .join('');
  const day = usual[missing];
  const either = day === undefined ? '' : ` or ${others}${missing}=usual, ${formatFullDay(day)}`;
  const question = `${offer.milestones[missing]?.title.trim()}? Write ${others}${missing}=DAY${either}`;
  return { ask: { kind: 'ask', argument: 'milestones', question, choices: [] } };
}

function usualDay(offer: OfferRecord, usual: Readonly<Record<string, Day>>, id: string): Day {
  const day = usual[id];
  if (day !== undefined) return day;
  throw new UsageError(
    `${offer.name} has no usual day for \`${id}\``,
    `add it to ${offer.file}: \`${id}: {title: ..., usual: start + 15bd}\``,
  );
}
