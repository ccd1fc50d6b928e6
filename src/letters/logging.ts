// How a letter gets into the log once it was sent, as a command line.
import type { EmailRecord } from '../book/book.ts';
import { rungsOf } from '../engine/ladder.ts';
import { stepNamer } from '../engine/step-items.ts';
import type { Facts } from './facts.ts';

export function loggedBy(facts: Facts, email: EmailRecord): string {
  const { book, client, running, schedule, step, to } = facts;
  const isOpen = schedule !== undefined && step !== undefined && step.state !== 'closed';
  if (isOpen && (step.plan.email === email.id || rungsOf(book, schedule, step).some((it) => it.email === email.id)))
    return `deliver sent ${stepNamer(facts.setting, client, running)(schedule, step.plan.id)}`;
  const kind = Object.entries(book.service.touches ?? {}).find(([, it]) => it.email === email.id)?.[0];
  if (kind !== undefined) return `deliver sent ${client.id}/touch/${kind}`;
  const whom = to === undefined || to === 'partner' ? '' : ` --with ${to}`;
  return `deliver touch ${client.id} ${email.touch ?? 'email'}${whom} --letter ${email.id}`;
}
