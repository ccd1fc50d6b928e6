// The bundle's entry. Answers --version before anything is loaded; otherwise runs main on the real World.
import process from 'node:process';

declare const __VERSION__: string;
declare const __BUILD__: string;

const argv = process.argv.slice(2);

// A reader that has seen enough (`| head`) is no failure.
const onPipe = (error: NodeJS.ErrnoException): void => {
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
  process.stderr.write(`deliver: the answer could not be written (${error.code}); what was to be changed has been\n`);
  process.exit(3);
};
process.stdout.on('error', onPipe);
process.stderr.on('error', onPipe);
process.on('SIGINT', () => process.exit(130));

if (argv.includes('--version') && !argv.includes('--')) {
  process.stdout.write(`${__VERSION__}\n`);
} else {
  void run();
}

async function run(): Promise<void> {
  const [{ main }, { nodeWorld }] = await Promise.all([import('../main.ts'), import('./world.ts')]);
  process.exitCode = await main(argv, nodeWorld(__BUILD__));
}
