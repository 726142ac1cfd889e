/** IPVS as `ha up` sets it, with a kernel that is none. */
import type { IpvsSettings, PlannedService } from "../../src/app/ha/up/plan/lvs-plan.ts";
import { Balancer } from "../../src/app/ha/up/servers/balancer.ts";
import type { IpvsMemory } from "../../src/app/ha/up/servers/ipvs-memory.ts";
import { IpvsKernel } from "../../src/app/ipvs/kernel.ts";
import { IPVS_COMMANDS } from "../../src/core/netlink/ipvs.ts";
import type { Destination } from "../../src/proto/lvs/virtual-server.ts";
import { FakePorts } from "./fake-ports.ts";
import { lvsPlan, plannedServer, plannedService, realServer } from "./lvs-plan.ts";

/** Its service has the servers 0 and 1, at ports 81 and 82, and a sorry server. */
export function balancer(ports = new FakePorts()) {
  const troubles: string[] = [];
  const memories: IpvsMemory[] = [];
  const all = new Balancer(ports, {
    onMemory: (memory) => void memories.push(memory),
    onTrouble: (text) => void troubles.push(text),
  });
  const settings = (changes: Partial<IpvsSettings>): IpvsSettings => ({
    ...lvsPlan([]).ipvs,
    ...changes,
  });
  const go = (
    services: readonly PlannedService[],
    changes: Partial<IpvsSettings> = {},
    former?: IpvsMemory,
  ): void => all.go(lvsPlan(services, { ipvs: settings(changes) }), former);
  const begin = (...destinations: readonly Destination[]): void => {
    all.point(SERVICE, destinations);
    go([SERVICE]);
  };
  return { all, ports, troubles, memories, go, begin };
}

export const SERVICE = plannedService({
  servers: [plannedServer(81), plannedServer(82)],
  sorry: { label: "", isInhibited: false, ipvs: realServer(99) },
});

/** `81 w1`, of all services. */
export function table(ports: FakePorts): string[] {
  const kernel = new IpvsKernel(ports);
  const services = [...kernel.table().values()];
  kernel.close();
  return services.flatMap(({ service, destinations }) => [
    service.scheduler,
    ...destinations.map(({ port, weight }) => `${port} w${weight}`),
  ]);
}

/** Commands since it was last asked. */
export const named = (ports: FakePorts): string[] => {
  const names = new Map<number, string>(
    Object.entries(IPVS_COMMANDS).map(([name, number]) => [number, name]),
  );
  return ports.ipvs.commands.splice(0).map((command) => names.get(command) ?? "");
};
