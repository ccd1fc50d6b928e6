// What changes record for measuring: hours taken, answers from 0 to 10, yes or no, and who caused a delay. Knows no record.
import { type Option, type Options, textOption } from '../command.ts';
import { UsageError } from '../outcome.ts';
import { didYouMean } from '../problem/suggest.ts';
import { readEffort } from '../records/languages.ts';

export const TOOK: Option = { flags: '--took <effort>', what: 'the time it really took: 45min, 2h' };
export const BECAUSE: Option = { flags: '--because <who>', what: 'who caused it: us or client (default: client)' };

/** `--took`, as it is written in the files. */
export function tookIn(options: Options): string | undefined {
  const written = textOption(options, 'took')?.trim();
  if (written === undefined) return undefined;
  const effort = readEffort(written);
  if ('value' in effort) return written;
  const meant = effort.fault.suggestion === undefined ? '' : `, did you mean \`${effort.fault.suggestion}\`?`;
  throw new UsageError(`\`${written}\` is not a valid length of time${meant}`, 'write --took 45min or --took 2h');
}

export function becauseIn(options: Options): 'us' | 'client' | undefined {
  const written = textOption(options, 'because');
  if (written === undefined || written === 'us' || written === 'client') return written;
  throw new UsageError(`--because is us or client, not \`${written}\``);
}

/** A whole number from 0 to 10. */
export function scoreFrom(written: string, flag: string): number {
  const score = /^\d{1,2}$/.test(written.trim()) ? Number(written) : Number.NaN;
  if (score <= 10) return score;
  throw new UsageError(`\`${written}\` is not a whole number from 0 to 10`, `write ${flag}`);
}

/** `reply=8,phone=10`, each id once and among the known ones. */
export function pairsIn(
  written: string,
  known: readonly string[],
  noun: string,
): readonly (readonly [string, string])[] {
  const pairs = written
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part): readonly [string, string] => {
      const [id = '', value] = part.split('=').map((each) => each.trim());
      if (!known.includes(id)) {
        const hint = known.length === 0 ? undefined : `one of ${known.join(', ')}`;
        throw new UsageError(`there is no ${noun} \`${id}\`${didYouMean(id, known)}`, hint);
      }
      if (value === undefined || value === '') throw new UsageError(`\`${part}\` has no value`, `write ${id}=VALUE`);
      return [id, value];
    });
  const twice = pairs.find(([id], at) => pairs.findIndex(([other]) => other === id) !== at);
  if (twice) throw new UsageError(`\`${twice[0]}\` is given twice`);
  return pairs;
}
