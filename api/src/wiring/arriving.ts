/** Requests whose bodies may still be on their way. */
export interface Arriving {
  /** Counts this request until it is answered. */
  through(request: Request, answer: () => Response | Promise<Response>): Promise<Response>;
  /** Resolves in a moment when there is none. */
  none(): Promise<void>;
}

/**
 * `Deno.serve` cuts off what has not been read yet when it is told to shut down, so that is to be told in a moment when
 * nobody is sending anything. Such moments are many: a body is read before all else, and most have none.
 */
export function countArriving(): Arriving {
  const waiting: (() => void)[] = [];
  let arriving = 0;
  return {
    through: async (request, answer) => {
      if (request.method === "GET" || request.method === "HEAD") return await answer();
      arriving++;
      try {
        return await answer();
      } finally {
        arriving--;
        if (arriving === 0) { for (const goOn of waiting.splice(0)) goOn(); }
      }
    },
    none: async () => {
      while (arriving > 0) await new Promise<void>((goOn) => waiting.push(goOn));
    },
  };
}
