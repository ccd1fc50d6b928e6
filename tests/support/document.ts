// Pages whose examples run: README.md and docs/. Owns what a page adds to a story; running the blocks is story.ts's.
//
//   <!-- examples: {today: 2026-11-23, example: northlight} -->   a line of its own: the examples below it start afresh,
//                         with the settings that a story has in its front matter; examples above the first one are no story
//   ```yaml path=P        is a story's `file`, as is any other language; ```diff path=P is its `edit`
import { runStory } from './story.ts';

const SETTINGS = /^<!-- examples: (\{.*\}) -->$/;
const OPENING = /^(`{3,})(\w+)( path=\S+)$/;

/** The page with every expected output replaced by the real one. Throws when an example cannot be run. */
export async function runDocument(text: string): Promise<string> {
  const lines = text.split('\n');
  const starts = lines.flatMap((line, at) => (SETTINGS.test(line) ? [at] : []));
  const head = lines.slice(0, starts[0] ?? lines.length);
  if (head.some((line) => line.startsWith('$ deliver')))
    throw new Error(
      'an example stands above the first `<!-- examples: {...} -->`, so nothing says what it starts from',
    );
  const parts = starts.map((start, i) => lines.slice(start, starts[i + 1] ?? lines.length));
  const shown: string[] = [];
  for (const part of parts) shown.push(await runPart(part));
  return [...(starts[0] === 0 ? [] : [head.join('\n')]), ...shown].join('\n');
}

/** Every block with a path, as one practice: the last one of a path counts. */
export function filesOf(text: string): Readonly<Record<string, string>> {
  const blocks = [...text.matchAll(/^(`{3,})(?!diff)\w+ path=(\S+)\n([\s\S]*?)^\1$/gm)];
  return Object.fromEntries(blocks.map(([, , path = '', body = '']) => [path, body]));
}

async function runPart(lines: readonly string[]): Promise<string> {
  const [first = '', ...rest] = lines;
  const settings = SETTINGS.exec(first)?.[1] ?? '{}';
  const openings: string[] = [];
  const story = rest.map((line) => {
    const [, fence, language, path] = OPENING.exec(line) ?? [];
    if (fence === undefined) return line;
    openings.push(line);
    return `${fence}${language === 'diff' ? 'edit' : 'file'}${path}`;
  });
  const front = ['---', settings, '---'];
  const shown = (await runStory([...front, ...story].join('\n'))).split('\n').slice(front.length);
  return [first, ...shown.map((line) => (OPENING.test(line) ? (openings.shift() ?? line) : line))].join('\n');
}
