import type { Chores, Listeners } from "../base/events.ts";
import { store } from "./store_away.ts";
import { sweep } from "./sweep.ts";
import { finishFilm } from "./upload.ts";

export const listeners: Listeners = {
  "attachment.uploaded": (ctx, { attachmentId }) => finishFilm(ctx, attachmentId),
  "file.kept": (ctx, { key }) => store(ctx, key),
};

export const chores: Chores = {
  sweep: { cron: "23 * * * *", run: async (ctx) => void await sweep(ctx) },
};
