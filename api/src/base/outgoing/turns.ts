/**
 * Turns to do something: at most `perName` at once under one name, and `total` in all. Names that wait take
 * turns, so that a slow one holds up nobody else.
 */
export class Turns {
  #all = 0;
  #running = new Map<string, number>();
  #waiting = new Map<string, Set<() => void>>();

  constructor(private readonly perName: number, private readonly total: number) {}

  /** Waits for a turn and takes it: `giveBack` it, once. Throws the signal's reason if aborted before. */
  async take(name: string, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#hasRoom(name)) this.#begin(name);
    else await this.#wait(name, signal);
  }

  /** The turn is over; whoever waits longest and may, begins. */
  giveBack(name: string): void {
    this.#all--;
    const left = (this.#running.get(name) ?? 0) - 1;
    if (left > 0) this.#running.set(name, left);
    else this.#running.delete(name);
    this.#callNext();
  }

  #hasRoom(name: string): boolean {
    return this.#all < this.total && (this.#running.get(name) ?? 0) < this.perName;
  }

  #begin(name: string): void {
    this.#all++;
    this.#running.set(name, (this.#running.get(name) ?? 0) + 1);
  }

  #wait(name: string, signal: AbortSignal): Promise<void> {
    const queue = this.#waiting.get(name) ?? new Set();
    this.#waiting.set(name, queue);
    return new Promise((resolve, reject) => {
      const called = () => {
        signal.removeEventListener("abort", leave);
        resolve();
      };
      const leave = () => {
        queue.delete(called);
        if (queue.size === 0) this.#waiting.delete(name);
        reject(signal.reason);
      };
      queue.add(called);
      signal.addEventListener("abort", leave, { once: true });
    });
  }

  #callNext(): void {
    for (const [name, queue] of this.#waiting) {
      if (this.#all >= this.total) return;
      const [called] = queue;
      if (!called || !this.#hasRoom(name)) continue;
      queue.delete(called);
      // Out and in again: this name's next one stands behind all other names.
      this.#waiting.delete(name);
      if (queue.size > 0) this.#waiting.set(name, queue);
      this.#begin(name);
      called();
    }
  }
}
