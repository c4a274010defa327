/**
 * Other servers' media, as one process: a small picture at `/small`, and a large one under every other path. Its
 * argument (JSON) says where it listens, and which files those are.
 */
const { hostname, port, small, large } = JSON.parse(Deno.args[0]!) as Record<string, string>;
const pictures = { small: await Deno.readFile(small!), large: await Deno.readFile(large!) };

Deno.serve({ hostname, port: Number(port), onListen: () => {} }, (request) => {
  const which = new URL(request.url).pathname === "/small" ? "small" : "large";
  return new Response(pictures[which], { headers: { "content-type": "image/jpeg" } });
});
