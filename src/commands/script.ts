// `script`: one conversation with one client, laid out to be read aloud, or as Markdown.
import { filesBehind } from '../book/behind.ts';
import type { ScriptRecord } from '../book/book.ts';
import { askForClient, type Command, type Input, one, type Practice, textOption } from '../command.ts';
import { completenessOf } from '../completeness.ts';
import { findScript, isBuiltIn } from '../letters/built-in.ts';
import { cautionsFor } from '../letters/caution.ts';
import { scriptFacts } from '../letters/facts.ts';
import { renderScript } from '../letters/spoken.ts';
import { type Ask, type Outcome, refusal } from '../outcome.ts';
import { line } from '../terminal/ink.ts';
import { readAloud, spokenMarkdown } from '../terminal/spoken.ts';

import {
  askForTemplate,
  cautionNotes,
  findAbout,
  findContact,
  findIssue,
  findOfferNamed,
  findTemplateId,
  refused,
} from '../typed/letter-request.ts';
import { findClient } from '../typed/reference.ts';

const SCHEMA = 'deliver.script/1';

export const command: Command = {
  name: 'script',
  arguments: [
    { name: '<client>', what: 'with whom you speak' },
    { name: '<script>', what: 'which conversation: one of scripts/, or one that is built in' },
  ],
  options: [
    {
      flags: '--step <step>',
      what: 'the step, or the engagement, it is about; else the one that asks for this script',
    },
    { flags: '--with <contact>', what: 'another contact than the main one' },
    { flags: '--offer <offer>', what: 'what you offer, before there is work' },
    { flags: '--issue <issue>', what: 'the issue it is about (default: the only open one)' },
    { flags: '--md', what: 'as Markdown' },
  ],
  about: 'What to say, what to listen for and what to answer, one beat after the other, with the names filled in.',
  examples: [
    { line: 'deliver script acme check-in', what: 'before the call' },
    { line: 'deliver script acme kickoff --md > kickoff.md', what: 'to print' },
  ],
  depth: () => 'core',
  run,
};

function run(input: Input): Outcome | Ask {
  const { practice, options, view } = input;
  const { book, today } = practice;
  const written = one(input, 'client');
  if (written === undefined) return askForClient(practice, 'Whom do you speak with?');
  const client = findClient(book, today, written);
  const named = one(input, 'script');
  if (named === undefined) return askForTemplate(practice, 'script', client);
  const script = scriptNamed(practice, named);
  const facts = scriptFacts(book, today, client, script, {
    person: practice.who(),
    to: findContact(practice, client, textOption(options, 'with')),
    issue: findIssue(practice, client, textOption(options, 'issue')),
    offer: findOfferNamed(practice, textOption(options, 'offer')),
    ...findAbout(practice, client, textOption(options, 'step')),
  });
  const rendered = renderScript(facts, script);
  if ('problems' in rendered) {
    return refused(practice, SCHEMA, `\`${script.id}\` cannot be read to ${client.name}`, rendered.problems);
  }
  const { letter: spoken } = rendered;
  const { complete, problems, notes, exit } = completenessOf(practice, filesBehind(book, client, [script.file]));
  const lines = spokenMarkdown(spoken);
  return {
    kind: 'outcome',
    text: options.md === true ? lines.map((text) => line(text)) : readAloud(spoken, view.columns),
    data: {
      schema: SCHEMA,
      client: client.id,
      script: script.id,
      built_in: isBuiltIn(script),
      purpose: script.purpose ?? null,
      channel: script.channel ?? null,
      engagement: facts.schedule?.id ?? null,
      step: facts.step?.plan.id ?? null,
      contact: facts.contact ?? null,
      title: spoken.title,
      goal: spoken.goal ?? null,
      prepare: spoken.prepare,
      beats: spoken.beats.map(({ name, say, ask, listenFor, answers }) => ({
        name: name ?? null,
        say: say ?? null,
        ask: ask ?? null,
        listen_for: listenFor,
        if: answers.map((each) => ({ they: each.they, say: each.say ?? null, ask: each.ask ?? null })),
      })),
      avoid: spoken.avoid,
      afterwards: spoken.afterwards,
      emails: spoken.emails,
      cautions: cautionsFor(book, today, client),
      complete,
      problems,
    },
    notes: [...cautionNotes(practice, client), ...notes],
    problems: [],
    exit,
  };
}

function scriptNamed({ book }: Practice, written: string): ScriptRecord {
  const id = findTemplateId(book, 'script', written);
  const script = findScript(book, id);
  if (!script) throw refusal(`scripts/${id}.yaml has errors`, 'deliver validate');
  return script;
}
