import { NotTaken } from "../mail/not_taken.ts";
import { wayOut } from "../mail/way.ts";
import { bad, doubtful, type Finding, good } from "./finding.ts";
import type { Patient } from "./patient.ts";
import { lookAtSender } from "./sender.ts";

/** Whether the mail server lets us in, and whether the sender's domain says that it may send for it. */
export async function lookAtMail({ config, names, patience }: Patient): Promise<Finding[]> {
  const { mail, dataDir, allowLoopback } = config;
  if (!mail.smtpUrl) {
    return [
      doubtful(
        "files",
        "Mails become files: nobody gets any",
        "Set SMTP_URL and MAIL_FROM, so that people can reset their passwords",
      ),
    ];
  }
  const way = wayOut({ mail, dataDir, allowLoopback, say: () => {}, patience });
  const found: Finding[] = [];
  try {
    await way.check?.();
  } catch (error) {
    if (!(error instanceof NotTaken)) throw error;
    found.push(
      bad(
        "smtp",
        error.message,
        "Check SMTP_URL (and SMTP_CA_FILE) against what your provider says, then `riff mail test ADDRESS`",
      ),
    );
  }
  found.push(...await lookAtSender(names, mail.from.address.split("@").at(-1)!, mail.dkimSelector));
  return found.length > 0 ? found : [good(`${way.name} lets us in, and its domain says that it may send`)];
}
