// The bundle's entry. Answers --version before anything is loaded, and a question that was answered before without what
// it takes to answer it; otherwise runs main on the real World.
import process from 'node:process';

declare const __VERSION__: string;
declare const __BUILD__: string;

const argv = process.argv.slice(2);

process.on('SIGINT', () => process.exit(130));

if (argv.includes('--version') && !argv.includes('--')) process.stdout.write(`${__VERSION__}\n`);
else void run();

async function run(): Promise<void> {
  const [{ again }, { hereIn }] = await Promise.all([import('../run/again.ts'), import('./here.ts')]);
  const here = hereIn(__BUILD__);
  const said = again(argv, here);
  if (said !== undefined) {
    process.exitCode = said;
    return;
  }
  const [{ main }, { nodeWorld }] = await Promise.all([import('../main.ts'), import('./world.ts')]);
  process.exitCode = await main(argv, nodeWorld(here));
}
