// The bundle's entry: runs main on the real World, and ends the process once everything is said.
import process from 'node:process';
import { main } from '../main.ts';
import { realStreams } from './streams.ts';
import { nodeWorld } from './world.ts';

process.on('SIGINT', () => process.exit(130));

const streams = realStreams();
void main(process.argv.slice(2), nodeWorld(streams)).then((exit) => {
  process.exitCode = exit;
  // Left to itself Node would first clear up, for a tenth of the time, memory that goes with the process anyway. A signal
  // that came while we worked is heard a turn later, and ends the program its own way.
  setImmediate(() =>
    setImmediate(() => {
      if (streams.isSaid()) process.exit();
    }),
  );
});
