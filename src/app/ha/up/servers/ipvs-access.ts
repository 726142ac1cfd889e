/** IPVS of the kernel while it is there: it is opened when it can be, and asked for again where it cannot. */
import { SystemError } from "../../../../core/errors.ts";
import type { Cancel, Closable, Ports } from "../../../../io/ports.ts";
import { IpvsKernel } from "../../../ipvs/kernel.ts";

export class IpvsAccess implements Closable {
  readonly #ports: Pick<Ports, "openNetlink" | "clock">;
  readonly #work: (kernel: IpvsKernel) => void;
  readonly #tell: (text: string) => void;
  readonly #told = new Set<string>(); // what is told once is not told again before it went well
  #kernel: IpvsKernel | undefined;
  #trouble: string | undefined;
  #cancel: Cancel = () => {};

  /** @param work for which it is: called when IPVS is there, and each few seconds then */
  constructor(
    ports: Pick<Ports, "openNetlink" | "clock">,
    work: (kernel: IpvsKernel) => void,
    tell: (text: string) => void,
  ) {
    this.#ports = ports;
    this.#work = work;
    this.#tell = tell;
  }

  /** Why it is not there, or lets us do nothing. */
  get trouble(): string | null {
    return this.#trouble ?? null;
  }

  /** Begins, where it has not; whatever is to be done now is done by `work`. */
  begin(): void {
    this.#cancel();
    this.#round();
  }

  /** Something with the kernel; nothing where it is not there. */
  use(act: (kernel: IpvsKernel) => void): void {
    if (this.#kernel === undefined) return;
    try {
      act(this.#kernel);
    } catch (error) {
      this.#lose(error);
    }
  }

  /** A refusal: told once, until `went` is told of the same subject. */
  refused(error: SystemError): void {
    if (error.code === "EPERM") throw error;
    const key = `${error.subject}\n${error.code}`;
    if (this.#told.has(key) || this.#told.size > MOST_TOLD) return;
    this.#told.add(key);
    this.#tell(error.message);
  }

  went(subject: string): void {
    if (this.#told.size === 0) return;
    for (const key of this.#told) if (key.startsWith(`${subject}\n`)) this.#told.delete(key);
  }

  close(): void {
    this.#cancel();
    this.#kernel?.close();
    this.#kernel = undefined;
  }

  #round(): void {
    try {
      this.#kernel ??= new IpvsKernel(this.#ports);
      this.#work(this.#kernel);
      if (this.#trouble !== undefined)
        this.#tell(`IPVS is there now${this.#told.size === 0 ? ", and set" : ""}`);
      this.#trouble = undefined;
      this.#again(LOOK_MS);
    } catch (error) {
      this.#lose(error);
    }
  }

  #lose(error: unknown): void {
    if (!(error instanceof SystemError)) throw error;
    this.#kernel?.close();
    this.#kernel = undefined;
    const text = TEXTS[error.code]?.(error) ?? error.message;
    if (text !== this.#trouble) this.#tell(`IPVS is not set, all else goes on: ${text}`);
    this.#trouble = text;
    this.#again(RETRY_MS);
  }

  #again(delayMs: number): void {
    const { clock } = this.#ports;
    this.#cancel();
    this.#cancel = clock.at(clock.nowMs() + delayMs, () => this.#round());
  }
}

const TEXTS: Readonly<Record<string, (error: SystemError) => string>> = {
  EPERM: () => "needs CAP_NET_ADMIN: run as root",
  "no-ipvs": ({ detail }) => detail,
};
const LOOK_MS = 5000; // what others delete is put back then
const RETRY_MS = 10_000;
const MOST_TOLD = 1000;
