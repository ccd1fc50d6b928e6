// The steps of one engagement by the second, slow implementation: nothing is remembered, everything is asked again.
import { type Cal, iso, isWorking, type Num, num, offset, shift, workingDays } from './days.ts';

export type StepModel = {
  readonly id: string;
  readonly kind?: string;
  readonly owner?: 'sam' | 'client' | 'partner';
  readonly due?: string;
  readonly after: readonly string[];
};
export type Progress = { readonly done?: string; readonly skipped?: string; readonly due?: string };
export type WorkModel = {
  readonly today: string;
  readonly closed: readonly string[];
  readonly open: readonly string[];
  readonly roll: 'next' | 'previous' | 'none';
  readonly steps: readonly StepModel[];
  /** Those of the offer, with the day where it is given. */
  readonly milestones: Readonly<Record<string, string | undefined>>;
  readonly started: string;
  readonly target?: string;
  readonly repeats?: string;
  readonly promised?: string;
  readonly moves: readonly { readonly date: string; readonly promised: string }[];
  readonly progress: Readonly<Record<string, Progress>>;
  readonly holds: readonly { readonly from: string; readonly to?: string }[];
  /** The reminder ladder, by rung: `due + 1bd`. */
  readonly ladder: Readonly<Record<string, string>>;
  readonly chased: readonly {
    readonly date: string;
    readonly step: string;
    readonly rung: string;
    readonly in?: true;
  }[];
  readonly paused?: boolean;
  readonly lastRound?: boolean;
  readonly leaving?: string;
};

type Rule =
  | { readonly day: Num }
  | {
      readonly anchor: string;
      readonly sign: '+' | '-';
      readonly off: { n: number; unit: 'd' | 'bd' | 'w' | 'm' | 'y' };
    };

function ruleOf(written: string): Rule {
  if (/^\d/.test(written)) return { day: num(written) };
  const [anchor = '', sign, off] = written.split(' ');
  return { anchor, sign: sign === '-' ? '-' : '+', off: offset(off ?? '0d') };
}

export function slowWork(model: WorkModel) {
  const today = num(model.today);
  const started = num(model.started);
  const nums = (days: readonly string[]) => new Set(days.map(num));
  const practice: Cal = { closed: nums(model.closed), open: nums(model.open), roll: model.roll, held: new Set() };
  const held = new Set<Num>();
  for (const { from, to } of model.holds) for (let at = num(from); at <= (to ? num(to) : today); at += 1) held.add(at);
  const cal: Cal = { ...practice, held };

  const stepOf = (id: string) => model.steps.find((it) => it.id === id);
  const closedOn = (it: StepModel): Num | undefined => {
    const written = model.progress[it.id]?.done ?? model.progress[it.id]?.skipped;
    return written !== undefined && num(written) <= today ? num(written) : undefined;
  };
  const handOf = (it: StepModel): string | undefined => model.progress[it.id]?.due;
  const ruleIn = (it: StepModel): Rule | undefined => {
    const written = handOf(it) ?? it.due;
    return written === undefined ? undefined : ruleOf(written);
  };
  const byRule = (rule: Rule, on: Cal, ofStep: (it: StepModel) => Num | undefined): Num | undefined => {
    if ('day' in rule) return rule.day;
    const step = stepOf(rule.anchor);
    const milestone = model.milestones[rule.anchor];
    const from =
      rule.anchor === 'start' ? started : step ? ofStep(step) : milestone === undefined ? undefined : num(milestone);
    return from === undefined ? undefined : shift(on, from, rule.sign, rule.off);
  };
  const planned = (it: StepModel): Num | undefined =>
    it.due === undefined ? undefined : byRule(ruleOf(it.due), practice, planned);
  const due = (it: StepModel): Num | undefined => {
    const rule = ruleIn(it);
    return rule && byRule(rule, cal, reached);
  };
  const reached = (it: StepModel): Num | undefined => {
    const closed = closedOn(it);
    const own = due(it);
    return closed ?? (own === undefined ? undefined : Math.max(own, today));
  };
  /** A day set by hand keeps what the plan implies; an anchor set by hand replaces it. */
  const before = (it: StepModel): readonly StepModel[] => {
    const hand = handOf(it);
    const rules = [hand, it.due].flatMap((written) => (written === undefined ? [] : [ruleOf(written)]));
    const rule = rules.find((each) => 'anchor' in each);
    const implied = rule && 'anchor' in rule && rule.sign === '+' ? [rule.anchor] : [];
    return [...new Set([...it.after, ...implied])].flatMap((id) => stepOf(id) ?? []);
  };
  const openBefore = (it: StepModel) => before(it).filter((each) => closedOn(each) === undefined);
  let soonest = today;
  while (!isWorking(cal, soonest)) soonest += 1;
  const forecast = (it: StepModel): Num | undefined => {
    const closed = closedOn(it);
    if (closed !== undefined) return closed;
    const rule = ruleIn(it);
    const own = due(it);
    if (rule && own === undefined) return undefined;
    const days = [own ?? soonest, soonest];
    for (const each of before(it)) {
      const theirs = forecast(each);
      if (theirs === undefined) return undefined;
      days.push(theirs);
      if (rule && 'anchor' in rule && rule.anchor === each.id) days.push(shift(cal, theirs, rule.sign, rule.off));
    }
    return Math.max(...days);
  };
  const open = model.steps.filter((it) => closedOn(it) === undefined);
  const holdsUp = (it: StepModel): readonly StepModel[] => {
    const found = new Set<StepModel>();
    for (let size = -1; size !== found.size; ) {
      size = found.size;
      for (const each of open)
        if (each !== it && before(each).some((other) => other === it || found.has(other))) found.add(each);
    }
    return [...found];
  };
  const neededBy = (it: StepModel): Num | undefined => {
    const days = [it, ...holdsUp(it)].flatMap((each) => due(each) ?? []);
    return days.length === 0 ? undefined : Math.min(...days);
  };
  const missing = new Set<string>();
  for (const it of open) {
    let at: StepModel | undefined = it;
    while (at && closedOn(at) === undefined && due(at) === undefined) {
      const rule = ruleIn(at);
      if (!rule) {
        if (at !== it) missing.add(at.id);
        break;
      }
      if (!('anchor' in rule)) break;
      const next = stepOf(rule.anchor);
      if (!next) missing.add(rule.anchor);
      at = next;
    }
  }
  const latest = (days: readonly (Num | undefined)[]): Num | undefined => {
    const known = days.filter((day) => day !== undefined);
    return known.length === 0 ? undefined : Math.max(...known);
  };
  const forecastEnd = missing.size > 0 ? undefined : latest(model.steps.map(forecast));
  const lastMove = [...model.moves].sort((a, b) => (a.date < b.date ? -1 : 1)).at(-1);
  const written = lastMove?.promised ?? model.promised;
  const promised =
    written !== undefined
      ? num(written)
      : model.target === undefined
        ? undefined
        : shift(practice, started, '+', offset(model.target));
  const onHold = model.holds
    .filter((it) => num(it.from) <= today && (it.to === undefined || today <= num(it.to)))
    .sort((a, b) => (a.from < b.from ? -1 : 1))[0];

  const isOurs = (it: StepModel) => it.owner !== 'client' && it.owner !== 'partner';
  /** Its day counts from no other step. */
  const isTiedElsewhere = (rule: Rule) => 'day' in rule || !stepOf(rule.anchor);
  const isAppointment = (it: StepModel): boolean => {
    const rule = ruleIn(it);
    if (!rule || due(it) === undefined) return false;
    const isSet = 'day' in rule || (rule.anchor !== 'start' && !stepOf(rule.anchor));
    const isMeeting = it.kind === 'meeting' || it.kind === 'call';
    return isSet && (isMeeting || ('anchor' in rule && rule.off.n === 0));
  };
  /** Of a step that the client owes and could do now: the last rung whose day has come, unless it or a later one was sent. */
  const chaseOf = (it: StepModel) => {
    const own = due(it);
    if (it.owner !== 'client' || openBefore(it).length > 0 || own === undefined || model.paused === true) return null;
    const rungs = Object.entries(model.ladder)
      .map(([rung, when]) => {
        const rule = ruleOf(when);
        return { rung, day: 'anchor' in rule ? shift(cal, own, rule.sign, rule.off) : rule.day };
      })
      .sort((a, b) => a.day - b.day);
    const come = rungs.filter(({ day }) => day <= today);
    const current = come.at(-1);
    if (!current) return null;
    const later = rungs.slice(come.length - 1).map(({ rung }) => rung);
    const sent = model.chased.some(
      (each) => each.in !== true && num(each.date) <= today && each.step === it.id && later.includes(each.rung),
    );
    return sent ? null : { rung: current.rung, day: iso(current.day), days_late: today - current.day };
  };
  const hidden = { later: 0, blocked: 0, unscheduled: 0, no_due: 0 };
  const listed = new Map<string, object>();
  const near = today + 7;
  for (const it of onHold ? [] : open) {
    const blockedBy = openBefore(it).map((each) => each.id);
    const isBlocked = blockedBy.length > 0;
    const own = due(it);
    const rule = ruleIn(it);
    const day = isBlocked || isAppointment(it) ? own : neededBy(it);
    const isLateAlone =
      isOurs(it) &&
      own !== undefined &&
      own < today &&
      rule !== undefined &&
      (handOf(it) !== undefined || isTiedElsewhere(rule));
    const isNearAppointment = isAppointment(it) && own !== undefined && own <= near;
    if (isBlocked && !isLateAlone && !isNearAppointment) {
      hidden.blocked += 1;
      continue;
    }
    if (day === undefined) {
      if (rule) hidden.unscheduled += 1;
      else hidden.no_due += 1;
      continue;
    }
    const chase = chaseOf(it);
    if (day > near && !chase) {
      hidden.later += 1;
      continue;
    }
    const ours = day < today ? 'overdue' : day === today ? 'due_today' : 'upcoming';
    const needed = neededBy(it);
    listed.set(it.id, {
      list: isOurs(it) ? ours : 'waiting',
      due: own === undefined ? null : iso(own),
      needed_by: needed === undefined ? null : iso(needed),
      planned: dayOrNull(planned(it)),
      days_late: today - day,
      working_days_late: workingDays(cal, day, today),
      blocks: holdsUp(it).length,
      blocked_by: [...blockedBy].sort(),
      starts_late: own !== undefined && own < started,
      chase,
    });
  }
  const closedDays = model.steps.flatMap((it) => closedOn(it) ?? []);
  const isLeaving = model.leaving !== undefined && num(model.leaving) <= today;
  const next = model.repeats === undefined ? undefined : shift(practice, started, '+', offset(model.repeats));
  return {
    listed: Object.fromEntries(listed),
    hidden,
    engagement: {
      planned_end: dayOrNull(latest(model.steps.map(planned))),
      promised: dayOrNull(promised),
      forecast_end: dayOrNull(forecastEnd),
      slip_working_days:
        promised === undefined || forecastEnd === undefined ? null : workingDays(cal, promised, forecastEnd),
      missing: [...missing].sort(),
      closed: closedDays.length,
      open: open.length,
      on_hold: onHold !== undefined,
    },
    hold: onHold?.from ?? null,
    finish: open.length === 0 && closedDays.length > 0 ? iso(Math.max(...closedDays)) : null,
    start: next === undefined || next > near || isLeaving || model.lastRound === true ? null : iso(next),
  };
}

const dayOrNull = (day: Num | undefined): string | null => (day === undefined ? null : iso(day));
