// A realistic practice of any size, always the same for the same size and seed. Owns no disk: it says which files there are.
// Six offers of twenty steps; for each client a file and forty touches, written as people and the program write them.

/** The day that the practice is seen from. */
export const TODAY = '2026-11-23';
const TOUCHES = 40;

/** Mulberry32: small, quick, good enough, and the same everywhere. */
function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const FIRST =
  'ada bea carl dora emil finn gwen hugo ines jonas kira luca mira noor otto pia quinn rosa sven tess'.split(' ');
const LAST =
  'Abbot Baker Carver Dyer Ellis Fuller Glover Harper Ito Jansen Keller Lowe Mercer Novak Osman Porter'.split(' ');
const TRADE = 'Bakery Cycles Kitchens Garden Books Tiles Optics Sails Coffee Joinery Wines Toys Lamps Looms'.split(' ');
const PLACE = 'North Harbour Mill Oak River Castle Market Abbey Hill Bridge Forge Quay'.split(' ');
const STEPS = (
  'welcome contract deposit kickoff-invite kickoff data-access goals-form sales-export data-check first-look ' +
  'analysis second-pair findings findings-day report report-call fixes-plan invoice survey check-back'
).split(' ');
const OWED = new Set(['contract', 'data-access', 'goals-form', 'sales-export']);
const OFFERS = ['audit', 'dashboard', 'retainer', 'pricing', 'launch', 'review-year'];
const NOTES = [
  'Happy with the draft; wants the numbers by Friday',
  'No answer, left a message with the front desk',
  'Asked for a second shop in the report; said it is a change',
  'Sent the one page; reads it on the train',
  'Kickoff; only the web shop counts this year',
  'Café opens in spring, ring again in February',
  'Went through the findings: three fixes are enough',
  'Paid the deposit the same day',
  'Wants to know who comes back after a first order, and why',
  'Moved by a week, her accountant is away',
];
const KINDS = ['check-in', 'call', 'email', 'meeting', 'review', 'message'];

const DAY_LENGTH = 86_400_000;
const dayBefore = (days) => new Date(Date.parse(`${TODAY}T00:00:00Z`) - days * DAY_LENGTH).toISOString().slice(0, 10);

/** The files of a practice of so many clients, as `[path, text]`. */
export function* practiceFiles(clients, seed = 7) {
  const random = randomFrom(seed);
  const upTo = (count) => Math.floor(random() * count);
  const one = (list) => list[upTo(list.length)];
  yield ['deliver.yaml', PRACTICE];
  yield ['service.yaml', SERVICE];
  for (const [at, id] of OFFERS.entries()) yield [`offers/${id}.yaml`, offerText(id, at)];
  for (const id of ['welcome-note', 'invoice-note', 'report-ready', 'kickoff-invite'])
    yield [`emails/${id}.md`, emailText(id)];
  yield ['scripts/kickoff.yaml', SCRIPT];
  yield ['partners/brightwell.yaml', 'name: Brightwell Studio\n'];
  for (let number = 0; number < clients; number += 1) {
    const id = `${one(PLACE)}-${one(TRADE)}-${String(number + 1).padStart(5, '0')}`.toLowerCase();
    const client = clientText(id, { random, upTo, one });
    yield [`clients/${id}.yaml`, client.text];
    yield [`touches/${id}.yaml`, logText(client, { random, upTo, one })];
  }
}

const PRACTICE = `format: 1
practice: Longshore Consulting
people:
  sam:
    name: Sam Okafor
    email: sam@longshore.example
    role: consultant
    hours_per_week: 28
  kit: {name: Kit Moreau, email: kit@longshore.example, role: assistant, hours_per_week: 20}
  ola: {name: Ola Lind, email: ola@longshore.example, role: consultant, hours_per_week: 36}
me: sam
time_zone: Europe/London
locale: en-GB
currency: GBP
calendar:
  week: [mon, tue, wed, thu, fri]
  roll: next
  closed:                            # England and Wales, and our own break
    2024-12-25..2025-01-01: Winter break
    2025-04-18: Good Friday
    2025-04-21: Easter Monday
    2025-12-25..2026-01-01: Winter break
    2026-04-03: Good Friday
    2026-04-06: Easter Monday
    2026-05-04: Early May bank holiday
    2026-08-31: Summer bank holiday
    2026-12-25..2027-01-01: Winter break
    2027-03-26: Good Friday
    2027-03-29: Easter Monday
    2027-05-03: Early May bank holiday
`;

const SERVICE = `# How we serve clients.
ideal: |
  Owner-led retailers with 10 to 50 people who have two years of sales data and want to act on it.
touches:
  review: {title: Business review, channel: meeting, effort: 2h, satisfies: [check-in]}
  check-in: {title: Check-in, channel: call, effort: 20min}
  call: {title: Call, channel: call, satisfies: [check-in]}
  meeting: {title: Meeting, channel: meeting, satisfies: check-in}
  birthday: {title: Birthday card, channel: post, owner: kit}
segments:
  A:
    title: Prime
    who: Best fit, high value, refers others
    cadence:
      review: {each: quarter}
      check-in: {every: 1m, grace: 1w, first: 2w}
      birthday: {yearly: birthday, lead: 5d, owner: kit}
  B:
    title: Good
    who: Good fit, steady work
    cadence:
      review: half-year
      check-in: {every: 6w, grace: 1w}
  C:
    title: Maintained
    who: Small or finished work that we look after
    cadence:
      check-in: {every: 3m, grace: 2w}
chase:
  gentle: {when: due - 2bd, email: chase-gentle}
  firm: {when: due + 1bd, email: chase-firm}
fit:
  data: {title: Has two years of usable sales data, weight: 3}
  attitude: {title: Does their part and wants the result, weight: 2}
`;

const SCRIPT = `title: Kickoff call
goal: Agree what counts as done and who does what by when
beats:
  - name: What counts
    say: Which one number would you look at first in a year?
  - name: Who does what
    say: Who sends us the export, and on which day?
`;

const emailText = (id) => `---
subject: "About our work: ${id}"
---
Hello,

this is the letter we call ${id}. One paragraph says what happens next, one says what we need, one says by when.

Kind regards
`;

function offerText(id, at) {
  const [half, rest] = [STEPS.slice(0, 10), STEPS.slice(10)];
  const step = (name, index, all) => {
    const due =
      index === 0 && all === half
        ? 'start + 1bd'
        : `${index === 0 ? half.at(-1) : all[index - 1]} + ${1 + ((index + at) % 4)}bd`;
    const title = `      ${name}:\n        title: ${name.replaceAll('-', ' ').replace(/^./, (letter) => letter.toUpperCase())}\n`;
    const owed = OWED.has(name)
      ? `        kind: form\n        owner: client\n        due: ${due}\n        expect:\n          you_get: A checklist, and a short call if you want one\n          we_need: Everything on it, on one day\n          if_late: The findings day moves by as many working days\n`
      : `        due: ${due}\n        owner: ${index % 3 === 0 ? 'kit' : 'sam'}\n        effort: ${15 * (1 + (index % 4))}min\n`;
    const extra = name === 'kickoff' ? '        kind: call\n        script: kickoff\n        touch: call\n' : '';
    return title + owed + extra;
  };
  return `name: ${id.replace(/^./, (letter) => letter.toUpperCase()).replaceAll('-', ' ')}
version: 1
outcome: The five changes that matter most, ranked and agreed, within ${8 + at} weeks.
price: ${3200 + at * 900}
target: ${40 + at * 5}bd
right_fit:
  - Two years of sales in one system
  - The owner comes to the workshop
risks:
  - what: Client sends the sales export late
    step: sales-export
    mitigation: Ask for it on the kickoff call
phases:
  start:
    title: Getting started
    steps:
${half.map(step).join('')}  work:
    title: The work
    steps:
${rest.map(step).join('')}`;
}

function clientText(id, { random, upTo, one }) {
  const name = id
    .replace(/-\d+$/, '')
    .replace(/(^|-)(.)/g, (_, gap, letter) => (gap ? ' ' : '') + letter.toUpperCase());
  const contacts = [...new Set(Array.from({ length: 1 + upTo(3) }, () => one(FIRST)))];
  const segment = one('ABBCCC');
  const since = 200 + upTo(900);
  const lines = [
    `name: ${name} & ${one(LAST)}`,
    `segment: ${segment}`,
    `segment_since: ${dayBefore(since - 60)}${random() < 0.1 ? '            # was C before' : ''}`,
    `since: ${dayBefore(since)}`,
    `owner: ${one(['sam', 'ola'])}`,
    `channel: ${one(['email', 'phone', 'chat'])}`,
    'contacts:',
  ];
  for (const first of contacts) {
    const last = one(LAST);
    const email = `${first}@${id}.example`;
    if (random() < 0.5)
      lines.push(
        `  ${first}: {name: ${first.replace(/^./, (letter) => letter.toUpperCase())} ${last}, role: Accounts, email: ${email}}`,
      );
    else
      lines.push(
        `  ${first}:`,
        `    name: ${first.replace(/^./, (letter) => letter.toUpperCase())} ${last}`,
        '    role: Owner',
        `    email: ${email}`,
        `    phone: "+44 161 496 ${String(upTo(10_000)).padStart(4, '0')}"`,
        `    birthday: ${1955 + upTo(45)}-${String(1 + upTo(12)).padStart(2, '0')}-${String(1 + upTo(28)).padStart(2, '0')}`,
      );
  }
  lines.push(
    `value: {fees_per_year: ${1000 * (1 + upTo(30))}, hours_per_month: ${1 + upTo(12)}}`,
    `fit: {data: ${upTo(6)}, attitude: ${upTo(6)}}`,
  );
  if (random() < 0.2)
    lines.push(
      'promises:',
      `  ring-back: {what: Ring back about the second shop, made: ${dayBefore(10 + upTo(9))}, by: ${dayBefore(upTo(9) - 4)}}`,
    );
  if (random() < 0.1)
    lines.push(
      'issues:',
      `  invoice: {what: "Did not order this; wants it off the invoice", since: ${dayBefore(3 + upTo(30))}, kind: billing}`,
    );
  const engagements = engagementsOf({ random, upTo, one });
  lines.push('engagements:', ...engagements.flatMap((each) => each.lines));
  return { text: `${lines.join('\n')}\n`, contacts, engagement: engagements.at(-1), since };
}

/** One that is over, and for most clients one that runs. */
function engagementsOf({ random, upTo, one }) {
  const past = one(OFFERS);
  const began = 330 + upTo(60);
  const over = {
    id: `${past}-past`,
    steps: STEPS,
    lines: [
      `  ${past}-past:`,
      `    offer: ${past}@1`,
      `    started: ${dayBefore(began)}`,
      '    steps:',
      ...progress(STEPS, began),
      `    ended: ${dayBefore(began - 61)}`,
      '    result: delivered',
    ],
  };
  if (random() < 0.3) return [over];
  const present = one(OFFERS);
  const days = 2 + upTo(70);
  const done = STEPS.slice(0, Math.min(19, Math.floor(days / 3.2)));
  const hold =
    random() < 0.05
      ? [
          '    holds:',
          `      - from: ${dayBefore(days - 1)}`,
          '        review: 2026-12-01',
          '        why: Waiting for the new till',
        ]
      : [];
  const steps = done.length === 0 ? [] : ['    steps:', ...progress(done, days)];
  const lines = [`  ${present}:`, `    offer: ${present}@1`, `    started: ${dayBefore(days)}`, ...steps, ...hold];
  return [over, { id: present, steps: done.length === 0 ? STEPS.slice(0, 1) : done, lines }];
}

const progress = (steps, began) =>
  steps.map((step, at) => `      ${step}: {done: ${dayBefore(Math.max(0, began - 1 - at * 3))}}`);

function logText({ contacts, engagement, since }, { random, upTo, one }) {
  const days = Array.from({ length: TOUCHES }, () => upTo(Math.min(since, 700))).sort((a, b) => b - a);
  // Most logs are the program's own lines; now and then somebody has written one by hand.
  const byHand = random() < 0.04 ? upTo(TOUCHES) : -1;
  const lines = days.map((before, at) => {
    const kind = one(KINDS);
    const whom = contacts.length > 1 && random() < 0.15 ? `[${contacts.join(', ')}]` : one(contacts);
    const step = random() < 0.15 ? `, step: ${engagement.id}/${one(engagement.steps)}` : '';
    if (at === byHand)
      return `- date: ${dayBefore(before)}\n  kind: ${kind}\n  with: ${whom}\n  note: Talked about the next step, see the file`;
    return `- {date: ${dayBefore(before)}, kind: ${kind}, with: ${whom}, by: ${one(['sam', 'kit', 'ola'])}${step}, note: "${one(NOTES)}"}`;
  });
  return `${random() < 0.1 ? '# Log calls the same day.\n' : ''}${lines.join('\n')}\n`;
}
