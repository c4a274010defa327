const symbols = { malloc_trim: { parameters: ["usize"], result: "i32", nonblocking: true } } as const;

/**
 * Gives memory back that the C library has kept although nobody uses it any more, where that is glibc; elsewhere it
 * does nothing. To be called after work outside of JavaScript that took much: glibc has a pool for each thread, each
 * keeps the 30 MB that a picture took, and which thread has its turn nobody can choose.
 */
export async function giveMemoryBack(): Promise<void> {
  const libc = open();
  await libc?.symbols.malloc_trim(0n);
  libc?.close();
}

function open() {
  try {
    return Deno.dlopen("libc.so.6", symbols);
  } catch {
    return undefined; // another C library, or not permitted
  }
}
