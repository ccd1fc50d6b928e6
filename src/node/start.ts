// The bundle's entry. Answers --version before anything else is loaded, and a question that was answered before without what
// it takes to answer it; otherwise runs main on the real World.
import process from 'node:process';
import type { RealHere } from './here.ts';

declare const __VERSION__: string;
declare const __BUILD__: string;

const argv = process.argv.slice(2);

process.on('SIGINT', () => process.exit(130));

if (argv.includes('--version') && !argv.includes('--')) void sayVersion();
else void run();

async function sayVersion(): Promise<void> {
  const { hereIn } = await import('./here.ts');
  hereIn(__BUILD__).stdout.write(`${__VERSION__}\n`);
}

async function run(): Promise<void> {
  const [{ again }, { hereIn }, { cacheFolder }] = await Promise.all([
    import('../run/again.ts'),
    import('./here.ts'),
    import('./memory.ts'),
  ]);
  const here = hereIn(__BUILD__);
  if (argv[0] === SHARE && (await runShare(here))) return;
  const said = again(argv, here);
  if (said !== undefined) {
    end(said, here);
    return;
  }
  // A run is over before most of what V8 makes faster has paid for it. The flag is there in Node 20 alone; later ones have a
  // step between, and need no advice. And room for what is new is best had at once: it is cleared up in the less time.
  if (process.versions.node.startsWith('20.')) {
    const { setFlagsFromString } = await import('node:v8');
    for (const flag of ['--interrupt-budget=500000', '--semi-space-growth-factor=8']) setFlagsFromString(flag);
  } else keepCode(cacheFolder(process.env));
  const [{ main }, { nodeWorld }] = await Promise.all([import('../main.ts'), import('./world.ts')]);
  end(await main(argv, nodeWorld(here)), here);
}

/** As node/crew writes it, which is only loaded where it may be meant. */
const SHARE = '@share';

/** A thread that another run has called for help does that and nothing else. */
async function runShare(here: RealHere): Promise<boolean> {
  const [{ calledFor, handOver }, { todayByFormat }] = await Promise.all([import('./crew.ts'), import('./here.ts')]);
  const called = calledFor(argv);
  if (!called) return false;
  const [{ assist }, { nodeWorld }] = await Promise.all([import('../main.ts'), import('./world.ts')]);
  // A thread's environment is a copy: a zone that is set there changes no clock.
  const there = nodeWorld({ ...here, today: todayByFormat });
  handOver(await assist(called.argv, there, called.share));
  return true;
}

/**
 * Left to itself Node would first clear up, for a tenth of the time, memory that goes with the process anyway. A signal that
 * came while we worked is heard a turn later, and ends the program its own way.
 */
function end(code: number, { isSaid }: RealHere): void {
  process.exitCode = code;
  setImmediate(() =>
    setImmediate(() => {
      if (isSaid()) process.exit();
    }),
  );
}

/** From Node 22 on Node itself can keep compiled code. */
function keepCode(folder: string): void {
  if ((process.env.DELIVER_NO_CACHE ?? '') !== '' || argv.includes('--no-cache')) return;
  const { enableCompileCache } = process.getBuiltinModule('node:module') as {
    readonly enableCompileCache?: (folder: string) => unknown;
  };
  enableCompileCache?.(folder);
}
