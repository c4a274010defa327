/** The stylesheet, in the order in which its parts must stand. The server joins them into one. */
export const stylesheets: readonly URL[] = [
  "tokens",
  "ground",
  "prose",
  "controls",
  "pieces",
  "shell",
  "posts",
  "polls",
  "media",
  "cards",
  "accounts",
  "pages",
].map((name) => new URL(`../ui/${name}.css`, import.meta.url));

/** The folder whose files are served under `/assets/`. */
export const assets = new URL("../../assets/", import.meta.url);
