/** Whether a TCP port lets a client in. */
import type { Ports } from "../../io/ports.ts";
import { up } from "../../proto/check/result.ts";
import { formatPort, type PortTarget } from "../../proto/check/targets.ts";
import type { Prober } from "./attempt.ts";
import { type ConnectPlan, connect } from "./connect.ts";

export interface TcpPlan extends ConnectPlan {
  readonly close: "fin" | "rst";
}

export const tcpProber = (
  plan: TcpPlan,
  ports: Pick<Ports, "connectTcp" | "resolveName">,
): Prober<PortTarget> => ({
  nameOf: formatPort,
  async probe(target, attempt) {
    const stream = await connect(target, plan, attempt, ports);
    stream.close(plan.close);
    return up("L4OK", "connected");
  },
  close: () => {},
});
