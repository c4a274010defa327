import type { Message } from "./message.tsx";
import { toNodemailer } from "./smtp_way.ts";
import type { Way } from "./way.ts";

/** So many files stay, the newest: a folder that nobody looks after must not grow. */
const mostFiles = 500;

/** As files (`.eml`) that any mail program opens, and with a line on the console: for servers without `SMTP_URL`. */
export function folderWay(folder: string, say: (line: string) => void): Way {
  return {
    name: folder,
    send: async (message) => {
      await Deno.mkdir(folder, { recursive: true, mode: 0o700 });
      const path = `${folder}/${fileName(message)}`;
      await writeWhole(path, await toBytes(message));
      await removeOldest(folder);
      say(`Mail to ${message.to}: ${message.subject}\n  ${message.link ?? path}`);
      return path;
    },
  };
}

/** Sorts by time. */
function fileName({ date, messageId }: Message): string {
  const [, id = ""] = /^<(\w+)/.exec(messageId) ?? [];
  return `${date.toString({ smallestUnit: "second" }).replaceAll(":", "")}-${id}.eml`;
}

async function toBytes(message: Message): Promise<Uint8Array> {
  const { createTransport } = await import("nodemailer");
  const writer = createTransport({ streamTransport: true, buffer: true, newline: "unix" });
  const { message: bytes } = await writer.sendMail(toNodemailer(message));
  return bytes as Uint8Array;
}

/** Its links work: nobody but us reads it. It gets its name when it is whole. */
async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const draft = `${path}.part`;
  await Deno.writeFile(draft, bytes, { mode: 0o600 });
  await Deno.rename(draft, path);
}

async function removeOldest(folder: string): Promise<void> {
  const names = await Array.fromAsync(Deno.readDir(folder), ({ name }) => name);
  const mails = names.filter((name) => name.endsWith(".eml")).sort();
  for (const name of mails.slice(0, -mostFiles)) await Deno.remove(`${folder}/${name}`).catch(() => {});
}
