/** A keepalived.conf of many virtual routers, each with one address of its own. */
import { masterDownMs } from "../../src/proto/vrrp/times.ts";

export interface ManyRouters {
  readonly conf: string;
  readonly vips: ReadonlySet<string>;
  readonly downMs: number; // from its start until one takes over
}

/** 250 on each interface: eth0, eth1 and so on. */
export function manyRouters(options: {
  readonly count: number;
  readonly intervalMs: number;
}): ManyRouters {
  const { count, intervalMs } = options;
  const places = Array.from({ length: count }, (_, n) => ({
    ifName: `eth${Math.floor(n / PER_INTERFACE)}`,
    vrid: (n % PER_INTERFACE) + 1,
    vip: `10.0.${Math.floor(n / PER_INTERFACE) + 1}.${(n % PER_INTERFACE) + 1}`,
  }));
  const blocks = places.map(
    ({ ifName, vrid, vip }) => `vrrp_instance ${ifName}_${vrid} {
  state BACKUP
  interface ${ifName}
  virtual_router_id ${vrid}
  version 3
  priority ${PRIORITY}
  advert_int ${intervalMs / 1000}
  virtual_ipaddress {
    ${vip}/32
  }
}
`,
  );
  return {
    conf: blocks.join(""),
    vips: new Set(places.map(({ vip }) => vip)),
    downMs: masterDownMs({ version: 3, priority: PRIORITY, downAdverts: 3 }, intervalMs),
  };
}

const PER_INTERFACE = 250;
const PRIORITY = 200;
