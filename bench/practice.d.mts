export const TODAY: string;
export function practiceFiles(clients: number, seed?: number): Generator<readonly [path: string, text: string]>;
