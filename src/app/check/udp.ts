/** Whether a UDP port answers, or at least nobody says that there is none (udp(7), ICMP port unreachable). */
import { formatIp } from "../../core/addr.ts";
import { SystemError } from "../../core/errors.ts";
import type { Ports, UdpSocket } from "../../io/ports.ts";
import { type CheckFinding, down } from "../../proto/check/result.ts";
import { formatPort, type PortTarget } from "../../proto/check/targets.ts";
import { type UdpWant, udpReplyFinding, udpSilence } from "../../proto/check/udp-reply.ts";
import type { Attempt, Prober } from "./attempt.ts";
import { addressesOf, type ConnectPlan, wayTo } from "./connect.ts";

export interface UdpPlan extends ConnectPlan {
  readonly payload: Uint8Array;
  readonly want: UdpWant;
}

type Outside = Pick<Ports, "openUdp" | "resolveName">;

export const udpProber = (plan: UdpPlan, ports: Outside): Prober<PortTarget> => ({
  nameOf: formatPort,
  async probe(target, attempt) {
    const addresses = await addressesOf(target, plan, attempt, ports);
    let refusal: unknown;
    for (const ip of addresses) {
      attempt.address = formatIp(ip);
      attempt.enter("connect");
      try {
        const socket = ports.openUdp({ ...wayTo(target, plan), ip, port: target.port });
        return await ask(socket, plan, attempt);
      } catch (error) {
        if (!(error instanceof SystemError)) throw error;
        refusal = error;
      }
    }
    if (refusal instanceof SystemError && refusal.code === "ECONNREFUSED")
      return down("L4CON", "nobody listens there (ICMP port unreachable)");
    throw refusal;
  },
  close: () => {},
});

async function ask(
  socket: UdpSocket,
  { payload, want }: UdpPlan,
  attempt: Attempt,
): Promise<CheckFinding> {
  try {
    attempt.enter("send");
    socket.send(payload);
    attempt.enter("answer");
    attempt.silence = udpSilence(want);
    return udpReplyFinding(await socket.receive(attempt.signal), want);
  } catch (error) {
    attempt.silence = null;
    throw error;
  } finally {
    socket.close();
  }
}
