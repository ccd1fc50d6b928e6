// The kinds of touch that every practice has. No schema.
import type { KindOfTouch } from './service.ts';

const builtIn = (title: string, channel: string): KindOfTouch => ({ title, channel });

/** Kinds every practice has; one of the same id in service.yaml replaces it. */
export const BUILT_IN_KINDS: Readonly<Record<string, KindOfTouch>> = {
  email: builtIn('Email', 'email'),
  call: builtIn('Call', 'call'),
  meeting: builtIn('Meeting', 'meeting'),
  message: builtIn('Message', 'message'),
  post: builtIn('Post', 'post'),
  chase: builtIn('Reminder', 'email'),
  survey: builtIn('Survey', 'email'),
  referral: builtIn('Referral', 'email'),
  note: builtIn('Note', 'note'),
};
