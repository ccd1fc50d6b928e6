// Partners in words: what speaks for one and against one, for a question and for a note.
import type { Day } from '../day.ts';
import type { PartnerMatch, PartnerReason, Room } from '../engine/partners.ts';
import { type Block, line, span } from './ink.ts';
import { longDate, shortDate, wrap } from './words.ts';

/** `room for 2 of 3 until 31 Dec`, or that there is none. */
export const roomWords = ({ per_quarter, taken, to }: Room, today: Day): string => {
  const until = `until ${shortDate(to, today)}`;
  const left = Math.max(0, per_quarter - taken.length);
  return left > 0
    ? `room for ${left} of ${per_quarter} ${until}`
    : `no room ${until}: ${taken.length} of ${per_quarter} taken${taken.length === 0 ? '' : ` (${taken.join(', ')})`}`;
};

const NOUNS = { segment: 'segment', industry: 'industry', offer: 'offer' } as const;

function reasonWords(it: PartnerMatch, { speaks, about, takes, has }: PartnerReason, today: Day): string {
  if (about === 'file') return `partners/${it.partner}.yaml has an error: deliver validate`;
  if (about === 'room') return it.room === null ? 'room without a limit' : roomWords(it.room, today);
  if (about === 'agreed') {
    if (it.agreed === null) return 'has not agreed yet: no `agreed:` is written';
    return speaks === 'for' ? `agreed ${longDate(it.agreed, today)}` : `agrees only from ${longDate(it.agreed, today)}`;
  }
  const noun = NOUNS[about];
  if (speaks === 'for') return about === 'segment' ? `takes segment ${has.join(', ')}` : `takes ${has.join(', ')}`;
  const only = `takes ${about === 'segment' ? 'segment ' : ''}${takes.join(', ')} only`;
  return has.length === 0 ? `${only}, and no ${noun} is known` : `${only}, not ${has.join(', ')}`;
}

/** What speaks in this way; that a partner takes anybody is said too. */
export function partnerReasons(it: PartnerMatch, speaks: PartnerReason['speaks'], today: Day): readonly string[] {
  const said = it.reasons.filter((reason) => reason.speaks === speaks).map((each) => reasonWords(it, each, today));
  const isOpen = it.reasons.every((reason) => reason.about === 'agreed' || reason.about === 'room');
  return speaks === 'for' && isOpen ? ['takes any client', ...said] : said;
}

/** All of them for the eye: who is proposed and why, who is not and why. */
export function partnersBlock(
  client: string,
  lastDay: Day,
  matches: readonly PartnerMatch[],
  { today, columns }: { readonly today: Day; readonly columns: number | undefined },
): Block {
  const rows = (those: readonly PartnerMatch[], speaks: PartnerReason['speaks']): Block =>
    those.flatMap((it) =>
      wrap(`  ${it.partner}  ${it.name}: ${partnerReasons(it, speaks, today).join('; ')}`, columns, '    ').map(
        (text) => line(text),
      ),
    );
  const proposed = matches.filter((it) => it.is_proposed);
  const others = matches.filter((it) => !it.is_proposed);
  const heading = (text: string): Block => wrap(text, columns, '').map((row) => line(span(row, 'bold')));
  return [
    ...heading(
      proposed.length === 0
        ? `Nobody is proposed to take over ${client} by ${longDate(lastDay, today)}`
        : `Who could take over ${client} by ${longDate(lastDay, today)}`,
    ),
    ...rows(proposed, 'for'),
    ...(others.length === 0 ? [] : [...heading('Not proposed'), ...rows(others, 'against')]),
  ];
}
