// What a person is called: which word of a name is the first name, and whether a client is one person. Knows no record.

type Named = { readonly name: string; readonly first_name?: string | undefined };

const TITLE =
  /^(?:(?:dr|prof|professor|mr|mrs|ms|mx|miss|sir|dame|herr|frau|mme|mlle|fr|hr)\.?|(?:m|mag|ing|dipl|rev|hon|sr|sra|med|jur|phil)\.)$/i;
const INITIAL = /^\p{L}\.?$/u;

const words = (name: string): readonly string[] => name.trim().split(/\s+/);

/** Without the titles in front of it. */
function withoutTitles(name: string): readonly string[] {
  const all = words(name);
  const first = all.findIndex((word) => !TITLE.test(word));
  return first < 0 ? [] : all.slice(first);
}

/** Undefined where nobody knows one: a title, an initial, or a surname behind a title is no first name. */
export function firstNameOf(person: Named | undefined): string | undefined {
  if (!person) return undefined;
  const { name, first_name: written } = person;
  if (written !== undefined) return withoutTitles(written).length === 0 ? undefined : written;
  const own = withoutTitles(name);
  const [first] = own;
  const isSurname = own.length === 1 && words(name).length > 1;
  return first === undefined || isSurname || INITIAL.test(first) ? undefined : first;
}

/** The same name, whatever titles and capitals it is written with. */
export const isSameName = (a: string, b: string): boolean => {
  const [one, other] = [a, b].map((name) => withoutTitles(name).join(' ').toLowerCase());
  return one !== '' && one === other;
};
