import { Unavailable } from "./errors.ts";

/** Lets in only so many at a time; the others wait their turn. */
export type Gate = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * A gate for work that takes much memory or time: at most `most` at once, and at most `waiting` in line.
 * Whoever comes later is sent away, because a line without an end would be one more thing that grows.
 */
export function gate(most: number, waiting: number): Gate {
  const line: (() => void)[] = [];
  let inside = 0;

  async function enter(): Promise<void> {
    if (inside < most) {
      inside++;
      return;
    }
    if (line.length >= waiting) throw new Unavailable("The server is busy. Try again in a moment");
    await new Promise<void>((goOn) => line.push(goOn));
  }

  /** Hands the place on, or gives it back where nobody waits. */
  function leave(): void {
    const next = line.shift();
    if (next) next();
    else inside--;
  }

  return async (work) => {
    await enter();
    try {
      return await work();
    } finally {
      leave();
    }
  };
}

/** Sets room aside, and answers how to give it back. */
export type Room = (bytes: number) => () => void;

/** Room for so many bytes. Who finds none left is sent away, for there is no telling when there will be. */
export function room(most: number): Room {
  let taken = 0;
  return (bytes) => {
    if (taken > 0 && taken + bytes > most) throw new Unavailable("The server is busy. Try again in a moment");
    taken += bytes;
    return () => {
      taken -= bytes;
      bytes = 0;
    };
  };
}
