// A small practice for the tests of letters: one client, one running engagement, whatever templates a test brings.
import { type Content, type MemoryWorld, memoryWorld, type Run, runDeliver } from '../support/world.ts';

export const PRACTICE: Readonly<Record<string, string>> = {
  'deliver.yaml': `format: 1
practice: Hazel & Hart
people:
  ida: {name: Ida Hart, email: ida@hazelhart.example, role: adviser}
  tom: {name: Tom Hazel}
me: ida
time_zone: Europe/London
locale: en-GB
currency: GBP
signature: |
  Ida Hart
  Hazel & Hart
`,
  'service.yaml': `segments:
  A: {title: Prime, promises: [A call the same day, A seat at the spring lunch]}
`,
  'offers/plan.yaml': `name: Yearly plan
price: 4800
outcome: One page that says what to do each month.
steps:
  welcome: {title: Send the welcome email, due: start + 1bd, email: hello}
  numbers:
    title: Send us last year's numbers
    owner: client
    due: welcome + 5bd
    expect: {we_need: Last year's accounts, if_late: the plan waits}
`,
  'clients/acme.yaml': `name: Acme Ltd
segment: A
since: 2025-03-03
contacts:
  ada: {name: Ada Lovelace, email: ada@acme.example}
  bob: {name: Bob Byrne}
engagements:
  plan:
    offer: plan@1
    started: 2026-11-20
    promised: 2026-12-18
`,
};

/** The practice with these files besides; `body` and `subject` are those of emails/hello.md. */
export function world(
  files: Readonly<Record<string, Content>>,
  letter: { readonly body?: string; readonly subject?: string } = {},
): MemoryWorld {
  const hello = `---\nsubject: ${letter.subject ?? 'Hello'}\n---\n${letter.body ?? 'Hello.'}`;
  return memoryWorld({ files: { ...PRACTICE, 'emails/hello.md': hello, ...files } });
}

export const deliver = (on: MemoryWorld, ...argv: readonly string[]): Promise<Run> => runDeliver(on, argv);

/** The text of emails/hello.md to Acme. */
export async function textOf(body: string, files: Readonly<Record<string, Content>> = {}): Promise<string> {
  const { exit, stdout, stderr } = await deliver(world(files, { body }), 'email', 'acme', 'hello');
  if (exit !== 0) throw new Error(stderr);
  return stdout;
}

export type EmailData = {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly to: readonly { readonly name: string; readonly address: string | null }[];
  readonly cc: readonly { readonly name: string; readonly address: string | null }[];
  readonly step: string | null;
  readonly engagement: string | null;
  readonly cautions: readonly { readonly kind: string }[];
  readonly problems: readonly { readonly file: string; readonly line: number; readonly help: string }[];
};

export async function dataOf(on: MemoryWorld, ...argv: readonly string[]): Promise<EmailData> {
  const { stdout } = await deliver(on, '--json', ...argv);
  return JSON.parse(stdout) as EmailData;
}
