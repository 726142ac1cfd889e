/** Holds the conversation by which a service is checked, over TCP and TLS, and says goodbye in any case. */
import type { ByteStream, Ports, TlsStream } from "../../io/ports.ts";
import type { Dialogue, DialogueOrder } from "../../proto/check/dialogue.ts";
import type { CheckFinding } from "../../proto/check/result.ts";
import { formatPort, type PortTarget } from "../../proto/check/targets.ts";
import type { Attempt, Prober } from "./attempt.ts";
import { type ConnectPlan, connect } from "./connect.ts";
import { Stop } from "./stop.ts";
import { shakeHands, type TlsPlan, tlsFacts, tlsFinding } from "./tls.ts";

export interface DialoguePlan extends ConnectPlan {
  readonly tls: TlsPlan | null; // null: none is spoken
  readonly tlsFirst: boolean; // before anything is said; else when the conversation wants it
}

type Outside = Pick<Ports, "clock" | "connectTcp" | "resolveName" | "startTls">;

/** @param begin makes the conversation of one try */
export const dialogueProber = (
  begin: () => Dialogue,
  plan: DialoguePlan,
  ports: Outside,
): Prober<PortTarget> => ({
  nameOf: formatPort,
  async probe(target, attempt) {
    const stream = await connect(target, plan, attempt, ports);
    return await new Conversation(stream, begin(), target, plan, attempt, ports).hold();
  },
  close: () => {},
});

class Conversation {
  #stream: ByteStream | undefined; // undefined while the handshake has it
  readonly #dialogue: Dialogue;
  readonly #target: PortTarget;
  readonly #plan: DialoguePlan;
  readonly #attempt: Attempt;
  readonly #ports: Outside;
  #facts: CheckFinding["facts"] = {};

  constructor(
    stream: ByteStream,
    dialogue: Dialogue,
    target: PortTarget,
    plan: DialoguePlan,
    attempt: Attempt,
    ports: Outside,
  ) {
    this.#stream = stream;
    this.#dialogue = dialogue;
    this.#target = target;
    this.#plan = plan;
    this.#attempt = attempt;
    this.#ports = ports;
  }

  async hold(): Promise<CheckFinding> {
    try {
      const early = this.#plan.tlsFirst ? await this.#startTls() : undefined;
      const finding = early ?? (await this.#talk());
      return { ...finding, facts: { ...finding.facts, ...this.#facts } };
    } finally {
      this.#leave();
    }
  }

  async #talk(): Promise<CheckFinding> {
    const { signal } = this.#attempt;
    this.#attempt.enter("answer");
    let orders = this.#dialogue.handle({ kind: "connected" });
    for (;;) {
      const finding = await this.#perform(orders);
      if (finding !== undefined) return finding;
      const { awaited } = this.#dialogue;
      this.#attempt.sofar = { detail: awaited, facts: this.#facts };
      const bytes = await this.#stream?.read(signal);
      orders = this.#dialogue.handle(
        bytes === undefined ? { kind: "closed" } : { kind: "received", bytes },
      );
    }
  }

  async #perform(orders: readonly DialogueOrder[]): Promise<CheckFinding | undefined> {
    for (const order of orders) {
      switch (order.kind) {
        case "send":
          await this.#stream?.write(order.bytes, this.#attempt.signal);
          break;
        case "start-tls": {
          const unfit = await this.#startTls();
          this.#attempt.enter("answer");
          return unfit ?? (await this.#perform(this.#dialogue.handle({ kind: "secured" })));
        }
        case "finish":
          return order.finding;
      }
    }
    return undefined;
  }

  /** @returns what is still to be wished for: all that is said behind it goes over TLS */
  async #startTls(): Promise<CheckFinding | undefined> {
    const stream = this.#stream;
    const { tls } = this.#plan;
    if (stream === undefined || tls === null) throw new TypeError("TLS was not planned");
    this.#stream = undefined;
    this.#attempt.sofar = null;
    let secure: TlsStream;
    try {
      secure = await shakeHands(stream, this.#target.host, tls, this.#attempt, this.#ports);
    } catch (error) {
      stream.close("rst");
      throw error;
    }
    this.#stream = secure;
    const wallMs = this.#ports.clock.wallMs();
    this.#facts = tlsFacts(secure.peer, wallMs);
    return tlsFinding(secure.peer, tls, wallMs);
  }

  /** Also where time is up, or the service was misunderstood: it is not to wait for us. */
  #leave(): void {
    const stream = this.#stream;
    if (stream === undefined) return;
    const { farewell } = this.#dialogue;
    if (farewell !== null) stream.write(farewell, NEVER).catch(() => {}); // it has gone, then
    stream.close("fin");
  }
}

/** For services that have none. */
export const NO_TLS = { tls: null, tlsFirst: false } as const;

/** The farewell has no deadline: it is waited for by nobody. */
const NEVER = new Stop();
