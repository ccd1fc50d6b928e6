// Keeps what V8 made of the program's code, beside its packs: a run then need not compile what nearly every run uses. Runs the
// built program on a copy of the example, as people do, and asks V8 for the code of all that was run. Knows no packs by name.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { writeWhole } from './whole.mjs';

const itself = fileURLToPath(import.meta.url);

/** What people ask most, in an order that comes by every part of it. */
const USUAL = [
  ['status'],
  ['brief', 'quill'],
  ['show', 'quill/findings'],
  ['touch', 'quill', 'call', 'They will send the figures'],
  ['done', 'quill/findings', '--anyway'],
  ['status'],
];
/** The last question again: an answer that is remembered takes one pack, and sets none of V8's flags. */
const AGAIN = [['status']];

const KEPT = 'kept\n';

/** A build without kept code is slower, and as good: why there is none is said, and is no failure. */
export function keepCode(root) {
  const scratch = mkdtempSync(join(tmpdir(), 'deliver-build-'));
  try {
    cpSync(join(root, 'examples/northlight'), join(scratch, 'practice'), { recursive: true });
    for (const lines of [USUAL, AGAIN]) {
      const { PATH, SystemRoot } = process.env;
      const env = { PATH, SystemRoot, HOME: scratch, LOCALAPPDATA: scratch, TMPDIR: scratch, TEMP: scratch };
      const { stdout, stderr } = spawnSync(process.execPath, [itself, root, JSON.stringify(lines)], {
        cwd: join(scratch, 'practice'),
        env,
        encoding: 'utf8',
      });
      if (!stdout.endsWith(KEPT)) throw new Error(stderr);
    }
  } catch (error) {
    console.error(`the compiled code could not be kept: ${error.message}`);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** In a process of its own, as V8 keeps code for its flags. */
async function runAndKeep(root, lines) {
  const { start, keptFileOf, sumOf } = createRequire(itself)(join(root, 'dist/start.js'));
  const scripts = new Map();
  // Else V8 drops what was not run for a while.
  setFlagsFromString('--no-flush-bytecode');
  for (const line of lines) {
    process.argv = [process.execPath, 'deliver', '--today', '2026-11-23', ...line];
    const ended = new Promise((done) => {
      process.exit = done;
      process.once('beforeExit', done);
    });
    start(scripts);
    // Only a loop that had something to do says that it ends.
    setImmediate(() => undefined);
    await ended;
    if (process.exitCode !== 0) throw new Error(`deliver ${line.join(' ')}: ${process.exitCode}`);
  }
  setFlagsFromString('--flush-bytecode');
  for (const [pack, script] of scripts) {
    const code = script.createCachedData();
    writeWhole(keptFileOf(pack), Buffer.concat([Buffer.from(sumOf(pack, code)), code]));
  }
  process.stdout.write(KEPT);
}

const [, program, root, lines] = process.argv;
if (program === itself) await runAndKeep(root, JSON.parse(lines));
