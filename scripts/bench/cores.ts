/**
 * Who runs on which core. What is measured has one for itself, as on the smallest box; PostgreSQL and the load
 * share another, so that neither takes time from it.
 */
export interface Cores {
  /** Puts a command on the core of what is measured. */
  alone(command: string[]): string[];
  /** Lets a command run anywhere, though we may not. */
  anywhere(command: string[]): string[];
  /** How it was done, for whoever reads the figures. */
  note: string;
}

/** Moves this process, and with it all that it starts from now on, to the second core; the first stays free. */
export async function splitCores(): Promise<Cores> {
  const count = navigator.hardwareConcurrency;
  if (count < 2) return together("one core for everything: the figures are too low");
  try {
    const { success } = await new Deno.Command("taskset", { args: ["-acp", "1", String(Deno.pid)] }).output();
    if (!success) return together("taskset may not move processes here: everything shares all cores");
  } catch {
    return together("no taskset here: everything shares all cores");
  }
  return {
    alone: (command) => ["taskset", "-c", "0", ...command],
    anywhere: (command) => ["taskset", "-c", `0-${count - 1}`, ...command],
    note: `core 0 of ${count}: riff; core 1: PostgreSQL and the load`,
  };
}

function together(note: string): Cores {
  return { alone: (command) => command, anywhere: (command) => command, note };
}
