// What `adopt` keeps and what `offer bump` leaves behind, where it gets difficult: names over several versions, steps that
// went, anchors that name them, comments, questions, interruptions.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runs } from '../support/runs.ts';
import { type MemoryWorld, memoryWorld, runDeliver, type WorldOptions } from '../support/world.ts';

const PRACTICE = `format: 1
practice: Northlight
people:
  sam: {name: Sam Okafor}
time_zone: Europe/London
calendar:
  closed:
    2026-12-25: Christmas Day
    2027-01-01: New Year
`;

const V1 = `name: Marketing audit
milestones:
  workshop: Date of the workshop
steps:
  welcome: {title: Send the welcome e-mail, due: start + 1bd}
  data: {title: Give us access, owner: client, due: welcome + 5bd}
  draft: {title: Write the draft, due: data + 8bd, touch: call}
  extra-look: {title: Look again, due: draft + 1bd}
  prepare: {title: Prepare the workshop, due: workshop - 2bd, after: extra-look}
`;
const V2 = V1.replace('name: Marketing audit', 'name: Marketing audit\nversion: 2')
  .replace('  data: {', '  access: {was: data, ')
  .replace('data + 8bd', 'access + 8bd');
// In version 3 `access` is called `analytics`, and the draft and the second look are gone.
const V3 = `name: Marketing audit
version: 3
milestones:
  workshop: Date of the workshop
steps:
  welcome: {title: Send the welcome e-mail, due: start + 1bd}
  analytics: {was: access, title: Give us access, owner: client, due: welcome + 5bd}
  prepare: {title: Prepare the workshop, due: workshop - 2bd, after: analytics}
  party: {title: Celebrate, due: analytics + 40bd}
`;

const client = (steps: string): string => `name: Acme Ltd
segment: A
since: 2026-01-05
engagements:
  audit:
    offer: audit@1                   # as it was sold
    started: 2026-11-02
    promised: 2026-12-04
    milestones: {workshop: 2026-12-02}
    steps:
${steps}`;

const STEPS = `      welcome: {done: 2026-11-03}
      # they were quick
      data: {done: 2026-11-06}       # by hand
      draft: {done: 2026-11-20}
      board: {title: Call with the board, due: data + 20bd, after: [draft, data]}
`;

const FILES = {
  'deliver.yaml': PRACTICE,
  'service.yaml': 'segments:\n  A: {title: Prime}\n',
  'offers/past/audit@1.yaml': V1,
  'offers/past/audit@2.yaml': V2,
  'offers/audit.yaml': V3,
  'clients/acme.yaml': client(STEPS),
};

const world = (more: Readonly<Record<string, string>> = {}, options: WorldOptions = {}): MemoryWorld =>
  memoryWorld({ today: '2026-11-23', ...options, files: { ...FILES, ...more } });
const textIn = (memory: MemoryWorld, file: string): string => String(memory.contents.get(`/practice/${file}`));

describe('adopt', () => {
  test('follows names through the versions between, keeps comments, renames anchors, keeps what was done', async () => {
    const memory = world();
    expect(await runDeliver(memory, ['adopt', 'acme', '--yes'])).toMatchObject({ exit: 0 });
    expect(textIn(memory, 'clients/acme.yaml')).toBe(
      client(`      welcome: {done: 2026-11-03}
      # they were quick
      analytics: {done: 2026-11-06}       # by hand
      draft: {title: "Write the draft", touch: call, done: 2026-11-20}
      board: {title: Call with the board, due: analytics + 20bd, after: [draft, analytics]}
`).replace('audit@1  ', 'audit@3  '),
    );
    expect(await runDeliver(memory, ['validate'])).toMatchObject({ exit: 0 });
    const undone = await runDeliver(memory, ['undo']);
    expect(undone.exit).toBe(0);
    expect(textIn(memory, 'clients/acme.yaml')).toBe(client(STEPS));
  });

  test('an open step that is gone stays whole, with the steps it counts from', async () => {
    const steps = `      welcome: {done: 2026-11-03}
      extra-look: {due: draft + 3bd, why: Sam is away}
`;
    const memory = world({ 'clients/acme.yaml': client(steps) });
    const { exit, stdout } = await runDeliver(memory, ['adopt', 'acme/audit', '--yes', '--json']);
    expect(exit).toBe(0);
    expect(JSON.parse(stdout).adoption.kept).toEqual([
      { step: 'extra-look', how: 'open', on: null },
      { step: 'draft', how: 'open', on: null },
    ]);
    const text = textIn(memory, 'clients/acme.yaml');
    expect(text).toContain('extra-look: {title: "Look again", due: draft + 3bd, why: Sam is away}');
    expect(text).toContain('draft: {title: "Write the draft", due: analytics + 8bd, touch: call}');
    expect(await runDeliver(memory, ['validate'])).toMatchObject({ exit: 0 });
  });

  // Analytics was closed on Fri 6 Nov; 40 working days later is Tue 5 Jan 2027, past Christmas Day and New Year.
  test('says that the promise is in danger', async () => {
    const { exit, stderr } = await runDeliver(world(), ['adopt', 'acme']);
    expect(exit).toBe(2);
    expect(stderr).toContain('5 Jan 2027, later than promised (Fri 4 Dec)');
    expect(stderr).toContain('step party added: Celebrate, due analytics + 40bd');
    expect(stderr).toContain('step data is called analytics now');
    expect(stderr).toContain('say --yes to move it');
  });

  test.each([
    ['yes', 'audit@3'],
    ['no', 'audit@1'],
  ])('asks on a terminal: %s', async (answer, offer) => {
    const memory = world({}, { terminal: { columns: 80 }, answers: [answer] });
    expect(await runDeliver(memory, ['adopt', 'acme'])).toMatchObject({ exit: 0 });
    expect(memory.asked).toEqual(['Move acme/audit to version 3 of Marketing audit?']);
    expect(textIn(memory, 'clients/acme.yaml')).toContain(`offer: ${offer}`);
  });

  test('a step of its own that the new version has as well becomes that one', async () => {
    const memory = world({ 'clients/acme.yaml': client('      party: {title: Our own party, done: 2026-11-20}\n') });
    const { stdout } = await runDeliver(memory, ['adopt', 'acme', '--yes']);
    expect(stdout).toContain('party was a step of its own and is the one of the new version now');
    expect(textIn(memory, 'clients/acme.yaml')).toContain('party: {title: Our own party, done: 2026-11-20}');
  });

  test.each([
    ['an offer that cannot be read', { 'offers/audit.yaml': 'name: [' }, 'offers/audit.yaml has errors'],
    ['an offer with an error in a step', { 'offers/audit.yaml': V3.replace('+ 40bd', '+ 40') }, 'has errors'],
  ])('is refused for %s', async (_, files, message) => {
    const memory = world(files as Record<string, string>);
    const { exit, stderr } = await runDeliver(memory, ['adopt', 'acme', '--yes']);
    expect({ exit, stderr }).toEqual({ exit: 1, stderr: expect.stringContaining(message) });
    expect(textIn(memory, 'clients/acme.yaml')).toContain('audit@1');
  });
});

describe('offer bump', () => {
  test('keeps the bytes of what was committed, whatever stands there now', async () => {
    const committed = `\ufeff${V3.replaceAll('\n', '\r\n')}`;
    const memory = world({
      'offers/audit.yaml': committed,
      'clients/acme.yaml': client(STEPS)
        .replace('audit@1', 'audit@3')
        .replace('data:', 'analytics:')
        .replace('draft: {', 'draft: {title: Draft, ')
        .replace('data + 20bd, after: [draft, data]', 'analytics + 20bd'),
    });
    memory.commit({ subject: 'before' });
    memory.contents.set('/practice/offers/audit.yaml', committed.replace('+ 40bd', '+ 10bd'));
    const { exit, stderr } = await runDeliver(memory, ['offer', 'bump', 'audit']);
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
    expect(textIn(memory, 'offers/past/audit@3.yaml')).toBe(committed);
    expect(textIn(memory, 'offers/audit.yaml')).toBe(
      committed.replace('+ 40bd', '+ 10bd').replace('version: 3', 'version: 4'),
    );
    // What an interruption after the first file would leave.
    memory.contents.set('/practice/offers/audit.yaml', committed);
    expect(await runDeliver(memory, ['validate'])).toMatchObject({ exit: 0 });
    const again = await runDeliver(memory, ['offer', 'bump', 'audit']);
    expect(again.stdout).toContain('version 3 was frozen before');
    expect(textIn(memory, 'offers/audit.yaml')).toContain('version: 4');
  });

  test('writes the version where there is none, behind the name', async () => {
    const files = {
      'offers/talk.yaml': 'name: A talk                 # an hour\nsteps:\n  talk: {title: Talk, due: start}\n',
    };
    const memory = world(files);
    expect(await runDeliver(memory, ['offer', 'bump', 'talk'])).toMatchObject({ exit: 0 });
    expect(textIn(memory, 'offers/talk.yaml')).toBe(
      'name: A talk                 # an hour\nversion: 2\nsteps:\n  talk: {title: Talk, due: start}\n',
    );
    expect(textIn(memory, 'offers/past/talk@1.yaml')).toBe(files['offers/talk.yaml']);
  });

  test('goes above every version that is kept', async () => {
    const memory = world({
      'offers/audit.yaml': V3.replace('version: 3', 'version: 1').replace('was: access', 'was: data'),
      'offers/past/audit@1.yaml': V3.replace('version: 3', 'version: 1').replace('was: access', 'was: data'),
      'clients/acme.yaml': client('      welcome: {done: 2026-11-03}\n'),
    });
    expect(await runDeliver(memory, ['offer', 'bump', 'audit'])).toMatchObject({ exit: 0 });
    expect(textIn(memory, 'offers/audit.yaml')).toContain('version: 3');
  });

  test('is refused where the committed text is no plan', async () => {
    const memory = world({ 'offers/audit.yaml': 'name: [' });
    memory.commit({ subject: 'broken' });
    memory.contents.set('/practice/offers/audit.yaml', V3);
    const { exit, stderr } = await runDeliver(memory, ['offer', 'bump', 'audit']);
    expect({ exit, stderr }).toEqual({
      exit: 1,
      stderr: expect.stringContaining('as it was committed last has errors'),
    });
    memory.contents.set('/practice/offers/audit.yaml', 'name: [');
    const broken = await runDeliver(memory, ['offer', 'bump', 'audit']);
    expect(broken).toMatchObject({ exit: 1, stderr: expect.stringContaining('offers/audit.yaml has an error') });
  });
});

const IDS = ['ask', 'brief', 'copy', 'draft', 'edit'] as const;

/** What becomes of a step in the next version, and what is written of it. */
const anyFate = fc.record({
  next: fc.constantFrom('same', 'renamed', 'gone'),
  written: fc.constantFrom(
    '',
    'done: 2026-11-10',
    'skipped: 2026-11-11, why: Not needed',
    'due: 2026-12-01',
    'anchored',
  ),
  from: fc.nat(4),
  chained: fc.boolean(),
});
const anyCase = fc.record({
  fates: fc.array(anyFate, { minLength: IDS.length, maxLength: IDS.length }),
  own: fc.constantFrom('', 'after', 'due'),
  ownOf: fc.nat(4),
  added: fc.boolean(),
});

test('adopt loses no progress and leaves a practice without errors, whatever the next version is', {
  timeout: 120_000,
}, async () => {
  const count = { adopted: 0 };
  await fc.assert(
    fc.asyncProperty(anyCase, async ({ fates, own, ownOf, added }) => {
      const fate = (i: number) => fates[i] ?? { next: 'same', written: '', from: 0, chained: false };
      const before = (i: number): string => {
        const anchor = i > 0 && fate(i).chained ? (IDS[fate(i).from % i] ?? 'start') : 'start';
        return `{title: Step ${IDS[i]}, due: ${anchor} + 2bd}`;
      };
      const nowId = (i: number): string => (fate(i).next === 'renamed' ? `${IDS[i]}-2` : (IDS[i] ?? ''));
      const steps = IDS.map((id, i) => `  ${id}: ${before(i)}\n`).join('');
      const next = IDS.map((id, i) =>
        fate(i).next === 'gone'
          ? ''
          : `  ${nowId(i)}: {title: Step ${id}, due: start + 3bd${fate(i).next === 'renamed' ? `, was: ${id}` : ''}}\n`,
      ).join('');
      // An anchor names an earlier step, so there is no circle.
      const written = IDS.map((id, i) => {
        const what =
          fate(i).written === 'anchored' ? (i === 0 ? '' : `due: ${IDS[fate(i).from % i]} + 4bd`) : fate(i).written;
        return what === '' ? '' : `      ${id}: {${what}}\n`;
      }).join('');
      const ours =
        own === ''
          ? ''
          : `      ours: {title: Ours, ${own === 'after' ? `due: start + 9bd, after: ${IDS[ownOf]}` : `due: ${IDS[ownOf]} + 1bd`}}\n`;
      const files = {
        'deliver.yaml': PRACTICE,
        'service.yaml': 'segments:\n  A: {title: Prime}\n',
        'offers/past/audit@1.yaml': `name: Audit\nsteps:\n${steps}`,
        'offers/audit.yaml': `name: Audit\nversion: 2\nsteps:\n${next}${added || next === '' ? '  fresh: {title: New, due: start + 1bd}\n' : ''}`,
        'clients/acme.yaml': `name: Acme\nsegment: A\nsince: 2026-01-05\nengagements:\n  audit:\n    offer: audit@1\n    started: 2026-11-02\n    steps:\n${written}${ours}`,
      };
      const memory = memoryWorld({ today: '2026-11-23', files });
      expect(await runDeliver(memory, ['validate'])).toMatchObject({ exit: 0 });
      const { exit, stderr } = await runDeliver(memory, ['adopt', 'acme', '--yes']);
      expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
      count.adopted += 1;
      const text = textIn(memory, 'clients/acme.yaml');
      IDS.forEach((id, i) => {
        const line = text.split('\n').find((each) => each.startsWith(`      ${nowId(i)}: `)) ?? '';
        if (/^(done|skipped|due: 2026)/.test(fate(i).written))
          expect(line, `${id} in\n${text}`).toContain(fate(i).written);
      });
      expect(await runDeliver(memory, ['validate'])).toMatchObject({ exit: 0 });
      expect(await runDeliver(memory, ['undo'])).toMatchObject({ exit: 0 });
      expect(textIn(memory, 'clients/acme.yaml')).toBe(files['clients/acme.yaml']);
    }),
    { seed: 20261122, numRuns: runs(150) },
  );
  expect(count.adopted).toBeGreaterThan(runs(100));
});
