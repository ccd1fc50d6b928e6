// What is valid and plainly written becomes a record without the YAML library and without zod.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, extname, join, relative, sep } from 'node:path';
import { expect, test } from 'vitest';
import { assemblePlainly } from '../../src/book/assemble.ts';
import { RECORD_PLACES } from '../../src/records/places.ts';

const PROJECT = join(import.meta.dirname, '../..');

test.each(['examples/northlight', 'templates', 'tests/validate/base'])('%s', (folder) => {
  const root = join(PROJECT, folder);
  const lost = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .flatMap((file) => {
      const place = RECORD_PLACES.find(
        (it) => it.file === file || it.folder === file.split('/').slice(0, -1).join('/'),
      );
      if (!place) return [];
      const id = basename(file, extname(file));
      const text = readFileSync(join(root, file), 'utf8');
      const found = {
        file,
        id,
        kind: place.kind,
        text,
        siblings: new Set<string>(),
        unreadable: undefined,
        problems: [],
      };
      return assemblePlainly(found)?.record === undefined ? [file] : [];
    });
  expect(lost).toEqual([]);
});
