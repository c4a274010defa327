import { parse } from "yaml";

/** What docker-compose.prod.yml says of a service, as far as processes can follow it. */
export interface Service {
  image: string;
  command?: string[];
  env_file?: string;
  environment?: Record<string, string>;
  /** `SOURCE:TARGET[:ro]` */
  volumes?: string[];
  profiles?: string[];
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test: string[] };
  stop_grace_period?: string;
  mem_limit?: string;
}

/** The services of a Compose file, with `${NAME:-default}` filled in from these variables. */
export function servicesIn(text: string, variables: Record<string, string>): Record<string, Service> {
  const filled = text.replace(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_, name, kind, rest) => {
    const value = variables[name] || undefined;
    if (value === undefined && kind === "?") throw new Error(`${name}: ${rest}`);
    return value ?? (kind === "-" ? rest : "");
  });
  return parse(filled, { merge: true }).services;
}

/** The lines `NAME=value` of a file such as `.env`. */
export function variablesIn(text: string): Record<string, string> {
  return Object.fromEntries(
    Array.from(text.matchAll(/^([A-Z0-9_]+)=(.*)$/gm), ([, name, value]) => [name, value]),
  );
}
