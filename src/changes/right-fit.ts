// Whether a client has what an offer needs to succeed: asked when the work starts, kept with the engagement.
import type { ClientRecord, OfferRecord } from '../book/book.ts';
import { type Ask, UsageError } from '../outcome.ts';
import { pairsIn } from './measures.ts';

type Answers = {
  readonly answers: Readonly<Record<string, boolean>>;
  /** What they lack, in the offer's words. */
  readonly missing: readonly string[];
};

const YES: Readonly<Record<string, boolean>> = { yes: true, y: true, no: false, n: false };

/** The answers given as `data=yes,decides=no`; or the question, which may stay open. */
export function rightFitOf(
  client: ClientRecord,
  offer: OfferRecord,
  written: string | undefined,
): Answers | { readonly ask: Ask } {
  const ids = (offer.right_fit ?? []).map(({ name }) => name);
  const texts = (offer.right_fit ?? []).map(({ text }) => text.trim());
  if (written === undefined) {
    if (ids.length === 0) return { answers: {}, missing: [] };
    const asked = ids.map((id, at) => `${id}: ${texts[at]}`).join('; ');
    const example = ids.map((id) => `${id}=yes`).join(',');
    const question = `Does ${client.name} have what this needs (${asked})? Write ${example} (empty: nobody knows yet)`;
    return { ask: { kind: 'ask', argument: 'rightFit', question, choices: [], again: true, otherwise: '' } };
  }
  const answers = Object.fromEntries(
    pairsIn(written, ids, 'right-fit criterion').map(([id, value]) => [id, yesOrNo(id, value)]),
  );
  return { answers, missing: texts.filter((_, at) => answers[ids[at] ?? ''] === false) };
}

function yesOrNo(id: string, value: string): boolean {
  const answer = YES[value.toLowerCase()];
  if (answer !== undefined) return answer;
  throw new UsageError(`\`${value}\` is not yes or no`, `write ${id}=yes or ${id}=no`);
}
