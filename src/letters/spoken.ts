// One conversation script for one client: every text of it rendered whole, or what keeps it from being whole.
import type { ScriptRecord } from '../book/book.ts';
import { findEmail } from './built-in.ts';
import type { Facts } from './facts.ts';
import { fill, toLine, toText } from './fill.ts';
import { oncePerCause } from './lacking.ts';
import { examine, mannerOf, type Rendered } from './letter.ts';
import { type BeatOf, mapScript, type ScriptOf, scriptTexts } from './texts.ts';

/** Texts of several lines keep them. */
export type Spoken = ScriptOf<string> & {
  readonly script: string;
  /** Templates of the letters that go with it. */
  readonly emails: readonly string[];
};

/** A script is spoken by a person who knows better, so nothing is held back because of a day in it. */
export function renderScript(facts: Facts, script: ScriptRecord): Rendered<Spoken> {
  const manner = mannerOf(facts);
  const { wrong, damaged, lacking } = examine(scriptTexts(script), facts, manner);
  const problems = [wrong, damaged, oncePerCause(lacking, facts)].find((each) => each.length > 0);
  if (problems) return { problems, isHeld: false };
  const spoken = withoutBlanks(mapScript(script, ({ text }) => toText(fill(text, facts, manner)).trim()));
  const title = toLine(fill(script.title, facts, manner));
  // Nobody takes over: then no letter goes to them.
  const emails = (script.emails ?? []).filter(
    (id) => facts.partner !== undefined || !facts.client.leaving || findEmail(facts.book, id)?.to !== 'partner',
  );
  return { letter: { ...withoutEmpty(spoken), title, script: script.id, emails } };
}

/** A line whose condition did not hold is left out, and so is a beat of which nothing is left. */
function withoutEmpty(spoken: ScriptOf<string>): ScriptOf<string> {
  const said = (text: string | undefined): string | undefined => (text === '' ? undefined : text);
  const filled = (texts: readonly string[]): readonly string[] => texts.filter((text) => text !== '');
  const beats = spoken.beats
    .map((beat) => ({
      ...beat,
      say: said(beat.say),
      ask: said(beat.ask),
      listenFor: filled(beat.listenFor),
      answers: beat.answers.filter(({ they, say, ask }) => they !== '' && (said(say) ?? said(ask)) !== undefined),
    }))
    .filter(
      ({ say, ask, listenFor, answers }) =>
        say !== undefined || ask !== undefined || [...listenFor, ...answers].length > 0,
    );
  return {
    ...spoken,
    goal: said(spoken.goal),
    prepare: filled(spoken.prepare),
    beats,
    avoid: filled(spoken.avoid),
    afterwards: filled(spoken.afterwards),
  };
}

const isSaid = (text: string | undefined): text is string => text !== undefined && text !== '';
const said = (text: string | undefined): string | undefined => (isSaid(text) ? text : undefined);

/** A line whose condition does not hold comes to nothing, and so does a beat of which nothing is left. */
const withoutBlanks = (script: ScriptOf<string>): ScriptOf<string> => ({
  ...script,
  goal: said(script.goal),
  prepare: script.prepare.filter(isSaid),
  beats: script.beats.flatMap((beat) => {
    const left = {
      name: said(beat.name),
      say: said(beat.say),
      ask: said(beat.ask),
      listenFor: beat.listenFor.filter(isSaid),
      answers: beat.answers
        .map(({ they, say, ask }) => ({ they, say: said(say), ask: said(ask) }))
        .filter(({ they }) => isSaid(they)),
    };
    return isWritten(beat) && !isWritten(left) ? [] : [left];
  }),
  avoid: script.avoid.filter(isSaid),
  afterwards: script.afterwards.filter(isSaid),
});

const isWritten = ({ say, ask, listenFor, answers }: BeatOf<string>): boolean =>
  say !== undefined || ask !== undefined || listenFor.length > 0 || answers.length > 0;
