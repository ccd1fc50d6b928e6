// docs/letters.md says what the tables of the program say. `UPDATE=1` writes it.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { BUILT_IN } from '../../src/book/built-in.generated.ts';
import { builtInRecord } from '../../src/letters/built-in.ts';
import { PARTIALS } from '../../src/letters/expressions.ts';
import { FUNCTIONS } from '../../src/letters/functions.ts';
import { HOMES } from '../../src/letters/homes.ts';
import { VARIABLES } from '../../src/letters/variables.ts';
import { LETTER_CONDITIONS } from '../../src/records/email.ts';

const FILE = join(import.meta.dirname, '../../docs/letters.md');

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const PARTS: Readonly<Record<string, string>> = {
  variables: table(
    ['variable', 'what it is', 'kind', 'where it is written'],
    VARIABLES.map(({ name, meaning, form, home, key }) => [
      `\`${name}\``,
      meaning,
      form,
      key === '' ? HOMES[home].where : `${HOMES[home].where}: \`${key.replace('.*', '').replace('*.', '')}\``,
    ]),
  ),
  conditions: table(
    ['condition', 'holds when'],
    Object.entries(LETTER_CONDITIONS).map(([id, what]) => [`\`${id}\``, what]),
  ),
  functions: table(
    ['write', 'to get'],
    [
      ...FUNCTIONS.map(({ example, what }) => [`\`${example}\``, what]),
      ...[...PARTIALS].map(([name, { what }]) => [`\`{{> ${name}}}\``, what]),
    ],
  ),
  'built-in': table(
    ['id', 'what it says'],
    [
      ...[...BUILT_IN.emails].map((id) => [`\`emails/${id}\``, builtInRecord('email', id)?.subject ?? '']),
      ...[...BUILT_IN.scripts].map((id) => [`\`scripts/${id}\``, builtInRecord('script', id)?.title ?? '']),
    ],
  ),
};

test('docs/letters.md lists every variable, function and built-in text', () => {
  const text = readFileSync(FILE, 'utf8');
  const actual = text.replace(
    /(<!-- ([a-z-]+) -->\n)[\s\S]*?(<!-- end -->)/g,
    (_, opening: string, name: string, end: string) => `${opening}${PARTS[name]}\n${end}`,
  );
  if (process.env.UPDATE === '1') writeFileSync(FILE, actual);
  else expect(actual).toBe(text);
});
