// What `list` can list: for each kind its columns, and its rows out of the Book and the engine. Knows no command line.
import { type ClientRecord, findKind, kindIds } from '../book/book.ts';
import { contactsOf } from '../engine/contact.ts';
import type { Setting } from '../engine/setting.ts';
import { runningSchedules, stepNamer, stepOwner } from '../engine/step-items.ts';
import { formatRule, rulesOf } from '../engine/touch-items.ts';
import type { Column, TableRow } from '../terminal/table.ts';
import { statusWord } from '../terminal/words.ts';

export type Listing = {
  readonly columns: readonly Column[];
  /** The file or folder that alone it rests on; without it clients count, and all that they rest on. */
  readonly place?: string;
  /** `clients` are all, or the one that was named. */
  readonly rows: (setting: Setting, clients: readonly ClientRecord[]) => readonly TableRow[];
};

const column = (key: string, title: string): Column => ({ key, title });
const optional = (key: string, title: string): Column => ({ key, title, optional: true });

const byClient = <T extends TableRow>(
  clients: readonly ClientRecord[],
  rows: (client: ClientRecord) => readonly T[],
): readonly T[] => clients.flatMap(rows);

export const LISTINGS: Readonly<Record<string, Listing>> = {
  clients: {
    columns: [
      column('id', 'Id'),
      column('name', 'Name'),
      column('segment', 'Segment'),
      column('status', 'Status'),
      optional('last_contact', 'Last contact'),
      optional('running', 'Running'),
      optional('owner', 'Owner'),
    ],
    rows: (setting, clients) =>
      clients.map((client) => ({
        id: client.id,
        name: client.name,
        segment: client.segment ?? null,
        status: statusWord(client),
        last_contact: contactsOf(setting.book, client, setting.today).at(-1)?.day ?? null,
        running: runningSchedules(setting, client)
          .map((it) => it.id)
          .join(', '),
        owner: client.owner ?? setting.me ?? null,
      })),
  },
  offers: {
    columns: [
      column('id', 'Id'),
      column('name', 'Name'),
      column('version', 'Version'),
      column('steps', 'Steps'),
      optional('running', 'Running'),
      optional('price', 'Price'),
    ],
    rows: ({ book, today }, clients) =>
      [...book.offers.values()].map((offer) => ({
        id: offer.id,
        name: offer.name,
        version: offer.version,
        steps: offer.steps.length,
        running: clients
          .flatMap((client) => Object.values(client.engagements ?? {}))
          .filter((it) => it.offer?.id === offer.id && !(it.ended && it.ended <= today)).length,
        price: offer.price ?? null,
      })),
  },
  engagements: {
    columns: [
      column('ref', 'Reference'),
      column('offer', 'Offer'),
      column('closed', 'Closed'),
      column('open', 'Open'),
      optional('promised', 'Promised'),
      optional('forecast_end', 'Forecast'),
      optional('state', 'State'),
    ],
    rows: (setting, clients) =>
      byClient(clients, (client) =>
        runningSchedules(setting, client).map((it) => ({
          ref: `${client.id}/${it.id}`,
          offer: it.plan.offer?.name ?? null,
          closed: it.steps.filter((step) => step.state === 'closed').length,
          open: it.steps.filter((step) => step.state !== 'closed').length,
          promised: it.promised ?? null,
          forecast_end: it.forecastEnd ?? null,
          state: it.hold ? 'on hold' : 'running',
        })),
      ),
  },
  steps: {
    columns: [
      column('ref', 'Reference'),
      column('title', 'Title'),
      column('state', 'State'),
      column('due', 'Due'),
      optional('owner', 'Owner'),
    ],
    rows: (setting, clients) =>
      byClient(clients, (client) => {
        const schedules = runningSchedules(setting, client);
        const refOf = stepNamer(setting, client, schedules);
        return schedules.flatMap((schedule) =>
          schedule.steps
            .filter((step) => step.state !== 'closed')
            .map((step) => ({
              ref: refOf(schedule, step.plan.id),
              title: step.plan.title,
              state: schedule.hold ? 'on hold' : step.state,
              due: step.due ?? null,
              owner: stepOwner(setting, client, schedule, step),
            })),
        );
      }),
  },
  touches: {
    columns: [
      column('date', 'Date'),
      column('client', 'Client'),
      column('kind', 'Kind'),
      optional('note', 'Note'),
      optional('with', 'With'),
      optional('by', 'By'),
    ],
    rows: ({ book }, clients) =>
      byClient(clients, (client) =>
        (book.logs.get(client.id)?.touches ?? []).map((touch) => ({
          date: touch.date,
          client: client.id,
          kind: touch.in ? `${touch.kind} (in)` : touch.kind,
          note: touch.note ?? null,
          with: touch.with?.join(', ') ?? null,
          by: touch.by ?? null,
        })),
      ).toSorted((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : 0)),
  },
  promises: {
    columns: [column('ref', 'Reference'), column('what', 'What'), column('by', 'By'), column('kept', 'Kept')],
    rows: (_, clients) =>
      byClient(clients, (client) =>
        Object.entries(client.promises ?? {}).map(([id, it]) => ({
          ref: `${client.id}/promise/${id}`,
          what: it.what,
          by: it.by,
          kept: it.kept ?? null,
        })),
      ),
  },
  issues: {
    columns: [
      column('ref', 'Reference'),
      column('what', 'What'),
      column('since', 'Since'),
      column('closed', 'Closed'),
      optional('kind', 'Kind'),
    ],
    rows: (_, clients) =>
      byClient(clients, (client) =>
        Object.entries(client.issues ?? {}).map(([id, it]) => ({
          ref: `${client.id}/issue/${id}`,
          what: it.what,
          since: it.since,
          closed: it.closed ?? null,
          kind: it.kind ?? 'other',
        })),
      ),
  },
  segments: {
    columns: [
      column('id', 'Id'),
      column('title', 'Title'),
      column('clients', 'Clients'),
      optional('cadence', 'Cadence'),
    ],
    rows: ({ book }, clients) =>
      Object.entries(book.service.segments ?? {}).map(([id, it]) => ({
        id,
        title: it.title,
        clients: clients.filter((client) => client.segment === id && client.status !== 'past').length,
        cadence: Object.entries(it.cadence ?? {})
          .map(([kind, rule]) => `${kind} ${formatRule(rule)}`)
          .join('; '),
      })),
  },
  kinds: {
    columns: [
      column('id', 'Id'),
      column('title', 'Title'),
      column('channel', 'Channel'),
      optional('satisfies', 'Satisfies'),
      optional('rules', 'Rules'),
    ],
    rows: (setting, clients) =>
      kindIds(setting.book).map((id) => ({
        id,
        title: findKind(setting.book, id)?.title ?? id,
        channel: findKind(setting.book, id)?.channel ?? null,
        satisfies: findKind(setting.book, id)?.satisfies?.join(', ') ?? null,
        rules: clients.filter((client) => rulesOf(setting, client).some((rule) => rule.kind === id)).length,
      })),
  },
  people: {
    place: 'deliver.yaml',
    columns: [
      column('id', 'Id'),
      column('name', 'Name'),
      column('role', 'Role'),
      optional('email', 'E-mail'),
      optional('hours_per_week', 'Hours a week'),
    ],
    rows: ({ book }) =>
      Object.entries(book.practice?.people ?? {}).map(([id, it]) => ({
        id,
        name: it.name,
        role: it.role ?? null,
        email: it.email ?? null,
        hours_per_week: it.hours_per_week ?? null,
      })),
  },
  partners: {
    place: 'partners',
    columns: [column('id', 'Id'), column('name', 'Name'), column('takes', 'Takes'), optional('agreed', 'Agreed')],
    rows: ({ book }) =>
      [...book.partners.values()].map((it) => ({
        id: it.id,
        name: it.name,
        takes: [...(it.takes?.segments ?? []), ...(it.takes?.industries ?? []), ...(it.takes?.offers ?? [])].join(', '),
        agreed: it.agreed ?? null,
      })),
  },
  scripts: {
    place: 'scripts',
    columns: [column('id', 'Id'), column('title', 'Title'), optional('purpose', 'Purpose')],
    rows: ({ book }) =>
      [...book.scripts.values()].map((it) => ({ id: it.id, title: it.title, purpose: it.purpose ?? null })),
  },
  emails: {
    place: 'emails',
    columns: [column('id', 'Id'), column('subject', 'Subject'), optional('to', 'To')],
    rows: ({ book }) => [...book.emails.values()].map((it) => ({ id: it.id, subject: it.subject, to: it.to ?? null })),
  },
};
