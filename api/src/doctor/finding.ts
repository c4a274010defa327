/** What the doctor has seen, in words for whoever runs the server. */
export interface Finding {
  /** Short and always the same, for programs; each area has its own. */
  code: string;
  /** `bad`: people notice, or will soon. `doubtful`: it may be meant so, or become bad. */
  level: "good" | "doubtful" | "bad";
  /** What is so. */
  what: string;
  /** What to do about it; unset where it is good. */
  mend?: string;
}

/** All is well, and this is how. */
export const good = (what: string): Finding => ({ code: "well", level: "good", what });
/** It may be meant so, or become bad. */
export const doubtful = (code: string, what: string, mend: string): Finding => ({
  ...{ code, level: "doubtful", what, mend },
});
/** People notice, or will soon. */
export const bad = (code: string, what: string, mend: string): Finding => ({
  code,
  level: "bad",
  what,
  mend,
});
