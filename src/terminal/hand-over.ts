// The papers of a transition in words: the note for who takes over, the checklist, the check after a month. Knows no template.
import { type Day, formatFullDay } from '../day.ts';
import type { Check, Checklist, ListedStep } from '../engine/checklist.ts';
import type { HandedWork, HandOver } from '../engine/hand-over.ts';
import { type Entry, entry, type Paper, type Section } from './paper.ts';
import { count, type Maybe, present } from './words.ts';

/** Who and what the papers speak of, by name. */
export type Cast = {
  readonly practice: string | undefined;
  readonly client: string;
  readonly clientId: string;
  readonly clientFile: string;
  readonly industry: string | undefined;
  readonly since: Day | undefined;
  readonly channel: string | undefined;
  readonly reason: string;
  readonly lastDay: Day | undefined;
  readonly partner: { readonly name: string; readonly person: string | undefined } | undefined;
  /** Names of our people by id. */
  readonly people: Readonly<Record<string, string>>;
  readonly offboarding: string | undefined;
};

const joined = (...parts: readonly Maybe[]): string => present(...parts).join(' · ');
const orNone = (entries: readonly Entry[], none: string): readonly Entry[] =>
  entries.length > 0 ? entries : [entry(none)];

/** Written for somebody outside: nothing in it was meant for ourselves alone. */
export function handOverNote(cast: Cast, it: HandOver): Paper {
  const from = cast.practice === undefined ? '' : ` from ${cast.practice}`;
  const to = cast.partner === undefined ? '' : ` to ${cast.partner.name}`;
  const last = cast.lastDay === undefined ? '' : ` Our last day of work for them is ${formatFullDay(cast.lastDay)}.`;
  const running = it.work.filter((work) => work.ended === null);
  const over = it.work.filter((work) => work.ended !== null);
  return {
    title: `Hand-over note: ${cast.client}`,
    intro: [
      from === '' && to === '' ? `What to know about ${cast.client}.${last}` : `${cast.client},${from}${to}.${last}`,
    ],
    sections: [
      {
        title: 'Who they are',
        entries: [
          ...[
            joined(
              cast.industry,
              cast.since === undefined ? undefined : `client since ${formatFullDay(cast.since)}`,
              cast.channel === undefined ? undefined : `they prefer ${cast.channel}`,
            ),
          ]
            .filter((text) => text !== '')
            .map(entry),
          ...orNone(
            it.contacts.map((each, i) =>
              entry(joined(each.name, each.role, each.email, each.phone, i === 0 && 'main contact')),
            ),
            'Nobody is written down; ask us.',
          ),
        ],
      },
      { title: 'What runs now', entries: orNone(running.flatMap(runningEntries(cast)), 'Nothing.') },
      { title: 'What was delivered', entries: orNone(over.map(workEntry), 'Nothing before this.') },
      {
        title: 'What we promised and have not kept yet',
        entries: orNone(
          it.promises.map((each) => entry(`${each.what} (promised ${formatFullDay(each.since)})`)),
          'Nothing.',
        ),
      },
      {
        title: 'What is not settled',
        entries: orNone(
          it.issues.map((each) => entry(`${each.what} (since ${formatFullDay(each.since)})`)),
          'Nothing.',
        ),
      },
      {
        title: 'Our last contacts',
        entries: orNone(
          (it.touches ?? []).map((each) =>
            entry(
              `${formatFullDay(each.date)}: ${each.title}${each.with.length === 0 ? '' : ` with ${each.with.join(', ')}`}${each.in ? ' (they came to us)' : ''}`,
            ),
          ),
          it.touches === null ? 'The log cannot be read at the moment.' : 'None are written down.',
        ),
      },
      {
        title: 'Papers and links',
        entries: orNone(
          it.resources.map((each) => entry(`${each.what}: ${each.where}`)),
          'None are in the plan; the files come separately.',
        ),
      },
    ],
  };
}

const runningEntries =
  (cast: Cast) =>
  (work: HandedWork): readonly Entry[] => {
    const end = work.forecast_end === null ? '' : `, likely to end ${formatFullDay(work.forecast_end)}`;
    const open = work.open.filter((step) => !step.is_internal);
    return [
      entry(`${work.offer ?? work.engagement}, since ${formatFullDay(work.started)}${end}${made(work)}`),
      ...open.map((step) =>
        entry(
          joined(
            `still open: ${step.title}`,
            step.due === null ? undefined : `due ${formatFullDay(step.due)}`,
            ownerName(cast, step.owner, work.partner),
          ),
        ),
      ),
    ];
  };

const workEntry = (work: HandedWork): Entry =>
  entry(
    `${work.offer ?? work.engagement}, ${formatFullDay(work.started)} to ${work.ended === null ? 'now' : formatFullDay(work.ended)}${work.result === 'cancelled' ? ' (stopped early)' : ''}${made(work)}`,
  );

function made({ outcome, delivered }: HandedWork): string {
  const bought = outcome === null ? '' : `. What they bought: ${outcome.replace(/(?<![.\s])[.\s]+$/, '')}`;
  const done = delivered.length === 0 ? '' : `. Done: ${delivered.map((each) => each.title).join(', ')}`;
  return `${bought}${done}`;
}

/** `partner`: who helps with this engagement, which need not be who takes over. */
const ownerName = (cast: Cast, owner: string | null, partner: string | null = null): string | undefined =>
  owner === null
    ? undefined
    : owner === 'client'
      ? cast.client
      : owner === 'partner'
        ? (partner ?? cast.partner?.name ?? 'the partner')
        : (cast.people[owner] ?? owner);

export function checklistPaper(cast: Cast, it: Checklist): Paper {
  const { clientId } = cast;
  const stepEntry = (step: ListedStep): Entry => ({
    text: joined(
      `${step.day === null ? 'No day yet' : formatFullDay(step.day)}: ${step.title}`,
      ownerName(cast, step.owner),
      step.skipped !== null && `not needed: ${step.skipped}`,
    ),
    isTicked: step.is_closed,
    ref: step.ref,
  });
  const before: readonly Entry[] = [
    ...it.running.map((each) => ({
      text: `${each.offer ?? each.ref} is running with ${each.open === 0 ? 'everything closed' : count(each.open, 'open step')}${each.forecast_end === null || each.open === 0 ? '' : `, likely to end ${formatFullDay(each.forecast_end)}`}: end it, or hand it over`,
      isTicked: false,
      ref: `deliver finish ${each.ref}`,
    })),
    ...it.promises.map((each) => ({
      text: `Keep what was promised: ${each.what}`,
      isTicked: false,
      ref: `deliver promise ${each.ref} --kept`,
    })),
    ...it.issues.map((each) => ({
      text: `Settle, or hand over: ${each.what}`,
      isTicked: false,
      ref: `deliver issue ${each.ref} --closed`,
    })),
    ...(it.billing === null
      ? []
      : [
          { text: `Settle what is owed (billing is ${it.billing})`, isTicked: false, ref: `deliver brief ${clientId}` },
        ]),
  ];
  const end: readonly Entry[] =
    cast.offboarding === undefined
      ? []
      : [
          {
            text: 'When the check is done, end the offboarding',
            isTicked: false,
            ref: `deliver finish ${cast.offboarding}`,
          },
          { text: `Then write into ${cast.clientFile}`, isTicked: false, ref: 'status: past' },
        ];
  return {
    title: `Checklist: ${cast.client} leaves`,
    intro: cast.lastDay === undefined ? [] : [`The last day is ${formatFullDay(cast.lastDay)}.`],
    sections: [
      ...it.phases.map(({ title, steps }): Section => ({ title: title ?? 'Steps', entries: steps.map(stepEntry) })),
      { title: 'To close before the last day', entries: before },
      { title: 'At the very end', entries: end },
      {
        title: 'What could go wrong',
        entries: it.risks.map((each) =>
          entry(`${each.what}${each.mitigation === null ? '' : `. So: ${each.mitigation}`}`),
        ),
      },
    ],
  };
}

/** Whom to ask, when and about what; after a parting over conduct they are left in peace. */
export function checkPaper(cast: Cast, it: Check, contact: HandOver['contacts'][number] | undefined): Paper {
  const isPeace = cast.reason === 'conduct';
  const who = contact === undefined ? cast.client : joined(contact.name, contact.phone, contact.email);
  const partner = cast.partner;
  const ours = ownerName(cast, it.owner);
  return {
    title: `The check after a month: ${cast.client}`,
    intro: [`${formatFullDay(it.day)}${ours === undefined ? '' : `, ${ours}`}${it.is_closed ? ': done.' : '.'}`],
    sections: [
      {
        title: isPeace ? 'What to look at' : 'Whom to ask',
        entries: [
          ...(isPeace
            ? [
                entry('Leave them in peace: no call and no letter.'),
                entry(
                  'Look whether anything is still open: our access to their systems, the last invoice, their files.',
                ),
              ]
            : [entry(who)]),
          ...(partner === undefined
            ? []
            : [
                entry(
                  `${isPeace ? 'If they went there' : 'Before that'}, ask ${partner.person === undefined ? '' : `${partner.person} of `}${partner.name} how it is going`,
                ),
              ]),
        ],
      },
      {
        title: 'Afterwards',
        entries: [
          ...(it.ref === null || it.is_closed ? [] : [{ text: 'Mark it', ref: `deliver done ${it.ref}` }]),
          ...(cast.offboarding === undefined
            ? []
            : [{ text: 'End the offboarding', ref: `deliver finish ${cast.offboarding}` }]),
          { text: `They are a past client then: write into ${cast.clientFile}`, ref: 'status: past' },
        ],
      },
    ],
  };
}
