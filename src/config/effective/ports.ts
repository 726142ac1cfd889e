/** The ports of real servers: behind DR and TUN they are those of the virtual server. */
import { PORT_OF_MARK, PORTS_DIFFER } from "../codes/lvs.ts";
import type { Completing } from "./completing.ts";
import { inherited } from "./in-force.ts";
import type { ServiceCompletion } from "./service-completion.ts";
import type { EffectiveRealServer, EffectiveSorryServer } from "./virtual-server.ts";

type WithPort = Completing<EffectiveRealServer> | Completing<EffectiveSorryServer>;

/** @param what "real_server 10.0.0.3 81" */
export function completePort(service: ServiceCompletion, server: WithPort, what: string): void {
  const { draft, hasMark, ports } = service;
  // The fields are those of both kinds.
  const { draft: one } = server as Completing<EffectiveSorryServer>;
  const isNat = one.lvs_method.value.method === "NAT";
  const { value: port } = one.port;
  const it = `virtual_server ${draft.name}`;
  if (port === null) {
    const [own = null] = ports;
    if (draft.service.by !== "address") return;
    const origin = { kind: "written", span: draft.span } as const;
    one.port = inherited(it, { value: own, origin });
    return;
  }
  if (isNat) return;
  const { method } = one.lvs_method.value;
  const set = (value: number | null, kind: typeof PORTS_DIFFER, message: string): void => {
    const found = server.tell(kind, one.port, message, { help: "leave the port out" });
    one.port = { value, origin: { kind: "corrected", by: found, from: one.port } };
  };
  const other = ports.find((each) => each !== port);
  if (hasMark) set(null, PORT_OF_MARK, `${what} has a port, and ${it} is a firewall mark`);
  else if (other !== undefined) {
    const isSingle = draft.service.by === "address";
    const message = `${method} cannot lead from ${other === null ? "every port" : `port ${other}`} of ${it} to ${what}`;
    set(isSingle ? other : null, PORTS_DIFFER, message);
  }
}
