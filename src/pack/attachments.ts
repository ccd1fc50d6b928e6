// What goes along with a letter: the papers that its template names, as texts anyone can open. Writes nothing.
import type { ClientRecord, EmailRecord } from '../book/book.ts';
import type { Practice } from '../command.ts';
import { paperText } from '../terminal/paper.ts';
import type { Attachment } from '../world.ts';
import { handOverPaper } from './hand-over.ts';

export const attachmentsFor = (
  practice: Practice,
  client: ClientRecord,
  email: EmailRecord | undefined,
): readonly Attachment[] => (email?.attach ?? []).map((what) => MAKERS[what](practice, client));

const MAKERS: Readonly<
  Record<NonNullable<EmailRecord['attach']>[number], (practice: Practice, client: ClientRecord) => Attachment>
> = {
  'hand-over-note': (practice, client) => ({
    name: `hand-over-${client.id}.txt`,
    text: paperText(handOverPaper(practice, client)),
  }),
};
