// Odd and hostile names: they stay text in the letter, its HTML, the draft's headers and on the screen.
import PostalMime from 'postal-mime';
import { describe, expect, test } from 'vitest';
import { memoryWorld } from '../support/world.ts';
import { dataOf, deliver, PRACTICE, world } from './practice.ts';

const NAMES = [
  '{{constructor}} {{client.name}} {{#if x}}',
  '</script><script>alert(1)</script>',
  'O\'Neil, "Bob"; Jr. <bob@evil.example>',
  '=?utf-8?Q?=0D=0ABcc:_x@y.example?=',
  'עדה לאבלייס',
  'أدا لوفلايس (CEO)',
  '👩🏽‍💻 Zoë Ångström-Łukasz',
  '𝒜𝒹𝒶 e\u0301',
  '*Ada* [x](javascript:1) `y` _z_',
  '$& $1 $$ %s %0d%0a',
  '%0D%0ABcc: x@y.example',
  'a'.repeat(400),
  'ab '.repeat(300).trim(),
  '__proto__',
  '.',
  '-- \\',
];

const files = (name: string) => ({
  ...PRACTICE,
  'clients/acme.yaml': (PRACTICE['clients/acme.yaml'] ?? '')
    .replace('Acme Ltd', () => JSON.stringify(name))
    .replace('Ada Lovelace', () => JSON.stringify(name)),
  'emails/hello.md': '---\nsubject: "To {{client.name}}"\n---\nDear {{contact.name}},\n\n> {{client.name}}\n',
});

describe('a name', () => {
  test.each(NAMES)('%j stays text', async (name) => {
    const on = memoryWorld({ files: files(name) });
    const { exit, stdout, stderr } = await deliver(on, 'email', 'acme', 'hello', '--eml', 'x.eml', '--open', '--copy');
    expect({ exit, stdout }).toEqual({ exit: 0, stdout: `Dear ${name},\n\n    ${name}\n` });
    expect(stderr.split('\n').filter((each) => each.startsWith('Bcc'))).toEqual([]);
    const bytes = on.contents.get('/practice/x.eml') as Uint8Array;
    const draft = await PostalMime.parse(bytes);
    expect(draft.text?.replaceAll('\r\n', '\n').trimEnd()).toBe(stdout.trimEnd());
    expect(draft.subject).toBe(`To ${name}`.replace(/\s+/g, ' '));
    // An invisible mark keeps a name that looks like an encoded word from being decoded.
    const to = draft.to?.map((each) => ({ ...each, name: each.name.replaceAll('\u2060', '') }));
    expect(to).toEqual([{ name, address: 'ada@acme.example' }]);
    expect(draft.bcc).toBeUndefined();
    expect(draft.html).not.toContain('<script>');
    expect(draft.html).not.toContain('javascript:1"');
    expect(on.desk.copied).toEqual([stdout]);
    const source = new TextDecoder().decode(bytes);
    expect(source).not.toMatch(/^bcc:/im);
    expect(source).toMatch(/^(?:[^\r\n]*\r\n)+$/);
    const longest = Math.max(...source.split('\r\n').map((each) => each.length));
    expect(longest).toBeLessThan(998);
    expect(source).toMatch(/^[\x00-\x7f]*$/);
  });

  test.each(['"Ada\\r\\nBcc: x@y.example"', '"Ada\\nBcc: x@y.example"', '"Ada\\u2028x"', '"Ada\\e[31m"'])(
    '%s is refused as data',
    async (written) => {
      const client = (PRACTICE['clients/acme.yaml'] ?? '').replace('Ada Lovelace', written);
      const on = world({ 'clients/acme.yaml': client }, { body: 'Dear {{contact.name}}' });
      expect((await deliver(on, 'validate')).stdout).toContain('line break or control character');
      expect((await deliver(on, 'email', 'acme', 'hello')).stdout).not.toContain('Bcc');
    },
  );
});

describe('a longer text', () => {
  const offer = (need: string) => (PRACTICE['offers/plan.yaml'] ?? '').replace("Last year's accounts", need);
  const on = (need: string, columns?: number) =>
    memoryWorld({
      files: {
        ...PRACTICE,
        'offers/plan.yaml': offer(need),
        'emails/hello.md': '---\nsubject: "{{step.we_need}}"\n---\n{{step.we_need}}\n',
      },
      ...(columns === undefined ? {} : { terminal: { columns } }),
    });
  const argv = ['email', 'acme', 'hello', '--step', 'numbers'] as const;

  test('what a terminal would obey is shown', async () => {
    const { stdout, stderr } = await deliver(on('"red \\e[31m\\a then \\u202egnp.exe\\u2066 and\\u0085end"'), ...argv);
    expect(stdout).toBe('red \\x1b[31m\\x07 then \\u202egnp.exe\\u2066 and\nend\n');
    expect(stderr).toContain('Subject: red \\x1b[31m\\x07 then \\u202egnp.exe\\u2066 and end\n');
  });

  test('marks of a script are kept for those who read it, and shown on a terminal', async () => {
    expect((await deliver(on('"a\\u200fb"'), ...argv)).stdout).toBe('a\u200fb\n');
    expect((await deliver(on('"a\\u200fb"', 80), ...argv)).stdout).toBe('a\\u200fb\n');
  });

  test('the marks of our own are no way in', async () => {
    expect((await deliver(on('"\\uFDD00\\uFDD1 x"'), ...argv)).stdout).toBe('\\ufdd00\\ufdd1 x\n');
    const { exit, stderr } = await deliver(
      world({}, { body: 'x \uFDD00\uFDD1 {{client.name}}' }),
      'email',
      'acme',
      'hello',
    );
    expect(exit).toBe(1);
    expect(stderr).toContain('[template/syntax]');
  });

  test('a subject is one line', async () => {
    const { subject } = await dataOf(on('"one\\n\\nBcc: x@y.example"'), ...argv);
    expect(subject).toBe('one Bcc: x@y.example');
  });
});

describe('what a template may not reach', () => {
  test.each([
    '{{constructor}}',
    '{{client.constructor}}',
    '{{client.__proto__}}',
    '{{this.constructor}}',
    '{{@root}}',
    '{{@root.client.name}}',
    '{{../client.name}}',
    '{{lookup client "constructor"}}',
    '{{log client.name}}',
    '{{#with client}}{{name}}{{/with}}',
    '{{#each client}}{{@key}}{{/each}}',
    '{{client.[constructor]}}',
    '{{helperMissing}}',
    '{{#blockHelperMissing client.name}}x{{/blockHelperMissing}}',
    '{{> (default "signature" "x")}}',
    '{{#> signature}}x{{/signature}}',
    '{{#*inline "x"}}y{{/inline}}',
    '{{* decorator}}',
    '{{{{raw}}}} {{x}} {{{{/raw}}}}',
    '{{"client.name"}}',
    '{{default}}',
    '{{date engagement.promised tz=1}}',
    '{{#each segment.promises as |x|}}{{x}}{{/each}}',
  ])('%s is refused, by validate and by email', async (body) => {
    const on = world({}, { body: `Hello\n${body}\n` });
    const checked = await deliver(on, 'validate', '--format', 'unix');
    expect(checked.stdout).toMatch(/^emails\/hello\.md:5:\d+: error: .*\[template\/[a-z-]+\]$/m);
    const { exit, stdout } = await deliver(on, 'email', 'acme', 'hello');
    expect({ exit, stdout }).toEqual({ exit: 1, stdout: '' });
  });
});
