// The full parser, the places of what it reads, and the schemas, as one. Loaded when a text is not plain, or something is wrong.
import { reporterOf } from '../problem/report.ts';
import { makeSchemas } from '../records/explain.ts';
import { openText } from '../source/read/locate.ts';
import { parseYaml } from '../source/read/parse.ts';
import type { FullReader } from './assemble.ts';

export const FULL_READER: FullReader = { parseYaml, openText, schemaOf: makeSchemas(), reporterOf };
