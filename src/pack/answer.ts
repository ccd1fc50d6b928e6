// The answer of `offboard`: the pack as one document or as files, what it lacks, what was written down and what comes next;
// and all of it as data.
import { type Said, sayChange } from '../changes/next.ts';
import { type Input, type Practice, textOption } from '../command.ts';
import { completenessOf } from '../completeness.ts';
import type { PartnerMatch } from '../engine/partners.ts';
import type { Answer, Report } from '../outcome.ts';
import { type Block, line, span } from '../terminal/ink.ts';
import { packBlock, sheetText } from '../terminal/transition-pack.ts';
import { count, lowerFirst, wrap } from '../terminal/words.ts';
import { lacksOf, type PackFile, packEffects, packFiles } from './files.ts';
import { type Pack, packOf } from './pack.ts';

const SCHEMA = 'deliver.offboard/1';

type Saying = Said & {
  readonly isNew: boolean;
  readonly matches: readonly PartnerMatch[];
  readonly notes?: Block;
};

/** `practice` as it is once the change is made. Exit 1 when a part of the pack cannot be written. */
export function packAnswer(
  { options, view }: Input,
  practice: Practice,
  clientId: string,
  saying: Saying,
): Answer & Required<Pick<Report, 'notes' | 'exit'>> {
  const client = practice.book.clients.get(clientId);
  const pack = client && packOf(practice, client);
  if (!client || !pack) throw new Error(`${clientId} is not leaving`);
  const folder = textOption(options, 'to');
  const files = packFiles(pack, client.id);
  const refused = files.filter(
    (each) => each.sheet.kind === 'refused' || (folder !== undefined && lacksOf(each).length > 0),
  );
  const whole = completenessOf(practice);
  const said = sayChange('offboard', saying);
  const effects =
    folder === undefined || options.dryRun === true
      ? []
      : packEffects(files, folder, options.force === true ? 'replace' : 'keep');
  const { columns } = view;
  return {
    text: [
      ...(folder === undefined
        ? packBlock(pack.parts, columns)
        : [line(`The transition pack: ${count(files.flatMap((each) => each.files).length, 'file')} for ${folder}`)]),
      ...(refused.length === 0 ? [] : refusedBlock(refused, folder !== undefined, columns)),
      line(),
      ...said.text,
    ],
    data: {
      ...said.data,
      schema: SCHEMA,
      today: practice.today,
      complete: refused.length === 0 && whole.complete,
      is_new: saying.isNew,
      client: client.id,
      client_name: client.name,
      leaving: client.leaving ?? null,
      partners: saying.matches,
      ...dataOf(pack),
      pack: files.map(({ part, sheet, files: names }) => ({
        part,
        title: sheet.title,
        template: sheet.template,
        built_in: sheet.isBuiltIn,
        files: names,
        ...letterData(sheet),
        text: sheet.kind === 'letter' ? sheet.text.letter.text : (sheetText(sheet) ?? null),
        refused: sheet.kind === 'refused' ? sheet.because : null,
      })),
      problems: whole.problems,
    },
    notes: [
      ...(saying.notes ?? []),
      ...(saying.isNew && refused.length > 0
        ? [
            line(
              span('!', 'yellow'),
              ` the decision is written; ${LACKING}: deliver offboard ${client.id}${again(folder)}`,
            ),
          ]
        : []),
      ...whole.notes,
    ],
    exit: refused.length > 0 ? 1 : whole.exit,
    ...(effects.length === 0 ? {} : { effects }),
  };
}

/** Exit 1 is not always a refusal, so it is said. */
const LACKING = 'only a part of the pack lacks something. Write that where it belongs, and have the pack again';

const again = (folder: string | undefined): string => (folder === undefined ? '' : ' --to FOLDER');

const dataOf = ({ checklist, check, handOver }: Pack) => ({ checklist, check, hand_over: handOver });

const letterData = (sheet: PackFile['sheet']) =>
  sheet.kind === 'letter'
    ? {
        to: { name: sheet.text.letter.to.name, address: sheet.text.letter.to.address ?? null },
        subject: sheet.text.letter.subject,
      }
    : { to: null, subject: null };

/** Each with what it lacks; in the document that stands in its place already. Everything else was written all the same. */
const refusedBlock = (refused: readonly PackFile[], isFiles: boolean, columns: number | undefined): Block => [
  line(),
  ...(isFiles
    ? [
        line(span('Refused', 'bold')),
        ...refused.flatMap((each) =>
          lacksOf(each).flatMap((text) => yellow(`  ${each.sheet.title}: ${text}`, columns, '    ')),
        ),
      ]
    : yellow(`Refused, see above: ${refused.map((each) => lowerFirst(each.sheet.title)).join(', ')}`, columns, '  ')),
];

const yellow = (text: string, columns: number | undefined, indent: string): Block =>
  wrap(text, columns, indent).map((row) => line(span(row, 'yellow')));
