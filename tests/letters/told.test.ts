// What a letter tells of the work, each by hand: accounts were due on Thu 19 Nov, the plan follows ten working days later, the
// payment is due forty after the start of Thu 12 Nov 2026.
import { describe, expect, test } from 'vitest';
import { memoryWorld, runDeliver } from '../support/world.ts';
import { BASE, SITUATIONS } from './situations.ts';

type Files = Readonly<Record<string, string>>;

async function told(
  body: string,
  files: Files = {},
  today = '2026-11-23',
  ...argv: readonly string[]
): Promise<string> {
  const letter = { 'emails/news.md': `---\nsubject: News\nlanguage: en\n---\n${body}\n` };
  const on = memoryWorld({ files: { ...BASE, ...files, ...letter }, today });
  const { stdout, stderr } = await runDeliver(on, ['email', 'acme', 'news', ...argv]);
  return stdout === '' ? stderr : stdout.trimEnd();
}
const list = (name: string): string => `{{#each ${name}}}\n- {{this}}\n{{else}}\nnothing\n{{/each}}`;
const filesOf = (name: string): Files => SITUATIONS.find((it) => it.name === name)?.files ?? {};
const client = (change: (text: string) => string): Files => ({
  'clients/acme.yaml': change(BASE['clients/acme.yaml'] ?? ''),
});

describe('engagement.done', () => {
  test('is what they saw done, with its day', async () => {
    expect(await told(list('engagement.done'))).toBe('- Send the welcome e-mail (Friday 13 November)');
  });

  test('counts from the last letter', async () => {
    const log = (day: string) => ({ 'touches/acme.yaml': `- {date: ${day}, kind: email, letter: welcome}\n` });
    expect(await told(list('engagement.done'), log('2026-11-16'))).toBe('nothing');
    expect(await told(list('engagement.done'), log('2026-11-13'))).toContain('Send the welcome');
    const older = { 'touches/acme.yaml': '- {date: 2026-11-16, kind: email, note: "Letter welcome"}\n' };
    expect(await told(list('engagement.done'), older)).toBe('nothing');
  });
});

describe('engagement.next', () => {
  test('is three steps they see, when and by whom', async () => {
    expect(await told(list('engagement.next'))).toBe(
      "- Last year's accounts: Monday 23 November (you)\n- Your plan: Monday 7 December (me)\n- Pay the invoice: Thursday 7 January 2027 (you)",
    );
  });

  test('names our people, and another contact', async () => {
    const files = filesOf('the step asks another contact');
    const text = await told(list('engagement.next'), files, '2026-11-23', '--as', 'tom');
    expect(text).toContain("Last year's accounts: Monday 23 November (Bob)");
    expect(text).toContain('Your plan: Monday 7 December (Ida)');
  });
});

test('engagement.asks is what we wait for, with its day', async () => {
  expect(await told(list('engagement.asks'))).toBe(
    "- Last year's accounts (it was due Thursday 19 November)\n- Pay the invoice, by Thursday 7 January 2027",
  );
});

describe('by the last day', () => {
  const leaving = (day: string) =>
    client((text) => `${text}leaving: {decided: 2026-11-16, reason: budget, last_day: ${day}}\n`);
  const body = `finishes:\n\n${list('engagement.finishes')}\n\ndrops:\n\n${list('engagement.drops')}`;
  test.each([
    ['2026-12-07', 'finishes:\n\n- Your plan\n\ndrops:\n\nnothing'],
    ['2026-12-04', 'finishes:\n\nnothing\n\ndrops:\n\n- Your plan'],
  ])('%s', async (day, text) => {
    expect(await told(body, leaving(day))).toBe(text);
  });
});

test('open_promises are ours, not kept', async () => {
  const files = client(
    (text) =>
      `${text}promises:\n  deck: {what: Send the deck., made: 2026-11-12, by: 2026-11-16}\n  map: {what: The map, made: 2026-11-12, by: 2026-11-27}\n  tea: {what: Tea, made: 2026-11-02, by: 2026-11-27, kept: 2026-11-10}\n`,
  );
  expect(await told(list('open_promises'), files)).toBe(
    '- Send the deck (it was due Monday 16 November)\n- The map, by Friday 27 November',
  );
});

describe('invoice', () => {
  const body = '{{invoice.what}}, due {{in_words invoice.due}}';
  test('is the payment that is late', async () => {
    expect(await told(body, {}, '2027-01-11')).toBe('Pay the invoice, due Thursday 7 January');
  });

  test('is none before the day, or in dispute', async () => {
    expect(await told(body, {}, '2027-01-07')).toContain('no payment of Acme Ltd is late');
    const disputed = client((text) => `${text}billing: {state: disputed, note: The hours}\n`);
    expect(await told(body, disputed, '2027-01-11')).toContain('a bill is in dispute');
  });
});

describe('issue', () => {
  const two = client(
    (text) =>
      `${text}issues:\n  slow: {what: Answers are slow, since: 2026-11-02, tell_client: We were slow.}\n  old: {what: Done, since: 2026-10-02, closed: 2026-10-05}\n`,
  );
  test('is the only open one, or the one named', async () => {
    expect(await told('{{issue.tell_client}} {{in_words issue.since}}', two)).toBe('We were slow. Monday 2 November');
    expect(await told('{{issue.what}}', two, '2026-11-23', '--issue', 'old')).toBe('Done');
    expect(await told('{{issue.what}}', two, '2026-11-23', '--issue', 'acme/issue/slow')).toBe('Answers are slow');
    expect(await told('{{issue.what}}')).toContain('no issue of Acme Ltd is open');
  });
});

describe('survey', () => {
  test('is the latest answer', async () => {
    const log = {
      'touches/acme.yaml':
        '- {date: 2026-11-16, kind: survey, score: 9, note: "Quick"}\n- {date: 2026-10-16, kind: survey, score: 4}\n',
    };
    expect(await told('{{survey.score}} {{survey.note}}', log)).toBe('9 Quick');
  });

  test('asks what nothing measures first, at most five', async () => {
    expect(await told(list('survey.questions'))).toBe(
      '- We answer every message within one working day.\n- A call the same day',
    );
  });
});

describe('days', () => {
  test.each([
    ['{{in_words next_workday}}', '2026-11-20', 'Monday 23 November'],
    ['{{in_words next_workday}}', '2026-12-31', 'Friday 1 January 2027'],
    ['{{date next_workday}}', '2026-11-23', 'Tuesday 24 November 2026'],
  ])('%s on %s', async (body, today, text) => {
    expect(await told(body, {}, today)).toBe(text);
  });

  test('in the words of the country, in the language of the letter', async () => {
    const settings = (locale: string) => ({ 'deliver.yaml': (BASE['deliver.yaml'] ?? '').replace('en-GB', locale) });
    expect(await told('{{in_words next_workday}}', settings('en-US'))).toBe('Tuesday, November 24');
    expect(await told('{{in_words next_workday}}', settings('de-DE'))).toBe('Tuesday 24 November');
    expect(await told('{{money offer.price}}', settings('de-DE'))).toBe('£4,800');
  });

  test('the check is on the day of its step', async () => {
    const exit = `name: Exit
milestones: {last-day: Last day}
steps:
  talk: {title: Talk, due: start + 1bd}
  check: {title: Ask how it is going, kind: call, due: last-day + 31d}
`;
    const files = {
      'offers/offboarding.yaml': exit,
      ...client(
        (text) =>
          `${text}  exit: {offer: offboarding@1, started: 2026-11-16, milestones: {last-day: 2026-12-18}}\nleaving: {decided: 2026-11-16, reason: budget, last_day: 2026-12-18}\n`,
      ),
    };
    expect(await told('{{date check_day}}', files)).toBe('Monday 18 January 2027');
  });
});

describe('before there is work', () => {
  const prospect = {
    'clients/acme.yaml':
      'name: Acme Ltd\nstatus: prospect\ncontacts:\n  ada: {name: Ada Lovelace, email: ada@acme.example}\n',
  };
  test('--offer names what is offered', async () => {
    expect(await told('{{offer.name}}, {{money offer.price}}', prospect, '2026-11-23', '--offer', 'plan')).toBe(
      'Yearly plan, £4,800',
    );
    expect(await told('{{offer.name}}', prospect)).toContain('or name what you offer: --offer OFFER');
    expect(await told('x', prospect, '2026-11-23', '--offer', 'plam')).toContain('did you mean `plan`?');
  });
});

test('a client who is a person is known by the name', async () => {
  const body = '{{#if client.is_person}}a person{{else}}a company{{/if}} {{client.main_contact}}';
  expect(await told(body, filesOf('the client is a person'))).toBe('a person Ada Lovelace');
  expect(await told(body)).toBe('a company Ada Lovelace');
});
