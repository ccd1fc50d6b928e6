// Command lines for a damaged practice: every command, with names that stand in most practices, and some that stand nowhere.
import { COMMANDS } from '../../src/commands/all.ts';
import type { Random } from './random.ts';

const NAMES: Readonly<Record<string, readonly string[]>> = {
  client: ['acme', 'beta', 'acme-north', 'ivy', 'ac'],
  step: ['acme/welcome', 'welcome', 'acme/audit-2026/report', 'report', 'beta/workshop', 'data-access'],
  engagement: ['acme/audit-2026', 'audit-2026', 'acme'],
  offer: ['audit', 'retainer', 'offboarding', 'audit@1'],
  template: ['welcome', 'chase-gentle', 'thank-you', 'transition-letter'],
  script: ['check-in', 'letting-go', 'discovery'],
  ref: [
    'acme',
    'acme/welcome',
    'acme/promise/deck',
    'acme/issue/x',
    'audit',
    'acme/touch/review',
    'fernhill',
    'check-in',
    'A',
  ],
  kind: [
    'call',
    'review',
    'check-in',
    'clients',
    'steps',
    'promises',
    'touches',
    'offers',
    'emails',
    'client',
    'offer',
  ],
  segment: ['A', 'B', 'C'],
  what: ['bump', 'setup'],
  shell: ['bash', 'zsh', 'fish'],
  rev: ['HEAD', '2w', 'acme'],
};
const OTHERS = ['x', '', '-', '--', '2026-11-23', '.', '../x', '{{x}}', '\u001b[1m', 'ä', '999999', 'a/b/c/d'];

const FLAGS = [
  ...[
    '--json',
    '--dry-run',
    '--all',
    '--no-input',
    '-q',
    '--md',
    '--anyway',
    '--strict',
    '--client acme',
    '--owner sam',
  ],
  ...[
    '--due 2026-12-01',
    '--on 2026-11-20',
    '--to 2027-01-01',
    '--why Later',
    '--by 2026-12-01',
    '--kept',
    '--note Hello',
  ],
  ...[
    '--offer audit',
    '--step acme/welcome',
    '--with ada',
    '--partner fernhill',
    '--reason misfit',
    '--within 30d',
    '--as kit',
  ],
  ...['--out drafts', '--eml', '--since HEAD', '--today 2026-02-30', '--today 2030-01-01'],
];

/** Commands that are about the machine or a new folder read no damage. */
const OURS = COMMANDS.filter(({ name }) => !['init', 'completion', 'doctor', 'git'].includes(name));

export function commandLine(random: Random): readonly string[] {
  const { name, usage } = random.one(OURS);
  const named = (usage.match(/[<[][a-z-]+/g) ?? []).flatMap((each) => {
    if (each.startsWith('[') && random.chance(0.3)) return [];
    return [random.chance(0.08) ? random.one(OTHERS) : random.one(namesOf(each.slice(1)))];
  });
  const flags = random.chance(0.6) ? random.some(FLAGS, 2).flatMap((flag) => flag.split(' ')) : [];
  return [name, ...named, ...flags];
}

const namesOf = (argument: string): readonly string[] =>
  NAMES[argument] ?? NAMES[argument.split('-')[0] ?? ''] ?? NAMES.ref ?? [];
