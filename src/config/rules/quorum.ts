/** Quorums that stay lost, and servers that help nobody. */
import { formatIp, sameIp } from "../../core/addr.ts";
import { QUORUM_STAYS_LOST, SERVER_IS_SERVICE, SORRY_IS_REAL } from "../codes/balancing.ts";
import { spanOf } from "../effective/in-force.ts";
import type { EffectiveVirtualServer } from "../effective/virtual-server.ts";
import { finding } from "../finding.ts";
import type { AllFacts } from "./facts.ts";

export function findLostQuorums({ lvs, report }: AllFacts): void {
  for (const service of lvs.servers) {
    const { quorum, hysteresis, servers, name, span } = service;
    const weight = servers.reduce((sum, one) => sum + one.weight.value, 0);
    const needed = quorum.value + hysteresis.value;
    if (needed <= weight || quorum.value === 0 || hasChangingWeight(service)) continue;
    const message = `virtual_server ${name} needs a weight of ${needed} (quorum ${quorum.value} and hysteresis ${hysteresis.value}), and all its servers have ${weight}: once lost the quorum stays lost`;
    report(finding(QUORUM_STAYS_LOST, spanOf(hysteresis.origin) ?? span, message));
  }
}

const hasChangingWeight = ({ servers }: EffectiveVirtualServer): boolean =>
  servers.some(({ checks }) =>
    checks.some(
      (check) =>
        check.kind === "FILE_CHECK" ||
        (check.kind === "MISC_CHECK" && check.values.misc_dynamic.value !== null),
    ),
  );

export function findSorryServers({ lvs, report }: AllFacts): void {
  for (const { sorry, servers, name } of lvs.servers) {
    if (sorry === null) continue;
    const real = servers.find(
      ({ ip, port }) => sameIp(ip, sorry.ip) && port.value === sorry.port.value,
    );
    if (real === undefined) continue;
    const message = `sorry_server ${formatIp(sorry.ip)} of virtual_server ${name} is one of its real servers`;
    const related = [{ span: real.span, message: "the real server" }];
    report(finding(SORRY_IS_REAL, sorry.span, message, { related }));
  }
}

/** On another port something else of this host may listen. */
export function findLoops({ lvs, report }: AllFacts): void {
  for (const { service, servers, sorry, name } of lvs.servers) {
    if (service.by !== "address") continue;
    for (const { ip, port, span } of sorry === null ? servers : [...servers, sorry]) {
      if (!sameIp(ip, service.ip) || port.value !== service.port) continue;
      const what = span === sorry?.span ? "sorry_server" : "real_server";
      const message = `${what} ${formatIp(ip)} is the address of virtual_server ${name} itself`;
      report(finding(SERVER_IS_SERVICE, span, message));
    }
  }
}
