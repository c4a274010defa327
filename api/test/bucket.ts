import http from "node:http";
import S3rver from "s3rver";
import type { Environment } from "../src/base/config.ts";

/**
 * A real S3-speaking server with one bucket. Before it stands a door as strict as those of the large providers: what
 * comes in chunks, or without its length, is refused. The door can also be slow, refuse everything, be gone, let through little at a time, or give other bytes than it took.
 */
export interface Bucket extends AsyncDisposable {
  /** For a world that keeps its media in there. */
  settings: Environment;
  /** Whether strangers, who have no key, may do what they like. */
  isPublic: boolean;
  manner: "open" | "refusing" | "slow" | "gone" | "narrow" | "changing";
  /** What was asked: `PUT /media/media/...`. */
  asked: string[];
  /** The names of all that is in the bucket. */
  names(): Promise<string[]>;
}

const account = "S3RVER"; // the one that it knows

/** Begins one. Use `await using`. */
export async function newBucket({ isPathStyle = true } = {}): Promise<Bucket> {
  const directory = await Deno.makeTempDir({ prefix: "riff-bucket-" });
  const server = new S3rver({
    port: 0,
    address: "127.0.0.1",
    silent: true,
    directory,
    vhostBuckets: !isPathStyle,
    serviceEndpoint: "provider.test",
    configureBuckets: ["media", "riff-backups"].map((name) => ({ name, configs: [] })),
  });
  const { port } = await server.run();
  const it = { isPublic: false, manner: "open" as Bucket["manner"], asked: [] as string[] };
  const door = http.createServer((request, response) => {
    it.asked.push(`${request.method} ${request.url}`);
    if (it.manner === "gone") return void request.socket.destroy();
    if (it.manner === "slow") return; // whoever waits gives up
    const isChunked = request.headers["transfer-encoding"] !== undefined ||
      request.headers["content-encoding"]?.includes("aws-chunked");
    const isStrange = request.method === "PUT" &&
      (isChunked || request.headers["content-length"] === undefined);
    if (!it.isPublic && !request.headers.authorization) {
      request.resume();
      response.writeHead(403).end("<Error><Code>AccessDenied</Code></Error>");
      return;
    }
    if (it.manner === "refusing" || isStrange) {
      request.resume();
      response.writeHead(isStrange ? 411 : 503).end("<Error><Code>No</Code></Error>");
      return;
    }
    const { method, url: path, headers } = request;
    if (it.manner === "changing" && request.method === "GET") {
      response.writeHead(200, { "content-length": "5" }).end("other");
      return;
    }
    const onward = http.request(
      { host: "127.0.0.1", port, method, path, headers, agent: false },
      (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
      },
    );
    onward.on("error", () => response.destroy());
    if (it.manner === "narrow") bitByBit(request, onward).catch(() => onward.destroy());
    else request.pipe(onward);
  });
  await new Promise<void>((resolve) => door.listen(0, "127.0.0.1", resolve));
  const doorPort = (door.address() as { port: number }).port;
  return Object.assign(it, {
    settings: {
      S3_ENDPOINT: isPathStyle ? `http://127.0.0.1:${doorPort}` : `http://s3.provider.test:${doorPort}`,
      S3_BUCKET: "media",
      S3_ACCESS_KEY_ID: account,
      S3_SECRET_ACCESS_KEY: account,
      S3_PATH_STYLE: isPathStyle ? "on" : "off",
    },
    names: async () => {
      const found: string[] = [];
      const look = async (folder: string) => {
        for await (const { name, isDirectory } of Deno.readDir(folder)) {
          if (isDirectory) await look(`${folder}/${name}`);
          else if (name.endsWith("_object")) found.push(`${folder}/${name}`);
        }
      };
      await look(`${directory}/media`);
      return found.map((path) => path.slice(directory.length + 1).replace(/\._S3rver_object$/, "")).sort();
    },
    [Symbol.asyncDispose]: async () => {
      door.closeAllConnections();
      await new Promise((resolve) => door.close(resolve));
      await server.close();
      await Deno.remove(directory, { recursive: true });
    },
  });
}

/** As a way does that carries little in a second. */
async function bitByBit(from: http.IncomingMessage, to: http.ClientRequest): Promise<void> {
  for await (const bytes of from) {
    to.write(bytes);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  to.end();
}
