// The offboarding that the program brings along, for a practice that has none yet. It is theirs from then on.

export const OFFBOARDING_FILE = 'offers/offboarding.yaml';

export const OFFBOARDING_TEXT = `# How we part with a client. \`deliver offboard CLIENT\` starts it and fills in the last day. It chooses the script of the
# transition call and the text of the letter by the reason, and skips what is for a partner where there is none.
# Change it until it is yours.
name: Offboarding
version: 1
outcome: You leave with everything that is yours, a good next step and no loose ends.
milestones:
  last-day: The last day we work for the client
risks:
  - what: The partner says yes and then has no room
    step: accept
    mitigation: Ask before the transition call, and have a second name ready
phases:
  tell:
    title: Telling them
    steps:
      transition-call:
        title: Transition call
        kind: call
        due: start + 2bd
        touch: call
        effort: 45min
      letter:
        title: Send the transition letter
        kind: email
        due: transition-call + 1bd
        effort: 20min
  hand-over:
    title: Handing over
    steps:
      introduce:
        title: Introduce the partner
        due: letter + 2bd
        email: partner-introduction
        effort: 15min
      hand-over-note:
        title: Send the hand-over note
        due: introduce + 2bd
        email: hand-over
        effort: 45min
      accept:
        title: Confirm the take-over
        owner: partner
        due: hand-over-note + 5bd
      return-files:
        title: Return everything that is theirs
        due: last-day - 10bd
        after: letter                # nobody learns it from a returned file
        effort: 2h
      final-invoice:
        title: Send the final invoice
        kind: invoice
        due: last-day - 5bd
        after: letter
      access:
        title: Remove our access
        kind: access
        owner: client
        due: last-day - 2bd
        after: return-files
        expect:
          you_get: A list of every login we hold
          we_need: Each of them removed
          if_late: We write down which ones are still open and send you the list
  after:
    title: Afterwards
    steps:
      farewell:
        title: Say goodbye and thank you
        kind: call
        due: last-day
        touch: call
        effort: 20min
      archive:
        title: File it away, and note what we learned
        due: last-day + 3bd
        internal: true
        effort: 30min
      thirty-days:
        title: Ask how it is going
        kind: call
        due: last-day + 30d
        script: transition-check
        touch: call
        effort: 15min
`;
