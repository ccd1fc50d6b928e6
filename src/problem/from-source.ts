// What is wrong with a text, as problems of its file. Knows no record.
import type { SourceFault } from '../source/fault.ts';
import type { Problem } from './problem.ts';

export function fromSource(file: string, fault: SourceFault): Problem {
  const { code, span, says, help, path, suggestion, related } = fault;
  return {
    code,
    args: { ...fault.args, ...(says !== undefined && { says }), ...(help !== undefined && { help }) },
    // The span says where to look; the path, what cannot be trusted.
    place: { file, span, ...(path && { path }) },
    ...(suggestion !== undefined && { suggestion }),
    ...(related && { related: related.map((each) => ({ place: { file, span: each.span }, message: each.says })) }),
  };
}
