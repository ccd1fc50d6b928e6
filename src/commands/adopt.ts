// `adopt`: an engagement moves to the present version of its offer. Shows what that does, asks, and keeps all progress.
import { type Adoption, adoptionOf, plansFor } from '../changes/adopt.ts';
import {
  endWords,
  lateWords,
  moveWords,
  type Preview,
  previewOf,
  renderPreview,
  writtenWords,
} from '../changes/adopt-preview.ts';
import { clientEdit } from '../changes/edits.ts';
import { askForEngagement, findEngagement } from '../changes/engagements.ts';
import { milestonesFor } from '../changes/milestones.ts';
import { nextInEngagement, sayChange } from '../changes/next.ts';
import { overbookedNotes } from '../changes/overbooking.ts';
import { type Command, type Input, textOption, wordsOf } from '../command.ts';
import type { Day } from '../day.ts';
import { type Ask, changing, type Outcome } from '../outcome.ts';
import { line } from '../terminal/ink.ts';
import { count } from '../terminal/words.ts';

export const command: Command = {
  name: 'adopt',
  arguments: [{ name: '<engagement...>', what: 'acme/audit-2026, or acme when only one is running' }],
  options: [
    { flags: '--milestones <days>', what: 'dates the new version asks for: go-live=2026-12-10' },
    { flags: '--yes', what: 'move it without asking' },
  ],
  about:
    'Shows the steps that are added, changed, gone and renamed, the days that move, and whether the promise still holds. ' +
    'Progress is kept: under the new name of a step that was renamed, and as a step of its own where the step is gone.',
  examples: [
    { line: 'deliver adopt acme/audit-2026', what: 'see what it does, then decide' },
    { line: 'deliver adopt acme/audit-2026 --yes', what: 'without a question' },
    { line: 'deliver adopt acme/audit-2026 --dry-run', what: 'the lines of the file it would change' },
  ],
  changes: true,
  depth: () => 'core',
  run,
};

function run(input: Input): Outcome | Ask {
  const { practice, options, view } = input;
  const words = wordsOf(input, 'engagement');
  if (words.length === 0) {
    return askForEngagement(practice, 'Which engagement moves to the present version?', ({ engagement }) => {
      const { id, version } = engagement.offer ?? {};
      const present = practice.book.offers.get(id ?? '');
      return present !== undefined && version !== undefined && version !== present.version;
    });
  }
  const { client, schedule, ref } = findEngagement(practice, words);
  const plans = plansFor(practice, schedule, ref);
  const written = textOption(options, 'milestones');
  const milestones = milestonesFor(
    practice,
    plans.offer,
    schedule.engagement.started,
    written,
    schedule.engagement.milestones,
  );
  if ('ask' in milestones) return milestones.ask;
  const adoption = adoptionOf(practice, schedule, plans, milestones.days);
  const preview = previewOf(practice, schedule, adoption);
  const isDecided = options.yes !== undefined || options.dryRun === true;
  if (preview && !isDecided) {
    const { offer } = plans;
    return {
      kind: 'ask',
      argument: 'yes',
      question: `Move ${ref} to version ${offer.version} of ${offer.name}?`,
      choices: [
        { value: 'no', label: 'no  leave it as it is' },
        { value: 'yes', label: `yes  move it to version ${offer.version}` },
      ],
      preview: renderPreview({ preview, adoption, ref, name: client.name, today: practice.today }, view.columns),
      unasked: 'nothing was changed: say --yes to move it',
    };
  }
  if (options.yes === 'no') return unchanged(ref);
  const path = ['engagements', schedule.id];
  return changing([clientEdit(practice.book, client, adoption.edits)], (after, at) => {
    const said = sayChange('adopt', {
      changed: [
        ...changedWords(adoption, preview, ref, practice.today),
        ...overbookedNotes(practice, after, client.id, schedule.id).map((what) => ({
          what: `note: ${what}`,
          within: [],
        })),
      ].map(({ what, within }) => ({ what, at: at(client.file, [...path, ...within]) })),
      next: nextInEngagement(after, client.id, schedule.id),
    });
    return { ...said, data: { ...said.data, adoption: dataOf(adoption, preview) } };
  });
}

const unchanged = (ref: string): Outcome => ({
  kind: 'outcome',
  text: [line(`${ref} stays as it is`)],
  data: { schema: 'deliver.change/1', command: 'adopt', changed: [], next: null },
  problems: [],
  exit: 0,
});

type Changed = { readonly what: string; readonly within: readonly string[] };

function changedWords(adoption: Adoption, preview: Preview | undefined, ref: string, today: Day): readonly Changed[] {
  const { old, offer } = adoption;
  const moves = preview?.moves ?? [];
  const moved = `${count(moves.length, 'day')} moved: ${moves.map((move) => moveWords(move, today)).join(', ')}`;
  return [
    {
      what: `${ref} runs on version ${offer.version} of ${offer.name} now, before on ${old.version}`,
      within: ['offer'],
    },
    ...writtenWords(adoption, today).map(({ step, text }) => ({
      what: text,
      within: ['steps', step],
    })),
    ...(moves.length === 0 ? [] : [{ what: moved, within: [] }]),
    ...(preview ? lateWords(preview, ref).map((what) => ({ what, within: [] })) : []),
    ...(preview ? endWords(preview, ref, today).map((what) => ({ what, within: ['promised'] })) : []),
  ];
}

function dataOf({ old, offer, renamed, kept, merged }: Adoption, preview: Preview | undefined) {
  const ends = (of: { readonly from: Day | undefined; readonly to: Day | undefined } | undefined) => ({
    from: of?.from ?? null,
    to: of?.to ?? null,
  });
  return {
    offer: offer.id,
    from: old.version,
    to: offer.version,
    steps: preview?.steps ?? [],
    renamed,
    merged,
    kept: kept.map((it) => ({ step: it.id, how: it.how, on: it.closed ?? null })),
    moves: (preview?.moves ?? []).map((it) => ({ step: it.step, from: it.from ?? null, to: it.to ?? null })),
    added: (preview?.added ?? []).map((it) => ({ step: it.step, due: it.due ?? null, days_late: it.late })),
    forecast_end: ends(preview?.end),
    promised: ends(preview?.promised),
    late: preview?.isLate ?? false,
  };
}
