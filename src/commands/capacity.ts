// `capacity`: how many hours lie ahead of each of us, week by week, and whether one more engagement fits.
import type { Book } from '../book/book.ts';
import { dayIn } from '../changes/days.ts';
import { offerNamed } from '../changes/starting.ts';
import { linesIn } from '../changes/steps.ts';
import { type Command, type Input, type Options, type Practice, textOption } from '../command.ts';
import { completenessOf } from '../completeness.ts';
import { type Addition, type AdditionAsked, type Capacity, capacityOf } from '../engine/measure/capacity.ts';
import type { Uncounted } from '../engine/measure/hours.ts';
import { heldWork } from '../engine/measure/load.ts';
import { settingOf } from '../engine/setting.ts';
import { type Outcome, UsageError } from '../outcome.ts';
import { capacityDocument } from '../show/capacity.ts';
import { toMarkdown } from '../show/markdown.ts';
import { roundTo2 } from '../show/words.ts';
import { renderDocument } from '../terminal/document.ts';
import { findPersonId, findSegmentId } from '../typed/ids.ts';

export const command: Command = {
  name: 'capacity',
  arguments: [],
  options: [
    { flags: '--weeks <number>', what: 'how many weeks, from this one (default: 6)' },
    { flags: '--owner <person>', what: 'only their hours; with --add, who owns what the offer gives to nobody' },
    { flags: '--add <offer>', what: 'when one more engagement of this offer would fit' },
    { flags: '--from <day>', what: 'with --add: the first day to try (default: today)' },
    { flags: '--segment <segment>', what: 'with --add: what a client of this segment costs in contacts' },
    { flags: '--md', what: 'as Markdown' },
  ],
  about:
    'Counts the effort of open steps, of contacts that are due and of rounds that repeat, on the last working days before ' +
    'each is due. What cannot be counted is named.',
  examples: [
    { line: 'deliver capacity', what: 'the next six weeks' },
    { line: 'deliver capacity --add audit --segment A', what: 'when the next client can start' },
  ],
  depth: () => 'core',
  run,
};

const DEFAULT_WEEKS = 6;
const MOST_WEEKS = 104;

function run(input: Input): Outcome {
  const { practice, options, view } = input;
  const book = trusted(practice);
  const ownerWritten = textOption(options, 'owner');
  const owner = ownerWritten === undefined ? undefined : findPersonId(practice.book, ownerWritten);
  const asked = additionAsked(practice, options, owner);
  const all = capacityOf(settingOf(book, practice.today), weeksIn(options), asked);
  const capacity = owner === undefined || asked ? all : ofOwner(all, owner);
  const { complete, problems, notes, exit } = completenessOf(practice);
  const document = capacityDocument(book, practice.today, capacity);
  return {
    kind: 'outcome',
    text:
      options.md === true
        ? toMarkdown(document)
            .split('\n')
            .slice(0, -1)
            .map((row) => [row])
        : renderDocument(document, view),
    notes,
    data: {
      schema: 'deliver.capacity/1',
      today: practice.today,
      complete,
      ...(options.json === true ? toData(practice, capacity) : {}),
      problems,
    },
    problems: [],
    exit,
  };
}

/** Without a calendar every day would be a guess. */
const trusted = ({ book }: Practice): Book => (book.practice ? book : { ...book, clients: new Map() });

function weeksIn(options: Options): number {
  const written = textOption(options, 'weeks') ?? String(DEFAULT_WEEKS);
  const weeks = /^\d{1,3}$/.test(written) ? Number(written) : 0;
  if (weeks >= 1 && weeks <= MOST_WEEKS) return weeks;
  throw new UsageError(`\`${written}\` is not a number of weeks from 1 to ${MOST_WEEKS}`, 'write --weeks 6');
}

function additionAsked(practice: Practice, options: Options, owner: string | undefined): AdditionAsked | undefined {
  const written = textOption(options, 'add');
  const lonely = ['from', 'segment'].find((name) => written === undefined && textOption(options, name) !== undefined);
  if (lonely !== undefined) throw new UsageError(`--${lonely} is for an engagement to add`, 'use it with --add OFFER');
  if (written === undefined) return undefined;
  const from = dayIn(practice, options, 'from', 'future') ?? practice.today;
  if (from < practice.today) throw new UsageError(`${from} is in the past: today is ${practice.today}`);
  const segment = textOption(options, 'segment');
  return {
    offer: offerNamed(practice, written),
    from,
    segment: segment === undefined ? undefined : findSegmentId(practice.book, segment),
    owner,
  };
}

function ofOwner(capacity: Capacity, owner: string): Capacity {
  const { load } = capacity;
  const theirs = <T extends { readonly person: string | null }>(all: readonly T[]) =>
    all.filter(({ person }) => person === owner);
  return {
    ...capacity,
    people: theirs(capacity.people),
    load: {
      ...load,
      hours: theirs(load.hours),
      noEffort: theirs(load.noEffort),
      unscheduled: theirs(load.unscheduled),
      onHold: theirs(load.onHold),
      nobody: [],
    },
  };
}

const hours = (minutes: number): number => roundTo2(minutes / 60);
const hoursOrNull = (minutes: number | undefined): number | null => (minutes === undefined ? null : hours(minutes));
const refsOf = (all: readonly Uncounted[]): readonly string[] => all.map(({ ref }) => ref);

function toData(practice: Practice, { weeks, people, load, addition }: Capacity) {
  const lineOf = linesIn(practice);
  return {
    weeks,
    people: people.map(({ person, hoursPerWeek, weeks: theirs, room }) => ({
      person,
      hours_per_week: hoursPerWeek ?? null,
      weeks: theirs.map(({ week, available, booked, over }) => ({
        week,
        available: hoursOrNull(available),
        booked: hours(booked),
        over: hoursOrNull(over),
      })),
      room: room ?? null,
    })),
    hours: load.hours
      .map(({ person, day, minutes, kind, ref, client, file, path }) => ({
        person,
        day,
        hours: hours(minutes),
        kind,
        ref,
        client,
        file,
        line: lineOf(file, path),
      }))
      .toSorted((a, b) => order(a.person, b.person) || order(a.day, b.day) || order(a.ref, b.ref)),
    not_counted: {
      no_effort: refsOf(load.noEffort),
      unscheduled: refsOf(load.unscheduled),
      on_hold: heldWork(load).map(({ ref, minutes }) => ({ ref, hours: hours(minutes) })),
      kinds: load.kinds,
      nobody: load.nobody,
    },
    add: addition ? additionData(addition) : null,
  };
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const additionData = (it: Addition) => ({
  offer: it.offer,
  segment: it.segment ?? null,
  start: it.start ?? null,
  end: it.end ?? null,
  tried: it.tried,
  against: it.against.map(({ person, week, over }) => ({ person, week, over: hours(over) })),
  no_day: it.noDay,
  no_effort: it.noEffort,
  fits_with_held: it.fitsWithHeld ?? null,
  contact_hours_per_year: hoursOrNull(it.contactsPerYear),
});
