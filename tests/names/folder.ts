// A random practice folder whose names begin alike, random damage to it, and a plain reading of which names still stand in
// it: by lines and indentation alone, so that it shares nothing with the program.
import fc from 'fast-check';

export type Files = Readonly<Record<string, string>>;
export const TODAY = '2026-12-28';

const POOL = ['mo', 'mor', 'mora', 'morab', 'so', 'sol', 'sola', 'be', 'bee', 'been'] as const;
const some = (least: number, most: number) =>
  fc.uniqueArray(fc.constantFrom(...POOL), { minLength: least, maxLength: most });

const engagement = fc.record({
  id: fc.constantFrom(...POOL),
  offer: fc.nat(9),
  isEnded: fc.boolean(),
  done: some(0, 2),
  extra: some(0, 2),
});

const client = fc.record({
  contacts: some(1, 3),
  promises: fc.uniqueArray(fc.tuple(fc.constantFrom(...POOL), fc.boolean()), { selector: ([id]) => id, maxLength: 4 }),
  issues: some(0, 3),
  occasions: some(0, 2),
  engagements: fc.uniqueArray(engagement, { selector: (it) => it.id, maxLength: 3 }),
});

/** The files of a practice without an error. */
export const anyFolder: fc.Arbitrary<Files> = fc
  .record({
    ids: some(2, 4),
    clients: fc.array(client, { minLength: 4, maxLength: 4 }),
    offers: fc.uniqueArray(fc.tuple(fc.constantFrom(...POOL), some(1, 4)), {
      selector: ([id]) => id,
      minLength: 1,
      maxLength: 3,
    }),
    partners: some(1, 3),
    emails: some(1, 3),
    scripts: some(1, 3),
    people: some(2, 3),
    segments: some(2, 3),
    kinds: some(1, 3),
    rungs: some(1, 3),
  })
  .map((it) => {
    const files: Record<string, string> = {
      'deliver.yaml': [
        'format: 1',
        'practice: Northlight',
        'people:',
        ...it.people.map((id) => `  ${id}: {name: P ${id}, email: ${id}@north.example}`),
        'time_zone: UTC',
      ].join('\n'),
      'service.yaml': [
        'touches:',
        ...it.kinds.map((id) => `  ${id}: {title: K ${id}}`),
        'segments:',
        ...it.segments.map(
          (id) => `  ${id}: {title: S ${id}, cadence: {${it.kinds.map((kind) => `${kind}: 3m`).join(', ')}}}`,
        ),
        'chase:',
        ...it.rungs.map((id, i) => `  ${id}: {when: due + ${i + 1}d, email: ${it.emails[0]}}`),
      ].join('\n'),
    };
    for (const [id, steps] of it.offers)
      files[`offers/${id}.yaml`] = [
        `name: O ${id}`,
        'steps:',
        ...steps.map((step, i) => `  ${step}: {title: T ${step}, due: start + ${i + 1}d}`),
      ].join('\n');
    for (const id of it.partners)
      files[`partners/${id}.yaml`] = [`name: Partner ${id}`, 'agreed: 2026-01-01'].join('\n');
    for (const id of it.emails)
      files[`emails/${id}.md`] = ['---', `subject: E ${id}`, '---', `Hi {{contact.first_name}}.`].join('\n');
    for (const id of it.scripts)
      files[`scripts/${id}.yaml`] = [`title: Talk ${id}`, 'beats:', '  - say: Hello.'].join('\n');
    it.ids.forEach((id, i) => {
      const own = it.clients[i];
      if (!own) return;
      const block = (key: string, lines: readonly string[]): readonly string[] =>
        lines.length === 0 ? [] : [`${key}:`, ...lines];
      files[`clients/${id}.yaml`] = [
        `name: C ${id}`,
        `segment: ${it.segments[0]}`,
        'since: 2026-01-05',
        ...block(
          'contacts',
          own.contacts.map((each) => `  ${each}: {name: N ${each}, email: ${each}@c.example}`),
        ),
        ...block(
          'promises',
          own.promises.map(
            ([each, isKept]) =>
              `  ${each}: {what: W ${each}, made: 2026-11-01, by: 2026-12-20${isKept ? ', kept: 2026-12-01' : ''}}`,
          ),
        ),
        ...block(
          'issues',
          own.issues.map((each) => `  ${each}: {what: I ${each}, since: 2026-11-01}`),
        ),
        ...block(
          'occasions',
          own.occasions.map((each) => `  ${each}: {title: D ${each}, date: 2026-12-30}`),
        ),
        ...block(
          'engagements',
          own.engagements.flatMap((each) => {
            const [offer = 'x', steps = []] = it.offers[each.offer % it.offers.length] ?? [];
            const progress = [
              ...steps.filter((step) => each.done.includes(step)).map((step) => `      ${step}: {done: 2026-12-16}`),
              ...each.extra
                .filter((step) => !steps.includes(step))
                .map((step) => `      ${step}: {title: X ${step}, due: start + 9d}`),
            ];
            return [
              `  ${each.id}:`,
              `    offer: ${offer}@1`,
              '    started: 2026-12-14',
              ...(each.isEnded ? ['    ended: 2026-12-20'] : []),
              ...(progress.length === 0 ? [] : ['    steps:', ...progress]),
            ];
          }),
        ),
      ].join('\n');
      files[`touches/${id}.yaml`] = '- {date: 2026-12-01, kind: call}';
    });
    return Object.fromEntries(Object.entries(files).map(([file, text]) => [file, `${text}\n`]));
  });

const BYTES = ['"', "'", '{', '}', '[', ']', '\t', '\u0000', '&', '*', '@', '%', ': ', ', ', '<<<<<<< HEAD\n'];
const VALUES = ['2026-13-45', '[x]', '{x: 1}', 'nope', '', '2027-06-01', '17', 'true', ...POOL];
const damage = fc.record({
  file: fc.nat(99),
  at: fc.nat(9999),
  how: fc.oneof(
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('bytes' as const), text: fc.constantFrom(...BYTES) }) },
    { weight: 6, arbitrary: fc.record({ kind: fc.constant('value' as const), text: fc.constantFrom(...VALUES) }) },
    fc.record({ kind: fc.constant('key' as const), text: fc.constantFrom('colour', 'titel', 'nam') }),
    fc.record({ kind: fc.constant('line' as const), text: fc.constantFrom('drop', 'twice', 'indent', 'outdent') }),
    fc.record({ kind: fc.constant('file' as const), text: fc.constantFrom('', '\u0000', 'just text\n', '- a list\n') }),
  ),
});
type Damage = typeof damage extends fc.Arbitrary<infer T> ? T : never;
export const anyDamage = fc.array(damage, { minLength: 1, maxLength: 3 });

/** Damage to the files; at most once to each, so that what one breaks the next does not mend. */
export function damaged(files: Files, damages: readonly Damage[]): Files {
  // Most of it hits clients: they have the most names.
  const clients = Object.keys(files).filter((file) => file.startsWith('clients/'));
  const names = [...Object.keys(files), ...clients, ...clients, ...clients];
  const now: Record<string, string> = { ...files };
  for (const { file, at, how } of damages) {
    const name = names[file % names.length] ?? '';
    if (now[name] === files[name]) now[name] = harm(now[name] ?? '', at, how);
  }
  return now;
}

function harm(text: string, at: number, { kind, text: by }: Damage['how']): string {
  if (kind === 'file') return by;
  if (kind === 'bytes') return text.slice(0, at % text.length) + by + text.slice(at % text.length);
  if (kind === 'line') {
    const lines = text.split('\n');
    const i = at % lines.length;
    const line = lines[i] ?? '';
    const changed = { drop: [], twice: [line, line], indent: [`  ${line}`], outdent: [line.replace(/^ {2}/, '')] }[
      by
    ] ?? [line];
    return lines.toSpliced(i, 1, ...changed).join('\n');
  }
  // Names are left as they are: those of entries are keys alone on their line, or before a brace.
  const places =
    kind === 'value'
      ? [...text.matchAll(/(?<=: )[^\s{},][^{},\n]*/g)]
      : [...text.matchAll(/(?<=[{,] ?)[a-z_]+(?=: )/g)];
  const place = places[at % Math.max(1, places.length)];
  return place ? text.slice(0, place.index) + by + text.slice(place.index + place[0].length) : text;
}

export type Work = {
  readonly isEnded: boolean;
  readonly steps: readonly string[];
  readonly written: readonly string[];
};
export type Entries = Readonly<Record<'contacts' | 'promises' | 'issues' | 'occasions', readonly string[]>> & {
  readonly kept: readonly string[];
  readonly engagements: ReadonlyMap<string, Work>;
};

/** The names that stand in a folder. */
export type Standing = {
  readonly clients: ReadonlyMap<string, Entries>;
  readonly offers: ReadonlyMap<string, readonly string[]>;
  readonly partners: readonly string[];
  readonly emails: readonly string[];
  readonly scripts: readonly string[];
  readonly people: readonly string[];
  readonly segments: readonly string[];
  readonly kinds: readonly string[];
  readonly rungs: readonly string[];
};

export function standingIn(files: Files): Standing {
  const idsIn = (folder: string): readonly string[] =>
    Object.keys(files).flatMap((file) => new RegExp(`^${folder}/(.+)\\.(?:yaml|md)$`).exec(file)?.[1] ?? []);
  const entries = (file: string, key: string) => keysUnder(files[file] ?? '', key);
  const offers = new Map(idsIn('offers').map((id) => [id, entries(`offers/${id}.yaml`, 'steps')]));
  return {
    clients: new Map(idsIn('clients').map((id) => [id, clientIn(files[`clients/${id}.yaml`] ?? '', offers)])),
    offers,
    partners: idsIn('partners'),
    emails: idsIn('emails'),
    scripts: idsIn('scripts'),
    people: entries('deliver.yaml', 'people'),
    segments: entries('service.yaml', 'segments'),
    kinds: entries('service.yaml', 'touches'),
    rungs: entries('service.yaml', 'chase'),
  };
}

function clientIn(text: string, offers: ReadonlyMap<string, readonly string[]>): Entries {
  const lines = linesUnder(text, 'engagements');
  const engagements = new Map<string, Work>();
  let id: string | undefined;
  for (const line of lines) {
    const own = /^ {2}([a-z]+):/.exec(line)?.[1];
    if (own !== undefined) id = own;
    if (own !== undefined && !engagements.has(own)) engagements.set(own, { isEnded: false, steps: [], written: [] });
    const work = id === undefined ? undefined : engagements.get(id);
    if (id === undefined || !work) continue;
    const offer = /^ {4}offer: ([a-z]+)@1$/.exec(line)?.[1];
    const step = /^ {6}([a-z]+):/.exec(line)?.[1];
    if (offer !== undefined) engagements.set(id, { ...work, steps: [...(offers.get(offer) ?? []), ...work.steps] });
    if (/^ {4}ended: 2026-12-20$/.test(line)) engagements.set(id, { ...work, isEnded: true });
    if (step !== undefined)
      engagements.set(id, { ...work, steps: [...work.steps, step], written: [...work.written, step] });
  }
  return {
    contacts: keysUnder(text, 'contacts'),
    promises: keysUnder(text, 'promises'),
    issues: keysUnder(text, 'issues'),
    occasions: keysUnder(text, 'occasions'),
    kept: linesUnder(text, 'promises').flatMap((line) => /^ {2}([a-z]+):.*kept: 2026/.exec(line)?.[1] ?? []),
    engagements,
  };
}

const linesUnder = (text: string, key: string): readonly string[] => {
  const lines = text.split('\n');
  const from = lines.indexOf(`${key}:`);
  const length = from < 0 ? 0 : lines.slice(from + 1).findIndex((line) => /^\S/.test(line));
  return from < 0 ? [] : lines.slice(from + 1, length < 0 ? undefined : from + 1 + length);
};

const keysUnder = (text: string, key: string): readonly string[] => [
  ...new Set(linesUnder(text, key).flatMap((line) => /^ {2}([a-z]+):/.exec(line)?.[1] ?? [])),
];

/** A word that may be typed: a name that stands somewhere or any other, in full or only its beginning. */
export type Word = { readonly at: number; readonly cut: number };
export const anyWord: fc.Arbitrary<Word> = fc.record({ at: fc.nat(99), cut: fc.oneof(fc.constant(0), fc.nat(3)) });

export function wordFrom(names: readonly string[], { at, cut }: Word): string {
  const all = [...names, ...names, ...POOL];
  const name = all[at % all.length] ?? '';
  return cut === 0 ? name : name.slice(0, cut);
}
