/** Each virtual router of `ha up` is asked by a socket of its own, as that of a `vrrp run`. */
import { SystemError } from "../../../../core/errors.ts";
import { formatJson } from "../../../../core/json.ts";
import type { Closable, ControlClient } from "../../../../io/ports.ts";
import { ASK_LIMIT_MS, parseAnswer } from "../../../asking.ts";
import { LONGEST_HAND_OVER_MS } from "../../../vrrp/ask.ts";
import { eventRecord } from "../../../vrrp/event-record.ts";
import { Watchers } from "../../../watchers.ts";
import { isHaSocket } from "../socket.ts";
import type { HaParts } from "./parts.ts";
import type { HaEvent } from "./supervisor.ts";

interface Served {
  readonly watchers: Watchers;
  socket: Closable | undefined; // not yet, or refused
}

export class RouterSockets implements Closable {
  readonly #parts: HaParts;
  readonly #served = new Map<string, Served>(); // by instance
  #isClosed: boolean = false;

  constructor(parts: HaParts) {
    this.#parts = parts;
  }

  /**
   * Those of the plan as it is now, and no others. One that cannot be served still runs.
   * @returns why, a sentence each
   */
  async serve(): Promise<readonly string[]> {
    const names = this.#parts.supervisor.plan.routers.map(({ instance }) => instance.name);
    for (const [name, { socket }] of this.#served) {
      if (names.includes(name)) continue;
      this.#served.delete(name);
      socket?.close();
    }
    const flaws: string[] = [];
    for (const name of names) {
      if (this.#served.has(name)) continue;
      const served: Served = { watchers: new Watchers(this.#parts.ports.clock), socket: undefined };
      this.#served.set(name, served);
      try {
        served.socket = await this.#open(name, served.watchers);
        if (this.#served.get(name) !== served || this.#isClosed) served.socket.close();
      } catch (error) {
        if (!(error instanceof SystemError)) throw error;
        if (TOO_MANY_FILES.has(error.code)) {
          this.close(); // the processes that do the work need some
          return [`routers cannot be asked by vrrp status: ${error.message}`];
        }
        flaws.push(`${name} cannot be asked by vrrp status: ${error.message}`);
      }
    }
    return flaws;
  }

  note(event: HaEvent): void {
    if (event.kind !== "router") return;
    const { plan } = this.#parts.supervisor;
    const planned = plan.routers.find(({ instance }) => instance.name === event.instance);
    if (planned === undefined) return;
    this.#served
      .get(event.instance)
      ?.watchers.tell((seq, wallMs) => eventRecord(event.event, planned.instance, seq, wallMs));
  }

  close(): void {
    this.#isClosed = true;
    for (const { socket } of this.#served.values()) socket?.close();
    this.#served.clear();
  }

  /** @throws SystemError */
  async #open(name: string, watchers: Watchers): Promise<Closable> {
    if (isHaSocket(name) || !/^[\w:@+-][\w.:@+-]{0,63}$/.test(name)) {
      throw new SystemError("serve", name, "bad-name", "no control socket can have this name");
    }
    const hear = (line: string, client: ControlClient): void =>
      void this.#answer(line, client, name, watchers);
    return await this.#parts.ports.control.serve(name, hear);
  }

  async #answer(
    line: string,
    client: ControlClient,
    name: string,
    watchers: Watchers,
  ): Promise<void> {
    const request = parseAnswer(line);
    const ask = async (asked: Readonly<Record<string, unknown>>, limitMs: number) =>
      (await this.#parts.supervisor.vrrp.ask(
        { kind: "router", instance: name, request: asked },
        limitMs,
      )) ?? { error: "the process of the routers does not answer" };
    const status = async () => ({
      type: "status",
      ...(await ask({ request: "status" }, LIMIT_MS)),
    });
    if (request.request === "watch" && watchers.add(client, status)) return;
    const isSlow = request.request === "failover";
    if (isSlow) client.keep(() => {});
    client.send(formatJson(await ask(request, isSlow ? LONGEST_HAND_OVER_MS : LIMIT_MS)));
    client.end();
  }
}

const TOO_MANY_FILES: ReadonlySet<string> = new Set(["EMFILE", "ENFILE"]);

/** Shorter than a client waits. */
const LIMIT_MS = ASK_LIMIT_MS / 2;
