/** A track_file at work: the number in it, as soon as it is written. A file that is not there counts as 0. */
import { SystemError } from "../../../../core/errors.ts";
import type { Cancel, Closable, Ports } from "../../../../io/ports.ts";
import { fileNumber } from "../../../../proto/check/file-number.ts";
import type { PlannedFile } from "../plan/plan.ts";

export interface FileTold {
  readonly onValue: (name: string, value: number) => void;
  readonly onTrouble: (text: string) => void;
}

type FilePorts = Pick<Ports, "clock" | "files" | "readSecretFile" | "watchFile">;

export class TrackedFile implements Closable {
  readonly #file: PlannedFile;
  readonly #ports: FilePorts;
  readonly #told: FileTold;
  #value: number | undefined; // undefined: not read yet
  #watch: Closable | undefined; // undefined while there is no directory to watch
  #trouble = ""; // told last
  #isClosed: boolean = false;
  #settleByMs = Number.POSITIVE_INFINITY; // what is written on and on is read then all the same
  #cancel: Cancel = () => {};

  constructor(file: PlannedFile, ports: FilePorts, told: FileTold) {
    this.#file = file;
    this.#ports = ports;
    this.#told = told;
  }

  /** @param isFirst nobody has tracked it before: it is made where that is asked for */
  async start(isFirst: boolean): Promise<void> {
    if (isFirst) await this.#make();
    this.#look();
  }

  close(): void {
    this.#isClosed = true;
    this.#cancel();
    this.#watch?.close();
  }

  async #make(): Promise<void> {
    const { path, init } = this.#file;
    if (init === null || (!init.isOverwriting && this.#isThere())) return;
    try {
      await this.#ports.files.write(path, [new TextEncoder().encode(`${init.value}\n`)], "all");
    } catch (error) {
      this.#complain(error);
    }
  }

  #isThere(): boolean {
    try {
      this.#ports.readSecretFile(this.#file.path);
      return true;
    } catch {
      return false;
    }
  }

  /** Watches first, so that nothing is missed between. */
  #look(): void {
    if (this.#isClosed) return;
    this.#settleByMs = Number.POSITIVE_INFINITY;
    this.#cancel();
    try {
      this.#watch ??= this.#ports.watchFile(
        this.#file.path,
        () => this.#lookSoon(),
        () => this.#lookAgain(),
      );
    } catch (error) {
      this.#lookAgain();
      if (!isMissing(error)) this.#complain(error);
    }
    this.#read();
  }

  /** Of what is being written half may be there: it counts when it has been quiet for a moment. */
  #lookSoon(): void {
    const { clock } = this.#ports;
    const nowMs = clock.nowMs();
    this.#settleByMs = Math.min(this.#settleByMs, nowMs + LONGEST_MS);
    this.#cancel();
    this.#cancel = clock.at(Math.min(nowMs + QUIET_MS, this.#settleByMs), () => this.#look());
  }

  #lookAgain(): void {
    const { clock } = this.#ports;
    this.#watch?.close();
    this.#watch = undefined;
    this.#cancel();
    this.#cancel = clock.at(clock.nowMs() + RETRY_MS, () => this.#look());
  }

  #read(): void {
    let value = 0;
    try {
      value = fileNumber(this.#ports.readSecretFile(this.#file.path).text);
      if (this.#watch !== undefined) this.#trouble = "";
    } catch (error) {
      if (!isMissing(error)) {
        this.#complain(error); // what it said before still counts
        return;
      }
    }
    if (value === this.#value) return;
    this.#value = value;
    this.#told.onValue(this.#file.name, value);
  }

  #complain(error: unknown): void {
    if (!(error instanceof SystemError)) throw error;
    if (error.message === this.#trouble) return;
    this.#trouble = error.message;
    this.#told.onTrouble(`track_file ${this.#file.name}: ${error.message}`);
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof SystemError && (error.code === "ENOENT" || error.code === "ENOTDIR");

const QUIET_MS = 20;
const LONGEST_MS = 200;
const RETRY_MS = 1000;
