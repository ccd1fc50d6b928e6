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
  { name: 'brief', usage: '<client>', summary: 'one page before you make contact' },
  { name: 'capacity', usage: '', summary: 'hours ahead by person and week, and whether one more client fits' },
  { name: 'audit', usage: '[client]', summary: 'whether promises were kept, and whether clients say so' },
  { name: 'transitions', usage: '', summary: 'whom to let go, and who is on the way out' },
  { name: 'history', usage: '<client>', summary: 'one timeline of a client: records and commits' },
  { name: 'offboard', usage: '<client>', summary: 'let a client go: decision, partner, script, letters, checklist' },
  { name: 'list', usage: '<kind> [client]', summary: 'clients, offers, steps, touches ... as a table' },
  { name: 'show', usage: '<ref...>', summary: 'one record, step or promise in full, and where it is written' },
  { name: 'explain', usage: '<ref...>', summary: 'why a day is what it is, with the place of each ingredient' },
  { name: 'email', usage: '<client> <template>', summary: 'a letter: printed, as a draft, or in the mail program' },
  { name: 'outbox', usage: '[client]', summary: 'every letter that is due to be written, as a list or as drafts' },
  { name: 'sent', usage: '<ref...>', summary: 'a letter was sent: mark its step and log the contact' },
  { name: 'script', usage: '<client> <script>', summary: 'a conversation, laid out to be read aloud' },
  { name: 'done', usage: '<step...>', summary: 'a step is done' },
  { name: 'skip', usage: '<step...>', summary: 'a step is not needed' },
  { name: 'reopen', usage: '<step...>', summary: 'a closed step is open again' },
  { name: 'touch', usage: '<client> <kind> [note]', summary: 'log a contact' },
  { name: 'start', usage: '<client> <offer>', summary: 'a client begins an offer' },
  { name: 'finish', usage: '<engagement...>', summary: 'an engagement ends' },
  { name: 'hold', usage: '<engagement...>', summary: 'an engagement stops for a while' },
  { name: 'resume', usage: '<engagement...>', summary: 'an engagement on hold goes on' },
  { name: 'move', usage: '<step...>', summary: 'set the day of a step by hand, or move a promised end' },
  { name: 'promise', usage: '<client-and-what...>', summary: 'promise something, or keep it' },
  { name: 'issue', usage: '<client-and-what...>', summary: 'something is wrong, or is put right' },
  { name: 'snooze', usage: '<client> <kind>', summary: 'one kind of contact is quiet for a while' },
  { name: 'pause', usage: '<client>', summary: 'a client hears nothing from us by itself for a while' },
  { name: 'offer', usage: '<what> <offer>', summary: 'a new version of an offer; running work keeps the old one' },
  { name: 'adopt', usage: '<engagement...>', summary: 'running work moves to the present version of its offer' },
  { name: 'diff', usage: '[rev] [client]', summary: 'what changed since a commit, in words' },
  { name: 'undo', usage: '', summary: 'take back the last changes' },
  { name: 'segment', usage: '<client> <segment>', summary: 're-grade a client' },
  { name: 'client', usage: '<client>', summary: 'change what is known about a client: how well they fit' },
  { name: 'completion', usage: '<shell>', summary: 'makes bash, zsh or fish complete what you type' },
  { name: 'git', usage: '<what>', summary: 'setup: hooks and settings that make git fit the practice' },
  { name: 'doctor', usage: '', summary: 'whether program, practice, git and machine fit together' },
  { name: 'init', usage: '[dir]', summary: 'a new practice folder' },
  { name: 'new', usage: '<kind> [id]', summary: 'a client, offer, script, e-mail or partner; or a list of clients' },
];

export const findListed = (name: string): Listed | undefined =>
  COMMANDS.find((each) => each.name === name || each.aliases?.includes(name));

/** The options of every command. */
export const GLOBALS: readonly (readonly [flags: string, what: string])[] = [
  ['-C, --dir <dir>', 'the practice folder (DELIVER_DIR)'],
  ['--today <day>', 'pretend it is this day (DELIVER_TODAY)'],
  ['--as <person>', 'who runs it (DELIVER_AS)'],
  ['--json', 'the same answer as JSON'],
  ['--no-color', 'no colour (NO_COLOR)'],
  ['-q, --quiet', 'only the answer'],
  ['--no-input', 'never ask; a missing argument is an error'],
  ['--debug', 'show the stack when the program itself fails'],
  ['--version', 'the version'],
];

/** What `help` knows besides commands; the texts are in run/topics. */
export type Topic = { readonly name: string; readonly summary: string };

export const TOPICS: readonly Topic[] = [
  { name: 'references', summary: 'how clients, steps and promises are named' },
  { name: 'days', summary: 'how days are written on the command line' },
  { name: 'rules', summary: 'how due days and cadences are written in the files' },
  { name: 'files', summary: 'what lies where in a practice folder' },
  { name: 'environment', summary: 'variables of the environment that are looked at' },
  { name: 'exit-codes', summary: 'what a script is told' },
];
