// The desktop of this machine: the mail program and the clipboard. Programs are started directly, never through a shell,
// and what they are given is an argument or their input.
import process from 'node:process';
import type { Desktop, Tried } from '../world.ts';
import { findProgram } from './programs.ts';

type Program = { readonly command: string; readonly args: readonly string[] };

/** A program that is still at work after this long has taken the task. */
const PATIENCE = 2000;

const OPENERS: Readonly<Partial<Record<NodeJS.Platform, (target: string) => Program>>> = {
  darwin: (target) => ({ command: 'open', args: [target] }),
  // `start` is a word of the shell; this is what it calls.
  win32: (target) => ({ command: 'rundll32', args: ['url.dll,FileProtocolHandler', target] }),
};
const LINUX_OPENER = (target: string): Program => ({ command: 'xdg-open', args: [target] });

function clipboards(): readonly Program[] {
  if (process.platform === 'darwin') return [{ command: 'pbcopy', args: [] }];
  if (process.platform === 'win32') return [{ command: 'clip', args: [] }];
  const x11: readonly Program[] = [
    { command: 'xclip', args: ['-selection', 'clipboard'] },
    { command: 'xsel', args: ['--clipboard', '--input'] },
  ];
  const wayland: readonly Program[] = [{ command: 'wl-copy', args: ['--type', 'text/plain;charset=utf-8'] }];
  const windows: readonly Program[] =
    process.env.WSL_DISTRO_NAME === undefined ? [] : [{ command: 'clip.exe', args: [] }];
  return process.env.WAYLAND_DISPLAY === undefined
    ? [...x11, ...wayland, ...windows]
    : [...wayland, ...x11, ...windows];
}

/** The programs that would be started. */
export const openerName = (): string => (OPENERS[process.platform] ?? LINUX_OPENER)('').command;
export const clipboardNames = (): readonly string[] => clipboards().map((each) => each.command);

type Ended = Tried | { readonly kind: 'missing' };

/** Starts the program and waits until it ends, or is clearly at work. */
function start({ command, args }: Program, input: string | Uint8Array): Promise<Ended> {
  const { spawn } = process.getBuiltinModule('node:child_process');
  const path = findProgram(process.env, command);
  if (path === undefined) return Promise.resolve({ kind: 'missing' });
  return new Promise((done) => {
    const child = spawn(path, [...args], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
    const timer = setTimeout(() => finish({ kind: 'done' }), PATIENCE);
    const finish = (ended: Ended): void => {
      clearTimeout(timer);
      child.unref();
      done(ended);
    };
    child.on('error', () => finish({ kind: 'failed', reason: `${command} did not start` }));
    child.on('exit', (code) =>
      finish(
        code === 0
          ? { kind: 'done' }
          : { kind: 'failed', reason: code === null ? `${command} was ended` : `${command} failed (exit ${code})` },
      ),
    );
    // A program that ends without reading is told by its exit code.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

async function open(target: string): Promise<Tried> {
  const program = (OPENERS[process.platform] ?? LINUX_OPENER)(target);
  const ended = await start(program, '');
  return ended.kind === 'missing' ? { kind: 'failed', reason: `${program.command} is not installed` } : ended;
}

async function copy(text: string): Promise<Tried> {
  const programs = clipboards();
  // clip reads UTF-16 when a byte order mark says so, and the code page of the machine otherwise.
  const inputFor = ({ command }: Program): string | Uint8Array =>
    command.startsWith('clip') ? Buffer.from(`\ufeff${text}`, 'utf16le') : text;
  let last: Tried | undefined;
  for (const program of programs) {
    const ended = await start(program, inputFor(program));
    if (ended.kind === 'done') return ended;
    if (ended.kind === 'failed') last = ended;
  }
  const names = programs.map((each) => each.command).join(', ');
  return last ?? { kind: 'failed', reason: `none of these is installed: ${names}` };
}

export const realDesktop: Desktop = { open, copy };
