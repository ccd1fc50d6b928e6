// The list of commands, in the order of `--help`. A new command is one file named after it and one line here.

export type Listed = {
  readonly name: string;
  readonly usage: string;
  readonly summary: string;
  readonly aliases?: readonly string[];
};

export const COMMANDS: readonly Listed[] = [
  { name: 'status', usage: '[client]', summary: 'the morning report: what is late, due, and whom to contact' },
  {
    name: 'validate',
    usage: '[files...]',
    summary: 'every problem in the folder, with its place and a fix',
    aliases: ['check'],
  },
  { name: 'list', usage: '<kind> [client]', summary: 'clients, offers, steps, touches ... as a table' },
  { name: 'show', usage: '<ref...>', summary: 'one record, step or promise in full, and where it is written' },
  { name: 'explain', usage: '<ref...>', summary: 'why a day is what it is, with the place of each ingredient' },
];
