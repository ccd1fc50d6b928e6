// Writes the modules that carry templates/ inside the program: the ids for every command, the texts for those that need
// them. `node scripts/built-in.mjs`; the build does it too, and a test says when they are not current.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

const namesIn = (folder, extension) =>
  readdirSync(join(root, 'templates', folder))
    .filter((name) => name.endsWith(extension))
    .sort();

/** The text of each generated module by its path. */
export function builtInModules() {
  const emails = namesIn('emails', '.md');
  const scripts = namesIn('scripts', '.yaml');
  const ids = (names) => `new Set(${JSON.stringify(names.map((name) => name.replace(/\.\w+$/, '')))})`;
  const files = [
    ...emails.map((name) => `templates/emails/${name}`),
    ...scripts.map((name) => `templates/scripts/${name}`),
  ];
  const text = (file) => JSON.stringify(readFileSync(join(root, file), 'utf8').replace(/\r\n/g, '\n'));
  const made = 'Generated from templates/ by scripts/built-in.mjs: do not edit.';
  return {
    'src/book/built-in.generated.ts': `// The ids of the emails and scripts that ship with the program; no texts. ${made}
export const BUILT_IN: { readonly emails: ReadonlySet<string>; readonly scripts: ReadonlySet<string> } = {
  emails: ${ids(emails)},
  scripts: ${ids(scripts)},
};
`,
    'src/letters/built-in.generated.ts': `// The texts of the emails and scripts that ship with the program, by file. ${made}
export const BUILT_IN_TEXTS: Readonly<Record<string, string>> = {
${files.map((file) => `  ${JSON.stringify(file)}: ${text(file)},`).join('\n')}
};
`,
  };
}

export function writeBuiltIn() {
  for (const [path, text] of Object.entries(builtInModules())) {
    if (readFileSync(join(root, path), 'utf8') !== text) writeFileSync(join(root, path), text);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeBuiltIn();
