// Two people edit the same practice, and git brings it together. Nothing may be lost, and nothing wrong may pass
// `validate`: every fact that one of them wrote is in the merged files, if need be between the markers of a conflict, and
// what git merged cleanly but wrongly is named with its place.
import { beforeAll, describe, expect, test } from 'vitest';
import { git, useScratch } from './repository.ts';
import { copyOf, makeBase, type Person, personAt, problemsIn, textsIn } from './two-people.ts';

const scratch = useScratch();
let base = '';
beforeAll(() => {
  base = makeBase(scratch.folder);
});

type Case = {
  readonly name: string;
  readonly sam: (sam: Person) => void | Promise<void>;
  readonly kit: (kit: Person) => void | Promise<void>;
  /** How it is brought together on Sam's side; `git merge kit` when left out. */
  readonly join?: (sam: Person) => void;
  /** When Kit commits; after Sam when left out. */
  readonly kitAt?: string;
  /** `merged`: git was content; `conflict`: it left something to settle. */
  readonly git: 'merged' | 'conflict';
  /** What `validate` says then. */
  readonly says: readonly string[];
  /** What both wrote, each by its file and words that stand there exactly once. */
  readonly facts: readonly (readonly [file: string, words: string])[];
};

const LOG = 'touches/acme.yaml';
const CLIENT = 'clients/acme.yaml';

const CASES: readonly Case[] = [
  {
    name: 'both log a touch',
    sam: (sam) => sam.deliver('touch', 'acme', 'call', 'Budget is safe'),
    kit: (kit) => kit.deliver('touch', 'acme', 'check-in', 'Wants the deck', '--with', 'ada'),
    git: 'merged',
    says: [],
    facts: [
      [LOG, 'Budget is safe'],
      [LOG, 'Wants the deck'],
    ],
  },
  {
    name: 'both log the first touch of a client',
    sam: (sam) => sam.deliver('touch', 'beta', 'call', 'First call'),
    kit: (kit) => kit.deliver('touch', 'beta', 'email', 'First mail'),
    git: 'merged',
    says: [],
    facts: [
      ['touches/beta.yaml', 'First call'],
      ['touches/beta.yaml', 'First mail'],
    ],
  },
  {
    name: 'both close a step, not the same',
    sam: (sam) => sam.deliver('done', 'acme/data-access'),
    kit: (kit) => kit.deliver('done', 'acme/interviews'),
    git: 'conflict',
    says: ['yaml/merge-conflict clients/acme.yaml:24'],
    facts: [
      [CLIENT, 'data-access: {done: 2026-11-23}'],
      [CLIENT, 'interviews: {done: 2026-11-23}'],
    ],
  },
  {
    name: 'both close the same step on different days',
    sam: (sam) => sam.deliver('done', 'acme/report', '--on', '2026-11-20'),
    kit: (kit) => kit.deliver('done', 'acme/report'),
    git: 'conflict',
    says: ['yaml/merge-conflict clients/acme.yaml:24'],
    facts: [
      [CLIENT, 'report: {done: 2026-11-20}'],
      [CLIENT, 'report: {done: 2026-11-23}'],
    ],
  },
  {
    name: 'both close the same step on the same day',
    sam: (sam) => sam.deliver('done', 'acme/report'),
    kit: (kit) => kit.deliver('done', 'acme/report'),
    git: 'merged',
    says: [],
    facts: [[CLIENT, 'report: {done: 2026-11-23}']],
  },
  {
    name: 'one renames a client while the other logs a touch',
    sam: (sam) => {
      sam.git('mv', CLIENT, 'clients/acme-ltd.yaml');
      sam.git('mv', LOG, 'touches/acme-ltd.yaml');
    },
    kit: (kit) => kit.deliver('touch', 'acme', 'call', 'Wants the deck'),
    git: 'merged',
    says: [],
    facts: [
      ['clients/acme-ltd.yaml', 'name: Acme Ltd'],
      ['touches/acme-ltd.yaml', 'Wants the deck'],
    ],
  },
  {
    name: 'one renames a client while the other logs their first touch',
    sam: (sam) => sam.git('mv', 'clients/beta.yaml', 'clients/beta-gmbh.yaml'),
    kit: (kit) => kit.deliver('touch', 'beta', 'call', 'First call'),
    git: 'merged',
    says: ['ref/unknown touches/beta.yaml:1'],
    facts: [
      ['clients/beta-gmbh.yaml', 'name: Beta GmbH'],
      ['touches/beta.yaml', 'First call'],
    ],
  },
  {
    name: 'one raises the version of an offer while the other closes a step',
    sam: async (sam) => {
      await sam.deliver('offer', 'bump', 'audit');
      sam.edit('offers/audit.yaml', 'due: start + 15bd', 'due: start + 12bd');
    },
    kit: (kit) => kit.deliver('done', 'acme/report'),
    git: 'merged',
    says: [],
    facts: [
      ['offers/audit.yaml', 'due: start + 12bd'],
      ['offers/past/audit@1.yaml', 'due: start + 15bd'],
      [CLIENT, 'report: {done: 2026-11-23}'],
    ],
  },
  {
    name: 'one raises the version of an offer while the other changes a step of it',
    sam: (sam) => sam.deliver('offer', 'bump', 'audit'),
    kit: (kit) => kit.edit('offers/audit.yaml', 'title: Run the workshop', 'title: Run the findings workshop'),
    git: 'merged',
    says: [],
    facts: [
      ['offers/audit.yaml', 'version: 2'],
      ['offers/audit.yaml', 'title: Run the findings workshop'],
      ['offers/past/audit@1.yaml', 'title: Run the workshop'],
    ],
  },
  {
    name: 'both raise the version of an offer and change the same step',
    sam: async (sam) => {
      await sam.deliver('offer', 'bump', 'audit');
      sam.edit('offers/audit.yaml', 'due: start + 15bd', 'due: start + 12bd');
    },
    kit: async (kit) => {
      await kit.deliver('offer', 'bump', 'audit');
      kit.edit('offers/audit.yaml', 'due: start + 15bd', 'due: start + 18bd');
    },
    git: 'conflict',
    says: ['yaml/merge-conflict offers/audit.yaml:17'],
    facts: [
      ['offers/audit.yaml', 'due: start + 12bd'],
      ['offers/audit.yaml', 'due: start + 18bd'],
      ['offers/past/audit@1.yaml', 'due: start + 15bd'],
    ],
  },
  {
    name: "both log a touch, and Kit's clock is years behind",
    sam: (sam) => sam.deliver('touch', 'acme', 'call', 'Budget is safe'),
    kit: (kit) => kit.deliver('touch', 'acme', 'call', 'Wants the deck'),
    kitAt: '2001-01-01T00:00:00Z',
    git: 'merged',
    says: [],
    facts: [
      [LOG, 'Budget is safe'],
      [LOG, 'Wants the deck'],
    ],
  },
  {
    name: 'both promise the same thing by different days',
    sam: (sam) => sam.deliver('promise', 'acme', 'Send the figures', '--by', '2026-11-26'),
    kit: (kit) => kit.deliver('promise', 'acme', 'Send the figures', '--by', '2026-12-01'),
    git: 'conflict',
    says: ['yaml/merge-conflict clients/acme.yaml:17'],
    facts: [
      [CLIENT, 'by: 2026-11-26'],
      [CLIENT, 'by: 2026-12-01'],
    ],
  },
  {
    name: 'both write a promise of the same id by hand, at either end of the list',
    sam: (sam) =>
      sam.edit(CLIENT, 'promises:\n', 'promises:\n  figures: {what: Figures, made: 2026-11-23, by: 2026-11-26}\n'),
    kit: (kit) =>
      kit.edit(
        CLIENT,
        'engagements:\n',
        '  other: {what: Other, made: 2026-11-23, by: 2026-11-30}\n  figures: {what: Figures, made: 2026-11-23, by: 2026-12-01}\nengagements:\n',
      ),
    git: 'merged',
    says: ['yaml/duplicate-key clients/acme.yaml:19'],
    facts: [
      [CLIENT, 'by: 2026-11-26'],
      [CLIENT, 'by: 2026-12-01'],
      [CLIENT, 'what: Other'],
    ],
  },
  {
    name: 'both start something else for the client',
    sam: (sam) => sam.deliver('start', 'acme', 'retainer'),
    kit: (kit) => kit.deliver('start', 'acme', 'discovery'),
    git: 'conflict',
    says: ['yaml/merge-conflict clients/acme.yaml:24'],
    facts: [
      [CLIENT, '  retainer:'],
      [CLIENT, '  discovery:'],
    ],
  },
  {
    name: 'both start the same on the same day',
    sam: (sam) => sam.deliver('start', 'beta', 'retainer'),
    kit: (kit) => kit.deliver('start', 'beta', 'retainer'),
    git: 'merged',
    says: [],
    facts: [['clients/beta.yaml', 'offer: retainer@1']],
  },
  {
    name: 'one deletes a client the other edits',
    sam: (sam) => sam.git('rm', '--quiet', CLIENT),
    kit: (kit) => kit.deliver('done', 'acme/report'),
    git: 'conflict',
    // Git itself holds the commit back until somebody decides; the file is whole.
    says: [],
    facts: [[CLIENT, 'report: {done: 2026-11-23}']],
  },
  {
    name: 'one deletes a client while the other logs a touch',
    sam: (sam) => sam.git('rm', '--quiet', CLIENT),
    kit: (kit) => kit.deliver('touch', 'acme', 'call', 'Wants the deck'),
    git: 'merged',
    says: ['ref/unknown touches/acme.yaml:1'],
    facts: [[LOG, 'Wants the deck']],
  },
  {
    name: 'both change the same line',
    sam: (sam) => sam.edit(CLIENT, 'channel: email', 'channel: phone'),
    kit: (kit) => kit.edit(CLIENT, 'channel: email', 'channel: chat'),
    git: 'conflict',
    says: ['yaml/merge-conflict clients/acme.yaml:7'],
    facts: [
      [CLIENT, 'channel: phone'],
      [CLIENT, 'channel: chat'],
    ],
  },
  {
    name: 'one reformats the file while the other closes a step',
    sam: (sam) =>
      sam.put(
        CLIENT,
        sam.text(CLIENT).replace(/^ {2,}/gm, (spaces) => spaces + spaces),
      ),
    kit: (kit) => kit.deliver('done', 'acme/report'),
    git: 'conflict',
    says: ['yaml/merge-conflict clients/acme.yaml:18'],
    facts: [[CLIENT, 'report: {done: 2026-11-23}']],
  },
  {
    name: 'both append to a log that has no line end at its end',
    sam: (sam) => sam.put(LOG, `${sam.text(LOG)}- {date: 2026-11-20, kind: call, note: "Budget is safe"}`),
    kit: (kit) => kit.put(LOG, `${kit.text(LOG)}- {date: 2026-11-21, kind: call, note: "Wants the deck"}`),
    git: 'merged',
    says: [],
    facts: [
      [LOG, 'Budget is safe'],
      [LOG, 'Wants the deck'],
    ],
  },
  {
    name: 'one has Windows line ends, the other not',
    sam: (sam) =>
      sam.put(
        LOG,
        `${sam.text(LOG)}- {date: 2026-11-20, kind: call, note: "Budget is safe"}\n`.replaceAll('\n', '\r\n'),
      ),
    kit: (kit) => kit.deliver('touch', 'acme', 'call', 'Wants the deck'),
    git: 'merged',
    says: [],
    facts: [
      [LOG, 'Budget is safe'],
      [LOG, 'Wants the deck'],
    ],
  },
  {
    name: 'one stops the work for a while as the other finishes it',
    sam: (sam) => sam.deliver('hold', 'acme/audit-2026', '--why', 'Budget freeze'),
    kit: (kit) => kit.deliver('finish', 'acme/audit-2026', '--cancelled', '--why', 'They were bought'),
    git: 'conflict',
    says: ['yaml/merge-conflict clients/acme.yaml:24'],
    facts: [
      [CLIENT, 'Budget freeze'],
      [CLIENT, 'They were bought'],
    ],
  },
  {
    name: 'both re-grade the client',
    sam: (sam) => sam.deliver('segment', 'acme', 'B', '--why', 'Smaller now'),
    kit: (kit) => kit.deliver('segment', 'acme', 'C', '--why', 'Hardly there'),
    git: 'conflict',
    says: ['yaml/merge-conflict clients/acme.yaml:2'],
    facts: [
      [CLIENT, 'segment: B'],
      [CLIENT, 'segment: C'],
      [LOG, 'Smaller now'],
      [LOG, 'Hardly there'],
    ],
  },
  {
    name: 'both change the cadence of a segment, another kind each',
    sam: (sam) => sam.edit('service.yaml', 'review: {every: 3m}', 'review: {every: 2m}'),
    kit: (kit) =>
      kit.edit('service.yaml', '    title: Kept', '    title: Kept\n    cadence:\n      check-in: {every: 6m}'),
    git: 'merged',
    says: [],
    facts: [
      ['service.yaml', 'review: {every: 2m}'],
      ['service.yaml', 'check-in: {every: 6m}'],
    ],
  },
  {
    name: 'both add a kind of touch of the same id to the service model, in other places',
    sam: (sam) => sam.edit('service.yaml', 'touches:\n', 'touches:\n  gift: {title: Present}\n'),
    kit: (kit) => kit.edit('service.yaml', 'segments:\n', '  gift: {title: Thank-you gift}\nsegments:\n'),
    git: 'merged',
    says: ['yaml/duplicate-key service.yaml:5'],
    facts: [
      ['service.yaml', 'title: Present'],
      ['service.yaml', 'title: Thank-you gift'],
    ],
  },
  {
    name: 'one removes a step of the offer that the other has just closed',
    sam: (sam) =>
      sam.edit('offers/audit.yaml', '  interviews:\n    title: Talk to three customers\n    due: start + 8bd\n', ''),
    kit: (kit) => kit.deliver('done', 'acme/interviews'),
    git: 'merged',
    says: ['engagement/unknown-step clients/acme.yaml:24'],
    facts: [[CLIENT, 'interviews: {done: 2026-11-23}']],
  },
  {
    name: 'both log the same kind of touch in several lines',
    sam: (sam) => sam.put(LOG, `${sam.text(LOG)}- date: 2026-11-20\n  kind: call\n  note: Budget is safe\n`),
    kit: (kit) => kit.put(LOG, `${kit.text(LOG)}- date: 2026-11-20\n  kind: call\n  note: Wants the deck\n`),
    git: 'merged',
    says: ['touch/not-one-line touches/acme.yaml:4', 'yaml/duplicate-key touches/acme.yaml:7'],
    facts: [
      [LOG, 'Budget is safe'],
      [LOG, 'Wants the deck'],
    ],
  },
  {
    name: 'one keeps a promise as the other moves it',
    sam: (sam) => sam.deliver('promise', 'acme/promise/deck', '--kept'),
    kit: (kit) => kit.edit(CLIENT, 'by: 2026-11-27', 'by: 2026-12-04'),
    git: 'conflict',
    says: ['yaml/merge-conflict clients/acme.yaml:16'],
    facts: [
      [CLIENT, 'kept: 2026-11-23'],
      [CLIENT, 'by: 2026-12-04'],
    ],
  },
  {
    name: 'one moves the day of a step that the other closes',
    sam: (sam) => sam.deliver('move', 'acme/report', '--due', '2026-12-01', '--why', 'Holidays'),
    kit: (kit) => kit.deliver('done', 'acme/report'),
    git: 'conflict',
    says: ['yaml/merge-conflict clients/acme.yaml:24'],
    facts: [
      [CLIENT, 'due: 2026-12-01'],
      [CLIENT, 'done: 2026-11-23'],
    ],
  },
  {
    name: 'rebased instead of merged',
    sam: (sam) => sam.deliver('touch', 'acme', 'call', 'Budget is safe'),
    kit: (kit) => kit.deliver('touch', 'acme', 'call', 'Wants the deck'),
    join: (sam) => sam.git('rebase', '--quiet', 'kit'),
    git: 'merged',
    says: [],
    facts: [
      [LOG, 'Budget is safe'],
      [LOG, 'Wants the deck'],
    ],
  },
  {
    name: 'a touch is picked twice',
    sam: (sam) => sam.deliver('touch', 'acme', 'call', 'Budget is safe'),
    kit: (kit) => kit.deliver('touch', 'acme', 'call', 'Wants the deck'),
    join: (sam) => {
      sam.git('cherry-pick', 'kit');
      sam.edit(LOG, '- {date: 2026-10-20', '- {date: 2026-10-19, kind: note, note: "Between"}\n- {date: 2026-10-20');
      sam.commit('Between');
      sam.git('cherry-pick', '--allow-empty', '--keep-redundant-commits', 'kit');
    },
    git: 'merged',
    says: [],
    facts: [
      [LOG, 'Budget is safe'],
      [LOG, 'Wants the deck'],
    ],
  },
  {
    name: 'a touch is picked, more is logged after it, and its branch is merged later',
    sam: (sam) => sam.deliver('touch', 'acme', 'call', 'Budget is safe'),
    kit: (kit) => kit.deliver('touch', 'acme', 'call', 'Wants the deck'),
    join: (sam) => {
      sam.git('cherry-pick', 'kit');
      sam.put(LOG, `${sam.text(LOG)}- {date: 2026-11-23, kind: note, note: "After"}\n`);
      sam.commit('After');
      sam.git('merge', '--quiet', '--no-edit', 'kit');
    },
    git: 'merged',
    says: ['touch/duplicate touches/acme.yaml:7'],
    facts: [
      [LOG, 'Budget is safe'],
      [LOG, 'Wants the deck'],
      [LOG, 'After'],
    ],
  },
  {
    name: 'a merge is taken back, and that is taken back',
    sam: (sam) => sam.deliver('touch', 'acme', 'call', 'Budget is safe'),
    kit: (kit) => kit.deliver('touch', 'acme', 'call', 'Wants the deck'),
    join: (sam) => {
      sam.git('merge', '--quiet', '--no-edit', 'kit');
      sam.git('revert', '--no-edit', '-m', '1', 'HEAD');
      sam.git('revert', '--no-edit', 'HEAD');
    },
    git: 'merged',
    says: [],
    facts: [
      [LOG, 'Budget is safe'],
      [LOG, 'Wants the deck'],
    ],
  },
  {
    name: 'a conflict is committed with its markers',
    sam: (sam) => sam.edit(CLIENT, 'channel: email', 'channel: phone'),
    kit: (kit) => kit.edit(CLIENT, 'channel: email', 'channel: chat'),
    join: (sam) => {
      expect(() => sam.git('merge', '--quiet', '--no-edit', 'kit')).toThrow();
      sam.commit('Merged');
    },
    git: 'merged',
    says: ['yaml/merge-conflict clients/acme.yaml:7'],
    facts: [
      [CLIENT, 'channel: phone'],
      [CLIENT, 'channel: chat'],
    ],
  },
];

describe('two people and one practice', () => {
  test.each(CASES)('$name', async (each) => {
    const root = copyOf(base, scratch.folder);
    const state = `${root}-state`;
    const kit = personAt(root, 'kit', state);
    kit.git('checkout', '--quiet', '-b', 'kit');
    await each.kit(kit);
    kit.commit('Kit', each.kitAt ?? '2026-11-23T11:00:00Z');
    kit.git('checkout', '--quiet', 'main');
    const sam = personAt(root, 'sam', state);
    await each.sam(sam);
    sam.commit('Sam', '2026-11-23T10:00:00Z');
    const join = each.join ?? ((it: Person) => it.git('merge', '--quiet', '--no-edit', 'kit'));
    let result: Case['git'] = 'merged';
    try {
      join(sam);
    } catch (error) {
      if (git(root, 'ls-files', '--unmerged') === '') throw error;
      result = 'conflict';
    }
    const texts = textsIn(root);
    const lost = each.facts.filter(([file, words]) => !texts[file]?.includes(words));
    expect({ git: result, lost, says: await problemsIn(root, state) }).toEqual({
      git: each.git,
      lost: [],
      says: each.says,
    });
  });
});
