// No letter names a day that the records contradict: random work, any day of it, and a letter that prints all days it may.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, type Day } from '../../src/day.ts';
import { runs } from '../support/runs.ts';
import { memoryWorld, runDeliver } from '../support/world.ts';
import { BASE } from './situations.ts';

const START = '2026-10-05' as Day;
const offset = fc.integer({ min: 0, max: 90 });

/** Each on a line of its own, as ISO days would be, so that they can be read back. */
const BODY = `x
{{#if engagement.promised}}promised {{engagement.promised}}{{/if}}
{{#if leaving.last_day}}last {{leaving.last_day}}{{/if}}
{{#if check_day}}check {{check_day}}{{/if}}
next {{next_workday}}
`;

const iso = (printed: string | undefined): Day | undefined =>
  printed === undefined ? undefined : (new Date(`${printed} 12:00 UTC`).toISOString().slice(0, 10) as Day);

const dayIn = (text: string, name: string): Day | undefined =>
  iso(new RegExp(`^${name} \\w+ (.*)$`, 'm').exec(text)?.[1]);

test('a day in a letter is one that still holds', async () => {
  const work = fc.record({
    today: offset,
    promised: fc.option(offset, { nil: undefined }),
    moved: fc.option(fc.record({ on: offset, to: offset }), { nil: undefined }),
    lastDay: fc.option(offset, { nil: undefined }),
    done: fc.boolean(),
    ended: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(work, async (it) => {
      const day = (n: number): Day => addDays(START, n);
      const today = day(it.today + 1);
      const moves =
        it.moved === undefined
          ? ''
          : `, moves: [{date: ${day(Math.min(it.moved.on, it.today))}, promised: ${day(it.moved.to)}, why: Late}]`;
      const promised = it.promised === undefined ? '' : `, promised: ${day(it.promised)}`;
      const steps = it.done ? `, steps: {welcome: {done: ${START}}}` : '';
      const ended = it.ended ? `, ended: ${day(it.today)}, result: delivered` : '';
      const leaving =
        it.lastDay === undefined ? '' : `leaving: {decided: ${START}, reason: budget, last_day: ${day(it.lastDay)}}\n`;
      const client = `name: Acme Ltd
segment: A
since: 2025-03-03
contacts:
  ada: {name: Ada Lovelace, email: ada@acme.example}
${leaving}engagements:
  plan: {offer: plan@1, started: ${START}${promised}${moves}${steps}${ended}}
`;
      const files = { ...BASE, 'clients/acme.yaml': client, 'emails/days.md': `---\nsubject: Days\n---\n${BODY}` };
      const world = memoryWorld({ files, today });
      const { exit, stdout, stderr } = await runDeliver(world, ['email', 'acme', 'days']);
      if (exit !== 0) {
        expect(stderr).toMatch(/\[letter\/contradicted\]/);
        return;
      }
      const [isPromised, last, check] = [dayIn(stdout, 'promised'), dayIn(stdout, 'last'), dayIn(stdout, 'check')];
      if (!it.ended && isPromised !== undefined) expect(isPromised >= today).toBe(true);
      if (last !== undefined) expect(last >= today).toBe(true);
      if (check !== undefined) expect(check >= today).toBe(true);
      if (check !== undefined && last !== undefined) expect(check > last).toBe(true);
      expect((dayIn(stdout, 'next') as Day) > today).toBe(true);
      if (it.moved !== undefined && !it.ended && isPromised !== undefined)
        expect(stderr).not.toContain('and the forecast is');
    }),
    { numRuns: runs(200) },
  );
});
