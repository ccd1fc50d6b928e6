// What a template prints: functions, conditions, lists, pieces, and what a value may do to the text around it.
import { describe, expect, test } from 'vitest';
import { dataOf, deliver, PRACTICE, textOf, world } from './practice.ts';

describe('functions', () => {
  test.each([
    ['{{date engagement.promised}}', 'Friday 18 December 2026'],
    ['{{engagement.promised}}', 'Friday 18 December 2026'],
    ['{{money offer.price}}', '£4,800'],
    ['{{offer.price}}', '4,800'],
    ['{{list segment.promises}}', 'A call the same day and A seat at the spring lunch'],
    ['{{default contact.phone "no phone"}}', 'no phone'],
    ['{{default contact.phone contact.name}}', 'Ada Lovelace'],
    ['{{default contact.name "you"}}', 'Ada Lovelace'],
    ['{{date (default client.renewal engagement.promised)}}', 'Friday 18 December 2026'],
    ['{{days_until engagement.promised}}', '25'],
    ['{{days_until today}}', '0'],
    ['{{contact.first_name}} {{me.first_name}}', 'Ada Ida'],
    ['{{{client.name}}} {{& client.name}}', 'Acme Ltd Acme Ltd'],
    ['\\{{client.name}}', '{{client.name}}'],
    ['{{! a note }}{{!-- and {{another}} --}}x', 'x'],
  ])('%s', async (template, printed) => {
    expect(await textOf(template)).toBe(`${printed}\n`);
  });

  test.each([
    ['de-DE', 'EUR', 'Freitag, 18. Dezember 2026 4.800 €'],
    ['fr-FR', 'EUR', 'vendredi 18 décembre 2026 4 800 €'],
    ['en-US', 'USD', 'Friday, December 18, 2026 $4,800'],
  ])('in the words of %s', async (locale, currency, printed) => {
    const settings = PRACTICE['deliver.yaml']?.replace('en-GB', locale).replace('GBP', currency) ?? '';
    const text = await textOf('{{date engagement.promised}} {{money offer.price}}', { 'deliver.yaml': settings });
    expect(text.replace(/[\u00a0\u202f]/g, ' ')).toBe(`${printed}\n`);
  });
});

describe('conditions and lists', () => {
  test('a branch that is not taken needs nothing', async () => {
    const body =
      '{{#if partner.name}}{{partner.contact_name}}{{else if contact.phone}}{{contact.phone}}{{else}}alone{{/if}}';
    expect(await textOf(body)).toBe('alone\n');
    expect(await textOf('{{#unless partner.name}}alone{{/unless}}')).toBe('alone\n');
  });

  test('a list, with every name known inside', async () => {
    const body =
      '{{#each segment.promises}}\n- {{this}} for {{client.name}}{{#unless @last}},{{/unless}}\n{{else}}\nnone\n{{/each}}\n';
    expect(await textOf(body)).toBe('- A call the same day for Acme Ltd,\n- A seat at the spring lunch for Acme Ltd\n');
    expect(await textOf('{{#each practice.standards}}{{this}}{{else}}none{{/each}}')).toBe('none\n');
  });
});

describe('pieces', () => {
  test('the signature keeps its lines, and its distance to the text around it', async () => {
    expect(await textOf('Bye,\n\n  {{> signature}}\nPS')).toBe('Bye,\n\nIda Hart\nHazel & Hart\nPS\n');
    expect(await textOf('Bye,\n{{> signature}}\n\nPS')).toBe('Bye,\nIda Hart\nHazel & Hart\n\nPS\n');
  });

  test('without a signature it is the names', async () => {
    const settings = PRACTICE['deliver.yaml']?.replace(/signature:[\s\S]*/, '') ?? '';
    expect(await textOf('{{> signature}}', { 'deliver.yaml': settings })).toBe('Ida Hart\nHazel & Hart\n');
  });
});

describe('a value of several lines', () => {
  const acme = (need: string) => ({
    'offers/plan.yaml': PRACTICE['offers/plan.yaml']?.replace("Last year's accounts", need) ?? '',
  });
  test.each([
    ['> {{step.we_need}}', '    one\n    two\n'],
    ['- {{step.we_need}}', '- one\n  two\n'],
    ['10. > {{step.we_need}}', '10.     one\n        two\n'],
    ['    {{step.we_need}}', '    one\n    two\n'],
    ['we need: {{step.we_need}}', 'we need: one\ntwo\n'],
  ])('stays in %s', async (body, printed) => {
    const on = world(acme('"one\\ntwo"'), { body: `x\n\n${body}` });
    const { stdout } = await deliver(on, 'email', 'acme', 'hello', '--step', 'numbers');
    expect(stdout).toBe(`x\n\n${printed}`);
  });
});

describe('as HTML', () => {
  const htmlOf = async (body: string, files = {}) => {
    const { html } = await dataOf(world(files, { body }), 'email', 'acme', 'hello');
    // Without what it looks like.
    return /<body dir="auto">\n<div[^>]*>\n([\s\S]*)<\/div>\n<\/body>/
      .exec(html)?.[1]
      ?.replaceAll(/ style="[^"]*"/g, '');
  };

  test('Markdown is rendered, HTML is shown', async () => {
    expect(await htmlOf('**Hi** {{contact.first_name}} <b onclick="x()">you</b>\n\n<script>alert(1)</script>')).toBe(
      '<p><strong>Hi</strong> Ada &lt;b onclick=&quot;x()&quot;&gt;you&lt;/b&gt;</p>\n&lt;script&gt;alert(1)&lt;/script&gt;',
    );
  });

  test.each([
    ['[a](https://x.example/?a=1&b="2")', '<a href="https://x.example/?a=1&amp;b=&quot;2&quot;">a</a>'],
    ['[a](mailto:x@y.example)', '<a href="mailto:x@y.example">a</a>'],
    ['[a](javascript:alert(1))', 'a'],
    ['[a](data:text/html,x)', 'a'],
    ['[a](//x.example)', 'a'],
    ['![a](https://x.example/pixel.png)', 'a'],
    ['<https://x.example>', '<a href="https://x.example">https://x.example</a>'],
  ])('%s', async (body, html) => {
    expect(await htmlOf(body)).toBe(`<p>${html}</p>\n`);
  });

  test('a value is text, in a link too', async () => {
    const link = (target: string) => ({
      'offers/plan.yaml':
        PRACTICE['offers/plan.yaml']?.replace('email: hello', `email: hello, expect: {we_need: '${target}'}`) ?? '',
    });
    expect(await htmlOf('[a]({{step.we_need}})', link('https://x.example/a_b_c?q="'))).toBe(
      '<p><a href="https://x.example/a_b_c?q=&quot;">a</a></p>\n',
    );
    expect(await htmlOf('[a]({{step.we_need}})', link('javascript:alert(1)'))).toBe('<p>a</p>\n');
    expect(await htmlOf('{{step.we_need}}', link('*a* [b](https://x.example) `c` # & <i>'))).toBe(
      '<p>*a* [b](<a href="https://x.example">https://x.example</a>) `c` # &amp; &lt;i&gt;</p>\n',
    );
  });
});
