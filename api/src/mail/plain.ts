import { type ComponentChildren, Fragment, isValidElement, type VNode } from "preact";

/**
 * What a letter says as plain text, from the very elements that its HTML is made of. Paragraphs are parted by a
 * blank line, a link is followed by its address, a quotation has a bar before each line.
 */
export function plainOf(content: ComponentChildren): string {
  return blocksIn(content).filter((block) => block !== "").join("\n\n");
}

/** Each block of these elements; what stands between them as words of its own is one, too. */
function blocksIn(content: ComponentChildren): string[] {
  const blocks: string[] = [];
  let line = "";
  const end = () => {
    blocks.push(line.trim());
    line = "";
  };
  for (const piece of piecesOf(content)) {
    const block = isValidElement(piece) ? blockOf(piece) : undefined;
    if (block === undefined) line += wordsOf(piece);
    else {
      end();
      blocks.push(block);
    }
  }
  end();
  return blocks;
}

/** Undefined for what stands in a line. */
function blockOf({ type, props }: VNode): string | undefined {
  switch (type) {
    case "p":
    case "h2":
      return wordsOf(props.children).trim();
    case "blockquote":
      return wordsOf(props.children).trim().split("\n").map((line) => `> ${line}`.trimEnd()).join("\n");
    case "ul":
      return piecesOf(props.children).map((item) => `- ${wordsOf(item).trim()}`).join("\n");
  }
}

function wordsOf(content: ComponentChildren): string {
  return piecesOf(content).map((piece) => {
    if (!isValidElement(piece)) return String(piece);
    const { type, props } = piece as VNode<{ href?: string }>;
    const words = wordsOf(props.children);
    if (type !== "a" || !props.href) return words;
    return words === props.href ? words : `${words}:\n${props.href}\n`;
  }).join("");
}

/** Elements and texts in their order: components and fragments are what they are made of, nothing is nothing. */
function piecesOf(content: ComponentChildren): (VNode | string | number | bigint)[] {
  if (Array.isArray(content)) return content.flatMap(piecesOf);
  if (content === null || content === undefined || typeof content === "boolean") return [];
  if (!isValidElement(content)) return [content as string | number | bigint];
  const { type, props } = content;
  if (type === Fragment) return piecesOf(props.children);
  if (typeof type !== "function") return [content];
  return piecesOf((type as (props: unknown) => ComponentChildren)(props));
}
