// A practice read and checked at once.
import { FULL_READER } from '../../src/book/full-reader.ts';
import type { Rule } from '../../src/rules/rule.ts';
import { type Loaded, loadWith } from '../../src/run/load.ts';
import type { Files } from '../../src/world.ts';

export const loadBook = (files: Files, root: string, rules: readonly Rule[] = []): Loaded =>
  loadWith(FULL_READER, { files, root, scope: 'core', rules });
