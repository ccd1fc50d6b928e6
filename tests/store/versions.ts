// The states between which the killed worker goes: several files that belong together, one of them large, some absent.

/** Each file with its text in this version; undefined where it does not exist. */
export function versionOf(version: number): readonly (readonly [file: string, text: string | undefined])[] {
  const line = `version: ${version}\n`;
  return [
    ['clients/acme.yaml', line.repeat(8000)],
    ['touches/acme.yaml', line],
    ['touches/even.yaml', version % 2 === 0 ? line : undefined],
    ['past/odd.yaml', version % 2 === 1 ? line : undefined],
  ];
}
