import { NotTaken } from "../mail/not_taken.ts";
import { wayOut } from "../mail/way.ts";
import { bad, doubtful, type Finding, good } from "./finding.ts";
import type { Patient } from "./patient.ts";

/** Whether the mail server lets us in, and whether the sender's domain says that it may send for it. */
export async function lookAtMail({ config, names, patience }: Patient): Promise<Finding[]> {
  const { mail, dataDir, allowLoopback } = config;
  if (!mail.smtpUrl) {
    return [
      doubtful(
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
        error.message,
        "Check SMTP_URL (and SMTP_CA_FILE) against what your provider says, then `riff mail test ADDRESS`",
      ),
    );
  }
  found.push(...await lookAtSender(names, mail.from.address.split("@").at(-1)!));
  return found.length > 0 ? found : [good(`${way.name} lets us in, and its domain says that it may send`)];
}

/** SPF (RFC 7208) and DMARC (RFC 7489). Where DKIM's key lies only the provider knows. */
async function lookAtSender(names: Patient["names"], domain: string): Promise<Finding[]> {
  const found: Finding[] = [];
  const spf = (await names.texts(domain)).filter((text) => /^v=spf1( |$)/i.test(text));
  if (spf.length !== 1) {
    found.push(doubtful(
      `${domain} has ${
        spf.length === 0 ? "no SPF record" : "several SPF records, which count as none"
      }: mails land among spam`,
      `Give ${domain} one TXT record, such as \`v=spf1 include:YOUR-PROVIDER -all\``,
    ));
  }
  const parents = domain.split(".").map((_, index, all) => all.slice(index).join(".")).slice(0, -1);
  const dmarc = (await Promise.all(parents.map((parent) => names.texts(`_dmarc.${parent}`)))).flat();
  if (!dmarc.some((text) => /^v=DMARC1\b/i.test(text))) {
    found.push(doubtful(
      `${domain} has no DMARC record: large providers refuse its mails`,
      `Give _dmarc.${domain} a TXT record, such as \`v=DMARC1; p=quarantine\`, and set up DKIM with your provider`,
    ));
  }
  return found;
}
