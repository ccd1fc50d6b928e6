// What changed in email templates and scripts: their lines, for there the words are the thing.
import { changedLines } from '../source/edit/diff.ts';
import { count } from '../terminal/words.ts';
import { type Said, say } from './change.ts';

export function lineWords(before: string, after: string): readonly Said[] {
  const lines = changedLines(before, after);
  const of = (sign: '-' | '+'): number => lines.filter((it) => it.sign === sign).length;
  const [gone, come] = [of('-'), of('+')];
  const parts = [
    ...(come === 0 ? [] : [`${count(come, 'line')} in`]),
    ...(gone === 0 ? [] : [`${count(gone, 'line')} out`]),
  ];
  const isSpace = lines.every((it) => it.text.trim() === '') || sameButSpace(before, after);
  const text = `${parts.join(', ')}${isSpace ? ', only blanks and line ends' : ''}`;
  return [{ ...say('lines', { path: [], from: null, to: null }, text), lines }];
}

const sameButSpace = (a: string, b: string): boolean => a.replace(/\s+/g, ' ').trim() === b.replace(/\s+/g, ' ').trim();
