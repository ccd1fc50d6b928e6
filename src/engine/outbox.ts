// What is due to be written today: steps with an email, reminders, contacts made by mail. Which letter and why, not its text.
import { type ClientRecord, findKind } from '../book/book.ts';
import { agendaOf } from './agenda.ts';
import { shownFrom } from './cadence.ts';
import { contactsOf, madeTouches } from './contact.ts';
import type { StepItem } from './items.ts';
import { namedLetter } from './letter-note.ts';
import type { Setting } from './setting.ts';
import { rulesOf, standingOf } from './touch-items.ts';

export type DueLetter = {
  /** What `sent` marks: a step or a kind of touch. */
  readonly ref: string;
  readonly client: ClientRecord;
  readonly template: string;
  readonly why: string;
  readonly step: { readonly engagement: string; readonly step: string } | undefined;
  readonly rung: string | undefined;
};

/** In the order of the morning: late steps, today's, reminders, contacts. */
export function dueLetters(setting: Setting, client: string | undefined): readonly DueLetter[] {
  const { book } = setting;
  const agenda = agendaOf(setting, { within: 7, ...(client === undefined ? {} : { client }) });
  const clientOf = (id: string): ClientRecord => {
    const found = book.clients.get(id);
    if (!found) throw new Error(`no client ${id}`);
    return found;
  };
  const ours = [...agenda.overdue, ...agenda.due_today];
  const fromSteps = ours.flatMap((it): readonly DueLetter[] =>
    it.email === null || it.blocked_by.length > 0
      ? []
      : [ofStep(it, clientOf(it.client), it.email, it.title, undefined)],
  );
  const reminders = agenda.waiting.flatMap((it): readonly DueLetter[] =>
    it.chase?.email === undefined
      ? []
      : [ofStep(it, clientOf(it.client), it.chase.email, `reminder (${it.chase.rung}): ${it.title}`, it.chase.rung)],
  );
  const due = [
    ...agenda.touches.filter((it) => it.state !== 'soon').map((it) => ({ client: it.client, kind: it.kind })),
    ...ours.flatMap((it) => it.also_due.map((kind) => ({ client: it.client, kind }))),
  ];
  const contacts = due.flatMap(({ client: id, kind }): readonly DueLetter[] => {
    const found = findKind(book, kind);
    if (found?.email === undefined || wasWritten(setting, clientOf(id), kind, found.email)) return [];
    return [
      {
        ref: `${id}/touch/${kind}`,
        client: clientOf(id),
        template: found.email,
        why: found.title,
        step: undefined,
        rung: undefined,
      },
    ];
  });
  return [...fromSteps, ...reminders, ...contacts];
}

/** An invitation is no review: once it is out it is not sent again, and the review stays due. */
function wasWritten(setting: Setting, client: ClientRecord, kind: string, template: string): boolean {
  const { book, calendar, today } = setting;
  const found = rulesOf(setting, client).find((it) => it.kind === kind);
  if (!found || found.rule.form === 'yearly') return false;
  const standing = standingOf(setting, client, found, contactsOf(book, client, today));
  if (!standing) return false;
  const from = shownFrom(found.rule, standing, calendar);
  return madeTouches(book.logs.get(client.id), today).some((it) => it.date >= from && namedLetter(it) === template);
}

const ofStep = (
  it: StepItem,
  client: ClientRecord,
  template: string,
  why: string,
  rung: string | undefined,
): DueLetter => ({
  ref: it.ref,
  client,
  template,
  why,
  step: { engagement: it.engagement, step: it.step },
  rung,
});
