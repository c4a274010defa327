/** Film and sound for tests, made by ffmpeg; undefined where there is none, and what needs it is skipped. */

const there = await new Deno.Command("ffmpeg", { args: ["-version"], stdout: "null", stderr: "null" })
  .output()
  .then(({ success }) => success, () => false);

export const hasFfmpeg = there;
if (!there) console.error("No ffmpeg here: tests of film and sound are skipped. Install it");

/** What ffmpeg makes of these arguments, such as `-f lavfi -i testsrc -f mp4`. */
export async function film(args: string, extension = "mp4"): Promise<Uint8Array<ArrayBuffer>> {
  const path = await Deno.makeTempFile({ suffix: `.${extension}` });
  try {
    const { success, stderr } = await new Deno.Command("ffmpeg", {
      args: ["-v", "error", "-y", ...args.split(" "), path],
      stdin: "null",
      stderr: "piped",
    }).output();
    if (!success) throw new Error(new TextDecoder().decode(stderr));
    return await Deno.readFile(path);
  } finally {
    await Deno.remove(path);
  }
}

const second = "-f lavfi -i testsrc=duration=1:size=320x240:rate=15";

/** A second of each. */
export const seconds = {
  mp4: () => film(`${second} -f lavfi -i sine=duration=1 -metadata title=secret -pix_fmt yuv420p -c:a aac`),
  silent: () => film(`${second} -pix_fmt yuv420p`),
  webm: () => film(`${second} -c:v libvpx -b:v 200k`, "webm"),
  mp3: () => film("-f lavfi -i sine=duration=1 -metadata title=secret", "mp3"),
  ogg: () => film("-f lavfi -i sine=duration=1", "ogg"),
  flac: () => film("-f lavfi -i sine=duration=1", "flac"),
  wav: () => film("-f lavfi -i sine=duration=1", "wav"),
};
