// A timeline: days down the left, what happened beside them, who at the end. Knows neither records nor commits.
import type { Day } from '../day.ts';
import { type Block, type Line, line, span } from './ink.ts';
import { displayWidth, padToWidth } from './width.ts';
import { longDate, wrap } from './words.ts';

export type Moment = {
  readonly day: Day;
  /** One word. */
  readonly kind: string;
  readonly text: string;
  readonly by: string | undefined;
  /** Written more quietly: it stands for others. */
  readonly isAside: boolean;
};

const GAP = '  ';
/** Below this many columns the text goes below its day. */
const NARROW = 60;

/** A day is written once, beside the first thing that happened on it. */
export function renderTimeline(moments: readonly Moment[], today: Day, columns: number | undefined): Block {
  const days = moments.map(({ day }) => longDate(day, today));
  const dayWidth = Math.max(0, ...days.map(displayWidth));
  const kindWidth = Math.max(0, ...moments.map(({ kind }) => displayWidth(kind)));
  const isNarrow = columns !== undefined && columns < NARROW;
  const lead = isNarrow ? 2 : dayWidth + kindWidth + 2 * GAP.length;
  return moments.flatMap((moment, i): Block => {
    const day = days[i] === days[i - 1] ? '' : (days[i] ?? '');
    const said = `${moment.text}${moment.by === undefined ? '' : ` (${moment.by})`}`;
    const texts = wrap(said, columns === undefined ? undefined : columns - lead, '');
    const shown = (text: string): Line => [moment.isAside ? span(text, 'dim') : text];
    const head: Line = [span(padToWidth(day, dayWidth), 'bold'), GAP, span(padToWidth(moment.kind, kindWidth), 'cyan')];
    if (isNarrow) {
      const first =
        day === '' ? line('  ', span(moment.kind, 'cyan')) : line(span(day, 'bold'), GAP, span(moment.kind, 'cyan'));
      return [first, ...texts.map((text) => line('  ', ...shown(text)))];
    }
    const [first = '', ...rest] = texts;
    return [[...head, GAP, ...shown(first)], ...rest.map((text) => line(' '.repeat(lead), ...shown(text)))];
  });
}
