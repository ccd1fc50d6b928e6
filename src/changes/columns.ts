// Which column of a list of clients is what: by its name in several languages, or as the person says. Knows no rows.
import { UsageError } from '../outcome.ts';
import { nearest } from '../problem/suggest.ts';

/** What is understood of a client, each with the names its column may have; the first one there wins. */
const NAMES = {
  company:
    'company company_name organisation organization organization_name business business_name firma firmenname unternehmen betrieb societe entreprise raison_sociale empresa azienda ragione_sociale bedrijf foretag client client_name customer customer_name account account_name kunde kundenname cliente klant kund',
  name: 'name full_name display_name nom nombre nome naam namn',
  contact:
    'contact contact_name contact_person main_contact primary_contact ansprechpartner ansprechpartnerin ansprechperson kontakt kontaktperson interlocuteur contacto contatto contactpersoon',
  first_name: 'first_name first given_name forename vorname prenom voornaam fornamn',
  last_name:
    'last_name last surname family_name nachname familienname nom_de_famille apellido apellidos cognome achternaam efternamn',
  role: 'role job_title position job funktion rolle fonction cargo ruolo functie',
  email:
    'email email_address mail mail_address emailadresse mailadresse primary_email work_email email_1_value courriel adresse_mail adresse_email correo correo_electronico',
  phone:
    'phone phone_number telephone telephone_number tel telefon telefonnummer telefono telefoon work_phone business_phone phone_1_value mobile mobile_phone mobile_number handy mobil mobilnummer portable movil cellulare',
  birthday:
    'birthday birth_date birthdate date_of_birth dob geburtstag geburtsdatum anniversaire date_de_naissance cumpleanos fecha_de_nacimiento compleanno data_di_nascita verjaardag geboortedatum',
  segment: 'segment tier class grade abc klasse kategorie category categorie einstufung rating',
  status: 'status client_status stage etat estado stato',
  since:
    'since client_since customer_since start_date started kunde_seit seit client_depuis depuis cliente_desde desde klant_sinds sinds',
  owner: 'owner account_owner account_manager consultant responsible betreuer verantwortlich responsable',
  channel: 'channel preferred_channel kanal canal',
  industry: 'industry sector branche secteur settore branch',
  notes:
    'notes note comment comments remarks notizen notiz bemerkung bemerkungen kommentar remarques commentaire notas',
  last_contact:
    'last_contact last_contacted last_contact_date last_spoke last_touch last_activity last_activity_date letzter_kontakt dernier_contact ultimo_contacto ultimo_contatto laatste_contact',
  id: 'client_key slug',
} as const;

export type Field = keyof typeof NAMES;
export const FIELDS = Object.keys(NAMES) as readonly Field[];

export type Columns = {
  /** The place of each field's column. */
  readonly at: ReadonlyMap<Field, number>;
  readonly unused: readonly string[];
};

/** Letters and digits only, without accents: `E-Mail Adresse` and `email_adresse` are one. */
const normal = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/[^\p{L}\p{N}]+/gu, '');

/** `map` is what the person says: `Firma=name,Fax=ignore`. Throws UsageError for columns and fields there are not. */
export function columnsOf(headers: readonly string[], map: string | undefined): Columns {
  const said = saidColumns(headers, map);
  const at = new Map<Field, number>();
  for (const field of FIELDS) {
    const own = [...said].find(([, each]) => each === field)?.[0];
    const names = [field, ...NAMES[field].split(' ')].map(normal);
    const guessed = names
      .map((name) => headers.findIndex((header, place) => normal(header) === name && !said.has(place)))
      .find((place) => place >= 0);
    const found = own ?? guessed;
    if (found !== undefined) at.set(field, found);
  }
  const used = new Set(at.values());
  return { at, unused: headers.filter((header, place) => header !== '' && !used.has(place)) };
}

const IGNORE = 'ignore';

function saidColumns(headers: readonly string[], map: string | undefined): ReadonlyMap<number, Field | typeof IGNORE> {
  const said = new Map<number, Field | typeof IGNORE>();
  for (const part of map?.split(',') ?? []) {
    const cut = part.lastIndexOf('=');
    const [header, word] = [part.slice(0, cut).trim(), part.slice(cut + 1).trim()];
    if (cut < 0) throw new UsageError(`\`${part.trim()}\` names no column`, 'write --map "Firma=name,Kontakt=contact"');
    const place = headers.findIndex((each) => normal(each) === normal(header));
    if (place < 0)
      throw new UsageError(
        `unknown column \`${header}\`${didYouMean(header, headers)}`,
        `the columns are ${headers.join(', ')}`,
      );
    const field = [...FIELDS, IGNORE].find((each) => normal(each) === normal(word)) as
      | Field
      | typeof IGNORE
      | undefined;
    if (field === undefined) {
      throw new UsageError(
        `a client has no \`${word}\`${didYouMean(word, FIELDS)}`,
        `it has ${FIELDS.join(', ')}; \`ignore\` leaves a column out`,
      );
    }
    if (field !== IGNORE && [...said.values()].includes(field))
      throw new UsageError(`--map names two columns for \`${field}\``);
    said.set(place, field);
  }
  return said;
}

function didYouMean(word: string, candidates: readonly string[]): string {
  const meant = nearest(word, candidates);
  return meant === undefined ? '' : `, did you mean \`${meant}\`?`;
}
