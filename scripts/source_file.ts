/** One file and what it imports; paths are as from the root of the repository. */
export interface SourceFile {
  path: string;
  text: string;
  imports: Import[];
}

export interface Import {
  /** A path such as `api/src/posts/store.ts`, or a package such as `npm:kysely`. */
  to: string;
  /** Counted from 1. */
  line: number;
  /** `import type`: gone before anything runs. */
  typesOnly: boolean;
}

/** A rule that was broken: where, and in words how to mend it. */
export interface Complaint {
  path: string;
  line: number;
  message: string;
}
