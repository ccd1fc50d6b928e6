import { describe, expect, it } from 'vitest';
import { openLines } from '../../src/source/lines.ts';
import { decodeText } from '../../src/source/read/decode.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const utf16 = (text: string, swap: 0 | 1) => {
  const little = new Uint8Array(Uint16Array.from([...text].map((c) => c.charCodeAt(0))).buffer);
  return swap ? little.map((_, at) => little[at ^ 1] as number) : little;
};

const first = (bytes: Uint8Array) => {
  const { text, faults, unreadable } = decodeText(bytes);
  const fault = faults[0];
  const at = fault && openLines(text).positionOf(fault.span[0]);
  return {
    text,
    unreadable,
    place: at && `${at.line}:${at.column}`,
    code: fault?.code,
    says: fault?.says,
    count: faults.length,
  };
};

describe('decodeText', () => {
  it('drops a byte order mark and counts it as none', () => {
    expect(decodeText(utf8('\ufeffname: x\n'))).toEqual({ text: 'name: x\n', faults: [], unreadable: false });
    expect(first(utf8('\ufeffa\x01'))).toMatchObject({ text: 'a\x01', place: '1:2' });
  });

  it.each([
    ['Latin-1', Uint8Array.from([97, 58, 32, 0xe9, 10]), '1:4', 'this is not UTF-8: byte 0xE9 (`é` in Windows-1252)'],
    [
      'on a later line, after a real U+FFFD',
      Uint8Array.from([...utf8('é\ufffd\r\nab'), 0xff, 0xfe, 10]),
      '2:3',
      'byte 0xFF',
    ],
    ['a cut character', Uint8Array.from([97, 0xe2, 0x82]), '1:2', 'byte 0xE2'],
    ['UTF-16', utf16('\ufeffname: x\n', 0), '1:1', 'UTF-16'],
    ['UTF-16 big endian', utf16('\ufeffname: x\n', 1), '1:1', 'UTF-16'],
    ['UTF-16 without a mark', utf16('name: Acme\n\n', 0), '1:1', 'UTF-16'],
    ['NUL', utf8('a: 1\nb: x\0y\n'), '2:5', 'a NUL character'],
    ['an escape', utf8('a: \x1b[31m'), '1:4', 'U+001B'],
    ['a C1 control', utf8('a: \x9b'), '1:4', 'U+009B'],
    ['lone CR line ends', utf8('a: 1\rb: 2\r'), '1:5', 'carriage return'],
  ])('%s', (_, bytes, place, says) => {
    const found = first(bytes);
    expect(found).toMatchObject({ unreadable: true, code: 'yaml/encoding', place, count: 1 });
    expect(found.says).toContain(says);
    expect(found.text).not.toBe('');
  });

  it('reads tabs, CRLF and text beyond the first plane', () => {
    expect(decodeText(utf8('a:\t😀\r\n')).faults).toEqual([]);
  });
});

describe('conflict markers', () => {
  const conflict = '<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> feature\n';
  it('are found where they begin, each once', () => {
    const { faults, unreadable } = decodeText(utf8(`a: 1\n${conflict}c: 1\n${conflict.replaceAll('\n', '\r\n')}`));
    expect(faults.map((fault) => fault.code)).toEqual(['yaml/merge-conflict', 'yaml/merge-conflict']);
    expect(faults[0]?.span).toEqual([5, 17]);
    expect(unreadable).toBe(true);
  });
  it('also inside a block text', () => {
    expect(decodeText(utf8(`a: |\n  x\n${conflict}`)).faults).toHaveLength(1);
  });
  it('but not a heading, a quotation or indented text', () => {
    expect(decodeText(utf8('Title\n=======\n\n>>>>>>> quoted\n')).faults).toEqual([]);
    expect(decodeText(utf8('a: |\n  <<<<<<< HEAD\n')).faults).toEqual([]);
  });
});

describe('openLines', () => {
  it.each([
    ['a: 1\r\nbé: 2\r\n', 7, '2:2'],
    ['a: 1\r\nbé: 2\r\n', 8, '2:3'],
    ['😀x', 2, '1:2'],
    ['\tx', 1, '1:2'],
    ['a\n', 2, '2:1'],
    ['a', 99, '1:2'],
    ['ab\r\nc', 3, '1:3'],
  ])('%j at %d', (text, offset, place) => {
    const { line, column } = openLines(text).positionOf(offset);
    expect(`${line}:${column}`).toBe(place);
  });
});
