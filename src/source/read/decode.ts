// Bytes to text: what a file must be before it can be YAML (or a letter). Knows encodings, control characters, line
// ends and git's conflict markers; knows nothing of YAML.
import type { SourceFault } from '../fault.ts';
import type { Span } from '../path.ts';

export type Decoded = {
  /** Always something to show, even where the bytes are no UTF-8. The byte order mark is gone. */
  readonly text: string;
  readonly faults: readonly SourceFault[];
  /** The text is for showing only; parsing it would report the same cause again. */
  readonly unreadable: boolean;
};

/** The largest file that is read, in bytes; who reads files refuses more before it gets here. */
export const MAX_BYTES = 1_000_000;

const BOM = '\ufeff';
const SAVE_AS_UTF8 = 'save the file as UTF-8';
/** More of one kind says nothing new. */
const MAX_CONFLICTS = 20;

export function decodeText(bytes: Uint8Array): Decoded {
  const wide = wideEncoding(bytes);
  if (wide !== undefined) {
    const text = stripBom(decodeWide(bytes, wide));
    const says = `this file is saved as ${wide}`;
    return { text, faults: [{ code: 'yaml/encoding', span: [0, 0], says, help: SAVE_AS_UTF8 }], unreadable: true };
  }
  const text = decodeStrictly(bytes);
  if (text === undefined) return notUtf8(bytes);
  const faults = textFaults(text);
  return { text, faults, unreadable: faults.length > 0 };
}

const stripBom = (text: string): string => (text.startsWith(BOM) ? text.slice(1) : text);

const STRICT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decodeStrictly(bytes: Uint8Array): string | undefined {
  try {
    return stripBom(STRICT.decode(bytes));
  } catch {
    return undefined;
  }
}

type Wide = 'UTF-16' | 'UTF-16 (big endian)' | 'UTF-32';

function wideEncoding(bytes: Uint8Array): Wide | undefined {
  const [a, b, c, d] = bytes;
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 && bytes.length >= 4 ? 'UTF-32' : 'UTF-16';
  if (a === 0xfe && b === 0xff) return 'UTF-16 (big endian)';
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return 'UTF-32';
  // Without a mark: every second byte of Western text is a NUL.
  const sample = bytes.subarray(0, 512);
  if (sample.length < 8 || sample.length % 2 === 1 || !sample.includes(0)) return undefined;
  const nulls = [0, 0];
  sample.forEach((byte, at) => {
    if (byte === 0) nulls[at % 2] = (nulls[at % 2] as number) + 1;
  });
  const half = sample.length / 2;
  const [even, odd] = nulls as [number, number];
  if (odd > half * 0.7 && even < half * 0.1) return 'UTF-16';
  if (even > half * 0.7 && odd < half * 0.1) return 'UTF-16 (big endian)';
  return undefined;
}

function decodeWide(bytes: Uint8Array, wide: Wide): string {
  if (wide === 'UTF-32') return new TextDecoder('utf-8').decode(bytes).replace(/\0|\ufffd/g, '');
  const even = bytes.subarray(0, bytes.length - (bytes.length % 2));
  const little = wide === 'UTF-16' ? even : even.slice().map((_, at) => even[at ^ 1] as number);
  return new TextDecoder('utf-16le').decode(little);
}

function notUtf8(bytes: Uint8Array): Decoded {
  const raw = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const bad = firstBadByte(bytes, raw);
  const text = stripBom(raw);
  const offset = bad.offset - (raw.length - text.length);
  const byte = bytes[bad.at] ?? 0;
  const seen = byte >= 0xa0 ? ` (\`${String.fromCharCode(byte)}\` in Windows-1252)` : '';
  const hex = byte.toString(16).toUpperCase().padStart(2, '0');
  const says = `this is not UTF-8: byte 0x${hex}${seen}`;
  return {
    text,
    faults: [{ code: 'yaml/encoding', span: [offset, offset + 1], says, help: SAVE_AS_UTF8 }],
    unreadable: true,
  };
}

/** Where the loose decoding first put U+FFFD for something that is not U+FFFD in the bytes. */
function firstBadByte(bytes: Uint8Array, raw: string): { readonly at: number; readonly offset: number } {
  const encoder = new TextEncoder();
  let [at, from] = [0, 0];
  for (let offset = raw.indexOf('\ufffd'); offset >= 0; offset = raw.indexOf('\ufffd', from)) {
    at += encoder.encode(raw.slice(from, offset)).length;
    if (!(bytes[at] === 0xef && bytes[at + 1] === 0xbf && bytes[at + 2] === 0xbd)) return { at, offset };
    at += 3;
    from = offset + 1;
  }
  return { at: 0, offset: 0 };
}

/** What a text without any of these cannot have. Nearly all have none, and four thousand of them are looked at. */
const SUSPICIOUS = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/;
const CONFLICT = '<<<<<<<';

function textFaults(text: string): readonly SourceFault[] {
  if (!SUSPICIOUS.test(text) && !text.includes(CONFLICT)) return [];
  const conflicts = conflictFaults(text);
  if (conflicts.length > 0) return conflicts;
  const control = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/.exec(text);
  if (control) return [controlFault(control.index, control[0])];
  const loneReturn = /\r(?!\n)/.exec(text);
  if (loneReturn) {
    return [
      {
        code: 'yaml/encoding',
        span: [loneReturn.index, loneReturn.index + 1],
        says: 'a lone carriage return (CR) is not a valid line ending',
        help: 'save the file with LF or CRLF line endings',
      },
    ];
  }
  return [];
}

function controlFault(at: number, character: string): SourceFault {
  const name = character === '\0' ? 'a NUL character' : `a control character (${codePointName(character)})`;
  return {
    code: 'yaml/encoding',
    span: [at, at + 1],
    says: `${name} is not allowed here`,
    help: 'delete this invisible character',
  };
}

/** `U+001B` */
const codePointName = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

function conflictFaults(text: string): readonly SourceFault[] {
  const faults: SourceFault[] = [];
  for (const match of text.matchAll(/^<{7}(?: [^\r\n]*)?\r?$/gm)) {
    if (faults.length === MAX_CONFLICTS) break;
    const span: Span = [match.index, match.index + match[0].trimEnd().length];
    faults.push({ code: 'yaml/merge-conflict', span });
  }
  return faults;
}
