import type { Command } from "commander";
import { guardedHttp } from "../base/http.ts";
import { examples, type Outcome } from "../base/terminal.ts";
import { examine } from "../doctor/examine.ts";
import { namesBy } from "../doctor/names.ts";
import { resourcesHere } from "../doctor/resources.ts";
import { told } from "../doctor/told.ts";
import { explain } from "./explain.ts";
import type { Premises } from "./premises.ts";

/** `riff doctor`: looks at a server that may be so ill that its database is out of reach. */
export function doctorCommand(riff: Command, premises: Premises, tell: (outcome: Outcome) => void): void {
  riff.command("doctor").description(
    "look at everything, and say how to mend what is wrong; exit 1 where it is bad",
  )
    .addHelpText("after", examples("doctor", "doctor --json"))
    .action(async () => {
      const config = premises.config();
      const http = guardedHttp({ allowLoopback: config.allowLoopback, userAgent: "riff doctor" });
      try {
        const reached = await premises.ctx().then(
          (ctx) => ({ ctx }),
          (error) => ({ noCtx: explain(error) }),
        );
        const now = () => Temporal.Now.instant();
        const around = { http, names: namesBy(), resources: resourcesHere, now };
        tell(told(await examine({ config, ...reached, ...around, patience: 15_000 })));
      } finally {
        http.close();
      }
    });
}
