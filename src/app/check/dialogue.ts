/** Holds the conversation by which a service is checked, over TCP and TLS, and says goodbye in any case. */
import type { ByteStream, Ports, TlsOptions, TlsPeer } from "../../io/ports.ts";
import { certDaysLeft, certificateAgeFinding } from "../../proto/check/certificate-age.ts";
import type { Dialogue, DialogueOrder } from "../../proto/check/dialogue.ts";
import type { CheckFinding } from "../../proto/check/result.ts";
import { formatPort, type PortTarget } from "../../proto/check/targets.ts";
import type { Attempt, Prober } from "./attempt.ts";
import { type ConnectPlan, connect } from "./connect.ts";

export interface TlsWish {
  /** For SNI and the certificate; null: the name of the target, or its address. */
  readonly name: string | null;
  readonly verify: boolean;
  readonly ca: string | null; // PEM, beside the host's own
  readonly certDays: number | null; // for so long the certificate is to last
}

export interface DialoguePlan extends ConnectPlan {
  readonly tls: TlsWish;
  readonly tlsFirst: boolean; // before anything is said
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

  /** @returns what is wrong with a certificate that is valid yet */
  async #startTls(): Promise<CheckFinding | undefined> {
    const stream = this.#stream;
    if (stream === undefined) return undefined;
    this.#stream = undefined;
    this.#attempt.enter("tls");
    this.#attempt.sofar = null;
    const { signal } = this.#attempt;
    let secure: Awaited<ReturnType<Ports["startTls"]>>;
    try {
      secure = await this.#ports.startTls(stream, optionsOf(this.#plan.tls, this.#target), signal);
    } catch (error) {
      stream.close("rst");
      throw error;
    }
    this.#stream = secure;
    return this.#judge(secure.peer);
  }

  #judge({ protocol, validUntilMs }: TlsPeer): CheckFinding | undefined {
    const wallMs = this.#ports.clock.wallMs();
    const { certDays } = this.#plan.tls;
    this.#facts = { tls: protocol, cert_days: certDaysLeft(validUntilMs, wallMs) };
    return certDays === null ? undefined : certificateAgeFinding(validUntilMs, wallMs, certDays);
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

function optionsOf({ name, verify, ca }: TlsWish, { host, ip }: PortTarget): TlsOptions {
  return {
    serverName: name ?? (ip === null ? host : null), // an address is no SNI (RFC 6066 section 3)
    verifyName: verify ? (name ?? host) : null,
    ca,
    certificate: null,
    key: null,
    minVersion: "TLSv1.2",
    alpn: [],
  };
}

/** For services that have none. */
export const NO_TLS = {
  tls: { name: null, verify: false, ca: null, certDays: null },
  tlsFirst: false,
} as const;

/** The farewell has no deadline: it is waited for by nobody. */
const NEVER = new AbortController().signal;
