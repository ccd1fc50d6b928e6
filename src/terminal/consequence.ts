// What an error takes out of a report, in words. Knows the Book and its removals, not how problems are placed.
import { type Book, EVERY, type Removal } from '../book/book.ts';
import { planOf } from '../book/plan.ts';

const NOT_LISTED = 'NOT in the lists below';

/** One sentence without a full stop; undefined when nothing a report shows is missing. */
export function consequenceOf(book: Book, removal: Removal): string | undefined {
  if (removal.id === EVERY) return WITHOUT_ANY[removal.kind];
  const [section, entry, ...deeper] = removal.path.map(String);
  switch (removal.kind) {
    case 'practice':
      return practiceConsequence(removal.path.map(String));
    case 'service':
      return serviceConsequence(section, entry, deeper);
    case 'offer':
    case 'past-offer':
      return offerConsequence(book, removal);
    case 'client':
      return clientConsequence(book, removal);
    case 'touches':
      return section === undefined
        ? `when ${nameOf(book, removal.id)} was last contacted is unknown: ${NOT_LISTED} under Reach out and Dates`
        : section !== undefined && entry !== undefined
          ? `the \`${entry}\` of this touch is not used`
          : 'this touch is not counted';
    default:
      return `${removal.id} cannot be used`;
  }
}

/** When no record of the kind could be read. */
const WITHOUT_ANY: Readonly<Partial<Record<Removal['kind'], string>>> = {
  client: `no client is in the lists below`,
  touches: `when clients were last contacted is unknown: they are ${NOT_LISTED} under Reach out and Dates`,
  offer: `what runs on an offer is ${NOT_LISTED}`,
  'past-offer': `what runs on an earlier version of an offer is ${NOT_LISTED}`,
  script: 'no script of yours can be used',
  email: 'no e-mail template of yours can be used',
  partner: 'no partner can be proposed',
};

function practiceConsequence(path: readonly string[]): string {
  const [section, entry] = path;
  if (section === undefined) return 'nothing can be worked out without it';
  if (section === 'calendar')
    return `the dates below are worked out without it${entry === undefined ? '' : ` (${entry})`}`;
  if (section === 'time_zone') return 'today is taken in UTC';
  return notUsed(path);
}

const notUsed = (path: readonly (string | undefined)[]): string =>
  `\`${path.filter((it) => it !== undefined).join('.')}\` is not used`;

function serviceConsequence(section: string | undefined, entry: string | undefined, deeper: readonly string[]): string {
  if (section === undefined) return 'no cadences, birthdays or reminders are in the lists below';
  if (deeper.length > 0 && deeper[0] !== 'cadence') return notUsed([section, entry, ...deeper]);
  if (section === 'segments' && deeper[0] === 'cadence') return `the ${deeper[1]} of segment ${entry} is ${NOT_LISTED}`;
  if (section === 'segments') return `the cadences of segment ${entry ?? 'A to Z'} are ${NOT_LISTED}`;
  if (section === 'touches') return `the ${entry} cadence is ${NOT_LISTED}`;
  if (section === 'chase') return `reminders are ${NOT_LISTED}`;
  return notUsed([section, entry]);
}

function offerConsequence(book: Book, { kind, id, path }: Removal): string {
  const step = path.at(-2) === 'steps' ? path.at(-1) : undefined;
  if (step !== undefined) return `step ${step} of ${book.offers.get(id)?.name ?? id} is ${NOT_LISTED}`;
  if (path.length > 0) return notUsed(path.map(String));
  const running = [...book.clients.values()].flatMap((client) =>
    Object.entries(client.engagements ?? {})
      .filter(([, it]) => it.ended === undefined && it.offer && isOn(book, it.offer, kind, id))
      .map(([engagement]) => `${client.id}/${engagement}`),
  );
  return running.length === 0
    ? 'nothing runs on it'
    : `${running.join(', ')} ${running.length === 1 ? 'is' : 'are'} ${NOT_LISTED}`;
}

function isOn(
  book: Book,
  ref: { readonly id: string; readonly version: number | undefined },
  kind: Removal['kind'],
  id: string,
): boolean {
  if (kind === 'past-offer') return `${ref.id}@${ref.version}` === id;
  return ref.id === id && !book.pastOffers.has(`${id}@${ref.version}`);
}

function clientConsequence(book: Book, { id, path }: Removal): string {
  const name = nameOf(book, id);
  const [section, entry, part, inner] = path.map(String);
  if (section === undefined) return `${name} is ${NOT_LISTED}`;
  if (section === 'engagements' && entry !== undefined) return engagementConsequence(book, id, path.map(String));
  if (section === 'contacts' && part === 'birthday') {
    const contact = book.clients.get(id)?.contacts?.[entry ?? '']?.name ?? entry;
    return `the birthday of ${contact} (${name}) is ${NOT_LISTED}`;
  }
  if (part !== undefined) return `${notUsed([part, inner])} for ${id}/${entry}`;
  if (LISTED.has(section))
    return entry === undefined
      ? `the ${section} of ${name} are ${NOT_LISTED}`
      : `${id}/${section.slice(0, -1)}/${entry} is ${NOT_LISTED}`;
  if (section === 'cadence')
    return entry === undefined
      ? `the cadences of ${name} are ${NOT_LISTED}`
      : `the ${entry} of ${name} is ${NOT_LISTED}`;
  if (section === 'snooze' || section === 'pause') return `${name} is not quiet`;
  return `\`${[section, entry].filter((it) => it !== undefined).join('.')}\` of ${name} is not used`;
}

/** Sections whose entries are lines of a report. */
const LISTED: ReadonlySet<string> = new Set(['promises', 'issues', 'engagements']);

/** Of a part of one engagement, or of all of it. */
function engagementConsequence(book: Book, client: string, [, id, part, entry, ...value]: readonly string[]): string {
  const ref = `${client}/${id}`;
  if (part === undefined) return `${ref} is ${NOT_LISTED}`;
  if (part === 'steps' && entry === undefined) return `what is written of the steps of ${ref} is not counted`;
  if (part === 'steps' && value.length > 0) return `${notUsed(value)} for ${ref}/${entry}`;
  if (part === 'steps' && isGone(book, client, id, entry)) return `${ref}/${entry} is ${NOT_LISTED}`;
  if (part === 'steps') return `what is written of ${ref}/${entry} is not counted`;
  if (part === 'milestones' && entry !== undefined) return `steps of ${ref} that count from ${entry} have no day`;
  return `${notUsed([part, entry, ...value])} for ${ref}`;
}

/** An extra step is only in the client's file, so the whole step is missing. */
function isGone(book: Book, id: string, engagement: string | undefined, step: string | undefined): boolean {
  const client = book.clients.get(id);
  const plan = client && planOf(book, client, engagement ?? '');
  return !plan?.steps.some((it) => it.id === step || it.progressPath.at(-1) === step);
}

/** The client's name; of a record that is not in the Book what its file says in a line `name:`. */
function nameOf(book: Book, id: string): string {
  const known = book.clients.get(id)?.name;
  if (known !== undefined) return known;
  const written = /^name:[ \t]*(?:"([^"\n]+)"|'([^'\n]+)'|([^#\n]+))/m.exec(
    book.sources.get(`clients/${id}.yaml`)?.text ?? '',
  );
  return (written?.[1] ?? written?.[2] ?? written?.[3] ?? id).trim() || id;
}
