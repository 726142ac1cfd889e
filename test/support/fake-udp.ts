/** A peer of UDP: what it heard, and what it answers to each datagram. */
import { SystemError } from "../../src/core/errors.ts";
import type { UdpSocket } from "../../src/io/ports.ts";

export class FakeUdp {
  readonly heard: Uint8Array[] = [];
  openSockets = 0;
  readonly #answer: ((datagram: Uint8Array) => readonly Uint8Array[]) | string;

  /** @param answer to each datagram; or the errno name of what comes back by ICMP */
  constructor(answer: ((datagram: Uint8Array) => readonly Uint8Array[]) | string = "ECONNREFUSED") {
    this.#answer = answer;
  }

  open(): UdpSocket {
    const waiting: Uint8Array[] = [];
    this.openSockets += 1;
    return {
      send: (datagram) => {
        this.heard.push(datagram);
        if (typeof this.#answer !== "string") waiting.push(...this.#answer(datagram));
      },
      receive: async (signal) => {
        if (typeof this.#answer === "string")
          throw new SystemError("recvmmsg", "peer", this.#answer, "the kernel refuses");
        const next = waiting.shift();
        if (next !== undefined) return next;
        await new Promise<void>((resolve) => signal.addEventListener("abort", resolve));
        throw signal.reason;
      },
      close: () => {
        this.openSockets -= 1;
      },
    };
  }
}
