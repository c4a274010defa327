/** What Linux tells of processes, in /proc. Elsewhere there is nothing: the figures are then left out. */

/** Milliseconds of CPU per clock tick, as /proc counts them. */
const tick = 10;

/** Milliseconds of CPU that a process has used, and its children that have ended. */
export function cpuOf(pid: number): number | undefined {
  const fields = statOf(pid);
  return fields && fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) * tick;
}

/** The same for a process and all below it. */
export function cpuOfFamily(pid: number): number | undefined {
  const own = cpuOf(pid);
  return own && descendantsOf(pid).reduce((sum, child) => sum + (cpuOf(child) ?? 0), own);
}

/** The children of a process and theirs, parents first. */
export function descendantsOf(pid: number): number[] {
  const children: number[] = [];
  for (const { name } of folders()) {
    if (/^\d+$/.test(name) && statOf(Number(name))?.[1] === String(pid)) children.push(Number(name));
  }
  return [...children, ...children.flatMap(descendantsOf)];
}

function folders(): Iterable<Deno.DirEntry> {
  try {
    return [...Deno.readDirSync("/proc")];
  } catch {
    return [];
  }
}

/** Bytes of memory that a process holds now (RSS). */
export function memoryOf(pid: number): number | undefined {
  const kilobytes = read(`/proc/${pid}/status`)?.match(/^VmRSS:\s+(\d+) kB/m)?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}

/** The fields of proc_pid_stat(5) from the third, the state, on: the name before it may hold anything. */
function statOf(pid: number): string[] | undefined {
  const text = read(`/proc/${pid}/stat`);
  return text?.slice(text.lastIndexOf(")") + 2).split(" ");
}

function read(path: string): string | undefined {
  try {
    return Deno.readTextFileSync(path);
  } catch {
    return undefined;
  }
}
