/**
 * A process that uploads a picture many times at once, as its argument (JSON) says: so that what measures meanwhile has
 * nothing else to do. It says when it begins, and fails where an upload is not ready at once.
 */
const { url, token, path, times } = JSON.parse(Deno.args[0]!) as {
  url: string;
  token: string;
  path: string;
  times: number;
};
const bytes = await Deno.readFile(path);
console.log("now");
await Promise.all(Array.from({ length: times }, async () => {
  const body = new FormData();
  body.append("file", new File([bytes], "photo.jpg", { type: "image/jpeg" }));
  const answer = await fetch(`${url}/api/v2/media`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}` },
    body,
  });
  const text = await answer.text();
  if (answer.status !== 200) throw new Error(`The upload was answered ${answer.status} ${text}`);
}));
