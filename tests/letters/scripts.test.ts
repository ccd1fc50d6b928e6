// Conversation scripts: each with every client of the example, and how one is laid out to be read aloud.
import { Marked } from 'marked';
import { describe, expect, test } from 'vitest';
import type { ScriptRecord } from '../../src/book/book.ts';
import type { Day } from '../../src/day.ts';
import { findScript, templateIds } from '../../src/letters/built-in.ts';
import { scriptFacts } from '../../src/letters/facts.ts';
import { renderScript } from '../../src/letters/spoken.ts';
import { loadBook } from '../support/load.ts';
import { loadFolder } from '../support/story.ts';
import { memoryFiles, memoryWorld, runDeliver } from '../support/world.ts';
import { deliver, PRACTICE, world } from './practice.ts';

const NORTHLIGHT = loadFolder('examples/northlight');
const WITHOUT_OWN = Object.fromEntries(Object.entries(NORTHLIGHT).filter(([path]) => !path.startsWith('scripts/')));

test.each([
  ['the example', NORTHLIGHT],
  ['the program', WITHOUT_OWN],
])('every script of %s with every client is whole, or refused with the key to write', (_, files) => {
  const contents = new Map(Object.entries(files).map(([path, content]) => [`/p/${path}`, content]));
  const { book } = loadBook(memoryFiles(contents), '/p');
  for (const id of templateIds(book, 'script')) {
    const spoken = [...book.clients.values()].map((client) => {
      const script = findScript(book, id) as ScriptRecord;
      return renderScript(scriptFacts(book, '2026-11-23' as Day, client, script, { person: 'sam' }), script);
    });
    expect(spoken.some((each) => 'letter' in each)).toBe(true);
    for (const each of spoken) {
      if ('letter' in each) expect(JSON.stringify(each.letter)).not.toMatch(/undefined|\{\{|[\uFDD0\uFDD1]/);
      else for (const { args } of each.problems) expect(args.help).toMatch(/: \S|deliver start|--step|no partner/);
    }
  }
});

const TALK = `title: A talk with {{client.name}}
goal: They know what comes
beats:
  - say: |
      {{contact.first_name}}, this is a longer paragraph that has to be wrapped somewhere, for it is too long.

      And a second one.
    ask: How does that sound, and what would you change about it if you could change one thing?
    listen_for: doubt
    if:
      - they: say nothing
        say: Take your time.
        ask: Shall we talk tomorrow?
  - name: Close
    say: Thank you.
then: Log it
`;

describe('reading aloud', () => {
  const on = (columns: number) =>
    memoryWorld({
      files: { ...PRACTICE, 'emails/hello.md': '---\nsubject: H\n---\nH\n', 'scripts/talk.yaml': TALK },
      terminal: { columns },
    });

  test('is wrapped to the screen', async () => {
    const { stdout } = await runDeliver(on(40), ['script', 'acme', 'talk']);
    expect(stdout).toBe(`A talk with Acme Ltd
Goal: They know what comes

1. Then
   Ada, this is a longer paragraph that
   has to be wrapped somewhere, for it
   is too long.

   And a second one.
   Ask: How does that sound, and what
        would you change about it if you
        could change one thing?
   Listen for:
     - doubt
   If they say nothing:
     Take your time.
     Ask: Shall we talk tomorrow?

2. Close
   Thank you.

Afterwards
  - Log it
`);
  });

  test('a line whose condition does not hold is left out, and so is a beat of which nothing is left', async () => {
    const script = `title: Goodbye
prepare: ["{{#if partner.name}}Ask {{partner.name}}{{/if}}", Breathe]
beats:
  - name: Open
    say: Hello.
  - name: Who comes next
    say: "{{#if partner.name}}{{partner.name}} takes over.{{/if}}"
    listen_for: ["{{#if partner.name}}doubt{{/if}}"]
then: ["{{#if partner.name}}Introduce the partner{{/if}}", Log it]
`;
    const { stdout } = await deliver(world({ 'scripts/talk.yaml': script }), 'script', 'acme', 'talk');
    expect(stdout).toBe('Goodbye\n\nBefore\n  - Breathe\n\n1. Open\n   Hello.\n\nAfterwards\n  - Log it\n');
  });

  test('a name stays text', async () => {
    const name = '{{constructor}} </script> \u05e2\u05d3\u05d4 \\d';
    const client = (PRACTICE['clients/acme.yaml'] ?? '').replace('Acme Ltd', () => JSON.stringify(name));
    const files = { 'clients/acme.yaml': client, 'scripts/talk.yaml': TALK };
    expect((await deliver(world(files), 'script', 'acme', 'talk')).stdout).toContain(`A talk with ${name}\n`);
    const { stdout } = await deliver(world(files), 'script', 'acme', 'talk', '--md');
    expect(stdout.split('\n')[0]).toBe('# A talk with \\{\\{constructor\\}\\} \\</script\\> \u05e2\u05d3\u05d4 \\\\d');
  });

  const HOSTILE = '"<img src=x onerror=alert(1)> &lt;b> &#8238; **bold** \\u202egnp.exe # [x](javascript:1)"';
  const everywhere = `title: ${HOSTILE}
goal: ${HOSTILE}
prepare: [${HOSTILE}]
beats:
  - {name: ${HOSTILE}, say: ${HOSTILE}, ask: ${HOSTILE}, listen_for: [${HOSTILE}], if: [{they: ${HOSTILE}, say: ${HOSTILE}, ask: ${HOSTILE}}]}
avoid: [${HOSTILE}]
then: [${HOSTILE}]
`;

  test.each([undefined, 80])(
    'no text of a script is obeyed by a terminal (%j columns) or a Markdown reader',
    async (columns) => {
      const files = { ...PRACTICE, 'emails/hello.md': '---\nsubject: Hi\n---\nHi\n', 'scripts/talk.yaml': everywhere };
      const on = () => memoryWorld({ files, ...(columns === undefined ? {} : { terminal: { columns } }) });
      const { exit, stdout } = await deliver(on(), 'script', 'acme', 'talk', '--md');
      expect({ exit, obeyed: /[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]/.exec(stdout) }).toEqual({
        exit: 0,
        obeyed: null,
      });
      const html = new Marked({ gfm: true }).parse(stdout) as string;
      expect(html.match(/<(?!\/?(?:h1|h2|p|em|strong|ul|li|blockquote)>)[^>]*>/g)).toBeNull();
      expect(html.match(/&lt;img src=x onerror=alert\(1\)&gt; &amp;lt;b&gt; &amp;#8238; \*\*bold\*\*/g)).toHaveLength(
        12,
      );
      const aloud = await deliver(on(), 'script', 'acme', 'talk');
      expect(aloud.stdout).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]/);
    },
  );

  test('with somebody else', async () => {
    const { stdout } = await deliver(world({ 'scripts/talk.yaml': TALK }), 'script', 'acme', 'talk', '--with', 'bob');
    expect(stdout).toContain('Bob, this is');
  });
});
