// `explain`: why a step, a cadence, a yearly day or the end of an engagement falls on its day, with the place of each ingredient.

import { filesBehind, type IsUsed } from '../book/behind.ts';
import type { Book, ClientRecord } from '../book/book.ts';
import type { Command, Input, Practice } from '../command.ts';
import { completenessOf } from '../completeness.ts';
import { type Explanation, explainEnd, explainStep } from '../engine/explain.ts';
import { explainOccasion, explainStart, explainTouch } from '../engine/explain-touch.ts';
import { scheduleOf } from '../engine/schedule.ts';
import { type Setting, settingOf } from '../engine/setting.ts';
import { type Ask, type Outcome, UsageError } from '../outcome.ts';
import { openText } from '../source/read/locate.ts';
import { type Block, line, span } from '../terminal/ink.ts';
import { padToWidth } from '../terminal/width.ts';
import { wrap } from '../terminal/words.ts';
import { allTargets, findTarget, type Target, type Wanted } from '../typed/reference.ts';

export const command: Command = {
  name: 'explain',
  arguments: [{ name: '<ref...>', what: 'acme/report, acme/touch/review, acme/occasion/office or acme/audit-2026' }],
  options: [],
  about:
    'Every day that `status` shows can be asked why: the rule, what it counts from, the days it skips, and where each is written.',
  examples: [
    { line: 'deliver explain acme/report', what: 'why a step is due that day' },
    { line: 'deliver explain acme/touch/review', what: 'why a client is due a contact' },
    { line: 'deliver explain acme/audit-2026', what: 'why an engagement ends when it does' },
  ],
  depth: () => 'core',
  run,
};

const WANTED: Wanted = {
  kinds: ['step', 'touch', 'occasion', 'engagement', 'start'],
  includeEnded: true,
  noun: 'step, touch, occasion or engagement',
};

function run(input: Input): Outcome | Ask {
  const { practice } = input;
  const { book, today } = practice;
  const words = input.arguments.ref ?? [];
  if (words.length === 0) {
    const choices = allTargets(book, today, WANTED).map((it) => ({ value: it.ref, label: it.ref }));
    return { kind: 'ask', argument: 'ref', question: 'Explain what?', choices };
  }
  const target = findTarget(book, today, typeof words === 'string' ? [words] : words, WANTED);
  const explanation = explain(settingOf(book, today), target);
  const { complete, problems, notes, exit } = completenessOf(practice, usedBy(book, target.client));
  const placed = explanation.parts.map((part) => ({ ...part, at: part.source && placeOf(practice, part.source) }));
  return {
    kind: 'outcome',
    text: render({ ...explanation, parts: placed }, input.view.columns),
    data: {
      schema: 'deliver.explain/1',
      ref: target.ref,
      title: explanation.title,
      answer: explanation.answer,
      parts: placed.map(({ label, text, at }) => ({ label, text, file: at?.file ?? null, line: at?.line ?? null })),
      complete,
      problems,
    },
    notes,
    problems: [],
    exit,
  };
}

const usedBy = (book: Book, id: string | undefined): IsUsed | undefined => {
  const client = book.clients.get(id ?? '');
  return client && filesBehind(book, client);
};

type Explainer = (setting: Setting, client: ClientRecord, id: string) => Explanation | undefined;
const EXPLAINERS: Partial<Readonly<Record<Target['kind'], Explainer>>> = {
  touch: explainTouch,
  occasion: explainOccasion,
  start: explainStart,
};

function explain(setting: Setting, target: Target): Explanation {
  const client = setting.book.clients.get(target.client ?? '');
  if (!client) throw new Error(`${target.ref} has no client`);
  const answer = EXPLAINERS[target.kind]?.(setting, client, target.id);
  if (answer) return answer;
  if (EXPLAINERS[target.kind]) throw new UsageError(`no rule makes \`${target.id}\` due for ${client.name}`);
  const schedule = scheduleOf(setting.book, setting.calendar, setting.today, client, target.engagement ?? '');
  if (!schedule)
    throw new UsageError(`\`${target.ref}\` cannot be calculated: its offer has errors`, 'deliver validate');
  const step = schedule.steps.find((it) => it.plan.id === target.id);
  return target.kind === 'step' && step ? explainStep(setting, schedule, step) : explainEnd(setting, schedule);
}

type Placed = { readonly file: string; readonly line: number };

function placeOf(
  practice: Practice,
  source: { readonly file: string; readonly path: readonly (string | number)[] },
): Placed {
  const text = practice.textOf(source.file);
  const located = text === undefined ? undefined : openText(text);
  const found = located?.locate(source.path, 'key');
  return { file: source.file, line: found && located ? located.lines.lineOf(found[0]) : 1 };
}

type PlacedPart = Explanation['parts'][number] & { readonly at: Placed | undefined };

function render(
  { title, answer, parts }: Omit<Explanation, 'parts'> & { readonly parts: readonly PlacedPart[] },
  columns: number | undefined,
): Block {
  const width = parts.reduce((most, part) => Math.max(most, part.label.length), 0);
  const indent = ' '.repeat(width + 4);
  return [
    line(span(title, 'bold')),
    ...wrap(answer, columns, '  ').map((each) => line(each)),
    ...parts.flatMap((part): Block => {
      const at = part.at === undefined ? '' : `  ${part.at.file}:${part.at.line}`;
      const [first = '', ...rest] = wrap(
        `${part.text}${at}`,
        columns === undefined ? undefined : columns - indent.length,
        '',
      );
      return [
        line('  ', span(padToWidth(part.label, width), 'dim'), `  ${first}`),
        ...rest.map((each) => line(indent + each)),
      ];
    }),
  ];
}
