// The ids of the e-mails and scripts that ship with the program; no texts. Generated from templates/ by scripts/built-in.mjs: do not edit.
export const BUILT_IN: { readonly emails: ReadonlySet<string>; readonly scripts: ReadonlySet<string> } = {
  emails: new Set(["chase-firm","chase-gentle","complaint","hand-over","kickoff","new-date","partner-introduction","referral-ask","review-invite","survey","thank-you","transition-letter-budget","transition-letter-conduct","transition-letter-happy-end","transition-letter-misfit","transition-letter-outgrown","transition-letter-retired-offer","welcome"]),
  scripts: new Set(["chase-call","check-in","complaint","discovery","kickoff","referral-ask","review","transition-budget","transition-check","transition-conduct","transition-happy-end","transition-misfit","transition-outgrown","transition-retired-offer"]),
};
