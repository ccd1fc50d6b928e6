// What a morning asks of contacts and plans by a shorter way is what the long way says: over random practices.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type DoneTouch, doneTouches, engagementOf, hasStep, planOf } from '../../src/book/plan.ts';
import { addDays, type Day } from '../../src/day.ts';
import { eachStanding, everyStanding } from '../../src/engine/cadence.ts';
import { contactsOf, lastCounted, latestContacts } from '../../src/engine/contact.ts';
import { settingOf } from '../../src/engine/setting.ts';
import { countedContacts } from '../../src/engine/touch-items.ts';
import type { EachRule, EveryRule } from '../../src/records/cadence.ts';
import { loadBook } from '../support/load.ts';
import { runs } from '../support/runs.ts';
import { memoryFiles } from '../support/world.ts';

const TODAY = '2026-11-23' as Day;
const KINDS = ['check-in', 'review', 'call', 'letter'];
const STEPS = ['welcome', 'access', 'report', 'feedback', 'once', 'own'];

const day = fc.integer({ min: -150, max: 3 }).map((n) => addDays(TODAY, n));
const kind = fc.constantFrom(...KINDS);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const fields = (map: Readonly<Record<string, unknown>>): string =>
  `{${Object.entries(map)
    .flatMap(([key, value]) => (value === undefined ? [] : [`${key}: ${value}`]))
    .join(', ')}}`;

const offerStep = fc.record({
  touch: maybe(kind),
  was: maybe(fc.constant('once')),
  due: maybe(fc.constantFrom('start + 2d', 'welcome + 1w', 'signing + 1d', '2026-10-05')),
});
const progress = fc.record({
  done: maybe(day),
  due: maybe(fc.constantFrom('access + 1w', '2026-11-02')),
  touch: maybe(kind),
  title: maybe(fc.constant('Own')),
});
const engagement = fc.dictionary(fc.constantFrom(...STEPS), progress, { maxKeys: 6 });
const touch = fc.record({
  date: day,
  kind,
  step: maybe(fc.constantFrom('report', 'one/report', 'two/welcome', 'one/once', 'one/own')),
  in: maybe(fc.constant(true)),
});

const practice = fc
  .record({
    renamed: fc.boolean(),
    offer: fc.tuple(offerStep, offerStep, offerStep, offerStep),
    one: engagement,
    two: engagement,
    log: fc.array(touch, { maxLength: 12 }),
  })
  .map(({ renamed, offer, one, two, log }) => {
    const steps = offer.map(
      (step, i) =>
        `  ${STEPS[i]}: ${fields({ title: 'Step', ...step, was: renamed && i === 2 ? step.was : undefined })}\n`,
    );
    const written = (id: string, progresses: typeof one): string =>
      `  ${id}:\n    offer: audit\n    started: 2026-06-01\n    steps: ${fields(
        Object.fromEntries(Object.entries(progresses).map(([step, each]) => [step, fields(each)])),
      )}\n`;
    const files = {
      'deliver.yaml': 'format: 1\npractice: P\npeople: {sam: {name: Sam}}\ntime_zone: UTC\n',
      'service.yaml': 'touches: {review: {title: Review, satisfies: [check-in]}, letter: {title: Letter}}\n',
      'offers/audit.yaml': `name: Audit\nmilestones: {signing: Signed}\nsteps:\n${steps.join('')}`,
      'clients/acme.yaml': `name: Acme\nsegment: A\nsince: 2025-01-01\nengagements:\n${written('one', one)}${written('two', two)}`,
      'touches/acme.yaml': log.map((each) => `- ${fields(each)}\n`).join(''),
    };
    const contents = new Map(Object.entries(files).map(([path, text]) => [`/p/${path}`, text]));
    const load = () => {
      const { book } = loadBook(memoryFiles(contents), '/p');
      const client = book.clients.get('acme');
      if (!client) throw new Error('no client');
      return { book, client };
    };
    return { files, load };
  });

const EVERY = { form: 'every', every: { n: 3, unit: 'w' } } as EveryRule;
const EACH = (['month', 'quarter', 'half-year', 'year'] as const).map(
  (each) => ({ form: 'each', each, months: [] }) as unknown as EachRule,
);
const NAMED = { form: 'each', each: 'named-months', months: [3, 9, 11] } as unknown as EachRule;

it('finds the last contact of a kind as the list of all contacts has it, and no rule looks further back', () => {
  fc.assert(
    fc.property(practice, ({ load }) => {
      const { book, client } = load();
      const setting = settingOf(book, TODAY);
      const latest = latestContacts(book, client, TODAY);
      const contacts = contactsOf(load().book, client, TODAY);
      for (const wanted of KINDS) {
        const counted = countedContacts(setting, contacts, wanted);
        const last = lastCounted(book, latest, wanted);
        expect(last).toEqual(counted.at(-1));
        const short = last ? [last] : [];
        const tenure = { since: client.since, added: undefined, segmentSince: undefined };
        expect(everyStanding(EVERY, short, tenure, setting.calendar, TODAY)).toEqual(
          everyStanding(EVERY, counted, tenure, setting.calendar, TODAY),
        );
        for (const rule of [...EACH, NAMED])
          expect(eachStanding(rule, short, tenure, setting.calendar, TODAY)).toEqual(
            eachStanding(rule, counted, tenure, setting.calendar, TODAY),
          );
      }
    }),
    { numRuns: runs(300) },
  );
});

it('knows what was touched and which steps there are without a plan as the plan does', () => {
  let found = 0;
  fc.assert(
    fc.property(practice, ({ load }) => {
      const [{ book, client }, fresh] = [load(), load()];
      for (const id of ['one', 'two']) {
        const plan = planOf(book, client, id);
        const planned = (plan?.steps ?? []).flatMap(({ id: step, touch: of, done, progressPath }): DoneTouch[] =>
          of === undefined || done === undefined ? [] : [{ id: step, touch: of, done, progressPath }],
        );
        expect(doneTouches(fresh.book, fresh.client, id)).toEqual(planned);
        found += planned.length;
        for (const step of STEPS)
          expect(hasStep(fresh.book, fresh.client, id, step)).toBe(plan?.steps.some((it) => it.id === step));
        // A milestone of its own makes no other step, but a plan that shares nothing with those of other engagements.
        const engagement = engagementOf(client, id);
        const other = { ...client, engagements: { [id]: { ...engagement, milestones: { elsewhere: TODAY } } } };
        expect(planOf(book, other as typeof client, id)?.steps).toEqual(plan?.steps);
        expect(plan?.steps.map((it) => plan.places.get(it.id))).toEqual(plan?.steps.map((_, i) => i));
      }
    }),
    { numRuns: runs(300) },
  );
  expect(found).toBeGreaterThan(runs(100));
});
