// Runs tests/edit/cases/*.txt. With UPDATE=1 they are written anew, to be reviewed as text.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { splice } from '../../src/source/edit/splice.ts';
import { type Case, markLines, parseCases } from './cases.ts';

const FOLDER = join(import.meta.dirname, 'cases');

for (const name of readdirSync(FOLDER).filter((each) => each.endsWith('.txt'))) {
  const file = readFileSync(join(FOLDER, name), 'utf8');
  const cases = parseCases(file);
  const written: string[] = [];
  describe(name, () => {
    for (const each of cases) {
      test(each.title, () => {
        const body = resultOf(each);
        written.push([`>>> ${each.title}`, ...each.head, ...body].join('\n'));
        if (process.env.UPDATE !== '1') expect(body).toEqual(each.body.map((line) => line.trimEnd()));
      });
    }
    afterAll(() => {
      if (process.env.UPDATE === '1') writeFileSync(join(FOLDER, name), `${written.join('\n\n')}\n`);
    });
  });
}

function resultOf(each: Case): readonly string[] {
  const spliced = splice(each.before, each.edits, (path) => each.order.get(path.join('/')));
  if ('refused' in spliced) {
    const { line, reason, byHand } = spliced.refused;
    const shown = markLines(each.show(each.before), each.show(each.before));
    return [...shown, `! line ${line}: ${reason}`, ...byHand.map((each) => `> ${each}`)];
  }
  expect(spliced.text).toBe(each.hide(each.show(spliced.text)));
  return markLines(each.show(each.before), each.show(spliced.text));
}
