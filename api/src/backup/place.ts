/** Where backups lie. What is there under its name is whole: it gets the name last. */
export interface Place {
  /** As an admin would write it. */
  readonly name: string;
  list(): Promise<Lying[]>;
  /** Writes all of it, or nothing; answers how many bytes. */
  write(name: string, content: ReadableStream<Uint8Array>): Promise<number>;
  /** Throws `NotFound` where there is no such backup. */
  read(name: string): Promise<ReadableStream<Uint8Array>>;
  remove(name: string): Promise<void>;
}

/** Something that lies there. */
export interface Lying {
  name: string;
  bytes: number;
}
