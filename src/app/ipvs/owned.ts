/**
 * Which services `ipvs sync` has made, for each file, so that it removes these alone when its file no longer has them.
 * Kept where a restart of the host takes it away, as it does the table.
 */
import { SystemError, UsageError } from "../../core/errors.ts";
import type { Ports } from "../../io/ports.ts";
import { parseAnswer } from "../asking.ts";
import { readText } from "../check/read-whole.ts";

type Outside = Pick<Ports, "files" | "configurationFiles" | "contentHash" | "lookAt">;

export class OwnedServices {
  readonly #directory: string;
  readonly #source: string;
  readonly #ports: Outside;
  #written = "";

  /** @param file that is synchronised; `-` is a source of its own. Of this network namespace */
  constructor(directory: string, file: string, ports: Outside) {
    const own = ports.lookAt("/proc/self/ns/net");
    const place = file === "-" ? file : ports.configurationFiles.placeOf(file);
    this.#source = `${own?.kind === "link" ? own.target : ""} ${place}`;
    this.#directory = directory;
    this.#ports = ports;
  }

  /** By `serviceKey`. @throws SystemError, the reason of `signal` */
  async read(signal: AbortSignal): Promise<ReadonlySet<string>> {
    try {
      const text = await readText(this.path, MOST_BYTES, this.#ports.files, signal);
      const { services } = parseAnswer(text);
      if (!Array.isArray(services)) return new Set();
      this.#written = text;
      return new Set(services.filter((key) => typeof key === "string"));
    } catch (error) {
      if (error instanceof SystemError && error.code === "ENOENT") return new Set();
      if (error instanceof UsageError) throw new SystemError("read", this.path, "too-large");
      throw error;
    }
  }

  /** Nothing is written where it stands there already. @throws SystemError */
  async write(keys: ReadonlySet<string>): Promise<void> {
    const { files } = this.#ports;
    const text = `${JSON.stringify({ services: [...keys] })}\n`;
    if (text === this.#written || (keys.size === 0 && this.#written === "")) return;
    files.makeDirectory(this.#directory);
    await files.write(this.path, [new TextEncoder().encode(text)]);
    this.#written = text;
  }

  get path(): string {
    const name = this.#ports.contentHash(this.#source).replaceAll(/[^A-Za-z0-9]/g, "-");
    return `${this.#directory}/ipvs-${name}.json`;
  }
}

const MOST_BYTES = 16 << 20;
