/** The port of configuration files: what an include may name. */

/** A file of a configuration, as it was when it was read. */
export interface ConfigurationFile {
  readonly bytes: Uint8Array;
  readonly directory: string; // absolute, without links
  readonly identity: string; // the same for each path that leads to it
  readonly isExecutable: boolean; // for anybody
}

/** Files of a configuration and of what it includes. Nothing here ever waits. */
export interface ConfigurationFiles {
  /** @throws SystemError `EISDIR`, `no-regular-file`, `too-large` above 16 MiB, or the errno's name */
  read(path: string): ConfigurationFile;
  /** Its folder and name in at most 100 bytes: the same for each path that leads there, and for what replaces it. */
  placeOf(path: string): string;
  /**
   * What a pattern of glob(7) without braces matches, in order, 10,000 at most: absolute, or relative to the
   * directory, as the pattern is. Without wildcards: itself, where it is there.
   * @param looks counted down for each entry of a directory that is looked at; below 0 the search has ended early
   */
  match(pattern: string, directory: string, looks: { left: number }): string[];
  /**
   * Puts other bytes into a file, whole or not at all; a link goes on leading to it. It keeps its mode and owner.
   * @param before what it has to have now. @throws SystemError `changed`, `read-only`, `hard-link`, or as `read` does
   */
  replace(path: string, bytes: Uint8Array, before: Uint8Array): void;
}
