// Drafts of mails: the bytes of one, and where they are put. nodemailer is loaded with the first one. Nothing is sent,
// and nothing is read from the disk or the net for it.
import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  linkSync,
  lstatSync,
  mkdtempSync,
  renameSync,
  statSync,
  unlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import process from 'node:process';
import type { Drafts, Mail, Mailbox, Tried } from '../world.ts';
import { writeTemporary } from './atomic.ts';
import {
  codeOf,
  isDiskFault,
  isRefusal,
  makeFolder,
  patiently,
  reasonOf,
  unlessMissing,
  unlessRefused,
} from './disk.ts';

/** The id and the parts' boundary come from the content, so that the same letter is the same file. */
export async function composeMail(mail: Mail): Promise<Uint8Array> {
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer');
  const { from, to, cc, subject, text, html, attachments, day } = mail;
  const mark = createHash('sha256').update(JSON.stringify(mail)).digest('hex').slice(0, 32);
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const composer = new MailComposer({
    ...(from === undefined ? {} : addressed('from', [from])),
    ...addressed('to', to),
    ...(cc.length === 0 ? {} : addressed('cc', cc)),
    subject: LOOKS_ENCODED.test(subject) ? encodedWords(subject) : subject,
    text,
    html,
    attachments: attachments.map((each) => ({
      filename: each.name,
      content: each.text.replaceAll('\n', '\r\n'),
      contentType: 'text/plain; charset=utf-8',
      contentDisposition: 'attachment' as const,
    })),
    date: new Date(Date.UTC(year, month - 1, date, 9)),
    messageId: `<${mark}@${from?.address.replace(/^.*@/, '') ?? 'deliver.invalid'}>`,
    headers: { 'X-Unsent': '1' },
    baseBoundary: mark.slice(0, 16),
    textEncoding: 'quoted-printable',
    newline: 'windows',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}

/** Plain text that a reader would take for an encoded word and decode; the composer leaves it as it is. */
const LOOKS_ENCODED = /=\?/;

function addressed(key: 'from' | 'to' | 'cc', boxes: readonly Mailbox[]) {
  const addresses = boxes.map(({ name, address }) => ({
    address,
    name: LOOKS_ENCODED.test(name) ? name.replaceAll('=?', `=${WORD_JOINER}?`) : name,
  }));
  return { [key]: addresses };
}

/** Takes no room and shows nothing; it makes the composer encode the name, and is no part of an encoded word. */
const WORD_JOINER = '\u2060';

/** RFC 2047; each word whole characters and at most 75 long. */
function encodedWords(text: string): string {
  const words: string[] = [];
  let chunk = '';
  for (const character of text) {
    if (Buffer.byteLength(chunk + character) > 42) {
      words.push(chunk);
      chunk = '';
    }
    chunk += character;
  }
  return [...words, chunk].map((word) => `=?UTF-8?B?${Buffer.from(word).toString('base64')}?=`).join(' ');
}

/** Asked before a change is made that a file belongs to, so that none is made for a folder that cannot be. */
function tryFolder(path: string): Tried {
  const folder = dirname(resolve(process.cwd(), path));
  try {
    makeFolder(folder);
    accessSync(folder, constants.W_OK | constants.X_OK);
    return { kind: 'done' };
  } catch (error) {
    return failed(error, path);
  }
}

/** Whole or not at all, on a full disk too, and while a mail program has it open. */
function write(path: string, bytes: Uint8Array, how: 'new' | 'replace'): Tried | { readonly kind: 'exists' } {
  const target = resolve(process.cwd(), path);
  try {
    makeFolder(dirname(target));
    const found = unlessMissing(() => lstatSync(target));
    if (found && !isFile(target)) return { kind: 'failed', reason: 'there is a folder of this name' };
    if (found && how === 'new') return { kind: 'exists' };
    const temporary = writeTemporary(target, bytes, undefined, 0o600);
    try {
      if (how === 'replace') patiently(() => renameSync(temporary, target));
      else if (!becomes(temporary, target)) return { kind: 'exists' };
    } finally {
      unlessRefused(() => unlinkSync(temporary));
    }
    return { kind: 'done' };
  } catch (error) {
    return failed(error, path);
  }
}

/** Gives a file its name unless there is one of that name. A file system without links cannot do both at once. */
function becomes(temporary: string, target: string): boolean {
  try {
    linkSync(temporary, target);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    if (!NO_LINKS.has(codeOf(error)) || existsSync(target)) throw error;
    patiently(() => renameSync(temporary, target));
    return true;
  }
}

const NO_LINKS: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EACCES']);

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() !== false;

function keep(name: string, bytes: Uint8Array): ReturnType<Drafts['keep']> {
  try {
    const path = join(mkdtempSync(join(tmpdir(), 'deliver-')), name);
    renameSync(writeTemporary(path, bytes, undefined, 0o600), path);
    return { path };
  } catch (error) {
    return failed(error, tmpdir());
  }
}

function failed(error: unknown, place: string): Extract<Tried, { readonly kind: 'failed' }> {
  if (!isRefusal(error)) throw error;
  const reason = codeOf(error) === 'ENOENT' ? 'no such folder' : reasonOf(error, place);
  return { kind: 'failed', reason, ...(isDiskFault(error) ? { isDisk: true } : {}) };
}

export const realDrafts: Drafts = { compose: composeMail, tryFolder, write, keep };
