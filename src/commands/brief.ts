// `brief`: one page for the minute before you make contact, on the screen or as Markdown.
import { among, filesBehind } from '../book/behind.ts';
import { logFile } from '../changes/edits.ts';
import { askForClient, type Command, type Input, one } from '../command.ts';
import { completenessOf } from '../completeness.ts';
import { type Day, formatFullDay } from '../day.ts';
import { type Brief, type BriefEngagement, type BriefStep, briefOf } from '../engine/brief.ts';
import { settingOf } from '../engine/setting.ts';
import { hasNoLog } from '../engine/step-items.ts';
import { DEFAULT_LOCALE, formatMoney } from '../money.ts';
import type { Ask, Outcome } from '../outcome.ts';
import { type Block, line, span } from '../terminal/ink.ts';
import { escapeMarkdown } from '../terminal/markdown.ts';
import { padToWidth } from '../terminal/width.ts';
import { count, isText, longDate, shortDate, wrap } from '../terminal/words.ts';
import { findClient } from '../typed/reference.ts';

export const command: Command = {
  name: 'brief',
  arguments: [{ name: '<client>', what: 'whom you are about to contact' }],
  options: [{ flags: '--md', what: 'as Markdown' }],
  about:
    'Who they are, what was said last, what is open or late on both sides, and what not to bring up. Look before you contact.',
  examples: [
    { line: 'deliver brief acme', what: 'before the phone rings' },
    { line: 'deliver brief acme --md > acme.md', what: 'to print or to share' },
  ],
  depth: () => 'core',
  run,
};

type MoneyManner = { readonly locale: string; readonly currency: string | undefined };

/** A heading and its lines; `isHot` lines could take over the conversation. */
type Part = { readonly title: string; readonly lines: readonly { readonly text: string; readonly isHot: boolean }[] };

function run(input: Input): Outcome | Ask {
  const { practice, options, view } = input;
  const { book, today } = practice;
  const written = one(input, 'client');
  if (written === undefined) return askForClient(practice, 'Whom are you about to contact?');
  const client = findClient(book, today, written);
  const brief = briefOf(settingOf(book, today), client);
  const { complete, problems, notes, exit } = completenessOf(practice, filesBehind(book, client));
  const manner = { locale: book.practice?.locale ?? DEFAULT_LOCALE, currency: book.practice?.currency };
  const isLogBroken = hasNoLog(book, client);
  const [log] = isLogBroken ? problems.filter((it) => among([it.file])(logFile(client))) : [];
  const noLog = isLogBroken
    ? `the log cannot be read${log ? `: ${log.file}:${log.line}:${log.column} ${log.message}` : ''}`
    : undefined;
  const parts = partsOf(brief, today, manner, noLog);
  return {
    kind: 'outcome',
    text: options.md === true ? markdown(brief, parts) : screen(brief, parts, view.columns),
    data: {
      schema: 'deliver.brief/1',
      today,
      complete,
      ...brief,
      problems,
    },
    notes,
    problems: [],
    exit,
  };
}

const calm = (text: string) => ({ text, isHot: false });
const hot = (text: string) => ({ text, isHot: true });
const flat = (text: string): string => text.replace(/\s+/g, ' ').trim();

function partsOf(brief: Brief, today: Day, manner: MoneyManner, noLog: string | undefined): readonly Part[] {
  const short = (day: Day) => shortDate(day, today);
  return [
    { title: 'First', lines: firstLines(brief, today) },
    { title: 'Who', lines: whoLines(brief, manner).map(calm) },
    {
      title: 'Last contact',
      lines:
        noLog !== undefined
          ? [hot(noLog)]
          : brief.touches.length === 0
            ? [calm('none logged')]
            : brief.touches.map((it) =>
                calm(
                  `${padToWidth(short(it.date), 6, 'left')}  ${it.in ? 'they: ' : ''}${it.title}${it.with.length > 0 ? ` with ${it.with.join(', ')}` : ''}${it.note === null ? '' : `: ${flat(it.note)}`}`,
                ),
              ),
    },
    {
      title: 'Issues',
      lines: brief.issues.map((it) => ({
        text: `${it.days === 0 ? 'today' : `${it.days}d`}  ${flat(it.what)}  ${it.ref}`,
        isHot: it.is_hot,
      })),
    },
    {
      title: 'Promises',
      lines: brief.promises.map((it) => ({
        text: `${it.days > 0 ? `${it.days}d late` : it.days === 0 ? 'today' : `in ${count(-it.days, 'day')}`}  ${flat(it.what)}  ${it.ref}`,
        isHot: it.is_hot,
      })),
    },
    ...brief.engagements.map((it) => ({ title: it.offer ?? it.engagement, lines: engagementLines(it, today) })),
    {
      title: 'Due',
      lines: [
        ...brief.due.map((it) =>
          calm(
            `${it.title}, ${it.days_late > 0 ? `${count(it.days_late, 'day')} late` : `due ${longDate(it.due, today)}`} (${it.rule})`,
          ),
        ),
        ...brief.days.map((it) =>
          calm(
            `${it.contact_name === null ? '' : `${it.contact_name}: `}${it.title}, ${longDate(it.date, today)}${it.days_late > 0 ? `, ${count(it.days_late, 'day')} late` : ''}`,
          ),
        ),
        ...brief.snoozed.map((it) => calm(`${it.title} put off until ${longDate(it.to, today)}: ${flat(it.why)}`)),
        ...(brief.renewal === null ? [] : [calm(`Renewal on ${formatFullDay(brief.renewal)}`)]),
      ],
    },
    { title: 'Next', lines: nextLines(brief).map(calm) },
    { title: 'Referrals', lines: referralLines(brief, today).map(calm) },
  ];
}

/** What could hijack the conversation, before anything else. */
function firstLines(brief: Brief, today: Day): Part['lines'] {
  const late = brief.promises.filter((it) => it.is_hot);
  const issues = brief.issues.filter((it) => it.is_hot);
  return [
    ...(brief.billing.state === 'ok'
      ? []
      : [
          hot(`Billing is ${brief.billing.state}${brief.billing.note === null ? '' : `: ${flat(brief.billing.note)}`}`),
        ]),
    ...(brief.pause === null
      ? []
      : [hot(`Asked for quiet until ${longDate(brief.pause.to, today)}: ${flat(brief.pause.why)}`)]),
    ...issues.map((it) =>
      hot(`Open ${it.days === 0 ? 'since today' : `for ${count(it.days, 'day')}`}: ${flat(it.what)}`),
    ),
    ...late.map((it) => hot(`Promised, ${count(it.days, 'day')} late: ${flat(it.what)}`)),
    ...(brief.leaving === null
      ? []
      : brief.status === 'past'
        ? [
            calm(
              `Left${brief.leaving.last_day === null ? '' : ` ${longDate(brief.leaving.last_day, today)}`}: ${brief.leaving.reason}`,
            ),
          ]
        : [
            hot(
              `Leaving (${brief.leaving.reason})${brief.leaving.last_day === null ? '' : `, last day ${formatFullDay(brief.leaving.last_day)}`}`,
            ),
          ]),
  ];
}

function whoLines(brief: Brief, manner: MoneyManner): readonly string[] {
  const { value } = brief;
  const profile = [
    brief.segment === null
      ? undefined
      : `segment ${brief.segment}${brief.segment_title === null ? '' : ` (${brief.segment_title})`}`,
    brief.status === 'active' ? undefined : brief.status,
    brief.industry ?? undefined,
    brief.since === null ? undefined : `since ${formatFullDay(brief.since)}`,
    brief.owner_name === null ? undefined : `served by ${brief.owner_name}`,
    brief.channel === null ? undefined : `prefers ${brief.channel}`,
  ];
  const worth = [
    value.fees_per_year === null
      ? undefined
      : `${formatMoney(value.fees_per_year, manner.locale, manner.currency)} a year`,
    value.hours_per_month === null ? undefined : `${value.hours_per_month} h a month`,
  ];
  const join = (parts: readonly (string | undefined)[]) => parts.filter((it) => it !== undefined).join(' · ');
  return [
    join(profile),
    join(worth),
    ...brief.contacts.map((it) => join([it.name, it.role ?? undefined, it.phone ?? undefined, it.email ?? undefined])),
  ].filter((text) => text !== '');
}

function engagementLines(it: BriefEngagement, today: Day): Part['lines'] {
  const slip = it.slip_working_days ?? 0;
  const promised = it.promised === null ? '' : `, promised ${longDate(it.promised, today)}`;
  const lacking = it.missing.length === 0 ? '' : ` (no day for ${it.missing.join(', ')})`;
  const ends = it.forecast_end === null ? `no end in sight${lacking}` : `ends ${longDate(it.forecast_end, today)}`;
  const verdict = slip > 0 ? `, ${count(slip, 'working day')} late` : '';
  const name = (step: BriefStep) =>
    `${step.title} (${[`${step.days_late}d`, step.blocked_by.length > 0 && `waits for ${step.blocked_by.join(', ')}`].filter(isText).join(', ')})`;
  return [
    { text: `${ends}${promised}${verdict}`, isHot: slip > 0 },
    ...(it.on_hold === null ? [] : [calm(`On hold: ${flat(it.on_hold)}`)]),
    ...(it.ours_late.length === 0 ? [] : [hot(`Late on our side: ${it.ours_late.map(name).join(', ')}`)]),
    ...(it.theirs_late.length === 0 ? [] : [calm(`Late on their side: ${it.theirs_late.map(name).join(', ')}`)]),
    ...(it.just_done.length === 0
      ? []
      : [
          calm(
            `Just done: ${it.just_done
              .slice(0, 3)
              .map((step) => `${step.title} (${shortDate(step.day, today)})`)
              .join(', ')}`,
          ),
        ]),
  ];
}

function nextLines(brief: Brief): readonly string[] {
  if (brief.next_offer !== null) return [`${brief.next_offer.name} (${brief.next_offer.id})`];
  return brief.not_now === null ? [] : [`no offer now: ${flat(brief.not_now)}`];
}

function referralLines({ referrals }: Brief, today: Day): readonly string[] {
  return [
    ...(referrals.referred_by === null ? [] : [`came through ${referrals.referred_by}`]),
    ...(referrals.referred.length === 0 ? [] : [`sent us ${referrals.referred.join(', ')}`]),
    ...(referrals.center_of_influence ? ['others listen to them'] : []),
    ...(referrals.last_asked === null ? [] : [`last asked ${longDate(referrals.last_asked, today)}`]),
  ];
}

function screen(brief: Brief, parts: readonly Part[], columns: number | undefined): Block {
  return [
    line(span(brief.name, 'bold'), span(`  ${brief.client}`, 'dim')),
    ...parts
      .filter((part) => part.lines.length > 0)
      .flatMap(
        (part): Block => [
          line(span(part.title, 'bold')),
          ...part.lines.flatMap((each) =>
            wrap(`  ${each.isHot ? '! ' : ''}${each.text}`, columns, '    ').map((text) =>
              line(each.isHot ? span(text, 'yellow') : text),
            ),
          ),
        ],
      ),
  ];
}

const markdown = (brief: Brief, parts: readonly Part[]): Block => [
  line(`# ${escapeMarkdown(brief.name)}`),
  ...parts
    .filter((part) => part.lines.length > 0)
    .flatMap(
      (part): Block => [
        line(),
        line(`## ${escapeMarkdown(part.title)}`),
        line(),
        ...part.lines.map((each) =>
          line(each.isHot ? `- **${escapeMarkdown(each.text)}**` : `- ${escapeMarkdown(each.text)}`),
        ),
      ],
    ),
];
