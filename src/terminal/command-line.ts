// The command that acts on a line of the morning, as it would be typed. Offers only commands that there are.
import type { Agenda, IssueItem, StepItem } from '../engine/items.ts';

export type Available = ReadonlySet<string>;

type Candidate = readonly [command: string, words: readonly string[]];

/** The first candidate whose command exists; `show` always does. */
function firstOf(available: Available, ref: string, ...candidates: readonly Candidate[]): string {
  const chosen = candidates.find(([command]) => available.has(command)) ?? (['show', [ref]] as const);
  return ['deliver', chosen[0], ...chosen[1]].join(' ');
}

const issueCommand = ({ ref }: IssueItem, available: Available): string =>
  firstOf(available, ref, ['issue', [ref, '--closed']]);

function stepCommand(item: StepItem, available: Available): string {
  const { ref, client, chase, email } = item;
  if (chase?.email !== undefined) return firstOf(available, ref, ['email', [client, chase.email, '--step', ref]]);
  if (chase?.script !== undefined) return firstOf(available, ref, ['script', [client, chase.script]]);
  if (item.blocked_by.length > 0 || item.owner === 'client' || item.owner === 'partner') return firstOf(available, ref);
  if (email !== null) return firstOf(available, ref, ['email', [client, email, '--step', ref]], ['done', [ref]]);
  return firstOf(available, ref, ['done', [ref]]);
}

/** Every line of the agenda with its command, section by section. */
export function withCommands(agenda: Agenda, available: Available) {
  const on = (ref: string, ...candidates: readonly Candidate[]) => firstOf(available, ref, ...candidates);
  const steps = (items: readonly StepItem[]) => items.map((it) => ({ ...it, command: stepCommand(it, available) }));
  return {
    overdue: steps(agenda.overdue),
    due_today: steps(agenda.due_today),
    upcoming: steps(agenda.upcoming),
    to_start: agenda.to_start.map((it) => ({ ...it, command: on(it.ref, ['start', [it.client, it.offer]]) })),
    to_finish: agenda.to_finish.map((it) => ({ ...it, command: on(it.ref, ['finish', [it.ref]]) })),
    waiting: steps(agenda.waiting),
    touches: agenda.touches.map((it) => ({
      ...it,
      command: on(it.ref, ...contactBy(it), ['touch', [it.client, it.kind]]),
    })),
    occasions: agenda.occasions.map((it) => ({
      ...it,
      command:
        it.kind === null
          ? on(it.ref)
          : on(it.ref, ['touch', [it.client, it.kind, ...(it.contact === null ? [] : ['--with', it.contact])]]),
    })),
    promises: agenda.promises.map((it) => ({ ...it, command: on(it.ref, ['promise', [it.ref, '--kept']]) })),
    issues: agenda.issues.map((it) => ({ ...it, command: issueCommand(it, available) })),
    renewals: agenda.renewals.map((it) => ({ ...it, command: on(it.ref, ['brief', [it.client]]) })),
    billing: agenda.billing.map((it) => ({ ...it, command: on(it.ref, ['brief', [it.client]]) })),
    holds: agenda.holds.map((it) => ({
      ...it,
      command: it.review_due ? on(it.ref, ['resume', [it.ref]]) : on(it.ref),
    })),
    engagements: agenda.engagements.map((it) => ({ ...it, command: on(it.ref) })),
  };
}

const contactBy = (it: Agenda['touches'][number]): readonly Candidate[] =>
  it.email === null
    ? it.script === null
      ? []
      : [['script', [it.client, it.script]]]
    : [['email', [it.client, it.email]]];

export type Commanded = ReturnType<typeof withCommands>;

const isReady = (it: StepItem): boolean => it.blocked_by.length === 0;

/** What to do first: the first line, in the order of the report, that something can be done about today. */
export function nextOf(lines: Commanded): { readonly ref: string; readonly command: string } | undefined {
  const candidates = [
    ...lines.overdue.filter(isReady),
    ...lines.due_today.filter(isReady),
    ...lines.to_start.filter((it) => it.days_late >= 0),
    ...lines.to_finish,
    ...lines.waiting.filter((it) => it.chase !== null),
    ...lines.touches.filter((it) => it.state !== 'soon'),
    ...lines.occasions.filter((it) => it.kind !== null && it.state !== 'soon'),
    ...lines.promises.filter((it) => it.days_late >= 0),
    ...lines.issues,
    ...lines.billing,
    ...lines.holds.filter((it) => it.review_due),
    ...lines.upcoming.filter(isReady),
  ];
  const first = candidates[0];
  return first && { ref: first.ref, command: first.command };
}

/** The same of what is hidden, where it was asked for; as `--json` has it. */
export const hiddenLines = ({ hiddenItems }: Agenda, available: Available) => {
  if (!hiddenItems) return {};
  const { later, issues, blocked, unscheduled, no_due, snoozed, paused, leaving } = hiddenItems;
  const steps = (items: typeof later) => items.map((it) => ({ ...it, command: stepCommand(it, available) }));
  return {
    hidden_items: {
      later: steps(later),
      issues: issues.map((it) => ({ ...it, command: issueCommand(it, available) })),
      blocked: steps(blocked),
      unscheduled: steps(unscheduled),
      no_due: steps(no_due),
      snoozed,
      paused,
      leaving,
    },
  };
};
