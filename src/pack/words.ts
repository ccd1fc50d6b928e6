// What `offboard` says of a decision: what was written, what it leaves to do, and what to think of. Knows no template.
import type { ClientRecord } from '../book/book.ts';
import { planOf } from '../book/plan.ts';
import { type Decided, REASON_WORDS } from '../changes/offboard-questions.ts';
import type { NewOffboarding } from '../changes/offboarding.ts';
import { tightIn } from '../changes/starting.ts';
import type { Practice } from '../command.ts';
import { checklistOf } from '../engine/checklist.ts';
import { offboardingOf } from '../engine/hand-over.ts';
import { settingOf } from '../engine/setting.ts';
import { runningSchedules, stepNamer } from '../engine/step-items.ts';
import { type Block, line, span } from '../terminal/ink.ts';
import { partnerReasons } from '../terminal/partners.ts';
import { count, longDate } from '../terminal/words.ts';
import { cautionNotes } from '../typed/letter-request.ts';

type Path = readonly (string | number)[];

export function decisionWords({ book, today }: Practice, client: ClientRecord): string {
  const { leaving } = client;
  if (!leaving) return client.name;
  const { decided, reason, last_day: lastDay, partner } = leaving;
  const parts = [
    REASON_WORDS[reason],
    `decided ${longDate(decided, today)}`,
    lastDay === undefined ? 'no last day' : `last day ${longDate(lastDay, today)}`,
    partner === undefined ? 'nobody takes over' : `to ${book.partners.get(partner)?.name ?? partner}`,
  ];
  return `${client.name} leaves: ${parts.join(', ')}`;
}

/** The engagement that was started, how it differs from the offer, and what is tight in it. */
export function offboardingWords(
  after: Practice,
  client: ClientRecord,
  id: string,
  begun: NewOffboarding | undefined,
): readonly { readonly what: string; readonly path: Path }[] {
  const { today, book } = after;
  const path = ['engagements', id];
  const name = planOf(book, client, id)?.offer?.name ?? id;
  if (!begun) return [{ what: `${name}: goes on with the last day and the partner`, path }];
  const { skipped, added, promised } = begun;
  const missing = Object.keys(planOf(book, client, id)?.offer?.milestones ?? {}).filter(
    (milestone) => client.engagements?.[id]?.milestones?.[milestone] === undefined,
  );
  const steps = [...path, 'steps'];
  return [
    { what: `${name} from ${longDate(today, today)}, over by ${longDate(promised, today)}`, path },
    ...(skipped.length === 0
      ? []
      : [{ what: `skipped, for nobody takes over: ${skipped.join(', ')}`, path: [...steps, skipped[0] ?? ''] }]),
    ...(added === undefined
      ? []
      : [{ what: `added, for the offer has no check after a month: ${added}`, path: [...steps, added] }]),
    ...missing.map((milestone) => ({ what: `note: the milestone \`${milestone}\` has no day yet`, path })),
    ...tightIn(after, client.id, id).map((what) => ({ what: `note: ${what}`, path })),
    ...stillOpen(after, client).map((what) => ({ what, path: [] })),
  ];
}

/** What else there is to close; the checklist names each. */
function stillOpen({ book, today }: Practice, client: ClientRecord): readonly string[] {
  const setting = settingOf(book, today);
  const { running, promises, issues } = checklistOf(setting, client, offboardingOf(setting, client));
  const parts = [
    running.length === 0
      ? undefined
      : `${count(running.length, 'other engagement')} (${running.map((it) => it.ref).join(', ')})`,
    promises.length === 0 ? undefined : count(promises.length, 'promise'),
    issues.length === 0 ? undefined : count(issues.length, 'issue'),
  ].filter((it) => it !== undefined);
  return parts.length === 0 ? [] : [`note: still open, see the checklist: ${parts.join(', ')}`];
}

/** For standard error: what speaks against the choice, and what to know before the call. */
export function warningsAbout(
  after: Practice,
  client: ClientRecord,
  { lastDay, partner, matches, reason }: Decided,
): Block {
  const { book, today } = after;
  const { calendar } = settingOf(book, today);
  const chosen = matches.find((it) => it.partner === partner);
  const against = chosen ? partnerReasons(chosen, 'against', today) : [];
  const isProposed = matches.some((it) => it.is_proposed);
  const mark = span('!', 'yellow');
  const setting = settingOf(book, today);
  const schedule = offboardingOf(setting, client);
  const refOf = (step: string): string =>
    schedule ? stepNamer(setting, client, runningSchedules(setting, client))(schedule, step) : `${client.id}/${step}`;
  const calls =
    reason === 'conduct'
      ? (schedule?.steps ?? []).filter(
          (step) => step.state !== 'closed' && step.plan.kind === 'call' && step.plan.script === undefined,
        )
      : [];
  return [
    ...against.map((text) => line(mark, ` ${chosen?.name}: ${text}`)),
    ...(partner === undefined && !isProposed && matches.length > 0
      ? matches.map((it) => line(`not proposed: ${it.name}: ${partnerReasons(it, 'against', today).join('; ')}`))
      : []),
    ...(matches.length === 0
      ? [line('there is no partner in partners/ who could take them over: deliver new partner')]
      : []),
    ...(calendar.isWorking(lastDay)
      ? []
      : [line(mark, ` the last day, ${longDate(lastDay, today)}, is not a working day`)]),
    ...calls.map((step) =>
      line(
        mark,
        ` you may not want to make this call: ${step.plan.title}  `,
        span(`deliver skip ${refOf(step.plan.id)} --why TEXT`, 'dim'),
      ),
    ),
    ...cautionNotes(after, client),
  ];
}
