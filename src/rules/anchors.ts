// due/unknown-anchor: a due day that counts from something that is no step and no milestone here.
import type { Book } from '../book/book.ts';
import type { DataPath, Problem } from '../problem/problem.ts';
import { nearest } from '../problem/suggest.ts';
import type { Due } from '../records/languages.ts';
import { among } from './directory.ts';
import { type CheckedEngagement, isLostStep, milestoneIds, pathIn, removeIn, stepNames } from './engagements.ts';
import { type CheckedOffer, isLostInOffer, pathOf, removeStep } from './offers.ts';
import type { Breach, Rule } from './rule.ts';

export const anchors: Rule = () => ({
  inPractice: ({ book, offers }) => offers.flatMap((each) => inOffer(book, each)),
  inClient: ({ book, engagements }) => engagements.flatMap((each) => inEngagement(book, each)),
});

function inOffer(book: Book, checked: CheckedOffer): readonly Breach[] {
  const { offer } = checked;
  const ids = new Set(['start', ...Object.keys(offer.milestones), ...offer.steps.map((step) => step.id)]);
  const unusual = Object.entries(offer.milestones).flatMap(([id, { usual }]): readonly Breach[] => {
    const anchor = anchorOf(usual);
    if (anchor === undefined || ids.has(anchor) || isLostInOffer(book, offer, anchor)) return [];
    const path = ['milestones', id, 'usual'];
    return [
      {
        problem: unknownAnchor(usual, ids, id, offer.file, path),
        removes: [{ kind: checked.kind, id: offer.id, file: offer.file, path }],
      },
    ];
  });
  const steps = offer.steps.flatMap((step): readonly Breach[] => {
    const anchor = anchorOf(step.due);
    if (anchor === undefined || ids.has(anchor) || isLostInOffer(book, offer, anchor)) return [];
    const problem = unknownAnchor(step.due, ids, step.id, offer.file, pathOf(step, 'due'));
    return [{ problem, removes: removeStep(checked, step) }];
  });
  return [...unusual, ...steps];
}

function inEngagement(book: Book, each: CheckedEngagement): readonly Breach[] {
  const entries = each.tailored.filter(([, step]) => step.due?.kind === 'anchor');
  if (entries.length === 0 || !each.isWhole) return [];
  const { offer } = each;
  const ids = new Set(['start', ...milestoneIds(each), ...stepNames(each).keys()]);
  const isLost = (id: string): boolean =>
    isLostStep(book, each, id) || (offer !== undefined && isLostInOffer(book, offer, id));
  return entries.flatMap(([step, { due }]) => {
    const anchor = anchorOf(due);
    if (anchor === undefined || ids.has(anchor) || isLost(anchor)) return [];
    const problem = unknownAnchor(due, ids, step, each.client.file, pathIn(each, 'steps', step, 'due'));
    return [{ problem, removes: removeIn(each, 'steps', step) }];
  });
}

const anchorOf = (due: Due | undefined): string | undefined => (due?.kind === 'anchor' ? due.anchor : undefined);

function unknownAnchor(
  due: Due | undefined,
  ids: ReadonlySet<string>,
  self: string,
  file: string,
  path: DataPath,
): Problem {
  const anchor = anchorOf(due) ?? '';
  const others = [...ids].filter((id) => id !== self);
  const near = nearest(anchor, others);
  const list = among(others, 'a due day counts from `start`, a milestone or a step');
  return {
    code: 'due/unknown-anchor',
    args: { anchor, ...(near === undefined ? { help: list() } : {}) },
    place: { file, path, within: [0, anchor.length] },
    ...(near === undefined ? {} : { suggestion: `${near}${(due?.text ?? '').slice(anchor.length)}` }),
  };
}
