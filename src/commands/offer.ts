// `offer bump`: the committed text of an offer is frozen, so that running work keeps its plan, and the next version begins.
import type { OfferRecord } from '../book/book.ts';
import { type Bump, bumpOf, type Runs, runsOn } from '../changes/bump.ts';
import { sayChange } from '../changes/next.ts';
import { type Command, type Input, one, type Practice } from '../command.ts';
import { type Ask, changing, type Outcome, UsageError } from '../outcome.ts';
import { didYouMean } from '../problem/suggest.ts';
import { count } from '../terminal/words.ts';
import { findOfferId } from '../typed/ids.ts';

export const command: Command = {
  name: 'offer',
  arguments: [
    { name: '<what>', what: 'bump: the next version begins' },
    { name: '<offer>', what: 'an offer' },
  ],
  options: [],
  about:
    'Before you change how something is sold, its present version is put into offers/past/ as it was committed last, and ' +
    'the version is raised. Running work stays on the frozen plan until it is moved: deliver adopt. A fix for ' +
    'everybody needs no new version: just edit the offer.',
  examples: [
    { line: 'deliver offer bump audit', what: 'version 2 is kept, version 3 begins' },
    { line: 'deliver offer bump audit --dry-run', what: 'see it first' },
  ],
  changes: true,
  depth: () => 'core',
  run,
};

function run(input: Input): Outcome | Ask {
  const { practice } = input;
  const [what, written] = [one(input, 'what'), one(input, 'offer')];
  if (what === undefined) {
    const label = 'bump  freeze the present version and begin the next';
    return {
      kind: 'ask',
      argument: 'what',
      question: 'What is done with an offer?',
      choices: [{ value: 'bump', label }],
    };
  }
  if (what !== 'bump')
    throw new UsageError(
      `\`${what}\` is nothing that is done with an offer${didYouMean(what, ['bump'])}`,
      'deliver offer bump OFFER',
    );
  if (written === undefined) {
    const choices = [...practice.book.offers.values()].map((it) => ({
      value: it.id,
      label: `${it.id}  ${it.name}, version ${it.version}`,
    }));
    return { kind: 'ask', argument: 'offer', question: 'Which offer gets a new version?', choices };
  }
  const offer = offerNamed(practice, written);
  const bump = bumpOf(input, offer);
  return changing(bump.files, (after, at) => {
    const runs = runsOn(after, offer.id, bump.frozen);
    return {
      ...sayChange('offer', {
        changed: [
          { what: frozenWords(bump), at: at(bump.frozenFile, []) },
          { what: versionWords(bump), at: at(offer.file, ['version']) },
          ...runWords(bump, runs, after, at),
        ],
        next: { ref: offer.file, text: nextWords(bump, runs) },
      }),
    };
  });
}

/** By its id or a unique beginning of it. Throws UsageError. */
function offerNamed({ book }: Practice, written: string): OfferRecord {
  const [id = ''] = written.split('@');
  const offer = book.offers.get(findOfferId(book, id));
  if (!offer) throw new Error(`no offer ${id}`);
  return offer;
}

function frozenWords({ offer, frozen, isThere, source }: Bump): string {
  const how = isThere
    ? 'was frozen before'
    : 'commit' in source
      ? `frozen as committed in ${source.commit.slice(0, 7)}`
      : `frozen as it is now (${source.present})`;
  return `${offer.name}: version ${frozen} ${how}`;
}

const versionWords = ({ offer, version, isRaised }: Bump): string =>
  isRaised
    ? `${offer.name}: version ${version}, as it was raised by hand before`
    : `${offer.name}: version ${version} begins`;

type At = (file: string, path: readonly (string | number)[]) => string;

function runWords({ offer, frozen, frozenFile, version }: Bump, runs: Runs, after: Practice, at: At) {
  const stays = runs.on.length === 1 ? 'stays' : 'stay';
  const what = `${count(runs.on.length, 'running engagement')} ${stays} on version ${frozen}: ${runs.on.join(', ')}`;
  const on = runs.on.length === 0 ? [] : [{ what, at: at(frozenFile, []) }];
  const loose = runs.unversioned.map((ref) => {
    const [client = '', engagement = ''] = ref.split('/');
    const file = after.book.clients.get(client)?.file ?? `clients/${client}.yaml`;
    return {
      what: `note: ${ref} names no version, so it follows version ${version} and every edit; to keep it on the old plan write offer: ${offer.id}@${frozen}`,
      at: at(file, ['engagements', engagement, 'offer']),
    };
  });
  return [...on, ...loose];
}

function nextWords({ offer }: Bump, { on }: Runs): string {
  const first = on[0];
  const then = first === undefined ? '' : `; when running work should follow: deliver adopt ${first}`;
  return `edit ${offer.file}${then}`;
}
