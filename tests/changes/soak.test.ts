// Many changes at once lose none. Forty of them with the other tests; `npm run soak` makes it five hundred.

import { describe, expect, test } from 'vitest';
import { runs } from '../support/runs.ts';
import { atOnce, copyOfNorthlight } from './practice.ts';

const [CHANGES, AT_ONCE] = process.env.SOAK === '1' ? [500, 20] : [runs(40), runs(40)];
const STEPS = ['channel-review', 'customer-review', 'findings', 'second-look', 'agenda', 'homework', 'prepare'];

describe('changes at once', () => {
  test(`${CHANGES} of them, losing none`, { timeout: 1_200_000 }, async () => {
    const practice = copyOfNorthlight('cobalt', 'lark');
    const start = practice.contents();
    const numbers = Array.from({ length: CHANGES }, (_, i) => i);
    const progress = STEPS.map((step, i): readonly string[] => [
      ...[i % 3 === 0 ? 'skip' : 'done', `cobalt/audit/${step}`],
      ...(i % 3 === 0 ? ['--why', `Not needed, ${step}`] : ['--anyway']),
    ]);
    // Most are about one client; every fourth is about another.
    const client = (i: number): string => (i % 4 === 3 ? 'lark' : 'cobalt');
    const others = numbers.slice(STEPS.length).map((i): readonly string[] => {
      if (i % 10 === 0) return ['promise', client(i), `Thing ${i}`, '--by', '+2w', '--id', `p-${i}`];
      if (i % 10 === 5) return ['issue', client(i), `Trouble ${i}`, '--id', `i-${i}`];
      return ['touch', client(i), 'note', `Note ${i}`];
    });
    const mixed = [...others.slice(0, 15), ...progress, ...others.slice(15)];
    const runs = await atOnce(
      mixed.map((argv) => () => practice.deliver(...argv)),
      AT_ONCE,
    );

    const failed = runs.flatMap((run, i) => (run.exit === 0 && run.stderr === '' ? [] : [[mixed[i], run]]));
    expect(failed).toEqual([]);
    const { steps } = practice.data('clients/cobalt.yaml').engagements.audit;
    const days = STEPS.map((step) => steps[step]?.done ?? steps[step]?.skipped);
    expect(days).toEqual(STEPS.map(() => '2026-11-23'));
    const wanted = (word: string, id: string): readonly string[] =>
      mixed
        .filter((argv) => argv[0] === word && argv[1] === id)
        .map((argv) => argv[word === 'touch' ? 3 : 2] as string);
    for (const id of ['cobalt', 'lark']) {
      const { promises = {}, issues = {} } = practice.data(`clients/${id}.yaml`);
      const old = start[`touches/${id}.yaml`] as string;
      const log = practice.text(`touches/${id}.yaml`);
      expect(log.startsWith(old)).toBe(true);
      const notes = practice
        .data(`touches/${id}.yaml`)
        .map((it: { readonly note?: string }) => it.note)
        .slice(old.trim().split('\n').length);
      expect(notes.toSorted()).toEqual(wanted('touch', id).toSorted());
      const named = (entries: object): readonly string[] =>
        Object.entries(entries)
          .filter(([key]) => /^[pi]-\d+$/.test(key))
          .map(([, it]) => it.what);
      expect(named(promises).toSorted()).toEqual(wanted('promise', id).toSorted());
      expect(named(issues).toSorted()).toEqual(wanted('issue', id).toSorted());
    }
    const untouched = Object.keys(start).filter((file) => !/\/(cobalt|lark)\.yaml$/.test(file));
    const now = practice.contents();
    expect(Object.keys(now)).toEqual(Object.keys(start));
    for (const file of untouched) expect(now[file]).toBe(start[file]);
    expect(await practice.deliver('validate', '--strict')).toMatchObject({ exit: 0 });
    expect(practice.stateFiles().filter((file) => !/\.json$/.test(file) || file.includes('.writing'))).toEqual([]);

    // The journal knows them in the order in which they were made: what it keeps can be taken back.
    if (CHANGES > 100) return;
    expect(await practice.deliver('undo', '-n', String(CHANGES))).toMatchObject({ exit: 0 });
    expect(practice.contents()).toEqual(start);
  });
});
