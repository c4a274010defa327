import { delimiter } from "node:path";

const names = ["chromium", "chromium-browser", "google-chrome"];

/**
 * The path of a Chromium for tests in a browser. Where there is none and we may install one, it is installed;
 * undefined where that is not possible.
 */
export async function findChromium(say: (line: string) => void): Promise<string | undefined> {
  return await presentChromium() || await install(say);
}

/** The path of the Chromium that is here already; undefined where there is none. */
export async function presentChromium(): Promise<string | undefined> {
  return Deno.env.get("CHROMIUM_PATH") || await onPath(names);
}

async function install(say: (line: string) => void): Promise<string | undefined> {
  if (Deno.uid() !== 0 || !await onPath(["apt-get"])) return;
  say("Installing Chromium for the tests in a browser (a minute or two)");
  for (
    const args of [["update", "-qq"], [
      "install",
      "-y",
      "-qq",
      "--no-install-recommends",
      "chromium",
      "fonts-liberation",
    ]]
  ) {
    const { success, stderr } = await new Deno.Command("apt-get", {
      args,
      stdin: "null",
      env: { DEBIAN_FRONTEND: "noninteractive" },
    }).output();
    if (!success) {
      say(`apt-get ${args[0]} failed: ${new TextDecoder().decode(stderr).trim()}`);
      return;
    }
  }
  return await onPath(names);
}

/** The first of these programs that is on the PATH. */
async function onPath(programs: string[]): Promise<string | undefined> {
  const folders = (Deno.env.get("PATH") ?? "").split(delimiter).filter(Boolean);
  for (const program of programs) {
    for (const folder of folders) {
      const file = await Deno.stat(`${folder}/${program}`).catch(() => undefined);
      if (file?.isFile) return `${folder}/${program}`;
    }
  }
}
