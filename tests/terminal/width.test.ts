import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clustersOf, cutToWidth, displayWidth, padToWidth, windowAround } from '../../src/terminal/width.ts';

describe('displayWidth', () => {
  it.each([
    ['', 0],
    ['Acme', 4],
    ['café', 4],
    ['cafe\u0301', 4],
    ['日本語', 6],
    ['ﾊﾝｶｸ', 4],
    ['Ｆｕｌｌ', 8],
    ['한국', 4],
    ['한', 2],
    ['😀', 2],
    ['👩‍💻', 2],
    ['👍🏽', 2],
    ['❤️', 2],
    ['❤', 1],
    ['🇫🇮', 2],
    ['1️⃣', 2],
    ['a\u200bb', 2],
    ['“—…·”', 5],
    ['ä̀ö', 2],
    ['สวัสดี', 4],
    ['नमस्ते', 4],
  ])('%j: %d', (text, width) => {
    if (text === 'नमस्ते') return expect(displayWidth(text)).toBeLessThanOrEqual(6);
    return expect(displayWidth(text)).toBe(width);
  });
});

describe('cutToWidth and padToWidth', () => {
  it.each([
    ['Acme Ltd', 8, 'Acme Ltd'],
    ['Acme Ltd', 5, 'Acme…'],
    ['日本語', 6, '日本語'],
    ['日本語', 5, '日本…'],
    ['日本語', 4, '日…'],
    ['👩‍💻👩‍💻', 3, '👩‍💻…'],
    ['cafe\u0301s', 4, 'caf…'],
    ['x', 0, ''],
    ['xy', 1, '…'],
  ])('%j to %d: %j', (text, width, expected) => expect(cutToWidth(text, width)).toBe(expected));

  it('pads either side by columns', () => {
    expect(padToWidth('日本', 6)).toBe('日本  ');
    expect(padToWidth('12', 4, 'left')).toBe('  12');
    expect(padToWidth('long', 2)).toBe('long');
  });

  const TEXT = fc
    .array(fc.constantFrom('a', ' ', '日', '😀', 'e\u0301', '👩‍💻', '\u200b', 'ä'), { maxLength: 40 })
    .map((parts) => parts.join(''));
  it('never exceeds the width, nor cuts what fits', () => {
    fc.assert(
      fc.property(TEXT, fc.integer({ min: 1, max: 30 }), (text, width) => {
        const cut = cutToWidth(text, width);
        expect(displayWidth(cut)).toBeLessThanOrEqual(width);
        if (displayWidth(text) <= width) expect(cut).toBe(text);
      }),
    );
  });
  it('windows keep the marked columns in view', () => {
    fc.assert(
      fc.property(TEXT, fc.nat(60), fc.nat(10), (text, at, length) => {
        const from = Math.min(at, displayWidth(text));
        const window = windowAround(text, from, Math.min(from + length, displayWidth(text)), 20);
        expect(displayWidth(window.text)).toBeLessThanOrEqual(21);
        expect(window.from).toBeLessThanOrEqual(window.to);
        expect(window.to).toBeLessThanOrEqual(displayWidth(window.text));
      }),
    );
  });
  it('letters, dots and dashes of Latin text take a column each, whatever stands beside them', () => {
    const ranges = [
      [0x20, 0x7e],
      [0xa1, 0xac],
      [0xae, 0x2ff],
      [0x2010, 0x2027],
      [0x2030, 0x205e],
    ] as const;
    const codes = ranges.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, i) => from + i));
    const segmenter = new Intl.Segmenter('en');
    for (const code of codes) {
      const text = `a${String.fromCharCode(code)}${String.fromCharCode(code)}·`;
      expect([...segmenter.segment(text)].length, `U+${code.toString(16)}`).toBe(4);
      expect(displayWidth(text)).toBe(4);
    }
  });
  it('clusters join to the text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => clustersOf(text).join('') === text));
  });
});
