// The rules that `validate` adds: what is untidy, and every letter and script read as a template. They load the template
// engine, so no other command does. A new rule is one file and one line here.
import { CORE_RULES } from './all.ts';
import { calendarYears } from './calendar-years.ts';
import { letterAddresses } from './letter-addresses.ts';
import { letterLanguage } from './letter-language.ts';
import type { Rule } from './rule.ts';
import { stepDue } from './step-due.ts';
import { templates } from './templates.ts';
import { touchDuplicates } from './touch-duplicates.ts';
import { touchLines } from './touch-lines.ts';
import { writtenDays } from './written-days.ts';

export const THOROUGH_RULES: readonly Rule[] = [
  ...CORE_RULES,
  calendarYears,
  writtenDays,
  touchDuplicates,
  touchLines,
  templates,
  letterLanguage,
  letterAddresses,
];

/** Added with `--strict`. */
export const STRICT_RULES: readonly Rule[] = [stepDue];
