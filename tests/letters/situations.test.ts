// Every letter that comes with the program in every situation: written, held back or refused, and in which words. The table
// in situations.md is remade with UPDATE=1 and read as a difference; what must never change is said here.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Book } from '../../src/book/book.ts';
import { BUILT_IN } from '../../src/book/built-in.generated.ts';
import type { Day } from '../../src/day.ts';
import { builtInRecord } from '../../src/letters/built-in.ts';
import { cautionsFor } from '../../src/letters/caution.ts';
import { letterFacts } from '../../src/letters/facts.ts';
import { renderLetter } from '../../src/letters/letter.ts';
import { cautionsAbout } from '../../src/letters/letter-cautions.ts';
import { formatMailbox } from '../../src/letters/mail.ts';
import { messageOf } from '../../src/problem/words.ts';
import { loadBook } from '../support/load.ts';
import { memoryFiles, memoryWorld, type Run, runDeliver } from '../support/world.ts';
import { BASE, SITUATIONS, type Situation } from './situations.ts';

const { 'clients/acme.yaml': CLIENT = '' } = BASE;

const FILE = join(import.meta.dirname, 'situations.md');

const situation = (name: string): Situation => {
  const found = SITUATIONS.find((it) => it.name === name);
  if (!found) throw new Error(`no situation ${name}`);
  return found;
};

const write = ({ files, today }: Situation, template: string, ...argv: readonly string[]): Promise<Run> =>
  runDeliver(memoryWorld({ files, today }), ['email', 'acme', template, ...lineFor(template), ...argv]);

const lineFor = (template: string): readonly string[] =>
  builtInRecord('email', template)?.line === undefined ? [] : ['--line', 'You were quick.'];

/** The first error, without its place in a template that comes with the program. */
const because = (stderr: string): string =>
  /^(?:templates\/\S+ error: |(\S+?):\d+:\d+: error: )(.*) \[/m.exec(stderr)?.slice(1).filter(Boolean).join(': ') ??
  stderr;

function outcome({ exit, stdout, stderr }: Run): string {
  if (stdout === '') return `${stderr.includes('should not be written') ? 'held back' : 'refused'}: ${because(stderr)}`;
  const to = /^To: (.*)$/m.exec(stderr)?.[1];
  const notes = stderr.split('\n').filter((each) => each.startsWith('!'));
  const said = notes.map((each) =>
    each.replace(/^! (?:look before you contact [^:]*: )?/, '').replace(/(?: {2}\S|; something may be missing).*$/, ''),
  );
  return `${exit === 0 ? '' : 'incomplete: '}to ${to}${said.length === 0 ? '' : `; ${said.join('; ')}`}`;
}

/** The same without a run of the program, for there are a thousand of them. */
function outcomeOf(book: Book, today: Day, template: string): string {
  const client = book.clients.get('acme');
  const email = builtInRecord('email', template);
  if (!client || !email) throw new Error(`no ${template} to acme`);
  const line = email.line === undefined ? undefined : 'You were quick.';
  const facts = letterFacts(book, today, client, email, { person: 'ida', line });
  const rendered = renderLetter(facts, email, undefined);
  if ('letter' in rendered) {
    const cautions = [...cautionsFor(book, today, client), ...cautionsAbout(facts, email, rendered.letter)];
    return [`to ${formatMailbox(rendered.letter.to)}`, ...cautions.map(({ text }) => text)].join('; ');
  }
  const [first] = rendered.problems;
  const file = first?.place.file.startsWith('templates/') ? '' : `${first?.place.file}: `;
  return `${rendered.isHeld ? 'held back' : 'refused'}: ${file}${first && messageOf(first.code, first.args)}`;
}

test('the table of letters and situations', () => {
  const parts: string[] = ['# Letters in situations\n'];
  for (const { name, today, files } of SITUATIONS) {
    const contents = new Map(Object.entries(files).map(([path, text]) => [`/p/${path}`, text]));
    const { book } = loadBook(memoryFiles(contents), '/p');
    const lines = [...BUILT_IN.emails].map((id) => `- ${id}: ${outcomeOf(book, today as Day, id)}`);
    parts.push(`## ${name} (${today})\n\n${lines.join('\n')}\n`);
  }
  const actual = parts.join('\n');
  if (process.env.UPDATE === '1') writeFileSync(FILE, actual);
  else expect(actual).toBe(readFileSync(FILE, 'utf8'));
}, 300_000);

describe('whatever the letter', () => {
  const all = [...BUILT_IN.emails];
  const outcomes = (name: string): Promise<readonly string[]> =>
    Promise.all(all.map(async (id) => `${id}: ${outcome(await write(situation(name), id, '--anyway'))}`));

  test.each([
    'the main contact has an error',
    'the address of the main contact has an error',
    'the only contact has left',
    'no contact',
  ])('%s: nobody else is written to', async (name) => {
    for (const each of await outcomes(name)) expect(each).toMatch(/: refused: |: to Jo Fern/);
  });

  test('an error of another contact is named beside the letter', async () => {
    for (const each of await outcomes('another contact has an error'))
      expect(each).toMatch(/: refused: |to Ada Lovelace .*clients\/acme\.yaml:6:15 expected text/);
  });

  test('a bad locale refuses every letter, naming the file', async () => {
    for (const each of await outcomes('the locale has an error')) expect(each).toContain(': refused: deliver.yaml: ');
  });

  test('no letter is about other work than the broken one', async () => {
    for (const name of ['the work has an error', 'one of two engagements has an error']) {
      const { exit, stderr } = await write(situation(name), 'welcome');
      expect(exit, name).toBe(1);
      expect(stderr).toContain('clients/acme.yaml:');
    }
    const named = await write(situation('one of two engagements has an error'), 'welcome', '--step', 'acme/plan/plan');
    expect(named.stdout).toContain('Hi Ada');
    expect(named.exit).toBe(1);
    expect(named.stderr).toContain('is not a real date');
  });

  test('no German day stands in an English letter', async () => {
    const { stdout } = await write(situation('a German practice'), 'welcome');
    expect(stdout).toContain('- Start: Thursday 12 November 2026\n');
  });
});

describe('a reminder to somebody who wrote', () => {
  const { files, today } = situation('they wrote about the step since it was due');
  const ask = (answer: string) => memoryWorld({ files, today, terminal: { columns: 80 }, answers: [answer] });

  test.each([
    ['no', 1, ''],
    ['yes', 0, 'Hi Ada,'],
  ])('is asked about on a terminal: %s', async (answer, exit, first) => {
    const on = ask(answer);
    const run = await runDeliver(on, ['email', 'acme', 'chase-firm']);
    expect({ exit: run.exit, first: run.stdout.split('\n')[0] }).toEqual({ exit, first });
    expect(on.asked).toEqual([
      'They wrote on Fri 20 Nov 2026 about plan/numbers: Coming on Tuesday. Write the reminder all the same?',
    ]);
  });
});

describe('faults that were seen', () => {
  test.each([
    ['the promised day has passed', 'new-date'],
    ['the day was moved, and the forecast is later', 'new-date'],
    ['work runs, their step is late', 'transition-letter-misfit'],
    ['a prospect', 'referral-ask'],
    ['the work was cancelled', 'thank-you'],
    ['leaving, nobody takes over', 'review-invite'],
    ['leaving, nobody takes over', 'partner-introduction'],
    ['they wrote about the step since it was due', 'chase-firm'],
    ['they wrote about something else since the last reminder', 'chase-firm'],
    ['work runs, their step is due soon', 'chase-firm'],
  ])('%s: %s is not written', async (name, template) => {
    expect(await write(situation(name), template)).toMatchObject({ exit: 1, stdout: '' });
  });

  test('a reminder is for a step of theirs', async () => {
    const { exit, stderr } = await write(
      situation('work runs, their step is late'),
      'chase-firm',
      '--step',
      'plan/plan',
    );
    expect(exit).toBe(1);
    expect(stderr).toContain('Write the plan is not a step of the client');
  });

  test('why a day was moved stays among ourselves', async () => {
    const { stdout } = await write(situation('the day was moved'), 'new-date');
    expect(stdout).toContain('We need the new year figures first.');
    expect(stdout).not.toContain('slow');
  });

  test('a title alone is no first name', async () => {
    const { stdout } = await write(situation('a contact with a title and a surname'), 'welcome');
    expect(stdout.split('\n')[0]).toBe('Hello Dr. Weber,');
  });

  test('the contact of the step is the one who is asked', async () => {
    const { stdout, stderr } = await write(situation('the step asks another contact'), 'chase-firm');
    expect(stderr).toContain('To: Bob Byrne <bob@acme.example>');
    expect(stdout.split('\n')[0]).toBe('Hi Bob,');
  });

  test.each([
    ['to: bob', []],
    ['cc: bob', []],
    ['touch: email', ['--to', 'bob']],
  ])('%s %j: somebody who has left gets nothing', async (head, argv) => {
    const gone = CLIENT.replace('bob@acme.example', 'bob@acme.example, left: 2026-10-30');
    const files = {
      ...BASE,
      'clients/acme.yaml': gone,
      'emails/note.md': `---\nsubject: A note\n${head}\n---\nHello.\n`,
    };
    const { exit, stdout, stderr } = await runDeliver(memoryWorld({ files }), [
      'email',
      'acme',
      'note',
      ...argv,
      '--anyway',
    ]);
    expect({ exit, stdout }).toEqual({ exit: 1, stdout: '' });
    expect(stderr).toContain('Bob Byrne left Acme Ltd on Fri 30 Oct 2026');
  });

  test('a signature of their own ends the letters of who has one', async () => {
    const settings = BASE['deliver.yaml']?.replace(
      '{name: Tom Hazel}',
      '{name: Tom Hazel, signature: Tom from the office}',
    );
    const files = { ...BASE, 'deliver.yaml': settings ?? '' };
    const { stdout } = await runDeliver(memoryWorld({ files }), ['email', 'acme', 'welcome', '--as', 'tom']);
    expect(stdout).toMatch(/\nTom from the office\n$/);
  });

  test('an older template signs as who sends too', async () => {
    const files = { ...BASE, 'emails/old.md': '---\nsubject: Old\n---\nHello.\n\n{{practice.signature}}\n' };
    const sign = async (...argv: readonly string[]) =>
      (await runDeliver(memoryWorld({ files }), ['email', 'acme', 'old', ...argv])).stdout;
    expect(await sign()).toBe('Hello.\n\nIda Hart\nHazel & Hart\n');
    expect(await sign('--as', 'tom')).toBe('Hello.\n\nTom Hazel\nHazel & Hart\n');
  });

  test('who sends it signs it', async () => {
    const { stdout } = await write(situation('work runs, their step is late'), 'welcome', '--as', 'tom');
    expect(stdout).toContain('Tom Hazel\nHazel & Hart\n');
    // Ida may do a step; she does not sign.
    expect(stdout).not.toContain('Ida Hart');
  });
});
