// How many random cases a property tries: a fifth in `npm test`, all of them with DEEP=1 (CI), many times more with SOAK=1.
const IS_DEEP = process.env.DEEP === '1' || process.env.SOAK === '1';

export const runs = (full: number): number => (IS_DEEP ? full : Math.max(3, Math.ceil(full / 5)));
