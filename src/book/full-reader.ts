// The full parser and the places of what it reads, as one. Loaded when a text is not plain, or has something wrong.
import { openText } from '../source/locate.ts';
import { parseYaml } from '../source/parse.ts';
import type { FullReader } from './assemble.ts';

export const FULL_READER: FullReader = { parseYaml, openText };
