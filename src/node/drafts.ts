// Drafts of mails: the bytes of one, and where they are put. nodemailer is loaded with the first one. Nothing is sent,
// and nothing is read from the disk or the net for it.
import { createHash } from 'node:crypto';
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  mkdtempSync,
  openSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import process from 'node:process';
import type { Drafts, Mail, Mailbox, Tried } from '../world.ts';
import { codeOf, isRefusal, makeFolder, reasonOf, unlessRefused } from './disk.ts';

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

function writeAll(path: string, bytes: Uint8Array, mode: number): void {
  const file = openSync(path, 'wx', mode);
  try {
    for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
  } finally {
    closeSync(file);
  }
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

function write(path: string, bytes: Uint8Array, how: 'new' | 'replace'): Tried | { readonly kind: 'exists' } {
  const target = resolve(process.cwd(), path);
  try {
    makeFolder(dirname(target));
    if (how === 'new') writeAll(target, bytes, 0o600);
    else replace(target, bytes);
    return { kind: 'done' };
  } catch (error) {
    if (how === 'new' && codeOf(error) === 'EEXIST')
      return statSync(target, { throwIfNoEntry: false })?.isDirectory()
        ? { kind: 'failed', reason: 'there is a folder of this name' }
        : { kind: 'exists' };
    return failed(error, path);
  }
}

/** Whole or not at all: a draft that is open in a mail program is never half there. */
function replace(target: string, bytes: Uint8Array): void {
  if (existsSync(target) && !statSync(target).isFile())
    throw Object.assign(new Error('not a file'), { code: 'EISDIR' });
  const temporary = `${target}.${process.pid}~`;
  try {
    writeAll(temporary, bytes, 0o600);
    renameSync(temporary, target);
  } catch (error) {
    unlessRefused(() => unlinkSync(temporary));
    throw error;
  }
}

function keep(name: string, bytes: Uint8Array): { readonly path: string } | { readonly reason: string } {
  try {
    const path = join(mkdtempSync(join(tmpdir(), 'deliver-')), name);
    writeAll(path, bytes, 0o600);
    return { path };
  } catch (error) {
    const tried = failed(error, tmpdir());
    return { reason: tried.kind === 'failed' ? tried.reason : '' };
  }
}

function failed(error: unknown, place: string): Tried {
  if (!isRefusal(error)) throw error;
  return { kind: 'failed', reason: codeOf(error) === 'ENOENT' ? 'there is no such folder' : reasonOf(error, place) };
}

export const realDrafts: Drafts = { compose: composeMail, tryFolder, write, keep };
