// How long work takes on a machine that has other things to do: compared with itself, never with a clock alone.
import { expect } from 'vitest';

/** In milliseconds, the shortest of several tries: a machine that is busy is not busy every time. */
function shortest(work: () => unknown): number {
  const times = Array.from({ length: 7 }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  // Less than that is noise.
  return Math.max(5, Math.min(...times));
}

/** Ten times as much takes about ten times as long. A square would be a hundred times. */
export function expectLinear(work: (size: number) => unknown, size: number): void {
  const tenth = shortest(() => work(size / 10));
  expect(shortest(() => work(size)) / tenth).toBeLessThan(40);
}
