// Every letter there is to every client of the example: rendered whole, or refused with the key that lacks. The drafts are
// read back by two programs that know nothing of ours, and by a mail program.
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { beforeAll, describe, expect, test } from 'vitest';
import type { EmailRecord } from '../../src/book/book.ts';
import { BUILT_IN } from '../../src/book/built-in.generated.ts';
import type { Day } from '../../src/day.ts';
import { findEmail } from '../../src/letters/built-in.ts';
import { letterFacts } from '../../src/letters/facts.ts';
import { renderLetter } from '../../src/letters/letter.ts';
import { toMail } from '../../src/letters/mail.ts';
import { composeMail, realDrafts } from '../../src/node/drafts.ts';
import type { Problem } from '../../src/problem/problem.ts';
import type { Mail } from '../../src/world.ts';
import { loadBook } from '../support/load.ts';
import { loadFolder } from '../support/story.ts';
import { memoryFiles, memoryWorld, runDeliver } from '../support/world.ts';
import { PRACTICE, world } from './practice.ts';

const NORTHLIGHT = loadFolder('examples/northlight');
const idsIn = (folder: string, extension: string): readonly string[] =>
  Object.keys(NORTHLIGHT).flatMap((path) =>
    path.startsWith(`${folder}/`) && path.endsWith(extension) ? [path.slice(folder.length + 1, -extension.length)] : [],
  );
const CLIENTS = idsIn('clients', '.yaml');
/** Without the example's own letters and scripts, so that those of the program are used. */
const WITHOUT_OWN = Object.fromEntries(
  Object.entries(NORTHLIGHT).filter(([path]) => !/^(emails|scripts)\//.test(path)),
);

type Written = {
  readonly origin: 'own' | 'built-in';
  readonly template: string;
  readonly client: string;
  /** Undefined when it is refused. */
  readonly mail: Mail | undefined;
  readonly draft: Uint8Array;
  readonly problems: readonly Problem[];
};

const LINE = 'You had the figures ready on the day.';
const linesOf = (email: EmailRecord): string | undefined => (email.body.includes('{{line}}') ? LINE : undefined);
const TODAY = '2026-11-23' as Day;

async function writeAll(
  origin: Written['origin'],
  files: typeof NORTHLIGHT,
  templates: Iterable<string>,
): Promise<readonly Written[]> {
  const contents = new Map(Object.entries(files).map(([path, content]) => [`/p/${path}`, content]));
  const { book } = loadBook(memoryFiles(contents), '/p');
  const found: Written[] = [];
  for (const template of templates) {
    for (const client of book.clients.values()) {
      const email = findEmail(book, template) as EmailRecord;
      const facts = letterFacts(book, TODAY, client, email, { person: 'sam', line: linesOf(email) });
      const usual = renderLetter(facts, email, undefined);
      // One that is held back can be insisted on.
      const rendered = 'problems' in usual && usual.isHeld ? renderLetter(facts, email, 'anyway') : usual;
      const sendable = 'letter' in rendered ? toMail(facts, rendered.letter, []) : undefined;
      const mail = sendable && 'mail' in sendable ? sendable.mail : undefined;
      const problems = 'problems' in usual ? usual.problems : [];
      const draft = mail ? await composeMail(mail) : new Uint8Array();
      found.push({ origin, template, client: client.id, mail, draft, problems });
    }
  }
  return found;
}

let all: readonly Written[] = [];
let whole: readonly (Written & { readonly mail: Mail })[] = [];
beforeAll(async () => {
  all = [
    ...(await writeAll('own', NORTHLIGHT, idsIn('emails', '.md'))),
    ...(await writeAll('built-in', WITHOUT_OWN, BUILT_IN.emails)),
  ];
  whole = all.flatMap((each) => (each.mail ? [{ ...each, mail: each.mail }] : []));
}, 300_000);

describe('every letter to every client', () => {
  test('is whole, or is refused with the key to write', () => {
    expect(all.length).toBe((idsIn('emails', '.md').length + BUILT_IN.emails.size) * CLIENTS.length);
    for (const { template, client, mail, problems } of all) {
      if (mail) {
        expect(mail.text, `${template} ${client}`).toMatch(/^\S[\s\S]{100,}\S\n$/);
        expect(mail.subject + mail.text + mail.html).not.toMatch(/undefined|null|NaN|\{\{|[\uFDD0\uFDD1]/);
      }
      if (!mail) expect(problems.length, `${template} ${client}`).toBeGreaterThan(0);
      for (const { code, args, place } of problems) {
        expect(place.file).toMatch(/^((templates\/)?emails\/[a-z-]+\.md|touches\/[a-z]+\.yaml)$/);
        const advice =
          code === 'letter/missing-value'
            ? /: \S|deliver start|--step|no partner is named/
            : /--anyway|deliver move|set the real last day/;
        expect(args.help, `${template} ${client}`).toMatch(advice);
      }
    }
    expect(whole.length).toBeGreaterThan(all.length / 2);
  });

  test('each template can be written to somebody, and each client gets something', () => {
    const templates = [...new Set(all.map((each) => each.template))];
    // In the example nobody owes a payment, and no answer to a complaint has been written down.
    const withoutOccasion = ['complaint-answer', 'invoice-firm', 'invoice-friendly'];
    expect(templates.filter((it) => !whole.some((each) => each.template === it))).toEqual(withoutOccasion);
    expect(CLIENTS.filter((it) => !whole.some((each) => each.client === it))).toEqual([]);
  });

  test.each([
    ['own', NORTHLIGHT, idsIn('emails', '.md')],
    ['built-in', WITHOUT_OWN, [...BUILT_IN.emails]],
  ] as const)('is what `email` prints and writes: %s', async (origin, files, ids) => {
    const on = memoryWorld({ files });
    for (const id of ids.filter((_, i) => i % 5 === 0)) {
      const one = whole.find((each) => each.origin === origin && each.template === id);
      const line = whole.find((each) => each.template === id && each.origin === origin)?.mail.text.includes(LINE);
      const how = ['--eml', `${id}.eml`, '--as', 'sam', ...(line ? ['--line', LINE] : []), '--anyway'];
      const { stdout } = await runDeliver(on, ['email', one?.client ?? '', id, ...how]);
      expect(stdout).toBe(one?.mail.text);
      expect(on.contents.get(`/practice/${id}.eml`)).toEqual(one?.draft);
    }
  });

  test('its draft is read by postal-mime as it was printed', async () => {
    for (const { mail, draft } of whole) {
      const read = await PostalMime.parse(draft);
      expect(lines(read.text)).toBe(lines(mail.text));
      expect(lines(read.html)).toBe(lines(mail.html));
      expect(read.subject).toBe(mail.subject);
      expect(read.to).toEqual(mail.to);
      expect(read.headers.find((each) => each.key === 'x-unsent')?.value).toBe('1');
      expect(read.date).toBe('2026-11-23T09:00:00.000Z');
    }
  });

  test('its draft is read by Python as it was printed', () => {
    const input = JSON.stringify(whole.map(({ draft }) => Buffer.from(draft).toString('base64')));
    const output = execFileSync('python3', ['-c', PYTHON], { input, encoding: 'utf8', maxBuffer: 1 << 28 });
    const read = JSON.parse(output) as readonly PythonMail[];
    for (const [i, { mail }] of whole.entries()) {
      expect(read[i]?.defects).toEqual([]);
      expect(lines(read[i]?.text)).toBe(lines(mail.text));
      expect(lines(read[i]?.html)).toBe(lines(mail.html));
      expect(read[i]?.subject).toBe(mail.subject);
      expect(read[i]?.to).toEqual(mail.to.map(({ name, address }) => [name, address]));
    }
  });
});

type PythonMail = {
  readonly text: string;
  readonly html: string;
  readonly subject: string;
  readonly to: readonly (readonly [string, string])[];
  readonly defects: readonly string[];
};

const PYTHON = `
import base64, email, email.policy, json, sys
found = []
for draft in json.load(sys.stdin):
    mail = email.message_from_bytes(base64.b64decode(draft), policy=email.policy.default)
    text, html = mail.get_body(('plain',)), mail.get_body(('html',))
    defects = [repr(d) for part in mail.walk() for d in part.defects] + [repr(d) for v in mail.values() for d in v.defects]
    found.append({'text': text.get_content(), 'html': html.get_content(), 'subject': str(mail['subject']), 'defects': defects,
                  'to': [[a.display_name, a.addr_spec] for a in mail['to'].addresses]})
json.dump(found, sys.stdout)
`;

/** Line ends are the format's business, and so is the very last one. */
const lines = (text: string | undefined): string => (text ?? '').replaceAll('\r\n', '\n').trimEnd();

describe('a draft', () => {
  const compose = async (files = {}, ...more: readonly string[]) => {
    const on = world(files, { body: 'Grüße, {{contact.name}} 👋\n', subject: 'Größe' });
    await runDeliver(on, ['email', 'acme', 'hello', '--eml', 'x.eml', ...more]);
    return on.contents.get('/practice/x.eml') as Uint8Array;
  };

  test('is the same for the same letter, and another for another', async () => {
    const other = { 'clients/acme.yaml': (PRACTICE['clients/acme.yaml'] ?? '').replace('Ada L', 'Eva L') };
    const [first, second, third] = [await compose(), await compose(), await compose(other)];
    expect(second).toEqual(first);
    const idOf = (bytes: Uint8Array) => /^Message-ID: (.*)$/m.exec(new TextDecoder().decode(bytes))?.[1];
    expect(idOf(first)).toMatch(/^<[0-9a-f]{32}@hazelhart\.example>\r?$/);
    expect(idOf(third)).not.toBe(idOf(first));
  });

  test('has a copy for each address, contact, person and partner of `cc`', async () => {
    const files = {
      'emails/hello.md': '---\nsubject: Hello\ncc: [ada, "{{me.email}}", x@y.example, ida]\n---\nHello.\n',
    };
    const mail = await PostalMime.parse(await compose(files));
    expect(mail.cc).toEqual([
      { name: 'Ada Lovelace', address: 'ada@acme.example' },
      { name: '', address: 'ida@hazelhart.example' },
      { name: '', address: 'x@y.example' },
      { name: 'Ida Hart', address: 'ida@hazelhart.example' },
    ]);
  });

  const hasMutt = spawnSync('mutt', ['-v']).status === 0;
  test.skipIf(!hasMutt)('is opened by mutt', async () => {
    const scratch = mkdtempSync(join(tmpdir(), 'deliver-mutt-'));
    try {
      const program = join(scratch, 'sendmail');
      writeFileSync(program, `#!/bin/sh\nprintf '%s\\n' "$@" >'${scratch}/to'\ncat >'${scratch}/mail'\n`);
      chmodSync(program, 0o755);
      writeFileSync(join(scratch, 'x.eml'), await compose());
      const settings = `set sendmail="${program}"; set copy=no; set charset=utf-8; set send_charset=utf-8`;
      const { status, stderr } = spawnSync('mutt', ['-F', '/dev/null', '-e', settings, '-H', join(scratch, 'x.eml')], {
        encoding: 'utf8',
        input: '',
        env: { PATH: process.env.PATH, HOME: scratch, LC_ALL: 'C.UTF-8' },
      });
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(readFileSync(join(scratch, 'to'), 'utf8')).toContain('ada@acme.example\n');
      const mail = await PostalMime.parse(readFileSync(join(scratch, 'mail')));
      expect(mail).toMatchObject({ subject: 'Größe', to: [{ name: 'Ada Lovelace', address: 'ada@acme.example' }] });
      expect(lines(mail.text)).toBe('Grüße, Ada Lovelace 👋');
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  });
});

describe('where a draft cannot be', () => {
  const folder = mkdtempSync(join(tmpdir(), 'deliver-drafts-'));
  const bytes = new TextEncoder().encode('x');
  writeFileSync(join(folder, 'file'), '');
  mkdirSync(join(folder, 'folder.eml'));

  test.each([
    ['file/x.eml', 'a file stands where a folder should be'],
    ['file/deeper/x.eml', 'a file stands where a folder should be'],
    ['folder.eml', 'there is a folder of this name'],
  ])('%s is refused, and is not taken for there already', (name, reason) => {
    for (const how of ['new', 'replace'] as const)
      expect(realDrafts.write(join(folder, name), bytes, how)).toEqual({ kind: 'failed', reason });
  });

  test('a folder is tried before a change is made, and made', () => {
    expect(realDrafts.tryFolder(join(folder, 'file/x.eml')).kind).toBe('failed');
    expect(realDrafts.tryFolder(join(folder, 'new/x.eml'))).toEqual({ kind: 'done' });
    expect(realDrafts.write(join(folder, 'new/x.eml'), bytes, 'new')).toEqual({ kind: 'done' });
    expect(realDrafts.write(join(folder, 'new/x.eml'), bytes, 'new')).toEqual({ kind: 'exists' });
  });
});
