// Which reminder is the present one for each step that a client owes us, before and after a change. Knows no file.
import type { Setting } from '../engine/setting.ts';
import { placeSteps, runningSchedules } from '../engine/step-items.ts';
import { count } from '../terminal/words.ts';
import { clip, type Effect } from './change.ts';
import { type About, oldId, withBefore, withOnly } from './sides.ts';

type Reminder = { readonly rung: string; readonly name: string };

/** By client, engagement and step, where one is due to be written. */
function remindersIn(setting: Setting): ReadonlyMap<string, Reminder> {
  const found = [...setting.book.clients.values()].flatMap((client) =>
    placeSteps(setting, client, runningSchedules(setting, client), 0).flatMap(({ toItem, place }) => {
      const item = place === 'waiting' ? toItem() : undefined;
      return item?.chase
        ? [[`${client.id}/${item.engagement}/${item.step}`, { rung: item.chase.rung, name: client.name }] as const]
        : [];
    }),
  );
  return new Map(found);
}

const MOST = 4;

/** `2 reminders are other ones today: Acme Ltd data-access second -> third, ...`; what the ladder of the service model does. */
export function reminderEffect(about: About): Effect {
  const [old, now] = [remindersIn(about.before), remindersIn(about.after)];
  const [without, only] = [remindersIn(withBefore(about, 'service')), remindersIn(withOnly(about, 'service'))];
  const refs = [...new Set([...now.keys(), ...without.keys()])];
  const changes = refs.flatMap((ref) => {
    const [client = '', ...rest] = ref.split('/');
    const oldRef = [oldId(about, client), ...rest].join('/');
    const [was, is] = [old.get(oldRef), now.get(ref)];
    const hasPart = without.get(ref)?.rung !== is?.rung || was?.rung !== only.get(oldRef)?.rung;
    const name = (is ?? was ?? without.get(ref))?.name ?? client;
    if (was?.rung === is?.rung || !hasPart) return [];
    return [`${clip(name, 30)} ${rest.at(-1)} ${was?.rung ?? 'none'} -> ${is?.rung ?? 'none'}`];
  });
  if (changes.length === 0) return { text: 'no reminder of today is another one by it', moves: [] };
  const more = changes.length - MOST;
  const named = `${changes.slice(0, MOST).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  const verb = changes.length === 1 ? 'is another one' : 'are other ones';
  return { text: `${count(changes.length, 'reminder')} ${verb} today by the ladder: ${named}`, moves: [] };
}
