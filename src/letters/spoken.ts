// One conversation script for one client: every text of it rendered whole, or what keeps it from being whole.
import type { ScriptRecord } from '../book/book.ts';
import { findEmail } from './built-in.ts';
import type { Facts } from './facts.ts';
import { fill, toLine, toText } from './fill.ts';
import { faultsIn, mannerOf, type Rendered } from './letter.ts';
import { mapScript, type ScriptOf, scriptTexts } from './texts.ts';

/** Texts of several lines keep them. */
export type Spoken = ScriptOf<string> & {
  readonly script: string;
  /** Templates of the letters that go with it. */
  readonly emails: readonly string[];
};

export function renderScript(facts: Facts, script: ScriptRecord): Rendered<Spoken> {
  const manner = mannerOf(facts);
  const problems = faultsIn(scriptTexts(script), facts, manner);
  if (problems.length > 0) return { problems };
  const spoken = mapScript(script, ({ text }) => toText(fill(text, facts, manner)).trim());
  const title = toLine(fill(script.title, facts, manner));
  // Nobody takes over: then no letter goes to them.
  const emails = (script.emails ?? []).filter(
    (id) => facts.partner !== undefined || !facts.client.leaving || findEmail(facts.book, id)?.to !== 'partner',
  );
  return { letter: { ...spoken, title, script: script.id, emails } };
}
