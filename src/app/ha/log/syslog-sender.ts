/** Lines on their way to the syslog daemon: those that it does not take yet wait, never too many and never us. */
import type { Cancel, Clock, Closable, DaemonPorts } from "../../../io/ports.ts";

export class SyslogSender implements Closable {
  readonly #ports: Pick<DaemonPorts, "sendSyslog"> & { readonly clock: Clock };
  readonly #onLost: (count: number) => void;
  readonly #waiting: Uint8Array[] = [];
  #lost = 0;
  #cancel: Cancel | undefined;

  /** @param onLost told once it takes lines again */
  constructor(
    ports: Pick<DaemonPorts, "sendSyslog"> & { readonly clock: Clock },
    onLost: (count: number) => void,
  ) {
    this.#ports = ports;
    this.#onLost = onLost;
  }

  send(datagram: Uint8Array): void {
    this.#waiting.push(datagram);
    if (this.#waiting.length > MOST) {
      this.#waiting.shift();
      this.#lost += 1;
    }
    if (this.#cancel === undefined) this.#empty();
  }

  /** What waits is tried once more. */
  close(): void {
    this.#empty();
    this.#cancel?.();
  }

  #empty(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      if (!this.#ports.sendSyslog(next)) {
        const { clock } = this.#ports;
        this.#cancel = clock.at(clock.nowMs() + PAUSE_MS, () => this.#empty());
        return;
      }
      this.#waiting.shift();
    }
    const lost = this.#lost;
    this.#lost = 0;
    if (lost > 0) this.#onLost(lost);
  }
}

const MOST = 1000;
const PAUSE_MS = 250;
