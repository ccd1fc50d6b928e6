// `show`: one thing in full: what it comes to today, and the lines where it is written.
import { among, filesBehind, type IsUsed } from '../book/behind.ts';
import type { Book, ClientRecord } from '../book/book.ts';
import type { Command, Input, Practice } from '../command.ts';
import { completenessOf } from '../completeness.ts';
import { formatFullDay } from '../day.ts';
import { contactsOf } from '../engine/contact.ts';
import { explainStart, explainTouch } from '../engine/explain-touch.ts';
import { scheduleOf } from '../engine/schedule.ts';
import { ownerOf, type Setting, settingOf } from '../engine/setting.ts';
import { runningSchedules, stepOwner } from '../engine/step-items.ts';
import type { Ask, Outcome } from '../outcome.ts';
import { yamlPart } from '../source/read/front-matter.ts';
import { openText } from '../source/read/locate.ts';
import { type Block, line, span } from '../terminal/ink.ts';
import { padToWidth } from '../terminal/width.ts';
import { statusWord, wrap } from '../terminal/words.ts';
import { allTargets, findTarget, type Target, type Wanted } from '../typed/reference.ts';

export const command: Command = {
  name: 'show',
  arguments: [{ name: '<ref...>', what: 'acme, acme/report, acme/promise/deck, offer/audit, partner/fernhill ...' }],
  options: [],
  about:
    'What a client, step, engagement, promise, offer or other record comes to today, and the lines it is written in.',
  examples: [
    { line: 'deliver show acme', what: 'a client' },
    { line: 'deliver show acme report', what: 'a step: its days, what it waits for, its progress' },
    { line: 'deliver show offer/audit', what: 'an offer' },
  ],
  depth: () => 'core',
  run,
};

const WANTED: Wanted = {
  kinds: [
    'client',
    'engagement',
    'step',
    'touch',
    'promise',
    'issue',
    'occasion',
    'start',
    'offer',
    'partner',
    'script',
    'email',
    'person',
    'segment',
  ],
  includeEnded: true,
  noun: 'record',
};

type Fact = readonly [label: string, text: string];

function run(input: Input): Outcome | Ask {
  const { practice } = input;
  const { book, today } = practice;
  const words = input.arguments.ref ?? [];
  if (words.length === 0) {
    const choices = allTargets(book, today, WANTED).map((it) => ({ value: it.ref, label: it.ref }));
    return { kind: 'ask', argument: 'ref', question: 'Show what?', choices };
  }
  const target = findTarget(book, today, typeof words === 'string' ? [words] : words, WANTED);
  const facts = factsOf(settingOf(book, today), target);
  const written = excerpts(practice, target, settingOf(book, today));
  const { complete, problems, notes, exit } = completenessOf(practice, usedBy(book, target));
  return {
    kind: 'outcome',
    text: render(target, facts, written, input.view.columns),
    data: {
      schema: 'deliver.show/1',
      ref: target.ref,
      kind: target.kind,
      facts: facts.map(([label, text]) => ({ label, text })),
      written: written.map(({ file, line: at, text }) => ({ file, line: at, text })),
      complete,
      problems,
    },
    notes,
    problems: [],
    exit,
  };
}

function usedBy(book: Book, { client: id, file }: Target): IsUsed {
  const client = book.clients.get(id ?? '');
  return client ? filesBehind(book, client) : among([file]);
}

function factsOf(setting: Setting, target: Target): readonly Fact[] {
  const client = setting.book.clients.get(target.client ?? '');
  if (!client) return [];
  if (target.kind === 'client') return clientFacts(setting, client);
  if (target.kind === 'touch' || target.kind === 'start') {
    const why = (target.kind === 'touch' ? explainTouch : explainStart)(setting, client, target.id);
    return why ? [['answer', why.answer], ...why.parts.map((part): Fact => [part.label, part.text])] : [];
  }
  if (target.kind === 'engagement' || target.kind === 'step') return planFacts(setting, client, target);
  return [];
}

function clientFacts(setting: Setting, client: ClientRecord): readonly Fact[] {
  const last = contactsOf(setting.book, client, setting.today).at(-1);
  const main = Object.values(client.contacts ?? {}).find((it) => it.left === undefined || it.left > setting.today);
  const running = runningSchedules(setting, client).map((it) => {
    const closed = it.steps.filter((step) => step.state === 'closed').length;
    const ending = it.forecastEnd === undefined ? '' : `, ends ${formatFullDay(it.forecastEnd)}`;
    return `${client.id}/${it.id}: ${closed} of ${it.steps.length} steps closed${ending}${it.hold ? ', on hold' : ''}`;
  });
  return [
    ['name', client.name],
    ['status', statusWord(client)],
    ...(client.segment === undefined ? [] : [['segment', client.segment] as const]),
    ['owner', ownerOf(setting, client) ?? 'nobody'],
    ...(main
      ? [
          [
            'contact',
            [main.name, main.role, main.email, main.phone].filter((it) => it !== undefined).join(', '),
          ] as const,
        ]
      : []),
    ['last contact', last ? `${last.kind} on ${formatFullDay(last.day)}` : 'none'],
    ...running.map((text): Fact => ['running', text]),
  ];
}

function planFacts(setting: Setting, client: ClientRecord, target: Target): readonly Fact[] {
  const schedule = scheduleOf(setting.book, setting.calendar, setting.today, client, target.engagement ?? '');
  if (!schedule) return [];
  const days = (label: string, day: string | undefined): readonly Fact[] =>
    day === undefined ? [] : [[label, formatFullDay(day as never)]];
  const step = target.kind === 'step' ? schedule.steps.find((it) => it.plan.id === target.id) : undefined;
  if (!step) {
    return [
      ['offer', schedule.plan.offer ? `${schedule.plan.offer.name}, version ${schedule.plan.offer.version}` : 'none'],
      [
        'state',
        schedule.engagement.ended ? (schedule.engagement.result ?? 'ended') : schedule.hold ? 'on hold' : 'running',
      ],
      ...days('started', schedule.engagement.started),
      ...days('planned end', schedule.plannedEnd),
      ...days('promised', schedule.promised),
      ...days('forecast end', schedule.forecastEnd),
      ...schedule.steps.map(
        (it): Fact => [
          it.plan.id,
          `${it.closed ? `closed ${formatFullDay(it.closed)}` : it.state}${!it.closed && it.due ? `, due ${formatFullDay(it.due)}` : ''} · ${it.plan.title}`,
        ],
      ),
    ];
  }
  return [
    ['title', step.plan.title],
    ['state', step.closed ? (step.plan.skipped ? 'skipped' : 'done') : step.state],
    ['owner', stepOwner(setting, client, schedule, step) ?? 'nobody'],
    ...days('closed', step.closed),
    ...days('due', step.due),
    ...days('planned', step.planned),
    ...(step.closed ? [] : days('forecast', step.forecast)),
    ...(step.waitsFor.length > 0 ? [['waits for', step.waitsFor.join(', ')] as const] : []),
    ...(step.blocks > 0 ? [['holds up', schedule.holdsUp(step).join(', ')] as const] : []),
  ];
}

type Excerpt = { readonly file: string; readonly line: number; readonly text: readonly string[] };

/** The lines of the record or entry; for a step those of its plan too. */
function excerpts(practice: Practice, target: Target, setting: Setting): readonly Excerpt[] {
  const client = setting.book.clients.get(target.client ?? '');
  const schedule =
    client && target.kind === 'step'
      ? scheduleOf(setting.book, setting.calendar, setting.today, client, target.engagement ?? '')
      : undefined;
  const plan = schedule?.steps.find((it) => it.plan.id === target.id)?.plan;
  const places = [
    { file: target.file, path: target.path },
    ...(plan && !plan.isExtra ? [{ file: plan.planFile, path: plan.planPath }] : []),
  ];
  return places.flatMap(({ file, path }): readonly Excerpt[] => {
    const text = practice.textOf(file);
    if (text === undefined) return [];
    const lines = text.replace(/\r?\n$/, '').split(/\r?\n/);
    if (path.length === 0) return [{ file, line: 1, text: lines }];
    const located = openText(yamlPart(file, text));
    const key = located.locate(path, 'key');
    const value = located.locate(path, 'value');
    const isWritten = located.keysOf(path.slice(0, -1)).includes(String(path.at(-1)));
    if (!key || !isWritten) return [];
    const first = located.lines.lineOf(key[0]);
    const last = Math.max(first, located.lines.lineOf(Math.max(key[1], (value?.[1] ?? key[1]) - 1)));
    return [{ file, line: first, text: lines.slice(first - 1, last) }];
  });
}

function render(
  target: Target,
  facts: readonly Fact[],
  written: readonly Excerpt[],
  columns: number | undefined,
): Block {
  const width = facts.reduce((most, [label]) => Math.max(most, label.length), 0);
  const indent = ' '.repeat(width + 4);
  return [
    line(span(target.ref, 'bold'), span(`  ${target.kind}`, 'dim')),
    ...facts.flatMap(([label, text]): Block => {
      const [first = '', ...rest] = wrap(text, columns === undefined ? undefined : columns - indent.length, '');
      return [
        line('  ', span(padToWidth(label, width), 'dim'), `  ${first}`),
        ...rest.map((each) => line(indent + each)),
      ];
    }),
    ...written.flatMap(
      (each): Block => [
        line(),
        line(span(`${each.file}:${each.line}`, 'cyan')),
        ...each.text.map((text) => line(`  ${text}`)),
      ],
    ),
  ];
}
