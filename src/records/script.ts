// scripts/<id>.yaml: conversation scripts.
import { LEAVING_REASONS } from './client.ts';
import { PLACES } from './places.ts';
import type { RecordType } from './record-type.ts';
import { entry, listOf, loose, type Output, oneOf, optional } from './shape.ts';
import { line, prose, ref } from './values.ts';

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
  name: loose(line),
  say: optional(prose),
  ask: optional(prose),
  listen_for: loose(listOf(prose)),
  if: optional(listOf(entry({ they: prose, say: optional(prose), ask: optional(prose) }))),
});

const shape = entry({
  title: line,
  purpose: optional(oneOf(SCRIPT_PURPOSES)),
  reasons: optional(listOf(oneOf(LEAVING_REASONS))),
  channel: optional(line),
  goal: optional(prose),
  prepare: optional(listOf(prose)),
  beats: listOf(beat),
  avoid: optional(listOf(prose)),
  // biome-ignore lint/suspicious/noThenProperty: the format's key; nobody awaits a schema's shape
  then: optional(listOf(prose)),
  emails: optional(listOf(ref)),
});

export type Script = Output<typeof shape>;

export const scriptType: RecordType<Script> = {
  ...PLACES.SCRIPT,
  shape,
  essential: ['title', 'beats'],
  entries: [],
};
