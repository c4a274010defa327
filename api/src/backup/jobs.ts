import type { Chores } from "../base/events.ts";
import { makeBackup } from "./create.ts";
import { placeOf } from "./places.ts";
import { deleteBackupRecords, lastBackupAt } from "./store.ts";
import { removeOld } from "./tidy.ts";

const recordsKept = { hours: 400 * 24 };

export const chores: Chores = {
  /** Once a day, from the hour on that the settings name: where the machine was off then, as soon as it runs. */
  daily: {
    cron: "23 * * * *",
    run: async (ctx) => {
      const { to, passphrase, withMedia, hour } = ctx.config.backup;
      const now = ctx.now().toZonedDateTimeISO("UTC");
      if (!to || now.hour < hour) return;
      const last = await lastBackupAt(ctx.db);
      if (last?.toZonedDateTimeISO("UTC").toPlainDate().equals(now.toPlainDate())) return;
      const place = placeOf(to, ctx.config);
      const { name, bytes } = await makeBackup(ctx, { place, passphrase, withMedia, say: () => {} });
      const removed = await removeOld(ctx.config, place);
      await deleteBackupRecords(ctx.db, ctx.now().subtract(recordsKept));
      ctx.log.info("A backup was made", { name, bytes, removed: removed.length });
    },
  },
};
