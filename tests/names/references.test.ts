// Every reference that `status` prints is taken by the commands that can act on it, in full and with the client abbreviated,
// and means the thing of that line: also beside ended engagements with the same steps, and beside broken ones.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runs } from '../support/runs.ts';
import { memoryWorld, runDeliver } from '../support/world.ts';
import { anyDamage, anyFolder, damaged, type Files, TODAY } from './folder.ts';

type Line = {
  readonly ref: string;
  readonly client: string;
  readonly engagement?: string;
  readonly step?: string;
  readonly promise?: string;
  readonly issue?: string;
  readonly kind?: string;
};
type Morning = Readonly<Record<string, readonly Line[]>> & {
  readonly hidden_items: Readonly<Record<string, readonly Line[]>>;
};

async function run(files: Files, argv: readonly string[]) {
  const { exit, stdout, stderr } = await runDeliver(memoryWorld({ files, today: TODAY }), [...argv, '--no-input']);
  const data = stdout.startsWith('{') ? (JSON.parse(stdout) as Readonly<Record<string, unknown>>) : {};
  return { exit, stderr, data, diff: String(data.diff ?? '') };
}

/** The shortest beginning of a client's id that no other client begins with, and that is no engagement's name either. */
function shortened(files: Files, client: string): string {
  const ids = Object.keys(files).flatMap((file) => /^clients\/(.+)\.yaml$/.exec(file)?.[1] ?? []);
  for (let length = 1; length < client.length; length += 1) {
    const word = client.slice(0, length);
    const isOfWork = new RegExp(`^  ${word}:$`, 'm').test(files[`clients/${client}.yaml`] ?? '');
    if (!isOfWork && ids.filter((id) => id.startsWith(word)).length === 1) return word;
  }
  return client;
}

async function checkStep(files: Files, line: Line, ref: string): Promise<void> {
  const { client, engagement, step } = line;
  for (const command of ['explain', 'show']) {
    const { data, stderr } = await run(files, [command, ref, '--json']);
    expect({ command, ref, found: data.ref, stderr }).toEqual({
      command,
      ref,
      found: line.ref,
      stderr: expect.anything(),
    });
  }
  const logged = await run(files, ['touch', client, 'call', '--step', ref, '-n', '--json']);
  expect(`${logged.diff}${logged.stderr}`).toContain(`step: ${engagement}/${step}}`);
  for (const argv of [
    ['done', ref, '--anyway'],
    ['skip', ref, '--why', 'x'],
    ['move', ref, '--due', '+3w', '--why', 'x'],
  ]) {
    const { diff, stderr } = await run(files, [...argv, '-n', '--json']);
    expect(`${diff}${stderr}`).toMatch(new RegExp(`^[+].*\\b"?${step}"?: ?\\{?|^[+] +(?:done|skipped|due):`, 'm'));
  }
  const letter = await run(files, ['email', client, 'chase-firm', '--step', ref, '--json']);
  if (letter.data.step !== undefined) expect(letter.data).toMatchObject({ client, engagement, step });
  else expect(letter.stderr).not.toMatch(/could be|may also be|there is no step|is an? \w+, not/);
}

test('a reference of the morning means its own line', { timeout: 240_000 }, async () => {
  let steps = 0;
  await fc.assert(
    fc.asyncProperty(anyFolder, fc.option(anyDamage), async (folder, damages) => {
      const files = damages === null ? folder : damaged(folder, damages);
      const morning = (await run(files, ['status', '--all', '--json'])).data as Morning;
      if (!morning.overdue) return;
      const groups = ['overdue', 'due_today', 'upcoming', 'waiting', 'promises', 'issues', 'touches', 'engagements'];
      const lines = [...groups.flatMap((key) => morning[key] ?? []), ...Object.values(morning.hidden_items).flat()];
      for (const line of lines.slice(0, 8)) {
        const short = line.ref.replace(/^[^/]+/, shortened(files, line.client));
        for (const ref of new Set([line.ref, short])) {
          if (line.step !== undefined) {
            steps += 1;
            await checkStep(files, line, ref);
          } else if (line.promise !== undefined) {
            const { diff, stderr } = await run(files, ['promise', ref, '--kept', '-n', '--json']);
            expect(`${diff}${stderr}`).toContain(`+  ${line.promise}: {`);
          } else if (line.issue !== undefined) {
            const { diff, stderr } = await run(files, ['issue', ref, '--closed', '-n', '--json']);
            expect(`${diff}${stderr}`).toContain(`+  ${line.issue}: {`);
          } else {
            const { data, stderr } = await run(files, ['explain', ref, '--json']);
            expect({ ref, found: data.ref, stderr }).toEqual({ ref, found: line.ref, stderr: expect.anything() });
          }
        }
      }
    }),
    { numRuns: runs(20) },
  );
  expect(steps).toBeGreaterThan(0);
});
