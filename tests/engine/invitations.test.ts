// An invitation that went out is not listed again for the same occasion; the days are calculated by hand.
import { expect, test } from 'vitest';
import { memoryWorld, runDeliver } from '../support/world.ts';

const practice = (cadence: string, log: string) => ({
  'deliver.yaml':
    'format: 1\npractice: Hazel\npeople: {ida: {name: Ida Hart, email: ida@hazel.example}}\ntime_zone: Europe/London\n',
  'service.yaml': `segments: {A: {title: Prime, cadence: {review: ${cadence}}}}\ntouches: {review: {title: Review, channel: meeting, email: review-invite}}\n`,
  'clients/acme.yaml':
    'name: Acme Ltd\nsegment: A\nsince: 2024-03-04\nadded: 2024-03-04\ncontacts: {ada: {name: Ada Lovelace, email: ada@acme.example}}\n',
  'touches/acme.yaml': log,
});
const letter = (day: string, more = 'note: Letter review-invite'): string =>
  `- {date: ${day}, kind: email, with: ada, ${more}}\n`;
// Three months after it: due Tue 24 Nov, shown from two weeks before, Tue 10 Nov.
const REVIEW = '- {date: 2026-08-24, kind: review, with: ada}\n';
const EVERY = '{every: 3m, lead: 2w}';
// Asked for from a week before 1 November, Sun 25 Oct.
const NAMED = '{each: [november], lead: 1w}';
const BEFORE = '- {date: 2025-11-10, kind: review, with: ada}\n';

test.each([
  ['nothing was sent', EVERY, REVIEW, true],
  ['sent on the first day it was shown', EVERY, REVIEW + letter('2026-11-10'), false],
  ['sent with a note', EVERY, REVIEW + letter('2026-11-10', 'note: "Letter review-invite: by noon"'), false],
  ['sent on the day before that', EVERY, REVIEW + letter('2026-11-09'), true],
  ['a letter of theirs', EVERY, REVIEW + letter('2026-11-10', 'in: true, note: Letter review-invite'), true],
  ['another letter', EVERY, REVIEW + letter('2026-11-10', 'note: Letter review-invite-2'), true],
  ['sent as a named month opened', NAMED, BEFORE + letter('2026-10-25'), false],
  ['sent before a named month opened', NAMED, BEFORE + letter('2026-10-24'), true],
  // July to September went by without a review, which is what is overdue.
  ['sent in the quarter that was missed', '{each: quarter}', BEFORE + letter('2026-07-01'), false],
  ['sent before it', '{each: quarter}', BEFORE + letter('2026-06-30'), true],
])('%s', async (_, cadence, log, isListed) => {
  const on = memoryWorld({ files: practice(cadence, log), today: '2026-11-24' });
  const { stdout } = await runDeliver(on, ['outbox', '--json']);
  const refs = JSON.parse(stdout).letters.map((each: { readonly ref: string }) => each.ref);
  expect(refs).toEqual(isListed ? ['acme/touch/review'] : []);
});
