// What scripts/built-in.mjs gives to the tests.
export function builtInModules(): Readonly<Record<string, string>>;
export function writeBuiltIn(): void;
