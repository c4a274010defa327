import { decode, encode, RECURSION_DESIRED } from "dns-packet";
import { createSocket } from "node:dgram";
import { type Names, namesBy } from "../src/doctor/names.ts";

/** A real name server on loopback, and the way to ask it. */
export interface NameServer extends AsyncDisposable {
  names: Names;
  /** Addresses and texts by name; whatever is not in here does not exist. */
  addresses: Record<string, string>;
  texts: Record<string, string[]>;
}

export async function openNameServer(known: Pick<NameServer, "addresses" | "texts">): Promise<NameServer> {
  const socket = createSocket("udp4");
  socket.on("message", (message, { port, address }) => {
    const { id, questions = [] } = decode(message);
    const [{ name = "", type = "A" } = {}] = questions;
    const ip = known.addresses[name];
    const answers = type === "TXT"
      ? (known.texts[name] ?? []).map((data) => ({ type: "TXT" as const, name, ttl: 60, data }))
      : type === "A" && ip
      ? [{ type: "A" as const, name, ttl: 60, data: ip }]
      : [];
    const isKnown = ip !== undefined || known.texts[name] !== undefined;
    const flags = RECURSION_DESIRED | (isKnown ? 0 : 3); // 3: there is no such name
    socket.send(encode({ id, type: "response", flags, questions, answers }), port, address);
  });
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  return {
    ...known,
    names: namesBy({ ipAddr: "127.0.0.1", port: socket.address().port }),
    [Symbol.asyncDispose]: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}
