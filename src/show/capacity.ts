// The hours that lie ahead as a document: a table for each of us, where there is room, what is not counted and why.
import type { Book } from '../book/book.ts';
import { addDays, type Day, formatFullDay } from '../day.ts';
import type { Addition, Capacity, PersonLoad, PersonWeek, Week } from '../engine/measure/capacity.ts';
import type { Hours } from '../engine/measure/hours.ts';
import { heldWork } from '../engine/measure/load.ts';
import {
  type Block,
  type Cell,
  column,
  type Document,
  documentOf,
  listOf,
  optionalColumn,
  section,
  sentence,
  text,
} from './document.ts';
import { bareDay, hoursText, listed, shortDay } from './words.ts';

export function capacityDocument(book: Book, today: Day, capacity: Capacity): Document {
  const { weeks, people, addition, load } = capacity;
  const [first, last] = [weeks[0], weeks.at(-1)];
  const span = first && last ? `: ${formatFullDay(first.from)} to ${formatFullDay(last.to)}` : '';
  const bare = people.filter(({ hoursPerWeek }) => hoursPerWeek === undefined).map(({ person }) => person);
  const missing = [
    ...(people.length === 0 ? ['Nobody is listed: add `people:` to deliver.yaml'] : []),
    ...(bare.length === 0 ? [] : [`No hours a week for ${bare.join(', ')}: add \`hours_per_week:\` in deliver.yaml`]),
    ...notCounted(capacity),
  ];
  const reserved = Object.values(book.practice?.people ?? {}).some((it) => (it.reserved ?? 0) > 0);
  const hasHours = people.some(({ hoursPerWeek }) => hoursPerWeek !== undefined);
  return documentOf(
    `Hours ahead${span}`,
    ...people.map((person) => section(nameOf(book, person), weeksTable(person, weeks, today))),
    section(undefined, hasHours ? sentence(roomSentence(book, people, weeks, today)) : undefined),
    ...(addition ? [additionSection(book, today, addition)] : []),
    section('Not counted', missing.length === 0 ? undefined : listOf(missing)),
    section(
      undefined,
      hasHours && !reserved
        ? sentence(
            'Nothing is reserved for mail, selling and admin: add `reserved:` to a person in deliver.yaml.',
            'quiet',
          )
        : undefined,
    ),
    section(undefined, nextBlock(capacity, load.hours)),
  );
}

function nameOf(book: Book, { person, hoursPerWeek }: PersonLoad): string {
  const { name, reserved } = book.practice?.people[person] ?? { name: person };
  if (hoursPerWeek === undefined) return name;
  return `${name} · ${hoursText(hoursPerWeek * 60)} a week${reserved === undefined ? '' : `, ${hoursText(reserved)} of them reserved`}`;
}

function weeksTable({ weeks }: PersonLoad, spans: readonly Week[], today: Day): Block {
  const rows = weeks.map((week, at): readonly Cell[] => weekRow(week, spans[at], today));
  return {
    kind: 'table',
    hasHead: false,
    columns: [
      column('Week from'),
      column('Booked', 'right'),
      optionalColumn('Available'),
      column('Share', 'right'),
      column(''),
      column(''),
    ],
    rows,
  };
}

function weekRow({ week, available, booked, over }: PersonWeek, span: Week | undefined, today: Day): readonly Cell[] {
  const from = bareDay(span?.from ?? week, today);
  const isOver = over !== undefined && over > 0;
  if (available === undefined) return [text(from), text(hoursText(booked)), text(''), text(''), text(''), text('')];
  const share = available === 0 ? (booked > 0 ? 2 : 0) : booked / available;
  return [
    text(from),
    text(hoursText(booked)),
    text(`of ${hoursText(available)}`, 'quiet'),
    text(available === 0 ? '' : `${Math.round(share * 100)} %`, isOver ? 'bad' : 'plain'),
    { share },
    text(isOver ? `${hoursText(over)} over` : available === 0 ? 'off' : '', isOver ? 'bad' : 'quiet'),
  ];
}

function roomSentence(book: Book, people: readonly PersonLoad[], weeks: readonly Week[], today: Day): string {
  const parts = people
    .filter(({ hoursPerWeek }) => hoursPerWeek !== undefined)
    .map(({ person, room }) => {
      const name = book.practice?.people[person]?.name ?? person;
      if (room === undefined) return `${name} in none of these ${weeks.length} weeks`;
      const from = weeks.find(({ week }) => week === room)?.from ?? room;
      return `${name} ${from === today ? 'this week' : `from the week of ${shortDay(room, today)}`}`;
    });
  return `At least a fifth of the hours is free: ${parts.join('; ')}.`;
}

function notCounted({ load }: Capacity): readonly string[] {
  const refs = (all: readonly { readonly ref: string }[]) => listed(all.map(({ ref }) => ref));
  return [
    ...(load.noEffort.length === 0
      ? []
      : [`Steps without effort, add \`effort:\` in the offer: ${refs(load.noEffort)}`]),
    ...(load.unscheduled.length === 0
      ? []
      : [`Without a day, add \`due:\` or the date of the milestone: ${refs(load.unscheduled)}`]),
    ...heldWork(load).map(({ ref, minutes }) => `On hold: ${ref}, ${hoursText(minutes)}`),
    ...(load.kinds.length === 0
      ? []
      : [`Contacts without effort, add \`effort:\` under \`touches:\` in service.yaml: ${listed(load.kinds)}`]),
    ...(load.nobody.length === 0 ? [] : [`Owned by nobody, add \`owner:\`: ${listed(load.nobody)}`]),
  ];
}

function additionSection(book: Book, today: Day, addition: Addition) {
  const { offer, start, end, against, tried, noDay, noEffort, fitsWithHeld, segment, contactsPerYear } = addition;
  const name = book.offers.get(offer)?.name ?? offer;
  const names = (id: string) => book.practice?.people[id]?.name ?? id;
  const [first] = against;
  const ends = end === undefined ? '' : `, planned to end on ${formatFullDay(end)}`;
  const blocks: readonly (Block | undefined)[] = [
    start === undefined
      ? sentence(`No day within 26 weeks from ${formatFullDay(tried)} leaves everybody within their hours.`, 'bad')
      : sentence(`It fits from ${formatFullDay(start)}${ends}.`, 'strong'),
    first &&
      sentence(
        `Not from ${formatFullDay(tried)}: ${against.map((it) => `${names(it.person)} would be ${hoursText(it.over)} over in the week of ${shortDay(it.week, today)}`).join(', ')}.`,
      ),
    fitsWithHeld === undefined
      ? undefined
      : sentence(
          fitsWithHeld
            ? 'It still fits if the work on hold goes on.'
            : 'It does not fit on that day if the work on hold goes on.',
        ),
    contactsPerYear === undefined
      ? undefined
      : sentence(`A client of segment ${segment} takes ${hoursText(contactsPerYear)} a year in contacts.`),
    noDay.length === 0
      ? undefined
      : sentence(
          `Not counted, without a day: ${listed(noDay)}. Add \`due:\`, or a \`usual\` day to the milestone, in ${book.offers.get(offer)?.file ?? 'the offer'}.`,
        ),
    noEffort.length === 0 ? undefined : sentence(`Not counted, without effort: ${listed(noEffort)}.`),
  ];
  return section(`One more: ${name}`, ...blocks);
}

/** What helps: moving the largest piece of the first week that is too full; else beginning what fits. */
function nextBlock({ people, addition }: Capacity, hours: readonly Hours[]): Block | undefined {
  if (addition?.start !== undefined)
    return {
      kind: 'next',
      command: `deliver start CLIENT ${addition.offer}`,
      why: `on ${formatFullDay(addition.start)}`,
    };
  const full = people
    .flatMap(({ person, weeks }) => weeks.filter(({ over }) => (over ?? 0) > 0).map(({ week }) => ({ person, week })))
    .toSorted((a, b) => (a.week < b.week ? -1 : 1))[0];
  if (!full) return { kind: 'next', command: 'deliver capacity --add OFFER', why: 'when one more would fit' };
  const largest = hours
    .filter((it) => it.person === full.person && it.kind === 'step' && it.day >= full.week)
    .filter((it) => it.day < addDays(full.week, 7))
    .toSorted((a, b) => b.minutes - a.minutes)[0];
  if (!largest) return { kind: 'next', command: `deliver status --owner ${full.person}`, why: undefined };
  return {
    kind: 'next',
    command: `deliver move ${largest.ref} --due DAY --why TEXT`,
    why: 'the most of the first week that is too full',
  };
}
