/** A key file on the disk that goes with the test. */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export class KeyFile implements Disposable {
  readonly #folder = mkdtempSync(join(tmpdir(), "vipkit-keys-"));
  readonly path = join(this.#folder, "keys");

  constructor(text: string, mode = 0o600) {
    this.write(text);
    chmodSync(this.path, mode); // whatever the umask is
  }

  write(text: string): void {
    writeFileSync(this.path, text);
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true });
  }
}

/** Made up. */
export const KEY_LINES = {
  old: `1:hex:${"0f".repeat(32)}`,
  fresh: "2:a secret of thirty-two bytes or so",
  strange: `1:hex:${"f0".repeat(32)}`, // the ID of the old one
} as const;
