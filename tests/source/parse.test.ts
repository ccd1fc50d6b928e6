import { describe, expect, it } from 'vitest';
import { openLines } from '../../src/source/lines.ts';
import { parseYaml } from '../../src/source/read/parse.ts';

/** `line:col code: says | help`, and the marked text. */
function faultsOf(text: string): readonly string[] {
  const lines = openLines(text);
  return parseYaml(text).faults.map((fault) => {
    const { line, column } = lines.positionOf(fault.span[0]);
    return `${line}:${column} «${text.slice(...fault.span)}» ${fault.code.slice(5)}`;
  });
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('slips that the library calls something else', () => {
  it.each([
    ['missing space after a colon', 'name:Acme\nsegment: A\n', '1:5 «:» syntax', 'write `name: Acme`'],
    ['the same as the only line', 'name:Acme\n', '1:5 «:» syntax', 'write `name: Acme`'],
    ['the same one level down', 'a:\n  name:Acme\n', '2:7 «:» syntax', 'write `name: Acme`'],
    ['the same in braces', 'p: {a:1, b:2}\n', '1:6 «:» syntax', 'write `a: 1`'],
    ['missing colon', 'name: Acme\nsegment\nowner: x\n', '2:1 «segment» syntax', 'write `segment: …`'],
    ['missing colon on the last line', 'name: Acme\nsegment\n', '2:1 «segment» syntax', 'write `segment: …`'],
    ['missing space after a dash', 'list:\n  -foo\n  -bar\n', '2:3 «-» syntax', 'write `- foo`'],
    ['missing space after a later dash', 'list:\n  - foo\n  -bar\n', '3:3 «-» syntax', 'write `- bar`'],
    ['colon in a text', 'note: call: tomorrow\nb: 1\n', '1:11 «:» syntax', '`note: "call: tomorrow"`'],
    ['colon in a text in braces', 'p: {note: call: now, b: 1}\n', '1:11 «call: now» syntax', '`"call: now"`'],
    ['missing comma', 'p: {a: 1 b: 2}\n', '1:8 «1 b: 2» syntax', 'put a comma between them'],
    ['tab as indentation', 'a:\n\tb: 1\n', '2:1 «\t» syntax', 'spaces'],
    ['tab after spaces', 'a:\n  b: 1\n\tc: 2\n', '3:1 «\t» syntax', 'spaces'],
    ['tab inside braces', 'a: {\n\tb: 1}\n', '2:1 «\t» syntax', 'spaces'],
    ['unclosed double quote', 'name: "Acme\nsegment: A\nowner: sam\n', '1:7 «"» syntax', '`"Acme"`'],
    ['unclosed quote that a later one closes', 'name: "Acme\nsegment: "A"\nowner: sam\n', '1:7 «"» syntax', '`"Acme"`'],
    ['unclosed single quote', "name: 'Acme\nsegment: A\n", "1:7 «'» syntax", "`'Acme'`"],
    ['apostrophe in single quotes', "name: 'It's here'\nb: 1\n", "1:10 «'» syntax", '`name: "It\'s here"`'],
    ['text after a closing quote', 'name: "Acme" Ltd\nb: 1\n', '1:14 «Ltd» syntax', `\`name: '"Acme" Ltd'\``],
    ['backslash in double quotes', 'name: "C:\\Users"\n', '1:10 «\\U» syntax', 'single quotes'],
    [
      'template first',
      'say: {{contact.name}} hello\nb: 1\n',
      '1:6 «{{contact.name}} hello» syntax',
      '`say: "{{contact.name}} hello"`',
    ],
    ['template in a list', 'prepare:\n  - {{a}} go\n', '2:5 «{{a}} go» syntax', '`"{{a}} go"`'],
    ['at sign', 'name: @acme\nb: 1\n', '1:7 «@» syntax', '`name: "@acme"`'],
    ['backquote', 'name: `x`\nb: 1\n', '1:7 «`» syntax', '`name: "`x`"`'],
    ['per cent', 'name: %x\nb: 1\n', '1:7 «%» syntax', '`name: "%x"`'],
    ['star', 'name: *bold* text\nb: 1\n', '1:7 «*bold* text» syntax', '`name: "*bold* text"`'],
    ['ampersand', 'name: & co\nb: 1\n', '1:7 «&» syntax', '`name: "& co"`'],
    ['square bracket', 'name: [x] foo\nb: 1\n', '1:11 «foo» syntax', '`name: "[x] foo"`'],
    [
      'at sign in braces',
      '- {date: 2026-10-12, note: @ann said, in: true}\n',
      '1:28 «@» syntax',
      '`note: "@ann said"`',
    ],
    ['greater than', 'a: >50% of x\nb: 1\n', '1:4 «>50% of x» syntax', '`a: ">50% of x"`'],
    ['text behind a pipe', 'a: | foo\nb: 1\n', '1:4 «| foo» syntax', 'next line'],
    ['block text that is not indented', 'a: |\nfoo\nb: 1\n', '2:1 «foo» syntax', 'two more spaces'],
    [
      'block text whose second line is indented less',
      'a: |\n    x\n  y\nb: 1\n',
      '3:3 «y» syntax',
      'as far as its first',
    ],
    ['key indented under a value', 'a: 1\n b: 2\nc: 3\n', '2:2 «b» syntax', 'same column'],
    ['key between two columns', 'a:\n    b: 1\n  c: 2\n', '3:3 «c» syntax', 'same column'],
    ['first line indented', '  a: 1\nb: 2\n', '2:1 «b» syntax', 'same column'],
    ['key in a list', '- a\nb: 1\n', '2:1 «b» syntax', 'begin it with `- `'],
    ['list entry among keys', 'b: 1\n- a\n', '2:1 «-» syntax', 'under its key'],
    ['list on the line of its key', 'a: - x\nb: 1\n', '1:4 «- x» syntax', 'next line'],
    ['unclosed brace', 'p: {a: 1, b: 2\nq: 1\n', '1:4 «{» syntax', '`{a: 1, b: 2}`'],
    ['unclosed bracket', 'p: [a, b\nq: 1\n', '1:4 «[» syntax', '`[a, b]`'],
    ['a brace too many', 'p: {a: 1}}\nq: 1\n', '1:10 «}» syntax', 'delete it'],
    [
      'comment that swallows a brace',
      'p: {note: see #12, kind: x}\nq: 1\n',
      '1:15 «#12, kind: x}» syntax',
      '`"see #12"`',
    ],
    [
      'the same in a log',
      '- {date: 2026-10-12, note: see #12}\n- {date: 2026-10-13, note: b}\n',
      '1:32 «#12}» syntax',
      '`"see #12"`',
    ],
    ['no-break space after a colon', 'name:\u00a0Acme\nb: 1\n', '1:6 «\u00a0» encoding', 'ordinary space'],
    ['no-break spaces as indentation', 'a:\n\u00a0\u00a0b: 1\n', '2:1 «\u00a0\u00a0» encoding', 'ordinary space'],
    ['ideographic space as indentation', 'a: 1\n\u3000b: 1\n', '2:1 «\u3000» encoding', 'ordinary space'],
    ['map as key', '{a: 1}: 2\n', '1:1 «{a: 1}» syntax', 'quotes'],
    ['nothing as key', ': 1\n', '1:1 «:» syntax', 'quotes'],
    ['directive', '# c\n%YAML 1.1\n---\na: yes\n', '2:1 «%YAML 1.1» syntax', 'delete'],
    ['second document', 'a: 1\n---\nb: 2\n', '2:1 «---» several-documents', ''],
    [
      'missing colon before a brace',
      'steps:\n  welcome {done: 2026-10-05}\n',
      '2:11 «{» syntax',
      'write `welcome: {…`',
    ],
    ['template inside braces', '- {note: hello {{x}} y}\n', '1:16 «{{» syntax', 'double quotes'],
    ['unclosed quote in braces', '- {note: "Happy}\n- {note: "Asked"}\n', '1:10 «"» syntax', '`"Happy"`'],
    ['leftover of a merge', 'a: 1\n=======\nb: 2\n', '2:1 «=======» merge-conflict', ''],
    ['merge key', 'a: &x {q: 1}\nb:\n  <<: *x\n', '3:3 «<<» alias', 'write the keys out'],
    ['alias to nothing', 'b: *x\n', '1:4 «*x» alias', '`b: "*x"`'],
    ['alias to itself', 'a: &x [1, *x]\n', '1:11 «*x» alias', ''],
  ])('%s', (_, text, place, help) => {
    const parsed = parseYaml(text);
    expect(parsed.failed).toBe(true);
    expect(parsed.value).toBeUndefined();
    expect(faultsOf(text)).toEqual([place]);
    expect(parsed.faults[0]?.help ?? '').toContain(help);
  });
});

describe('faults that leave the rest of the text standing', () => {
  it.each([
    ['a second key', 'a: 1\na: 2\n', '2:1 «a» duplicate-key', ['a'], { a: 1 }],
    ['the same key with and without quotes', '1: x\n"1": y\n', '2:1 «"1"» duplicate-key', ['1'], { 1: 'x' }],
    [
      'a sentence cut by a comma',
      'p: {what: Send deck, then call, made: 2026-01-01}',
      '1:22 «then call» split-by-comma',
      ['p', 'what'],
      { p: { what: 'Send deck', made: '2026-01-01' } },
    ],
    ['a sentence cut twice', '- {note: a, b c, d e}', '1:13 «b c, d e» split-by-comma', [0, 'note'], [{ note: 'a' }]],
    ['a part without value', 'p: {a, b: 1}', '1:5 «a» syntax', ['p'], { p: { b: 1 } }],
    [
      'text that is cut by a comment',
      'subject: Offer #12 for you',
      '1:16 «#12 for you» comment-swallowed',
      ['subject'],
      { subject: 'Offer' },
    ],
    [
      'text that is all comment',
      'subject: #12 for you',
      '1:10 «#12 for you» comment-swallowed',
      ['subject'],
      { subject: null },
    ],
    [
      'a template as the whole value',
      'say: {{contact.name}}',
      '1:6 «{{contact.name}}» syntax',
      ['say'],
      { say: '{{contact.name}}' },
    ],
    [
      'a number too large',
      'a: 12345678901234567890',
      '1:4 «12345678901234567890» syntax',
      ['a'],
      { a: '12345678901234567890' },
    ],
    ['a number out of range', 'a: 1e400', '1:4 «1e400» syntax', ['a'], { a: '1e400' }],
    ['infinity', 'a: -.inf', '1:4 «-.inf» syntax', ['a'], { a: '-.inf' }],
    ['not a number', 'a: .nan', '1:4 «.nan» syntax', ['a'], { a: '.nan' }],
    ['a list entry indented too far', 'a:\n - b\n  - c\n', '3:3 «- c» syntax', ['a', 0], { a: ['b - c'] }],
    ['a colon that is missing in braces', 'p: {done 2026-10-05}', '1:5 «done 2026-10-05» syntax', ['p'], { p: {} }],
    ['a tag', 'name: !important x', '1:7 «!important» syntax', ['name'], { name: 'x' }],
    ['a known tag', 'a: !!str 1', '1:4 «!!str» syntax', ['a'], { a: '1' }],
    ['an anchor nobody uses', 'name: &co text', '1:7 «&co» alias', ['name'], { name: 'text' }],
    ['a no-break space before a value', 'a: \u00a0x', '1:4 «\u00a0» encoding', ['a'], { a: 'x' }],
    ['a zero-width space after a value', 'a: x\u200b', '1:5 «\u200b» encoding', ['a'], { a: 'x' }],
  ] as const)('%s', (_, text, place, path, value) => {
    const parsed = parseYaml(text);
    expect(faultsOf(text)).toEqual([place]);
    expect(parsed.failed).toBe(false);
    expect(parsed.faults[0]?.path).toEqual(path);
    expect(plain(parsed.value)).toEqual(value);
  });

  it('shows where a second key stands first', () => {
    expect(parseYaml('a: 1\na: 2\n').faults[0]?.related).toEqual([{ span: [0, 1], says: 'first used here' }]);
  });

  it('offers the whole sentence in quotes', () => {
    expect(parseYaml('p: {what: Send deck, then call, by: x}').faults[0]?.help).toContain(
      '`what: "Send deck, then call"`',
    );
  });
});

describe('what is right stays silent', () => {
  it.each([
    ['nothing', '', null],
    ['comments and blanks', '# x\n\n', null],
    ['a document marker', '---\na: 1\n...\n', { a: 1 }],
    [
      'dates and ranges as keys',
      '2026-12-25: Christmas\n2026-12-28..2027-01-01: Winter\n',
      { '2026-12-25': 'Christmas', '2026-12-28..2027-01-01': 'Winter' },
    ],
    [
      'comments of all kinds',
      'a: x # y\nb: y  #\nc: #\n  - z ## w\nd: "x" #y\ne: f#g\n',
      { a: 'x', b: 'y', c: ['z'], d: 'x', e: 'f#g' },
    ],
    [
      'URLs',
      'a:\n  https://x.example/a#b\nb: {c: http://x.example}\n',
      { a: 'https://x.example/a#b', b: { c: 'http://x.example' } },
    ],
    [
      'words that only YAML 1.1 takes for something else',
      'a: yes\nb: 12:30:00\nc: 2026-02-30\n',
      { a: 'yes', b: '12:30:00', c: '2026-02-30' },
    ],
    ['aliases', 'a: &x {q: 1}\nb: *x\nc: [*x]\n', { a: { q: 1 }, b: { q: 1 }, c: [{ q: 1 }] }],
    ['a negative number on its own line', 'a:\n  -5\n', { a: -5 }],
    [
      'French spaces inside text',
      'a: Bien\u00a0! À\u00a0lundi\nb: |\n  \u00a0x\n',
      { a: 'Bien\u00a0! À\u00a0lundi', b: '\u00a0x\n' },
    ],
    [
      'brackets in text',
      `a: |\n  ${'['.repeat(300)}\nb: "${'{'.repeat(300)}"\n`,
      { a: `${'['.repeat(300)}\n`, b: '{'.repeat(300) },
    ],
    ['a hundred lists deep', `${'['.repeat(99)}${']'.repeat(99)}`, undefined],
  ])('%s', (_, text, value) => {
    const parsed = parseYaml(text);
    expect(parsed.faults).toEqual([]);
    if (value !== undefined) expect(plain(parsed.value)).toEqual(value);
  });

  it('keeps keys that objects already have', () => {
    const { value, faults } = parseYaml('__proto__: {polluted: true}\nconstructor: x\ntoString: y\n');
    expect(faults).toEqual([]);
    expect(Object.keys(value as object)).toEqual(['__proto__', 'constructor', 'toString']);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});
