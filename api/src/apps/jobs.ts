import type { Chores } from "../base/events.ts";
import { deleteExpiredCodes } from "./code_store.ts";

export const chores: Chores = {
  forgetCodes: { cron: "*/10 * * * *", run: ({ db, now }) => deleteExpiredCodes(db, now()) },
};
