import { doubtful, type Finding, good } from "./finding.ts";
import type { Patient } from "./patient.ts";

/** Settings that are allowed, and seldom meant on a real server. */
export function lookAtSettings({ config }: Patient): Promise<Finding[]> {
  const { protocol, hostname } = new URL(config.baseUrl);
  const found: Finding[] = [];
  if (protocol === "http:") {
    found.push(doubtful(
      "http",
      `BASE_URL is ${config.baseUrl}: other servers and apps only speak to https`,
      "Set BASE_URL=https://YOUR.DOMAIN before anybody signs up: it can't be changed later",
    ));
  }
  if (config.allowLoopback.length > 0 && protocol === "https:") {
    found.push(doubtful(
      "loopback",
      "ALLOW_LOOPBACK lets strangers send this server to services on its own machine",
      "Empty ALLOW_LOOPBACK",
    ));
  }
  if (!config.rateLimits) {
    found.push(
      doubtful("no-limits", "RATE_LIMITS is off: nothing stops who guesses passwords", "Set RATE_LIMITS=on"),
    );
  }
  if (config.trustedProxies.length === 0 && protocol === "https:") {
    found.push(doubtful(
      "no-proxies",
      "TRUSTED_PROXIES is empty: behind a proxy everybody shares one address and its rate limits",
      "Set TRUSTED_PROXIES to the address of what speaks https for riff, such as 172.16.0.0/12",
    ));
  }
  if (config.logLevel === "debug") {
    found.push(doubtful("debug", "LOG_LEVEL is debug: the log grows fast", "Set LOG_LEVEL=info"));
  }
  return Promise.resolve(found.length > 0 ? found : [good(`${hostname} is set up for others to reach it`)]);
}
