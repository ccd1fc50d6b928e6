// due/unknown-anchor: a due day that counts from something that is no step and no milestone here.
import type { Book } from '../book/book.ts';
import { isLostInOffer } from '../book/lost.ts';
import type { DataPath, Problem } from '../problem/problem.ts';
import type { Suggest } from '../problem/suggest.ts';
import type { Due } from '../records/languages.ts';
import type { Breach } from './breach.ts';
import { among } from './directory.ts';
import { type CheckedEngagement, isLostStep, milestoneIds, pathIn, removeIn, stepNames } from './engagements.ts';
import { type CheckedOffer, pathOf, removeStep } from './offers.ts';
import type { Rule } from './rule.ts';

export const anchors: Rule = (book) => {
  const { suggest } = book.known;
  return [
    ...book.offersInUse.flatMap((each) => inOffer(book, suggest, each)),
    ...book.engagements.flatMap((each) => inEngagement(book, suggest, each)),
  ];
};

function inOffer(book: Book, suggest: Suggest, checked: CheckedOffer): readonly Breach[] {
  const { offer } = checked;
  const ids = new Set(['start', ...Object.keys(offer.milestones), ...offer.steps.map((step) => step.id)]);
  const unusual = Object.entries(offer.milestones).flatMap(([id, { usual }]): readonly Breach[] => {
    const anchor = anchorOf(usual);
    if (anchor === undefined || ids.has(anchor) || isLostInOffer(book, offer, anchor)) return [];
    const path = ['milestones', id, 'usual'];
    return [
      {
        problem: unknownAnchor(suggest, usual, ids, id, offer.file, path),
        removes: [{ kind: checked.kind, id: offer.id, file: offer.file, path }],
      },
    ];
  });
  const steps = offer.steps.flatMap((step): readonly Breach[] => {
    const anchor = anchorOf(step.due);
    if (anchor === undefined || ids.has(anchor) || isLostInOffer(book, offer, anchor)) return [];
    const problem = unknownAnchor(suggest, step.due, ids, step.id, offer.file, pathOf(step, 'due'));
    return [{ problem, removes: removeStep(checked, step) }];
  });
  return [...unusual, ...steps];
}

function inEngagement(book: Book, suggest: Suggest, each: CheckedEngagement): readonly Breach[] {
  const entries = each.tailored.filter(([, step]) => step.due?.kind === 'anchor');
  if (entries.length === 0 || !each.isWhole) return [];
  const { offer } = each;
  const ids = new Set(['start', ...milestoneIds(each), ...stepNames(each).keys()]);
  const isLost = (id: string): boolean =>
    isLostStep(book, each, id) || (offer !== undefined && isLostInOffer(book, offer, id));
  return entries.flatMap(([step, { due }]) => {
    const anchor = anchorOf(due);
    if (anchor === undefined || ids.has(anchor) || isLost(anchor)) return [];
    const problem = unknownAnchor(suggest, due, ids, step, each.client.file, pathIn(each, 'steps', step, 'due'));
    return [{ problem, removes: removeIn(each, 'steps', step) }];
  });
}

const anchorOf = (due: Due | undefined): string | undefined => (due?.kind === 'anchor' ? due.anchor : undefined);

function unknownAnchor(
  suggest: Suggest,
  due: Due | undefined,
  ids: ReadonlySet<string>,
  self: string,
  file: string,
  path: DataPath,
): Problem {
  const anchor = anchorOf(due) ?? '';
  const isOther = (id: string): boolean => id !== self;
  const near = suggest(anchor, ids, isOther);
  const list = among(ids, 'a due day counts from `start`, a milestone or a step', isOther);
  return {
    code: 'due/unknown-anchor',
    args: { anchor, ...(near === undefined ? { help: list() } : {}) },
    place: { file, path, within: [0, anchor.length] },
    ...(near === undefined ? {} : { suggestion: `${near}${(due?.text ?? '').slice(anchor.length)}` }),
  };
}
