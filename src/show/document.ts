// A document as data: sections of sentences, lists, tables and bars. Owns what a document may be made of; renderers decide
// how it looks. What a tone or a bar says is said in words beside it.

/** `bad` is late or too much, `good` the opposite, `quiet` less important than the rest. */
export type Tone = 'plain' | 'strong' | 'bad' | 'good' | 'quiet';

export type Text = { readonly text: string; readonly tone: Tone };

/** A part of a whole as a bar, 1 for all of it; what goes over 1 is drawn as too much. */
export type Bar = { readonly share: number };

export type Cell = Text | Bar;

export type Column = {
  readonly title: string;
  readonly align: 'left' | 'right';
  /** Left out where there is no room, the last one first. */
  readonly isOptional: boolean;
};

export type Block =
  | { readonly kind: 'text'; readonly text: Text }
  | { readonly kind: 'list'; readonly items: readonly Text[] }
  | {
      readonly kind: 'table';
      readonly columns: readonly Column[];
      readonly rows: readonly (readonly Cell[])[];
      /** Whether the titles of the columns are shown on a terminal; on paper they always are. */
      readonly hasHead: boolean;
    }
  /** A command to go on with, and why. */
  | { readonly kind: 'next'; readonly command: string; readonly why: string | undefined };

export type Section = { readonly title: string | undefined; readonly blocks: readonly Block[] };

export type Document = { readonly title: string; readonly sections: readonly Section[] };

export const text = (words: string, tone: Tone = 'plain'): Text => ({ text: words, tone });
export const sentence = (words: string, tone: Tone = 'plain'): Block => ({ kind: 'text', text: text(words, tone) });
export const listOf = (items: readonly string[], tone: Tone = 'plain'): Block => ({
  kind: 'list',
  items: items.map((each) => text(each, tone)),
});
export const column = (title: string, align: Column['align'] = 'left'): Column => ({ title, align, isOptional: false });
export const optionalColumn = (title: string, align: Column['align'] = 'left'): Column => ({
  title,
  align,
  isOptional: true,
});

export const isBar = (cell: Cell): cell is Bar => 'share' in cell;

/** Sections that have something to say. */
export const section = (title: string | undefined, ...blocks: readonly (Block | undefined)[]): Section => ({
  title,
  blocks: blocks.filter((each) => each !== undefined),
});

export const documentOf = (title: string, ...sections: readonly Section[]): Document => ({
  title,
  sections: sections.filter(({ blocks }) => blocks.length > 0),
});
