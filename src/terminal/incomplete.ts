// What is said beside an answer when errors in the data may have taken something out of it.
import { type Block, line, span } from './ink.ts';
import { count } from './words.ts';

export const incompleteNote = (errors: number, missing: string): Block =>
  errors === 0
    ? []
    : [
        line(
          span('!', 'yellow'),
          ` ${count(errors, 'error')} in the data, so ${missing} may be missing: deliver validate`,
        ),
      ];
