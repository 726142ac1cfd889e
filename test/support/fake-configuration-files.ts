/** Configuration files in memory, by absolute path; a text of "!EACCES" cannot be read, "!x" in front: executable. */
import { SystemError } from "../../src/core/errors.ts";
import { matchesGlob } from "../../src/core/glob.ts";
import type { ConfigurationFiles } from "../../src/io/ports.ts";

export class FakeConfigurationFiles implements ConfigurationFiles {
  readonly #texts: Record<string, string | Uint8Array>;

  constructor(texts: Readonly<Record<string, string | Uint8Array>>) {
    this.#texts = { ...texts };
  }

  text(path: string): string | undefined {
    const text = this.#texts[path];
    return text instanceof Uint8Array ? new TextDecoder().decode(text) : text;
  }

  readonly read: ConfigurationFiles["read"] = (path) => {
    const text = this.#texts[path];
    if (text === undefined) throw new SystemError("read", path, "ENOENT", "no such file");
    if (text === "!EACCES") throw new SystemError("read", path, "EACCES", "permission denied");
    if (text === "!EISDIR") throw new SystemError("read", path, "EISDIR", "is a directory");
    const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
    const directory = path.slice(0, path.lastIndexOf("/")) || "/";
    const isExecutable = typeof text === "string" && text.startsWith("!x");
    return { bytes, directory, identity: path, isExecutable };
  };

  readonly placeOf: ConfigurationFiles["placeOf"] = (path) => path;

  readonly match: ConfigurationFiles["match"] = (pattern, directory) => {
    const start = pattern.startsWith("/") ? "" : `${directory}/`;
    const wanted = (start + pattern).split("/");
    const paths = Object.keys(this.#texts).filter((path) => {
      const names = path.split("/");
      return (
        names.length === wanted.length &&
        names.every((name, index) => matchesGlob(name, wanted[index] ?? ""))
      );
    });
    return paths.sort((a, b) => (a < b ? -1 : 1)).map((path) => path.slice(start.length));
  };

  readonly replace: ConfigurationFiles["replace"] = (path, bytes, before) => {
    const now = this.read(path).bytes;
    if (String(now) !== String(before)) {
      throw new SystemError("write", path, "changed", "has changed since it was read");
    }
    this.#texts[path] = bytes;
  };
}
