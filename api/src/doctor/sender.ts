import { Buffer } from "node:buffer";
import { createPublicKey } from "node:crypto";
import { doubtful, type Finding } from "./finding.ts";
import type { Names } from "./names.ts";

/** What the mails' domain says of who may send for it: SPF (RFC 7208), DMARC (RFC 7489) and DKIM (RFC 6376). */
export async function lookAtSender(names: Names, domain: string, selector?: string): Promise<Finding[]> {
  const [spf, dmarc, dkim] = await Promise.all([
    lookAtSpf(names, domain),
    lookAtDmarc(names, domain),
    lookAtDkim(names, domain, selector),
  ]);
  return [...spf, ...dmarc, ...dkim];
}

const isSpf = (text: string) => /^v=spf1( |$)/i.test(text);

async function lookAtSpf(names: Names, domain: string): Promise<Finding[]> {
  const records = (await names.texts(domain)).filter(isSpf);
  const mend = `Give ${domain} one TXT record, such as \`v=spf1 include:YOUR-PROVIDER -all\``;
  if (records.length !== 1) {
    const none = records.length === 0 ? "no SPF record" : "several SPF records, which count as none";
    return [doubtful("spf", `${domain} has ${none}: mails land among spam`, mend)];
  }
  const terms = records[0]!.toLowerCase().split(/\s+/).slice(1);
  if (terms.some((term) => term === "all" || term === "+all")) {
    return [
      doubtful("spf-open", `The SPF record of ${domain} lets everybody send for it`, "End it with `-all`"),
    ];
  }
  if (!terms.some((term) => /^[-~?]all$/.test(term) || term.startsWith("redirect="))) {
    return [
      doubtful("spf-endless", `The SPF record of ${domain} says nothing of all others`, "End it with `-all`"),
    ];
  }
  const lookups = await lookupsOf(names, domain, mostLookups + 1);
  if (lookups <= mostLookups) return [];
  return [doubtful(
    "spf-long",
    `The SPF record of ${domain} asks for more than ${mostLookups} others, and so counts as none`,
    "Name fewer providers in it",
  )];
}

/** RFC 7208, 4.6.4: who has to look further gives up. */
const mostLookups = 10;

/** How many names a receiver looks up for a domain's SPF record, with all that it includes; counted up to `most`. */
async function lookupsOf(names: Names, domain: string, most: number): Promise<number> {
  const record = (await names.texts(domain)).find(isSpf);
  let count = 0;
  for (const term of record?.toLowerCase().split(/\s+/).slice(1) ?? []) {
    const [, included] = term.match(/^(?:[-~?+]?include:|redirect=)(.+)$/) ?? [];
    if (!included && !/^[-~?+]?(a|mx|ptr|exists)([:/]|$)/.test(term)) continue;
    count++;
    if (included && !included.includes("%") && count < most) {
      count += await lookupsOf(names, included, most - count);
    }
    if (count >= most) return count;
  }
  return count;
}

async function lookAtDmarc(names: Names, domain: string): Promise<Finding[]> {
  const parents = domain.split(".").map((_, index, all) => all.slice(index).join(".")).slice(0, -1);
  for (const parent of parents) {
    const records = (await names.texts(`_dmarc.${parent}`)).filter((text) => /^v=DMARC1\b/i.test(text));
    if (records.length === 0) continue;
    const policy = tagsOf(records[0]!).get("p")?.toLowerCase();
    if (records.length === 1 && policy && ["none", "quarantine", "reject"].includes(policy)) return [];
    return [doubtful(
      "dmarc-wrong",
      records.length > 1
        ? `${parent} has several DMARC records, which count as none`
        : `The DMARC record of ${parent} does not say what to do (p=)`,
      `Give _dmarc.${parent} one TXT record, such as \`v=DMARC1; p=quarantine\``,
    )];
  }
  return [doubtful(
    "dmarc",
    `${domain} has no DMARC record: large providers refuse its mails`,
    `Give _dmarc.${domain} a TXT record, such as \`v=DMARC1; p=quarantine\``,
  )];
}

/** Names that providers like to give their keys. */
const usualSelectors = [
  ...["default", "dkim", "mail", "smtp", "key1", "s1", "s2", "k1", "k2", "k3", "selector1", "selector2"],
  ...["google", "mailjet", "mandrill", "pm", "mg", "mx", "sib", "brevo1", "fm1", "fm2", "protonmail", "zoho"],
  ...["resend", "postal", "scph", "mlsend", "sendgrid", "amazonses", "ovhmo1", "dkim1", "dkim2"],
];

async function lookAtDkim(names: Names, domain: string, selector?: string): Promise<Finding[]> {
  const records = await Promise.all((selector ? [selector] : usualSelectors).map(async (name) => ({
    name: `${name}._domainkey.${domain}`,
    // Some resolvers fail where there is nothing.
    keys: (await names.texts(`${name}._domainkey.${domain}`).catch(() => [])).filter((text) =>
      tagsOf(text).has("p")
    ),
  })));
  const found = records.filter(({ keys }) => keys.length > 0);
  const wrong = found.flatMap(({ name, keys }) => keys.map((key) => ({ name, is: faultOf(key) })));
  if (wrong.some(({ is }) => is === undefined)) return []; // one that holds is enough
  if (wrong[0]) {
    return [doubtful(
      "dkim-wrong",
      `The DKIM key at ${wrong[0].name} ${wrong[0].is}`,
      "Set up DKIM anew with your provider, and give the name the record that it shows",
    )];
  }
  return [doubtful(
    "dkim",
    selector
      ? `There is no DKIM key at ${selector}._domainkey.${domain}: mails land among spam`
      : `No DKIM key of ${domain} lies where they usually lie`,
    selector
      ? "Give the name the record that your provider shows, or set MAIL_DKIM_SELECTOR to what stands before ._domainkey there"
      : "Set MAIL_DKIM_SELECTOR to what stands before ._domainkey in the record that your provider asks for",
  )];
}

/** The shortest RSA key that receivers still believe (RFC 8301). */
const shortestKey = 1024;

/** What is wrong with a DKIM record; undefined: nothing. */
function faultOf(record: string): string | undefined {
  const tags = tagsOf(record);
  const key = tags.get("p")!.replaceAll(/\s/g, "");
  if (key === "") return "has been taken back";
  if (tags.get("k") === "ed25519") return key.length === 44 ? undefined : "can't be read";
  try {
    const { asymmetricKeyDetails } = createPublicKey({
      ...{ key: Buffer.from(key, "base64"), format: "der", type: "spki" },
    });
    const bits = asymmetricKeyDetails?.modulusLength ?? 0;
    return bits < shortestKey ? `has ${bits} bits, too few to be believed` : undefined;
  } catch {
    return "can't be read";
  }
}

/** `v=DKIM1; k=rsa; p=...` as a map; names in lower case. */
function tagsOf(record: string): Map<string, string> {
  return new Map(
    record.split(";").flatMap((part) => {
      const at = part.indexOf("=");
      return at < 0 ? [] : [[part.slice(0, at).trim().toLowerCase(), part.slice(at + 1).trim()] as const];
    }),
  );
}
