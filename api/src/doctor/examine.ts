import { within } from "../base/within.ts";
import { lookAtBackups } from "./backups.ts";
import { lookAtDatabase } from "./database.ts";
import { bad, type Finding } from "./finding.ts";
import { lookAtMachine } from "./machine.ts";
import { lookAtMail } from "./mail.ts";
import { lookFromOutside } from "./outside.ts";
import type { Patient } from "./patient.ts";
import { lookAtQueues } from "./queues.ts";
import { lookAtSettings } from "./settings.ts";
import { lookAtStorage } from "./storage.ts";

/** All areas, in the order in which they are told: where an early one is bad, it often explains a later one. */
const areas: Record<string, (patient: Patient) => Promise<Finding[]>> = {
  settings: lookAtSettings,
  database: lookAtDatabase,
  storage: lookAtStorage,
  mail: lookAtMail,
  outside: lookFromOutside,
  queues: lookAtQueues,
  machine: lookAtMachine,
  backups: lookAtBackups,
};

/** What was found, and where. */
export type Examined = Finding & { area: string };

/** Milliseconds for one area: what does not answer by then is a finding, too. */
const patience = 60_000;

/** Looks at everything at once; nothing is changed but for a small file that is put into the storage and removed. */
export async function examine(patient: Patient): Promise<Examined[]> {
  const found = await Promise.all(
    Object.entries(areas).map(async ([area, look]) => {
      const findings = await within(patience, look(patient)).catch((error) => [
        bad(
          "unseen",
          `This could not be looked at: ${error instanceof Error ? error.message : error}`,
          "Mend what stands above first, then look again",
        ),
      ]);
      return findings.map((finding) => ({ area, ...finding }));
    }),
  );
  return found.flat();
}
