/** Somebody's translation service on loopback. */
export interface TranslationService extends AsyncDisposable {
  url: string;
  /** What it has been asked, in order. */
  asked: { path: string; body?: Record<string, unknown>; key: string | null }[];
  /** The status with which it refuses; 0: it does its work. */
  fails: number;
}

/** It speaks as LibreTranslate and as DeepL, and shouts instead of translating. */
export function openTranslationService(): TranslationService {
  const self: TranslationService = {
    ...{ asked: [], fails: 0, url: "" },
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
  const shout = (html: string) => html.replaceAll(/>([^<]+)</g, (_, words) => `>${words.toUpperCase()}<`);
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, async (request) => {
    const { pathname: path } = new URL(request.url);
    const body = request.method === "POST" ? await request.json() : undefined;
    self.asked.push({ path, body, key: request.headers.get("authorization") });
    if (self.fails > 0) return new Response("no", { status: self.fails });
    if (path === "/languages") {
      return Response.json([{ code: "de", name: "German", targets: ["de", "en"] }, {
        code: "en",
        targets: ["de"],
      }]);
    }
    if (path === "/v2/languages") return Response.json([{ language: "DE" }, { language: "EN-US" }]);
    if (path === "/translate") {
      const translatedText = body.q.map((one: string) => shout(`>${one}<`).slice(1, -1));
      return Response.json({
        translatedText: [`${translatedText[0]}<script>x</script>`, ...translatedText.slice(1)],
      });
    }
    return Response.json({
      translations: body.text.map((text: string) => ({ text: shout(text), detected_source_language: "DE" })),
    });
  });
  self.url = `http://127.0.0.1:${(server.addr as Deno.NetAddr).port}`;
  return self;
}
