// Programs that people know, with as many items as there are clients: Taskwarrior's and khal's lists. Only where they are
// installed.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const isInstalled = (command) => spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0;

const dayOf = (number) => `202611${String(1 + (number % 28)).padStart(2, '0')}`;

/** `task next` over so many open tasks; undefined where it is not installed. */
export function taskCase(scratch, items) {
  if (!isInstalled('task')) return undefined;
  const folder = join(scratch, `task-${items}`);
  mkdirSync(folder, { recursive: true });
  const env = { TASKDATA: folder, TASKRC: join(folder, 'taskrc') };
  writeFileSync(env.TASKRC, 'confirmation=off\nnews.version=99.0.0\n');
  const tasks = Array.from({ length: items }, (_, number) => ({
    description: `Ring client ${number}`,
    due: `${dayOf(number)}T090000Z`,
    project: `client-${number}`,
  }));
  const imported = spawnSync('task', ['import', '-'], {
    env: { ...process.env, ...env },
    input: JSON.stringify(tasks),
  });
  return imported.status === 0 ? { name: 'task next', argv: ['task', 'next'], env } : undefined;
}

/** `khal list` of a month with so many events; undefined where it is not installed. */
export function khalCase(scratch, items) {
  if (!isInstalled('khal')) return undefined;
  const folder = join(scratch, `khal-${items}`);
  mkdirSync(join(folder, 'calendar'), { recursive: true });
  for (let number = 0; number < items; number += 1) {
    const lines = [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//deliver//bench//EN',
      'BEGIN:VEVENT',
      `UID:client-${number}@deliver.example`,
      'DTSTAMP:20261101T090000Z',
      `DTSTART;VALUE=DATE:${dayOf(number)}`,
      `SUMMARY:Ring client ${number}`,
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ];
    writeFileSync(join(folder, 'calendar', `${number}.ics`), lines.join('\r\n'));
  }
  const config = join(folder, 'config');
  writeFileSync(
    config,
    `[calendars]\n[[bench]]\npath = ${join(folder, 'calendar')}\n[sqlite]\npath = ${join(folder, 'khal.db')}\n[locale]\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\ndatetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\ntimeformat = %H:%M\n`,
  );
  return { name: 'khal list', argv: ['khal', '-c', config, 'list', '2026-11-01', '30d'] };
}
