// The hand-over note of one client: the records put in words, with everyone by name.
import type { ClientRecord } from '../book/book.ts';
import type { Practice } from '../command.ts';
import { handOverOf, offboardingOf } from '../engine/hand-over.ts';
import type { Schedule } from '../engine/schedule.ts';
import { settingOf } from '../engine/setting.ts';
import { type Cast, handOverNote } from '../terminal/hand-over.ts';
import type { Paper } from '../terminal/paper.ts';

export function handOverPaper(practice: Practice, client: ClientRecord): Paper {
  const setting = settingOf(practice.book, practice.today);
  return handOverNote(castOf(practice, client, offboardingOf(setting, client)), handOverOf(setting, client));
}

export function castOf({ book }: Practice, client: ClientRecord, schedule: Schedule | undefined): Cast {
  const id = schedule?.engagement.partner ?? client.leaving?.partner;
  const partner = id === undefined ? undefined : book.partners.get(id);
  return {
    practice: book.practice?.practice,
    client: client.name,
    clientId: client.id,
    clientFile: client.file,
    industry: client.industry,
    since: client.since,
    channel: client.channel,
    reason: client.leaving?.reason ?? '',
    lastDay: client.leaving?.last_day,
    partner: id === undefined ? undefined : { name: partner?.name ?? id, person: partner?.contact?.name },
    people: Object.fromEntries(Object.entries(book.practice?.people ?? {}).map(([key, it]) => [key, it.name])),
    offboarding: schedule && schedule.engagement.ended === undefined ? `${client.id}/${schedule.id}` : undefined,
  };
}
