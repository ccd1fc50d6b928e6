// The transition pack of a client who is leaving: its six parts put together from templates and records. Each part stands
// for itself: one that lacks something says so and keeps no other back.
import type { ClientRecord } from '../book/book.ts';
import type { Practice } from '../command.ts';
import { type Check, type Checklist, checklistOf, checkOf } from '../engine/checklist.ts';
import { type HandOver, handOverOf, offboardingOf } from '../engine/hand-over.ts';
import type { Schedule } from '../engine/schedule.ts';
import { settingOf } from '../engine/setting.ts';
import { findEmail } from '../letters/built-in.ts';
import type { Spoken } from '../letters/spoken.ts';
import {
  type About,
  CHECK_SCRIPT,
  conversation,
  HAND_OVER,
  INTRODUCTION,
  letterTo,
  type Piece,
  type Sealed,
  transitionLetter,
  transitionScript,
} from '../letters/transition.ts';
import { checklistPaper, checkPaper, handOverNote } from '../terminal/hand-over.ts';
import type { Part, Sheet } from '../terminal/transition-pack.ts';
import { reasonsOf } from '../typed/letter-request.ts';
import { attachmentsFor } from './attachments.ts';
import { castOf } from './hand-over.ts';

export type Pack = {
  readonly parts: readonly Part[];
  readonly handOver: HandOver;
  readonly checklist: Checklist;
  /** Null without a last day. */
  readonly check: Check | null;
};

/** Undefined for a client who is not leaving. */
export function packOf(practice: Practice, client: ClientRecord): Pack | undefined {
  const { book, today } = practice;
  const { leaving } = client;
  if (!leaving) return undefined;
  const setting = settingOf(book, today);
  const schedule = offboardingOf(setting, client);
  const handOver = handOverOf(setting, client);
  const checklist = checklistOf(setting, client, schedule);
  const check = leaving.last_day === undefined ? null : checkOf(setting, client, schedule, leaving.last_day);
  const cast = castOf(practice, client, schedule);
  const about: About = { book, today, client, person: practice.who(), engagement: schedule?.id };
  const spoken = (name: string, title: string, id: string): Sheet =>
    sheetOf(practice, name, title, conversation(about, id), 'spoken');
  const letter = (name: string, title: string, id: string): Sheet =>
    sheetOf(
      practice,
      name,
      title,
      letterTo(about, id, attachmentsFor(practice, client, findEmail(book, id))),
      'letter',
    );
  const planned = plannedIn(schedule);
  const partner = cast.partner?.name;
  const note = handOverNote(cast, handOver);
  const nobody = 'Nobody takes them over. Once somebody does, write `partner:` under `leaving:` in';
  const checked = check && checkPaper(cast, check, handOver.contacts[0]);
  const parts: readonly Part[] = [
    {
      part: 'script',
      title: `What you say to ${cast.client}`,
      sheets: [spoken('1-script', 'The script', transitionScript(book, leaving.reason, planned.script))],
    },
    {
      part: 'letter',
      title: `The letter to ${cast.client}`,
      sheets: [letter('2-letter', 'The letter', transitionLetter(book, leaving.reason, planned.letter))],
    },
    partner === undefined
      ? { part: 'introduction', title: 'The introduction', sheets: [], says: `${nobody} ${client.file}.` }
      : {
          part: 'introduction',
          title: `The introduction to ${partner}`,
          sheets: [letter('3-introduction', 'The introduction', planned.introduction ?? INTRODUCTION)],
          ...(leaving.reason === 'conduct' ? { says: 'Send it only if they say that they would like it.' } : {}),
        },
    {
      part: 'hand-over',
      title: partner === undefined ? 'The hand-over note, for whoever comes next' : `The hand-over to ${partner}`,
      sheets: [
        ...(partner === undefined ? [] : [letter('4-hand-over', 'The letter with the hand-over note', HAND_OVER)]),
        paper('4-hand-over-note', note.title, note),
      ],
    },
    {
      part: 'checklist',
      title: 'The checklist',
      sheets: [paper('5-checklist', 'The checklist', checklistPaper(cast, checklist))],
    },
    checked === null
      ? {
          part: 'check',
          title: 'The check after a month',
          sheets: [],
          says: `Without a last day there is no day for it: write \`last_day:\` under \`leaving:\` in ${client.file}.`,
        }
      : {
          part: 'check',
          title: 'The check after a month',
          sheets: [
            paper('6-check', checked.title, checked),
            ...(leaving.reason === 'conduct'
              ? []
              : [spoken('6-check-script', 'The script of the check', check?.script ?? CHECK_SCRIPT)]),
          ],
        },
  ];
  return { parts, handOver, checklist, check };
}

const paper = (name: string, title: string, text: Extract<Sheet, { kind: 'paper' }>['text']): Sheet => ({
  name,
  title,
  template: null,
  isBuiltIn: false,
  kind: 'paper',
  text,
});

function sheetOf(
  practice: Practice,
  name: string,
  title: string,
  piece: Piece<Spoken | Sealed>,
  kind: 'spoken' | 'letter',
): Sheet {
  const { template, isBuiltIn } = piece;
  const named = { name, title, template, isBuiltIn };
  if (piece.kind === 'whole') return { ...named, kind, text: piece.text } as Sheet;
  const file = kind === 'spoken' ? `scripts/${template}.yaml` : `emails/${template}.md`;
  const because =
    piece.kind === 'broken'
      ? [`${file} is missing or has errors: deliver validate`]
      : reasonsOf(practice, piece.problems);
  return { ...named, kind: 'refused', because };
}

/** The texts that the steps of the offboarding name. */
function plannedIn(schedule: Schedule | undefined) {
  const steps = schedule?.steps.map((step) => step.plan) ?? [];
  const call = steps.find((it) => it.id === 'transition-call');
  const letter = steps.find((it) => it.id === 'letter') ?? steps.find((it) => it.email?.startsWith('transition'));
  return {
    script: call?.script,
    letter: letter?.email,
    introduction: steps.find((it) => it.id === 'introduce')?.email,
  };
}
