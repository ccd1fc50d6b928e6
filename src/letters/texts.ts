// The template texts of an email and of a script, each with its place in the file. Knows no template syntax.
import type { EmailRecord, ScriptRecord } from '../book/book.ts';
import type { DataPath, Place } from '../problem/problem.ts';

export type TemplateText = {
  readonly text: string;
  /** It becomes a page when it is filled in. */
  readonly isMarkdown?: true;
  /** The place of the characters [from, to) of the text. */
  readonly placeOf: (span: readonly [number, number]) => Place;
};

const inYaml = (file: string, path: DataPath, text: string): TemplateText => ({
  text,
  placeOf: (within) => ({ file, path, within }),
});

export const subjectText = ({ file, subject }: EmailRecord): TemplateText => inYaml(file, ['subject'], subject);

export const ccTexts = ({ file, cc }: EmailRecord): readonly TemplateText[] =>
  (cc ?? []).map((text, i) => inYaml(file, ['cc', i], text));

export const bodyText = ({ file, body, bodyAt }: EmailRecord): TemplateText => ({
  text: body,
  isMarkdown: true,
  placeOf: ([from, to]) => ({ file, span: [bodyAt + from, bodyAt + to] }),
});

export const emailTexts = (email: EmailRecord): readonly TemplateText[] => [
  subjectText(email),
  ...ccTexts(email),
  bodyText(email),
];

/** A script with something else in the place of each of its texts. */
export type ScriptOf<T> = {
  readonly title: T;
  readonly goal: T | undefined;
  readonly prepare: readonly T[];
  readonly beats: readonly BeatOf<T>[];
  readonly avoid: readonly T[];
  readonly afterwards: readonly T[];
};
export type BeatOf<T> = {
  readonly name: T | undefined;
  readonly say: T | undefined;
  readonly ask: T | undefined;
  readonly listenFor: readonly T[];
  readonly answers: readonly { readonly they: T; readonly say: T | undefined; readonly ask: T | undefined }[];
};

/** Every text of the script, turned into something else; `make` is called in the order of the file. */
export function mapScript<T>(script: ScriptRecord, make: (text: TemplateText) => T): ScriptOf<T> {
  const at = (path: DataPath, text: string): T => make(inYaml(script.file, path, text));
  const maybe = (path: DataPath, text: string | undefined): T | undefined =>
    text === undefined ? undefined : at(path, text);
  const each = (path: DataPath, texts: readonly string[] | undefined): readonly T[] =>
    (texts ?? []).map((text, i) => at([...path, i], text));
  return {
    title: at(['title'], script.title),
    goal: maybe(['goal'], script.goal),
    prepare: each(['prepare'], script.prepare),
    beats: script.beats.map((beat, i) => {
      const path = ['beats', i];
      return {
        name: maybe([...path, 'name'], beat.name),
        say: maybe([...path, 'say'], beat.say),
        ask: maybe([...path, 'ask'], beat.ask),
        listenFor: each([...path, 'listen_for'], beat.listen_for),
        answers: (beat.if ?? []).map((answer, j) => ({
          they: at([...path, 'if', j, 'they'], answer.they),
          say: maybe([...path, 'if', j, 'say'], answer.say),
          ask: maybe([...path, 'if', j, 'ask'], answer.ask),
        })),
      };
    }),
    avoid: each(['avoid'], script.avoid),
    afterwards: each(['then'], script.then),
  };
}

export function scriptTexts(script: ScriptRecord): readonly TemplateText[] {
  const texts: TemplateText[] = [];
  mapScript(script, (text) => texts.push(text));
  return texts;
}
