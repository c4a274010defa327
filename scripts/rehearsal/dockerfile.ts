/** One instruction of a Dockerfile, such as `RUN` and what it says, on one line. */
export interface Instruction {
  word: string;
  rest: string;
}

/** A Dockerfile's instructions in order, without comments, each continued line joined to the one before. */
export function instructionsIn(text: string): Instruction[] {
  return text.replace(/^#.*\n/gm, "").replace(/\\\n/g, " ").split("\n").filter((line) => line.trim() !== "")
    .map((line) => {
      const [, word = "", rest = ""] = line.match(/^(\w+)\s+(.*)$/)!;
      return { word, rest: rest.trim() };
    });
}

/** Whether a file of the build's folder may be copied, by a `.dockerignore`: the last pattern that fits decides. */
export function isInContext(ignores: string, path: string): boolean {
  let isIn = true;
  for (const line of ignores.split("\n").filter((line) => /^[^#\s]/.test(line))) {
    const pattern = line.replace(/^!/, "").replaceAll(/[.+^${}()|[\]]/g, "\\$&")
      .replaceAll("**/", "(?:.+/)?").replaceAll(/(?<!\()\*/g, "[^/]*");
    if (new RegExp(`^${pattern}(?:/|$)`).test(path)) isIn = line.startsWith("!");
  }
  return isIn;
}
