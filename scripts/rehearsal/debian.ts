import { must } from "./place.ts";

/** Which of these programs are not here, and `root` where we are somebody else. */
export async function lackingForDebian(...programs: string[]): Promise<string[]> {
  const found = await Promise.all(
    programs.map((program) => must(`command -v ${program}`).then(() => [], () => [program])),
  );
  return [...found.flat(), ...(Deno.uid() === 0 ? [] : ["root"])];
}

/** Debian 12 in a folder, as Docker's image has it: without what was fetched, and without books. */
export async function makeDebian(to: string): Promise<void> {
  await must(`debootstrap --variant=minbase bookworm ${to} http://deb.debian.org/debian`);
  await must(
    `cd ${to} && rm -rf var/cache/apt/archives/*.deb var/lib/apt/lists/* usr/share/doc usr/share/man`,
  );
  await must(`cp /etc/resolv.conf /etc/hosts ${to}/etc/`);
  // What the builder's network asks for; images are built where certificates are the usual ones.
  const authorities = Deno.env.get("SSL_CERT_FILE");
  if (authorities) await must(`cp ${authorities} ${to}/authorities.pem`);
}

/** Runs lines of a shell in there, as root; answers the command that does. */
export function inDebian(
  to: string,
  workdir: string,
  env: Record<string, string>,
  lines: string,
): Deno.Command {
  const trust: Record<string, string> = Deno.env.get("SSL_CERT_FILE")
    ? { DENO_CERT: "/authorities.pem" }
    : {};
  const set = {
    ...{ PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", HOME: "/root" },
    ...{ DEBIAN_FRONTEND: "noninteractive", ...trust, ...env },
  };
  const variables = Object.entries(set).map(([name, value]) => `${name}=${value}`);
  return new Deno.Command("chroot", {
    args: [to, "env", "-i", ...variables, "sh", "-ec", `cd ${workdir}\n${lines}`],
    ...{ stdin: "null", stdout: "piped", stderr: "piped" } as const,
  });
}
