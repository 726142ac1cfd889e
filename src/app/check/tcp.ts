/** Whether a TCP port lets a client in, and answers as it should. */
import { encodeProxyHeader } from "../../core/wire/proxy-protocol.ts";
import type { ByteStream, Ports, TlsPeer } from "../../io/ports.ts";
import { type CheckFinding, up } from "../../proto/check/result.ts";
import { formatPort, type PortTarget } from "../../proto/check/targets.ts";
import { type DialogueStep, TcpDialogue } from "../../proto/check/tcp-dialogue.ts";
import type { Attempt, Prober } from "./attempt.ts";
import { type ConnectPlan, connect } from "./connect.ts";
import { shakeHands, type TlsPlan, tlsFacts, tlsFinding, tlsText } from "./tls.ts";

export interface TcpPlan extends ConnectPlan {
  readonly close: "fin" | "rst";
  readonly proxyProtocol: 1 | 2 | null; // null: none
  readonly tls: TlsPlan | null; // null: none
  readonly steps: readonly DialogueStep[];
}

type Outside = Pick<Ports, "clock" | "connectTcp" | "localEnd" | "resolveName" | "startTls">;

export const tcpProber = (plan: TcpPlan, ports: Outside): Prober<PortTarget> => ({
  nameOf: formatPort,
  async probe(target, attempt) {
    const plain = await connect(target, plan, attempt, ports);
    let stream = plain;
    try {
      if (plan.proxyProtocol !== null) await tellEnds(plain, plan.proxyProtocol, attempt, ports);
      let peer: TlsPeer | null = null;
      if (plan.tls !== null) {
        const secure = await shakeHands(plain, target.host, plan.tls, attempt, ports);
        stream = secure;
        peer = secure.peer;
      }
      return await judge(stream, peer, plan, attempt, ports);
    } finally {
      stream.close(plan.close);
    }
  },
  close: () => {},
});

/** The connection's own ends: whoever is asked shall log us and not a proxy. */
async function tellEnds(
  stream: ByteStream,
  version: 1 | 2,
  attempt: Attempt,
  ports: Pick<Ports, "localEnd">,
): Promise<void> {
  const { remote } = attempt;
  if (remote === null) throw new TypeError("not connected");
  attempt.enter("send");
  const header = encodeProxyHeader(
    { source: ports.localEnd(stream), destination: remote },
    version,
  );
  await stream.write(header, attempt.signal);
}

async function judge(
  stream: ByteStream,
  peer: TlsPeer | null,
  plan: TcpPlan,
  attempt: Attempt,
  { clock }: Pick<Ports, "clock">,
): Promise<CheckFinding> {
  const wallMs = clock.wallMs();
  const facts = peer === null ? {} : tlsFacts(peer, wallMs);
  if (peer !== null && plan.tls !== null) {
    const finding = tlsFinding(peer, plan.tls, wallMs);
    if (finding !== undefined) return { ...finding, facts };
  }
  const text = peer === null ? "connected" : tlsText(peer, wallMs);
  if (plan.steps.length === 0) return up(peer === null ? "L4OK" : "L6OK", text, facts);
  const dialogue = new TcpDialogue(plan.steps);
  const failure = await talk(dialogue, stream, attempt, facts);
  const banner = dialogue.firstLine;
  const told = { ...facts, banner };
  if (failure !== undefined) return { ...failure, facts: told };
  const isAnswered = plan.steps.some(({ kind }) => kind === "expect");
  if (!isAnswered) return up(peer === null ? "L4OK" : "L6OK", `${text}, nothing expected`, told);
  return up("L7OK", banner === null ? text : JSON.stringify(banner), told);
}

/** @returns what went wrong */
async function talk(
  dialogue: TcpDialogue,
  stream: ByteStream,
  attempt: Attempt,
  facts: CheckFinding["facts"],
): Promise<CheckFinding | undefined> {
  for (;;) {
    const order = dialogue.next();
    switch (order.kind) {
      case "over":
        return undefined;
      case "failed":
        return order.finding;
      case "send":
        attempt.enter("send");
        await stream.write(order.bytes, attempt.signal);
        break;
      case "listen":
        if (attempt.phase !== "answer") attempt.enter("answer");
        attempt.sofar = {
          detail: dialogue.waiting,
          facts: { ...facts, banner: dialogue.firstLine },
        };
        dialogue.hear(await stream.read(attempt.signal));
        break;
    }
  }
}
