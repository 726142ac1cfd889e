/** Each virtual router of `ha up` is asked by a socket of its own, as that of a `vrrp run`. */
import { SystemError } from "../../../core/errors.ts";
import { formatJson } from "../../../core/json.ts";
import type { Closable, ControlClient } from "../../../io/ports.ts";
import { ASK_LIMIT_MS, parseAnswer } from "../../asking.ts";
import { LONGEST_HAND_OVER_MS } from "../../vrrp/ask.ts";
import { eventRecord } from "../../vrrp/event-record.ts";
import type { VrrpInstance } from "../../vrrp/instance.ts";
import { Watchers } from "../../watchers.ts";
import type { HaParts } from "./parts.ts";
import { isHaSocket } from "./socket.ts";
import type { HaEvent } from "./supervisor.ts";

export class RouterSockets implements Closable {
  readonly #parts: HaParts;
  readonly #watchers = new Map<string, Watchers>();
  readonly #open: Closable[] = [];

  constructor(parts: HaParts) {
    this.#parts = parts;
  }

  /** One that cannot be served still runs. @returns why, a sentence each */
  async serve(): Promise<readonly string[]> {
    const { supervisor, ports } = this.#parts;
    const flaws: string[] = [];
    for (const { instance } of supervisor.plan.routers) {
      const { name } = instance;
      const watchers = new Watchers(ports.clock);
      this.#watchers.set(name, watchers);
      try {
        if (isHaSocket(name) || !/^[\w:@+-][\w.:@+-]{0,63}$/.test(name)) {
          throw new SystemError("serve", name, "bad-name", "no control socket can have this name");
        }
        const hear = (line: string, client: ControlClient): void =>
          void this.#answer(line, client, instance, watchers);
        this.#open.push(await ports.control.serve(name, hear));
      } catch (error) {
        if (!(error instanceof SystemError)) throw error;
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
    this.#watchers
      .get(event.instance)
      ?.tell((seq, wallMs) => eventRecord(event.event, planned.instance, seq, wallMs));
  }

  close(): void {
    for (const part of this.#open.splice(0)) part.close();
  }

  async #answer(
    line: string,
    client: ControlClient,
    { name }: VrrpInstance,
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

/** Shorter than a client waits. */
const LIMIT_MS = ASK_LIMIT_MS / 2;
