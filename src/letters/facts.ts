// What one letter or script is about: client, person, engagement, step, partner. Owns how they are chosen when nobody
// names them, and why one is lacking. Knows no template text.
import type { Book, ClientRecord } from '../book/book.ts';
import type { Day } from '../day.ts';
import { currentRung, rungsOf } from '../engine/ladder.ts';
import { type Schedule, type ScheduledStep, scheduleOf } from '../engine/schedule.ts';
import { type Setting, settingOf } from '../engine/setting.ts';
import { runningSchedules, stepOwner } from '../engine/step-items.ts';

export type Facts = {
  readonly book: Book;
  readonly today: Day;
  /** Who writes or speaks; undefined when nobody knows. */
  readonly person: string | undefined;
  readonly client: ClientRecord;
  /** The contact it is addressed to, or who is spoken with; the main contact when it goes to a partner. */
  readonly contact: string | undefined;
  readonly schedule: Schedule | undefined;
  readonly step: ScheduledStep | undefined;
  readonly partner: string | undefined;
  /** Why there is no engagement, or no step, and what would name one. */
  readonly lacks: { readonly engagement: string; readonly step: string };
};

export type Wish = {
  readonly template: { readonly kind: 'email' | 'script'; readonly id: string };
  readonly person: string | undefined;
  /** Instead of the main contact. */
  readonly contact?: string | undefined;
  /** The only engagement it may be about. */
  readonly engagement?: string | undefined;
  /** Instead of the step that names the template. */
  readonly step?: { readonly engagement: string; readonly step: string } | undefined;
};

type Work = Pick<Facts, 'schedule' | 'step' | 'lacks'>;
type Match = { readonly schedule: Schedule; readonly step: ScheduledStep };

export function factsFor(book: Book, today: Day, client: ClientRecord, wish: Wish): Facts {
  const setting = settingOf(book, today);
  const work = wish.step === undefined ? workFor(setting, client, wish) : namedWork(setting, client, wish.step);
  return {
    book,
    today,
    person: wish.person,
    client,
    contact: wish.contact ?? mainContact(client, today),
    ...work,
    partner: work.schedule?.engagement.partner ?? client.leaving?.partner,
  };
}

/** The first contact who has not left. */
const mainContact = (client: ClientRecord, today: Day): string | undefined =>
  Object.entries(client.contacts ?? {}).find(([, each]) => each.left === undefined || each.left > today)?.[0];

function namedWork({ book, calendar, today }: Setting, client: ClientRecord, named: NonNullable<Wish['step']>): Work {
  const schedule = scheduleOf(book, calendar, today, client, named.engagement);
  const step = schedule?.steps.find((each) => each.plan.id === named.step);
  const broken = `the offer of ${client.id}/${named.engagement} has errors: deliver validate`;
  return { schedule, step, lacks: { engagement: broken, step: broken } };
}

/** The one step that asks for this template, else the one engagement that runs, else none. */
function workFor(setting: Setting, client: ClientRecord, { template, engagement: wanted }: Wish): Work {
  const schedules = runningSchedules(setting, client).filter((it) => wanted === undefined || it.id === wanted);
  const matches = stepsNaming(setting, client, schedules, template);
  const [match] = matches;
  if (match && matches.length === 1) return { ...match, lacks: { engagement: '', step: '' } };
  const option = `say which: --step ${client.id}/STEP`;
  const names = matches.map(({ schedule, step }) => `${schedule.id}/${step.plan.id}`).join(', ');
  const step =
    matches.length > 1
      ? `several steps ask for \`${template.id}\` (${names}); ${option}`
      : `no open step asks for \`${template.id}\`; ${option}`;
  const [only] = schedules;
  if (only && schedules.length === 1) return { schedule: only, step: undefined, lacks: { engagement: '', step } };
  const running = schedules.map((each) => `--step ${client.id}/${each.id}`).join(', ');
  const engagement =
    only === undefined
      ? `nothing runs for ${client.name}: deliver start ${client.id} OFFER`
      : `several engagements run: name the step it is about, or one of them: ${running}`;
  return { schedule: undefined, step: undefined, lacks: { engagement, step: only === undefined ? engagement : step } };
}

/** Open steps first, then reminders by how current they are, then what is done already. */
function stepsNaming(
  setting: Setting,
  client: ClientRecord,
  schedules: readonly Schedule[],
  { kind, id }: Wish['template'],
): readonly Match[] {
  const { book, today } = setting;
  const all = schedules.flatMap((schedule) => schedule.steps.map((step): Match => ({ schedule, step })));
  const named = all.filter(({ step }) => step.plan[kind] === id);
  const chased = all.filter(
    ({ schedule, step }) => step.state === 'ready' && stepOwner(setting, client, schedule, step) === 'client',
  );
  const log = book.logs.get(client.id);
  const groups = [
    named.filter(({ step }) => step.state !== 'closed'),
    chased.filter(({ schedule, step }) => currentRung(book, log, schedule, step, today)?.[kind] === id),
    chased.filter(({ schedule, step }) => rungsOf(book, schedule, step).some((rung) => rung[kind] === id)),
    named,
  ];
  return groups.find((each) => each.length > 0) ?? [];
}
