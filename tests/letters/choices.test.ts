// What a letter is about when nobody says, what is said beside it, and what the command line refuses.
import { describe, expect, test } from 'vitest';
import { memoryWorld, runDeliver } from '../support/world.ts';
import { dataOf, deliver, PRACTICE, world } from './practice.ts';

const client = (engagements: string, more = '') => ({
  'clients/acme.yaml': `${(PRACTICE['clients/acme.yaml'] ?? '').replace(/engagements:[\s\S]*/, '')}${more}engagements:\n${engagements}`,
});
const plan = (id: string, steps = '') =>
  `  ${id}: {offer: plan@1, started: 2026-11-20${steps === '' ? '' : `, steps: {${steps}}`}}\n`;
const ENDED = '  old: {offer: plan@1, started: 2026-01-05, ended: 2026-02-02, result: delivered}\n';

describe('the step', () => {
  const about = async (engagements: string, template = 'hello', ...argv: readonly string[]) => {
    const { engagement, step } = await dataOf(world(client(engagements)), 'email', 'acme', template, ...argv);
    return [engagement, step];
  };

  test('is the open one that asks for the letter', async () => {
    expect(await about(plan('plan'))).toEqual(['plan', 'welcome']);
    expect(await about(plan('plan', 'welcome: {done: 2026-11-20}'))).toEqual(['plan', 'welcome']);
    expect(await about(plan('plan', 'welcome: {done: 2026-11-20}, again: {title: Again, email: hello}'))).toEqual([
      'plan',
      'again',
    ]);
  });

  test('is none when several do, or none; the only engagement stays', async () => {
    expect(await about(plan('plan', 'again: {title: Again, email: hello}'))).toEqual(['plan', null]);
    expect(await about(plan('plan'), 'review-invite')).toEqual(['plan', null]);
    expect(await about(plan('a') + plan('b'))).toEqual([null, null]);
    expect(await about(ENDED)).toEqual([null, null]);
  });

  test('is the one named', async () => {
    expect(await about(plan('plan'), 'hello', '--step', 'numbers')).toEqual(['plan', 'numbers']);
    expect(await about(plan('plan'), 'hello', '--step', 'acme/numbers')).toEqual(['plan', 'numbers']);
    expect(await about(plan('a') + plan('b'), 'hello', '--step', 'acme/b/numbers')).toEqual(['b', 'numbers']);
    expect(await about(ENDED, 'hello', '--step', 'old/numbers')).toEqual(['old', 'numbers']);
  });

  test('is the one whose reminder is this letter', async () => {
    const service = 'segments: {A: {title: Prime}}\nchase: {gentle: {when: due - 9bd, email: chase-gentle}}\n';
    const on = world({ 'service.yaml': service, ...client(plan('plan', 'welcome: {done: 2026-11-20}')) });
    const { step, text } = await dataOf(on, 'email', 'acme', 'chase-gentle');
    expect(step).toBe('numbers');
    expect(text).toContain("\n    Last year's accounts\n");
  });
});

describe('whom it goes to', () => {
  test('is the main contact, the one the template names, or the one asked for', async () => {
    const to = { 'emails/to-bob.md': '---\nsubject: Hi\nto: bob\n---\nHi {{contact.first_name}}.\n' };
    expect((await dataOf(world({}), 'email', 'acme', 'hello')).to).toEqual([
      { name: 'Ada Lovelace', address: 'ada@acme.example' },
    ]);
    const bob = await dataOf(world(to), 'email', 'acme', 'to-bob');
    expect(bob).toMatchObject({ to: [{ name: 'Bob Byrne', address: null }], text: 'Hi Bob.\n' });
    expect(await dataOf(world(to), 'email', 'acme', 'to-bob', '--to', 'ada')).toMatchObject({ text: 'Hi Ada.\n' });
    const left = {
      'clients/acme.yaml': (PRACTICE['clients/acme.yaml'] ?? '').replace(
        'ada@acme.example',
        'ada@acme.example, left: 2026-05-01',
      ),
    };
    expect((await dataOf(world(left), 'email', 'acme', 'hello')).to).toEqual([{ name: 'Bob Byrne', address: null }]);
  });

  test('without an address it is printed, and refused where one is needed', async () => {
    const printed = await deliver(world({}), 'email', 'acme', 'hello', '--to', 'bob');
    expect(printed).toMatchObject({ exit: 0, stdout: 'Hello.\n' });
    expect(printed.stderr).toContain('To: Bob Byrne, no email address (clients/acme.yaml: contacts.bob.email)');
    for (const way of [['--open'], ['--eml', 'x.eml']]) {
      const on = world({});
      const { exit, stdout, stderr } = await deliver(on, 'email', 'acme', 'hello', '--to', 'bob', ...way);
      expect({ exit, stdout }).toEqual({ exit: 1, stdout: '' });
      expect(stderr).toContain('write it in clients/acme.yaml: contacts.bob.email');
      expect(on.desk.opened).toEqual([]);
    }
  });
});

describe('ways out', () => {
  test('a short letter is a link, a long one a draft', async () => {
    const short = world({}, { subject: 'Ä & b', body: 'Hi +1 50% 🙂\nBye' });
    await deliver(short, 'email', 'acme', 'hello', '--open');
    expect(short.desk.opened).toEqual([
      'mailto:ada@acme.example?subject=%C3%84%20%26%20b&body=Hi%20%2B1%2050%25%20%F0%9F%99%82%0D%0ABye%0D%0A',
    ]);
    const long = world({}, { body: 'A long line. '.repeat(200) });
    await deliver(long, 'email', 'acme', 'hello', '--open');
    expect(long.desk.opened).toEqual(['/tmp/deliver/acme-hello.eml']);
    expect(long.contents.has('/tmp/deliver/acme-hello.eml')).toBe(true);
  });

  test('a draft of somebody without an address has no sender, and says so', async () => {
    const on = world({});
    const { exit, stderr } = await deliver(on, '--as', 'tom', 'email', 'acme', 'hello', '--eml', 'x.eml');
    expect(exit).toBe(0);
    expect(stderr).toContain('the draft has no sender: your address belongs in deliver.yaml: people.tom.email\n');
    expect(new TextDecoder().decode(on.contents.get('/practice/x.eml') as Uint8Array)).not.toMatch(/^From:/m);
  });

  test('a draft that is there stays, unless told', async () => {
    const on = world({ 'x.eml': 'mine' });
    const refused = await deliver(on, 'email', 'acme', 'hello', '--eml', 'x.eml');
    expect(refused).toMatchObject({ exit: 1, stdout: '' });
    expect(on.contents.get('/practice/x.eml')).toBe('mine');
    expect((await deliver(on, 'email', 'acme', 'hello', '--eml', 'x.eml', '--replace')).stderr).toContain(
      'draft: x.eml',
    );
  });

  test.each([
    [['--eml', 'clients/acme.yaml', '--replace'], 'is not a valid name for a draft'],
    [['--eml', '.eml'], 'is not a valid name for a draft'],
    [['--replace'], '--replace needs --eml FILE'],
    [['--to', 'adda'], 'did you mean `ada`?'],
    [['--step', 'welcom3'], 'unknown step'],
  ])('%j is a wrong command line', async (argv, says) => {
    const { exit, stdout, stderr } = await deliver(world({}), 'email', 'acme', 'hello', ...argv);
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
    expect(stderr).toContain(says);
  });

  test('what is missing is asked for, the own letters first', async () => {
    const on = memoryWorld({
      files: {
        ...PRACTICE,
        'emails/zero.md': '---\nsubject: Zero\n---\nZero.\n',
        'emails/hello.md': '---\nsubject: Hi\n---\nHi.\n',
      },
      terminal: { columns: 80 },
      answers: ['acme', 'zero'],
    });
    const { exit, stdout } = await runDeliver(on, ['email']);
    expect({ exit, stdout }).toEqual({ exit: 0, stdout: 'Zero.\n' });
    expect(on.asked).toEqual(['Whom do you write to?', 'Which letter to Acme Ltd?']);
  });
});

test('look before you contact', async () => {
  const more = `billing: {state: disputed, note: The October bill}
issues:
  slow: {what: Answers are slow, since: 2026-11-02}
  done: {what: Done, since: 2026-10-02, closed: 2026-10-05}
promises:
  deck: {what: Send the deck, made: 2026-11-02, by: 2026-11-20}
  soon: {what: Not yet, made: 2026-11-02, by: 2026-11-23}
pause: {to: 2026-12-01, why: Moving house}
snooze:
  call: {to: 2026-12-04, why: They ring us}
  email: {to: 2026-11-20, why: Over}
`;
  const log = ['2026-11-17', '2026-11-19', '2026-11-22', '2026-11-16']
    .map((day) => `- {date: ${day}, kind: call}\n`)
    .join('');
  const on = world({ ...client(plan('plan'), more), 'touches/acme.yaml': log });
  const { stderr } = await deliver(on, 'email', 'acme', 'hello');
  expect(stderr.split('\n').slice(2, -1)).toEqual([
    '! look before you contact Acme Ltd: a bill is in dispute: The October bill  acme',
    '! look before you contact Acme Ltd: open for 21 days: Answers are slow  acme/issue/slow',
    '! look before you contact Acme Ltd: promised and 3 days late: Send the deck  acme/promise/deck',
    '! look before you contact Acme Ltd: they asked for quiet until Tue 1 Dec 2026: Moving house  acme',
    '! look before you contact Acme Ltd: Call is put off until Fri 4 Dec 2026: They ring us  acme/touch/call',
    '! look before you contact Acme Ltd: 3 contacts in the last 7 days already  acme',
  ]);
  expect((await deliver(on, '-q', 'email', 'acme', 'hello')).stderr).toBe('');
});
