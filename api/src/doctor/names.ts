/** What the domain name system knows. Each answers nothing where there is no such record. */
export interface Names {
  addresses(name: string): Promise<string[]>;
  texts(name: string): Promise<string[]>;
}

/** The system's own resolver, or the one that listens there. Throws where it does not answer. */
export function namesBy(nameServer?: { ipAddr: string; port: number }): Names {
  const asked = async <T>(ask: Promise<T[]>): Promise<T[]> => {
    try {
      return await ask;
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return [];
      throw error;
    }
  };
  const options = { nameServer };
  return {
    addresses: async (name) => [
      ...await asked(Deno.resolveDns(name, "A", options)),
      ...await asked(Deno.resolveDns(name, "AAAA", options)),
    ],
    texts: async (name) =>
      (await asked(Deno.resolveDns(name, "TXT", options))).map((pieces) => pieces.join("")),
  };
}
