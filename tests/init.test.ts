// `deliver init`: what it writes is valid at once and of use at once, wherever the practice is; it overwrites nothing.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { closedDays, countries, currencyOf, landNamed, localeOf, zoneOfCountry } from '../src/changes/holidays.ts';
import { parseDay } from '../src/day.ts';
import { type MemoryWorld, memoryWorld, runDeliver, type WorldOptions } from './support/world.ts';

const ACME = ['--client', 'Acme Ltd', '--since', '2024-03-01', '--last-spoke', '2026-09-01'];
const textAt = ({ contents }: MemoryWorld, file: string): string => String(contents.get(`/practice/${file}`));

async function founded(options: WorldOptions, argv: readonly string[]): Promise<MemoryWorld> {
  const memory = memoryWorld(options);
  expect(await runDeliver(memory, ['init', '--yes', ...argv])).toMatchObject({ exit: 0, stderr: '' });
  return memory;
}

describe('a practice with the defaults', () => {
  const places = ['GB', 'GB-SCT', 'DE-BY', 'Germany', 'US', 'CH-ZH', 'JP', 'IL', 'AE', 'BR', 'none'];

  test.each(places)('in %s is valid with --strict, and its first morning says whom to call', async (country) => {
    const memory = await founded({}, ['--country', country, ...ACME]);
    expect(await runDeliver(memory, ['validate', '--strict'])).toMatchObject({ exit: 0, stderr: '' });
    const { exit, stdout } = await runDeliver(memory, ['status']);
    expect(exit).toBe(0);
    expect(stdout).toMatch(/A {2}Acme Ltd {2}Check-in · every 1m, last 1 Sept?/);
  });

  test.each(['GB-ENG', 'DE-BE', 'AE'])('in %s has the closed days of a first engagement', async (country) => {
    const contact = ['--contact', 'Ada Lovelace', '--contact-email', 'ada@acme.example'];
    const memory = await founded({}, ['--country', country, ...ACME, ...contact]);
    const started = await runDeliver(memory, ['start', 'acme', 'advisory-project', '--no-input']);
    expect(started).toMatchObject({ exit: 0 });
    expect(await runDeliver(memory, ['validate', '--strict'])).toMatchObject({ exit: 0, stderr: '' });
  });

  test('takes the country, the locale and the currency from the time zone', async () => {
    const hints = { zone: 'Europe/Berlin', name: 'Ines Castell', email: 'ines@rivermint.example' };
    const text = textAt(await founded({ hints }, []), 'deliver.yaml');
    for (const part of [
      '  ines:\n    name: Ines Castell\n    email: ines@rivermint.example\n',
      '\ntime_zone: Europe/Berlin',
      '\nlocale: de-DE',
      '\ncurrency: EUR',
      '    2026-12-25: 1. Weihnachtstag\n',
    ]) {
      expect(text).toContain(part);
    }
  });

  test('is made on the day it is there, not here', async () => {
    const today = (zone: string) => (zone === 'Pacific/Auckland' ? '2027-01-01' : '2026-12-31');
    const memory = await founded({ today }, ['--country', 'NZ', '--client', 'Acme']);
    expect(textAt(memory, 'clients/acme.yaml')).toContain('added: 2027-01-01');
    expect(textAt(memory, 'deliver.yaml')).toMatch(/ 2028-12-25: /);
  });

  test('works the week of its country', async () => {
    expect(textAt(await founded({}, ['--country', 'IL']), 'deliver.yaml')).toContain('week: [sun, mon, tue, wed, thu]');
  });

  test('has names that look like YAML', async () => {
    const names = [
      '--practice',
      'Ümlaut: "x" # y',
      '--name',
      "- 'O, [Brien]",
      '--offer',
      '{no}: *yes',
      '--client',
      '@=SUM(A1) | x',
      '--contact',
      '!null',
    ];
    const memory = await founded({}, [...names, '--country', 'GB']);
    expect(await runDeliver(memory, ['validate', '--strict'])).toMatchObject({ exit: 0, stderr: '' });
    expect((await runDeliver(memory, ['list', 'clients'])).stdout).toContain('@=SUM(A1) | x');
  });

  test('shows what it would write, and writes nothing, with --dry-run', async () => {
    const memory = memoryWorld();
    const { exit, stdout } = await runDeliver(memory, ['init', '--yes', '--dry-run']);
    expect(exit).toBe(0);
    expect(stdout).toContain('+++ b/service.yaml');
    expect([...memory.contents.keys()]).toEqual([]);
  });
});

describe('what already exists', () => {
  test.each(['service.yaml', 'emails/welcome.md', 'offers/advisory-project.yaml'])(
    '%s is not overwritten, and then nothing is written',
    async (file) => {
      const memory = memoryWorld({ files: { [file]: 'mine\n' } });
      const { exit, stderr } = await runDeliver(memory, ['init', '--yes']);
      expect(exit).toBe(1);
      expect(stderr).toContain(`${file} already exists`);
      expect([...memory.contents]).toEqual([[`/practice/${file}`, 'mine\n']]);
    },
  );

  test('a .gitignore gets the lines it lacks, in its own line ends', async () => {
    const files = {
      '.gitignore': 'node_modules/\r\n*.log',
      '.gitattributes': '*.yaml text eol=lf\n',
      'README.md': '# Hi\n',
    };
    const memory = await founded({ files }, []);
    expect(textAt(memory, '.gitignore')).toBe('node_modules/\r\n*.log\r\ndrafts/\r\n');
    expect(textAt(memory, '.gitattributes')).toBe('*.yaml text eol=lf\ntouches/*.yaml merge=union\n');
    expect(textAt(memory, 'README.md')).toBe('# Hi\n');
  });

  test('a practice is no place for another', async () => {
    const memory = await founded({}, []);
    const before = new Map(memory.contents);
    expect(await runDeliver(memory, ['init', '--yes'])).toMatchObject({ exit: 1, stdout: '' });
    expect(await runDeliver(memory, ['init', 'deep/inside', '--yes'])).toMatchObject({ exit: 1, stdout: '' });
    expect(memory.contents).toEqual(before);
  });
});

describe('the wizard', () => {
  const terminal = { columns: 80 };

  test('asks one thing after the other, and a slip again', async () => {
    const answers = [
      'Rivermint',
      'Ines Castell',
      'ines@rivermint',
      'ines@rivermint.example',
      'ES',
      'MD',
      'Madrid',
      '',
      '',
      '',
      'Olmo Foods',
      'B',
      '2031-01-01',
      '2025-05-05',
      'Pilar Olmo',
      '',
      'yesterday',
      'yes',
    ];
    const memory = memoryWorld({ terminal, answers });
    const { exit, stderr } = await runDeliver(memory, ['init']);
    expect({ exit, asked: memory.asked }).toEqual({
      exit: 0,
      asked: [
        'What is your practice called? (Enter: Practice)',
        'What is your name?',
        'Your email address? (Enter: none)',
        'Your email address? (Enter: none)',
        'Whose public holidays are days off? (type to search)',
        'Which part of Spain? Some days are kept only there',
        'Your time zone? (Enter: Europe/Madrid)',
        'Your time zone? (Enter: Europe/Madrid)',
        'The currency of your prices, in three letters? (Enter: EUR)',
        'What do you sell first? (Enter: Advisory project; or none)',
        'Who is your first client? (Enter: nobody yet)',
        'Which segment is Olmo Foods in?',
        'Since when? A day such as 2024-03-01 (Enter: today)',
        'Since when? A day such as 2024-03-01 (Enter: today)',
        'Who is your contact at Olmo Foods? (Enter: nobody yet)',
        'What is the email address of Pilar Olmo? (Enter: not known)',
        'When did you last speak with Olmo Foods? yesterday, fri, 2026-11-23 (Enter: never)',
        'Keep it in git? (runs git init)',
      ],
    });
    expect(stderr).toContain('`ines@rivermint` is not a valid email address');
    expect(stderr).toContain('`Madrid` is not a valid time zone, did you mean `Europe/Madrid`?');
    expect(textAt(memory, 'clients/olmo-foods.yaml')).toMatch(/^name: Olmo Foods\nsegment: B\nsince: 2025-05-05\n/);
    expect(textAt(memory, 'touches/olmo-foods.yaml')).toContain('date: 2026-11-22');
    expect(memory.contents.has('/practice/.git/HEAD')).toBe(true);
    expect(await runDeliver(memory, ['validate', '--strict'])).toMatchObject({ exit: 0 });
  });

  test('writes nothing when it is left in the middle', async () => {
    const memory = memoryWorld({ terminal, answers: ['Rivermint', 'Ines'] });
    expect(await runDeliver(memory, ['init'])).toMatchObject({ exit: 130 });
    expect([...memory.contents.keys()]).toEqual([]);
  });

  test('without a terminal says how to go on', async () => {
    const { exit, stderr } = await runDeliver({ hints: { name: 'Ines', email: 'ines@rivermint.example' } }, ['init']);
    expect(exit).toBe(2);
    expect(stderr).toContain('--yes');
  });
});

describe('every country there is', () => {
  test('has days that can be written, a zone and a locale', { timeout: 60_000 }, () => {
    const wrong = countries().flatMap(({ value }) => {
      const land = landNamed(value);
      const days = [2026, 2027].flatMap((year) => closedDays(land, year, 'en'));
      const isFine =
        days.every(
          (it, at) =>
            parseDay(it.from) &&
            parseDay(it.to) &&
            it.to >= it.from &&
            it.why !== '' &&
            (days[at - 1]?.from ?? '') <= it.from,
        ) &&
        new Set(days.map((it) => `${it.from}..${it.to}`)).size === days.length &&
        new Intl.DateTimeFormat(localeOf(value), { timeZone: zoneOfCountry(value, 'UTC') }) !== undefined &&
        /^([A-Z]{3})?$/.test(currencyOf(value) ?? '');
      return isFine ? [] : [value];
    });
    expect(wrong).toEqual([]);
  });
});

describe('the built program', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'deliver-init-'));
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));
  const program = join(import.meta.dirname, '../bin/deliver.js');
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: scratch,
    XDG_STATE_HOME: join(scratch, 'state'),
    TZ: 'Europe/London',
    GIT_CONFIG_NOSYSTEM: '1',
  };
  const deliver = (...argv: readonly string[]) =>
    spawnSync(process.execPath, [program, ...argv], { cwd: scratch, env, encoding: 'utf8', input: '' });

  test('makes a folder that is a git repository and a practice', () => {
    const made = deliver(
      'init',
      'rivermint',
      '--yes',
      '--git',
      '--country',
      'GB-SCT',
      '--client',
      'Acme Ltd',
      '--last-spoke',
      '-60d',
    );
    expect({ exit: made.status, stderr: made.stderr }).toEqual({ exit: 0, stderr: '' });
    const root = join(scratch, 'rivermint');
    expect(deliver('-C', root, 'validate', '--strict')).toMatchObject({ status: 0, stderr: '' });
    expect(deliver('-C', root, 'status').stdout).toContain('acme/touch/check-in');
    const git = (...argv: readonly string[]) => execFileSync('git', argv, { cwd: root, env, encoding: 'utf8' });
    expect(git('check-ignore', 'drafts/x.eml')).toBe('drafts/x.eml\n');
    expect(git('check-attr', 'merge', 'touches/acme.yaml')).toBe('touches/acme.yaml: merge: union\n');
    git('add', '.');
    expect(git('diff', '--cached', '--name-only').split('\n')).toContain('deliver.yaml');
  });

  test('leaves a folder as it was where something is in the way', () => {
    const folder = mkdtempSync(join(scratch, 'taken-'));
    writeFileSync(join(folder, 'service.yaml'), 'mine: true\n');
    expect(deliver('init', folder, '--yes').status).toBe(1);
    expect(readdirSync(folder)).toEqual(['service.yaml']);
    expect(readFileSync(join(folder, 'service.yaml'), 'utf8')).toBe('mine: true\n');
  });
});
