// From one morning to the next nothing leaves without a reason: a year of the example's life, replayed day by day, with
// what happened later taken out of its files.
import { describe, expect, it } from 'vitest';
import type { Book } from '../../src/book/book.ts';
import { addDays, type Day } from '../../src/day.ts';
import { agendaOf } from '../../src/engine/agenda.ts';
import { compareMornings, linesOf, type Morning, REASONS } from '../../src/engine/compare.ts';
import { settingOf } from '../../src/engine/setting.ts';
import { CORE_RULES } from '../../src/rules/all.ts';
import { loadBook } from '../support/load.ts';
import { loadFolder } from '../support/story.ts';
import { memoryWorld } from '../support/world.ts';

const { world } = memoryWorld({ files: loadFolder('examples/northlight'), cwd: '/practice' });
const { book } = loadBook(world.files, '/practice', CORE_RULES);

const until = (day: Day, written: Day | undefined): Day | undefined =>
  written !== undefined && written <= day ? written : undefined;

/** The practice as its files stood on the evening of that day. */
function asOf(day: Day): Book {
  const clients = [...book.clients].map(([id, client]) => {
    const engagements = Object.entries(client.engagements ?? {})
      .filter(([, it]) => it.started <= day)
      .map(([key, it]) => {
        const steps = Object.entries(it.steps ?? {}).map(([step, progress]) => [
          step,
          { ...progress, done: until(day, progress.done), skipped: until(day, progress.skipped) },
        ]);
        const holds = (it.holds ?? [])
          .filter((hold) => hold.from <= day)
          .map((hold) => ({ ...hold, to: until(day, hold.to) }));
        const moves = (it.moves ?? []).filter((move) => move.date <= day);
        return [key, { ...it, steps: Object.fromEntries(steps), holds, moves, ended: until(day, it.ended) }];
      });
    const promises = Object.entries(client.promises ?? {})
      .filter(([, it]) => it.made <= day)
      .map(([key, it]) => [key, { ...it, kept: until(day, it.kept) }]);
    return [
      id,
      { ...client, engagements: Object.fromEntries(engagements), promises: Object.fromEntries(promises) },
    ] as const;
  });
  const logs = [...book.logs].map(
    ([id, log]) => [id, { ...log, touches: log.touches.filter((touch) => touch.date <= day) }] as const,
  );
  return { ...book, clients: new Map(clients as never), logs: new Map(logs) };
}

/** Files as of one evening, read on the morning of some day. */
function morning(files: Day, today: Day): Morning {
  const setting = settingOf(asOf(files), today);
  return { setting, agenda: agendaOf(setting, { within: 7 }) };
}

const START = '2025-11-24' as Day;
const days = Array.from({ length: 364 }, (_, i) => addDays(START, i));

/** What a day alone can do: days come nearer and pass, quiet times begin, a hold reaches the day it was to end. */
const BY_TIME = [
  'touch moved',
  'touch hidden',
  'yearly moved',
  'yearly hidden',
  'step moved',
  'step hidden',
  'hold closed',
];

describe('a year of mornings', () => {
  const seen = new Set<string>();

  it('lets nothing go without one of the reasons', () => {
    let before = morning(START, START);
    for (const day of days) {
      const after = morning(addDays(day, 1), addDays(day, 1));
      const { gone } = compareMornings(before, after);
      before = after;
      for (const { line, reason } of gone) {
        expect(REASONS, `${day} ${line.key}`).toContain(reason);
        seen.add(reason);
      }
    }
    // The example's year has all that happens by itself and by working on it.
    expect([...seen].sort()).toEqual(['closed', 'ended', 'filled', 'hidden', 'moved']);
  });

  it('is changed by time alone only in what time can explain, and never loses an overdue step of ours', () => {
    for (const day of days.filter((_, i) => i % 3 === 0)) {
      // The same files a day later: nobody closed, logged or edited anything.
      const [before, after] = [morning(day, day), morning(day, addDays(day, 1))];
      const { gone } = compareMornings(before, after);
      for (const { line, reason } of gone) expect(BY_TIME, `${day} ${line.key}`).toContain(`${line.kind} ${reason}`);
      const left = new Set(linesOf(after.agenda).map((it) => it.key));
      const lost = before.agenda.overdue.filter((it) => !left.has(`step ${it.client} ${it.engagement} ${it.step} `));
      expect(lost.map((it) => `${day} ${it.ref}`)).toEqual([]);
    }
  });

  it('knows a removed client, a past one and an edited rule', () => {
    const day = '2026-11-23' as Day;
    const before = morning(day, day);
    const lark = before.setting.book.clients.get('lark');
    const change = (clients: Map<string, unknown>) => {
      const setting = settingOf({ ...before.setting.book, clients: clients as never }, day);
      return compareMornings(before, { setting, agenda: agendaOf(setting, { within: 7 }) }).gone;
    };
    const without = new Map(before.setting.book.clients);
    without.delete('lark');
    expect(change(without).map((it) => [it.line.ref, it.reason])).toContainEqual(['lark/touch/check-in', 'removed']);
    const past = new Map(before.setting.book.clients).set('lark', { ...lark, status: 'past' } as never);
    expect(change(past).map((it) => [it.line.ref, it.reason])).toContainEqual(['lark/touch/check-in', 'ended']);
    const quiet = new Map(before.setting.book.clients).set('lark', {
      ...lark,
      cadence: { 'check-in': 'none' },
    } as never);
    expect(change(quiet).map((it) => [it.line.ref, it.reason])).toContainEqual(['lark/touch/check-in', 'moved']);
  });
});
