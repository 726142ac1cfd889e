/** Whether a name server answers, and what: over UDP, over TCP where that is wanted or needed (RFC 7766). */
import { formatIp } from "../../core/addr.ts";
import {
  answersQuery,
  type DnsAnswer,
  type DnsEdns,
  type DnsQuery,
  type DnsQuestion,
} from "../../core/dns.ts";
import { SystemError } from "../../core/errors.ts";
import { type DnsOpt, decodeDnsOpt } from "../../core/wire/dns-opt.ts";
import type { DnsCodec, Limit, Ports } from "../../io/ports.ts";
import { type DnsWant, dnsVerdict } from "../../proto/check/dns-verdict.ts";
import { type CheckFinding, down } from "../../proto/check/result.ts";
import { formatPort, type PortTarget } from "../../proto/check/targets.ts";
import type { Attempt, Prober } from "./attempt.ts";
import { addressesOf, type ConnectPlan, connect, wayTo } from "./connect.ts";
import { openMessages } from "./dns-stream.ts";

export interface DnsPlan extends ConnectPlan {
  readonly question: DnsQuestion;
  readonly recursion: boolean;
  readonly edns: DnsEdns | null;
  readonly tcp: boolean; // from the start
  readonly want: DnsWant;
}

type Outside = Pick<Ports, "clock" | "connectTcp" | "loadDns" | "openUdp" | "resolveName">;

export const dnsProber = (plan: DnsPlan, ports: Outside): Prober<PortTarget> => ({
  nameOf: formatPort,
  async probe(target, attempt) {
    const conversation = new Conversation(plan, attempt, ports, await ports.loadDns());
    return await (plan.tcp ? conversation.overTcp(target) : conversation.overUdp(target));
  },
  close: () => {},
});

/** Where answers come from, one message after the other. */
interface Messages {
  send(query: Uint8Array): Promise<void> | void;
  /** undefined where no more will come */
  receive(signal: Limit): Promise<Uint8Array | undefined>;
  close(): void;
}

class Conversation {
  readonly #plan: DnsPlan;
  readonly #attempt: Attempt;
  readonly #ports: Outside;
  readonly #codec: DnsCodec;
  readonly #query: DnsQuery;
  #ignored = 0; // messages of another id or question
  #truncated = false; // the answer over UDP was

  constructor(plan: DnsPlan, attempt: Attempt, ports: Outside, codec: DnsCodec) {
    this.#plan = plan;
    this.#attempt = attempt;
    this.#ports = ports;
    this.#codec = codec;
    const { question, recursion, edns } = plan;
    this.#query = { ...question, id: codec.newId(), recursion, edns };
  }

  /** Of several addresses each is asked until somebody is there. */
  async overUdp(target: PortTarget): Promise<CheckFinding> {
    const addresses = await addressesOf(target, this.#plan, this.#attempt, this.#ports);
    let refusal: unknown;
    for (const ip of addresses) {
      this.#attempt.address = formatIp(ip);
      this.#attempt.enter("connect");
      try {
        const way = wayTo(target, this.#plan);
        const socket = this.#ports.openUdp({ ...way, ip, port: target.port });
        const found = await this.#ask(socket);
        if (found !== "truncated") return found;
        this.#truncated = true;
        return await this.overTcp({ ...target, ip });
      } catch (error) {
        if (!(error instanceof SystemError)) throw error;
        refusal = error;
      }
    }
    if (refusal instanceof SystemError && refusal.code === "ECONNREFUSED" && !this.#truncated)
      return down("L4CON", "nobody listens there (ICMP port unreachable)");
    throw refusal;
  }

  async overTcp(target: PortTarget): Promise<CheckFinding> {
    const { signal } = this.#attempt;
    const stream = await connect(target, this.#plan, this.#attempt, this.#ports);
    const found = await this.#ask(openMessages(stream, signal));
    return found === "truncated"
      ? down("L7RSP", "the answer is cut off over TCP too", this.#facts)
      : found;
  }

  async #ask(messages: Messages): Promise<CheckFinding | "truncated"> {
    const { clock } = this.#ports;
    try {
      const askedMs = clock.nowMs();
      this.#attempt.enter("answer");
      await messages.send(this.#codec.encodeQuery(this.#query));
      for (;;) {
        const message = await messages.receive(this.#attempt.signal);
        if (message === undefined)
          return down("L7RSP", "connection closed without an answer", this.#facts);
        const answer = this.#read(message);
        if (answer === undefined) continue;
        if (typeof answer === "string")
          return down("L7RSP", `makes no sense: ${answer}`, this.#facts);
        if (answer.truncated) return "truncated";
        const opt = this.#optOf(message);
        if (typeof opt === "string") return down("L7RSP", `makes no sense: ${opt}`, this.#facts);
        const rtt_ms = clock.nowMs() - askedMs;
        return dnsVerdict(answer, opt, this.#plan.want, { rtt_ms, ...this.#facts });
      }
    } finally {
      messages.close();
    }
  }

  /** @returns what it answers, a code where it makes no sense, undefined where it is none of ours */
  #read(message: Uint8Array): DnsAnswer | string | undefined {
    const [high = -1, low = -1] = message;
    if (high * 256 + low === this.#query.id) {
      const decoded = this.#codec.decodeAnswer(message);
      if (!decoded.ok) return decoded.fault.code;
      if (answersQuery(decoded.value, this.#query)) return decoded.value;
    }
    this.#ignored += 1;
    if (this.#ignored > MOST_IGNORED)
      return "more than can be ignored, none of which was asked for";
    const what = `${this.#ignored} with another id or question ignored`;
    this.#attempt.sofar = { detail: what, facts: this.#facts };
    return undefined;
  }

  /** @returns likewise, undefined where none was asked for */
  #optOf(message: Uint8Array): DnsOpt | null | string | undefined {
    if (this.#query.edns === null) return undefined;
    const opt = decodeDnsOpt(message);
    return opt.ok ? opt.value : opt.fault.code;
  }

  get #facts(): CheckFinding["facts"] {
    return { truncated: this.#truncated, ignored: this.#ignored };
  }
}

const MOST_IGNORED = 10_000;
