// scripts/<id>.yaml: conversation scripts.
import * as z from 'zod';
import { LEAVING_REASONS } from './client.ts';
import { PLACES } from './places.ts';
import type { RecordType } from './record-type.ts';
import { entry, line, listOf, prose, ref } from './values.ts';

const SCRIPT_PURPOSES = [
  'discovery',
  'kickoff',
  'check-in',
  'review',
  'chase',
  'referral',
  'complaint',
  'transition',
  'other',
] as const;

const beat = entry({
  name: line.optional(),
  say: prose.optional(),
  ask: prose.optional(),
  listen_for: listOf(prose).optional(),
  if: listOf(entry({ they: prose, say: prose.optional(), ask: prose.optional() })).optional(),
});

const schema = entry({
  title: line,
  purpose: z.enum(SCRIPT_PURPOSES).optional(),
  reasons: listOf(z.enum(LEAVING_REASONS)).optional(),
  channel: line.optional(),
  goal: prose.optional(),
  prepare: listOf(prose).optional(),
  beats: listOf(beat),
  avoid: listOf(prose).optional(),
  // biome-ignore lint/suspicious/noThenProperty: the format's key; nobody awaits a schema's shape
  then: listOf(prose).optional(),
  emails: listOf(ref).optional(),
});

export type Script = z.output<typeof schema>;

export const scriptType: RecordType<Script> = {
  ...PLACES.SCRIPT,
  schema,
  essential: ['title', 'beats'],
  entries: [],
};
