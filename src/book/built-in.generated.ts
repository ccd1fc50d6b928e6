// x
export const BUILT_IN = { emails: [] as readonly string[], scripts: [] as readonly string[] };
