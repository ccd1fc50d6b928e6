// `hold`: an engagement stops for a while: its steps are not listed and its days grow by those on hold.
import { dayToCome, happenedOn } from '../changes/days.ts';
import { clientEdit } from '../changes/edits.ts';
import { askForEngagement, findEngagement } from '../changes/engagements.ts';
import { BECAUSE, becauseIn } from '../changes/measures.ts';
import { sayChange } from '../changes/next.ts';
import { placeOf } from '../changes/steps.ts';
import { askFor, type Command, type Input, textOption, wordsOf } from '../command.ts';
import { addDays, formatFullDay } from '../day.ts';
import { type Ask, changing, type Outcome, refusal } from '../outcome.ts';
import type { Data } from '../source/edit/splice.ts';
import { longDate } from '../terminal/words.ts';

export const command: Command = {
  name: 'hold',
  arguments: [{ name: '<engagement...>', what: 'acme/audit-2026, or acme when only one is running' }],
  options: [
    { flags: '--why <text>', what: 'the reason, for ourselves' },
    { flags: '--tell <text>', what: 'what the client is told about it, in letters' },
    BECAUSE,
    { flags: '--review <day>', what: 'when to look at it again; two weeks from its start when left out' },
    { flags: '--waiting-on <who>', what: 'client, partner, a supplier ...' },
    { flags: '--on <day>', what: 'the first day on hold' },
  ],
  about:
    'While on hold nobody is chased and nothing is overdue; `status` shows how long, and when to look at it again.',
  examples: [
    { line: 'deliver hold acme/audit-2026 --why "Budget freeze" --review +3w', what: 'until somebody resumes it' },
  ],
  changes: true,
  ofClient: 'engagement',
  depth: () => 'core',
  run,
};

function run(input: Input): Outcome | Ask {
  const { practice, options } = input;
  const words = wordsOf(input, 'engagement');
  if (words.length === 0) return askForEngagement(practice, 'Which engagement is on hold?');
  const { client, schedule, ref } = findEngagement(practice, words);
  const path = ['engagements', schedule.id, 'holds'];
  const open = schedule.engagement.holds?.find((it) => it.to === undefined);
  if (open) {
    const at = placeOf(practice, client.file, [...path, open.at]);
    throw refusal(`${ref} is on hold since ${formatFullDay(open.from)} (${at})`, `deliver resume ${ref}`);
  }
  const why = textOption(options, 'why');
  if (why === undefined) return askFor('why', `Why is ${ref} on hold?`);
  const from = happenedOn(practice, options);
  const review = dayToCome(practice, options, 'review');
  const because = becauseIn(options);
  const tell = textOption(options, 'tell');
  const waitingOn = textOption(options, 'waitingOn');
  const value: Record<string, Data> = {
    from,
    ...(review === undefined ? {} : { review }),
    why,
    ...(because === undefined ? {} : { because }),
    ...(tell === undefined ? {} : { tell_client: tell }),
    ...(waitingOn === undefined ? {} : { waiting_on: waitingOn }),
  };
  const index = schedule.engagement.holds?.length ?? 0;
  return changing([clientEdit(practice.book, client, [{ kind: 'append', path, value }])], (_, at) =>
    sayChange('hold', {
      changed: [
        {
          what: `${client.name}: ${schedule.id} on hold from ${longDate(from, practice.today)} (${why})`,
          at: at(client.file, [...path, index]),
        },
      ],
      next: { ref, text: `review ${longDate(review ?? addDays(from, 14), practice.today)}: deliver resume ${ref}` },
    }),
  );
}
