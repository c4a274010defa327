import type { Chores } from "../base/events.ts";
import { publishDue } from "./publish.ts";

export const chores: Chores = {
  "publish-due": { cron: "* * * * *", run: publishDue },
};
