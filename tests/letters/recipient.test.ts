// Whatever is wrong in a client's file, a letter goes to the main contact or to nobody.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runs } from '../support/runs.ts';
import { memoryWorld, runDeliver } from '../support/world.ts';
import { BASE } from './situations.ts';

const KEYS = ['name', 'first_name', 'role', 'email', 'phone', 'birthday', 'leap', 'left', 'nmae', 'emial'] as const;
const BAD = ['[x]', '{a: b}', '02-30', '0044', '1', '""', 'true', 'x y', '2026-02-31', '', '*x'] as const;

const person = (id: string, name: string, wrong: readonly (readonly [string, string])[]): string => {
  const keys = new Map<string, string>([['name', name], ['email', `${id}@acme.example`], ...wrong]);
  return `  ${id}:\n${[...keys].map(([key, value]) => `    ${key}: ${value}\n`).join('')}`;
};

test('the main contact, or nobody', async () => {
  const damage = fc.array(fc.tuple(fc.constantFrom(...KEYS), fc.constantFrom(...BAD)), { maxLength: 2 });
  const people = fc.record({
    // A number is listed first by JavaScript, wherever it is written.
    ids: fc.constantFrom(['ada', 'bob', 'cy'], ['zoe', '1', '2'], ['7', '3', 'a'], ['ada', '10', '9']),
    wrong: fc.tuple(damage, damage, damage),
    first: fc.integer({ min: 0, max: 2 }),
  });
  await fc.assert(
    fc.asyncProperty(people, async ({ ids, wrong, first }) => {
      // Those before the main contact have left.
      const contacts = ids
        .map((id, i) => person(id, `Person ${id}`, i < first ? [['left', '2026-01-05']] : (wrong[i] ?? [])))
        .join('');
      const client = `name: Acme Ltd\nsegment: A\nsince: 2025-03-03\ncontacts:\n${contacts}`;
      const files = {
        ...BASE,
        'clients/acme.yaml': client,
        'emails/hello.md': '---\nsubject: Hello\n---\n{{> greeting}}\n',
      };
      const { stdout, stderr } = await runDeliver(memoryWorld({ files }), ['email', 'acme', 'hello']);
      if (stdout === '') return;
      const [, to = ''] = /^To: .*?<(.*)@acme\.example>/m.exec(stderr) ?? [];
      expect(to, `${client}\n${stdout}${stderr}`).toBe(ids[first]);
    }),
    { numRuns: runs(300) },
  );
});

test('the work that is meant, or none', async () => {
  const keys = fc.constantFrom(
    'offer',
    'started',
    'promised',
    'partner',
    'owner',
    'milestones',
    'steps',
    'holds',
    'strated',
  );
  const values = fc.constantFrom('[x]', '{a: b}', '2026-02-31', 'plan@9', '1', '""', 'nobody');
  await fc.assert(
    fc.asyncProperty(keys, values, async (key, value) => {
      const meant = new Map([
        ['offer', 'plan@1'],
        ['started', '2026-11-12'],
        [key, value],
      ]);
      const client = `name: Acme Ltd
segment: A
since: 2025-03-03
contacts:
  ada: {name: Ada Lovelace, email: ada@acme.example}
engagements:
  meant:
${[...meant].map(([name, text]) => `    ${name}: ${text}\n`).join('')}  other: {started: 2026-11-16, steps: {sort: {title: Sort the papers}}}
`;
      const files = { ...BASE, 'clients/acme.yaml': client };
      const { stdout } = await runDeliver(memoryWorld({ files }), ['--json', 'email', 'acme', 'welcome', '--anyway']);
      const { engagement } = JSON.parse(stdout) as { readonly engagement?: string | null };
      expect(engagement ?? 'meant', client).toBe('meant');
    }),
    { numRuns: runs(100) },
  );
});
