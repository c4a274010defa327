import { FetchFailed } from "../base/fetched.ts";
import { endOfCertificate } from "./certificates.ts";
import { bad, doubtful, type Finding, good } from "./finding.ts";
import type { Patient } from "./patient.ts";

const accept = "application/activity+json";
/** Seconds between our clock and that of what answers for us. */
const apart = 30;

/** Days before its end in which a certificate should have been renewed. */
const renewed = 14;

/** Our name, certificate, WebFinger and actor, asked for as another server would. */
export async function lookFromOutside(patient: Patient): Promise<Finding[]> {
  const { config, http, names, now } = patient;
  const { hostname } = new URL(config.baseUrl);
  const isLocal = hostname === "localhost" || /^[\d.]+$|:/.test(hostname);
  const handles = config.handleDomain.replace(/:\d+$/, "");
  for (const name of isLocal ? [] : new Set([hostname, handles])) {
    if ((await names.addresses(name)).length > 0) continue;
    return [bad(
      "name",
      `The name ${name} leads nowhere`,
      `Where you bought the name, give ${name} an A record with this machine's address (and AAAA, if it has one)`,
    )];
  }
  const resource = encodeURIComponent(`${config.baseUrl}/`);
  const finger = `${
    new URL(config.baseUrl).protocol
  }//${config.handleDomain}/.well-known/webfinger?resource=${resource}`;
  const actor = `${config.baseUrl}/ap/actor`;
  const found: Finding[] = [];
  for (const [url, headers] of [[finger, {}], [actor, { accept }]] as const) {
    try {
      const { status, body, headers: said } = await http.fetch(url, { headers });
      if (status !== 200 || !new TextDecoder().decode(body).includes(actor)) {
        found.push(bad(
          url === finger ? "webfinger" : "actor",
          `${url.split("?")[0]} answers ${status}, and not as this server would`,
          url === finger && config.handleDomain !== new URL(config.baseUrl).host
            ? `Let ${config.handleDomain} send /.well-known/webfinger on to ${config.baseUrl}`
            : "See whether the name leads to this machine, the proxy to riff, and riff is running",
        ));
      }
      const date = Date.parse(said.get("date") ?? "");
      const seconds = Math.abs(date - now().epochMilliseconds) / 1000;
      if (seconds > apart && !found.some(({ code }) => code === "clock")) {
        found.push(bad(
          "clock",
          `This machine's clock is ${Math.round(seconds)} seconds from that of what answers at ${
            new URL(url).host
          }`,
          "Let it keep time (`timedatectl set-ntp true`): other servers refuse what is signed at another time",
        ));
      }
    } catch (error) {
      if (!(error instanceof FetchFailed)) throw error;
      found.push(bad(
        "unreachable",
        `Others don't reach ${new URL(url).host}: ${error.message}`,
        "See whether Caddy (or whatever speaks https) runs, its certificate is good for the name, and ports 80 and 443 are open",
      ));
      break;
    }
  }
  found.push(...await lookAtCertificate(patient));
  return found.length > 0 ? found : [good(`${config.baseUrl} answers others as it should`)];
}

/** Whether somebody renews it: what is wrong with it now shows already, because others don't come through. */
async function lookAtCertificate({ config, now, patience }: Patient): Promise<Finding[]> {
  const url = new URL(config.baseUrl);
  const end = url.protocol === "https:" ? await endOfCertificate(url, patience) : undefined;
  if (!end || now().until(end).total("hours") > renewed * 24) return [];
  return [doubtful(
    "certificate",
    `The certificate of ${url.hostname} ends on ${end.toString().slice(0, 10)}`,
    "Caddy renews it a month before: see its log, and whether ports 80 and 443 are open to everybody",
  )];
}
