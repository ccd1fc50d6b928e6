// Questions on a real terminal. inquirer is loaded with the first one.
import type { Prompter } from '../world.ts';

const PAGE = 12;

/** Ctrl-C and a closed terminal are an answer too: none. */
async function orInterrupted<T>(question: Promise<T>): Promise<T | undefined> {
  try {
    return await question;
  } catch (error) {
    if (error instanceof Error && /^(ExitPromptError|AbortPromptError)$/.test(error.name)) return undefined;
    throw error;
  }
}

export const terminalPrompter: Prompter = {
  choose: async (question, choices) => {
    const { default: inquirer } = await import('inquirer');
    const matching = (term: string | undefined) => {
      const wanted = (term ?? '').toLowerCase();
      return choices
        .filter((each) => `${each.value} ${each.label}`.toLowerCase().includes(wanted))
        .map((each) => ({ value: each.value, name: each.label, short: each.value }));
    };
    const answers = await orInterrupted(
      inquirer.prompt<{ answer: string }>([
        { type: 'search', name: 'answer', message: question, source: matching, pageSize: PAGE },
      ]),
    );
    return answers?.answer;
  },
  ask: async (question) => {
    const { default: inquirer } = await import('inquirer');
    const answers = await orInterrupted(
      inquirer.prompt<{ answer: string }>([{ type: 'input', name: 'answer', message: question }]),
    );
    return answers?.answer;
  },
};
