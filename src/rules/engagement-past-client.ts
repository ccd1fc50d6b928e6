// engagement/past-client: work that runs on for a client who has gone.
import { pathIn } from './engagements.ts';
import type { Rule } from './rule.ts';

export const engagementPastClient: Rule = ({ engagements }) =>
  engagements
    .filter(({ client, isRunning }) => client.status === 'past' && isRunning)
    .map((each) => ({
      problem: {
        code: 'engagement/past-client',
        args: { engagement: each.id },
        place: { file: each.client.file, path: pathIn(each), on: 'key' },
        related: [{ place: { file: each.client.file, path: ['status'] }, message: 'the client is past here' }],
      },
    }));
