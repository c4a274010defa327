export interface AvatarProps {
  name: string;
  /** Undefined: the first letter on a colour of their own. */
  src?: string;
  /** What the colour is chosen by; the same text has the same colour everywhere. */
  seed: string;
  size?: "small" | "medium" | "large";
  /** What the picture shows. */
  alt?: string;
}

/** A picture of somebody. It stands beside their name, so it is silent for readers unless it says more. */
export function Avatar({ name, src, seed, size = "medium", alt = "" }: AvatarProps) {
  const side = { small: 24, medium: 44, large: 112 }[size];
  if (src) {
    return (
      <img class={`avatar avatar-${size}`} src={src} width={side} height={side} alt={alt} loading="lazy" />
    );
  }
  return (
    <span class={`avatar avatar-${size} avatar-hue-${hue(seed)}`} aria-hidden="true">{initial(name)}</span>
  );
}

const letters = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** The first letter as people see letters: an emoji or an accented letter stays whole. */
function initial(name: string): string {
  for (const { segment } of letters.segment(name.trim())) return segment.toLocaleUpperCase();
  return "?";
}

/** One of eight. */
function hue(seed: string): number {
  let sum = 0;
  for (const character of seed) sum = (sum * 31 + character.codePointAt(0)!) % 65_536;
  return sum % 8;
}
