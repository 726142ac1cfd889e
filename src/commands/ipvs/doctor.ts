/** `ipvs doctor`: why connections do not get through the load balancer, and what would help. */
import { examineIpvs, type IpvsDoctorReport } from "../../app/ipvs/doctor.ts";
import { formatJson } from "../../core/json.ts";
import { defineCommand } from "../define.ts";
import { findingLines } from "../doctor-finding.ts";
import { ExitCode } from "../exit-code.ts";
import { interfaceFilter, jsonOption, quietOption } from "../options.ts";

export const ipvsDoctor = defineCommand({
  name: "ipvs doctor",
  summary: "Find out why connections do not get through IPVS",
  description: [
    "Looks at the table of this kernel, at routes and settings, and at the real servers of direct routing; tells of each check whether it is well, and below it lines that would help, ready to be pasted. None of them is ever carried out; those that begin with # are advice, or for another host.",
    "All that it sends is ARP or neighbour solicitations, for virtual addresses and real servers of direct routing. It loads no module.",
  ],
  manual: {
    CHECKS: [
      "module: whether this kernel has IPVS.",
      "service: services without a real server, or with weight 0 alone; that this host does not have the virtual address, which is right only where another balancer has it; that all ports go to real servers; that a virtual address is its own real server; that the scheduler sh or mh would refuse clients, as it has no fallback and a real server has weight 0.",
      "route, port, mtu: real servers without a route; those of direct routing that are behind a gateway; ports that direct routing and tunnels do not change; how many bytes a tunnel leaves.",
      "forward: with NAT, ip_forward (of the interface; of IPv6 that of all) and ICMP redirects on a LAN that has both clients and real servers; rp_filter, the greater of all and the interface, where the way back to clients is another interface.",
      "sysctl: settings below net/ipv4/vs, those that matter for what is in the table. expire_nodest_conn: what becomes of connections whose real server was removed, for TCP, UDP and SCTP, with the timeouts of this kernel. expire_quiescent_template: whether clients of a persistent service stay with a real server of weight 0. conn_reuse_mode, with conntrack before Linux 5.9. conntrack and nat_icmp_send with NAT. sloppy_tcp, sloppy_sctp: packets in the middle that begin a connection.",
      "sync: the sync daemons, where any runs: whether their interface works, and the version of their messages.",
      "arp: which real servers of direct routing answer ARP, or neighbour solicitations, for a virtual address: those have the address where they must not answer for it, and some clients go past the balancer. It is asked on each link that leads to such real servers, at most 256 addresses each; real servers behind a gateway are not asked. Needs CAP_NET_RAW; without it the check is skipped.",
    ],
    "OUTPUT OF -j": [
      "One object: module (whether the kernel has IPVS), services and destinations (how many), findings. A finding has check, family (always null), verdict (ok, fail, warn, skip), seen, and fix, a list of lines.",
    ],
  },
  options: { ...interfaceFilter, ...jsonOption, ...quietOption },
  examples: [
    ["ipvs doctor", "The whole table of this host"],
    ["ipvs doctor -I eth1", "Ask real servers on eth1 alone who answers ARP"],
    ["ipvs doctor -q", "Its exit status alone: 1 where a check failed"],
  ],
  exitStatus: {
    0: "No check failed; some may have warned.",
    1: "At least one check failed, or the kernel has no IPVS.",
    2: "Could not look: usage, permission, kernel refusal.",
  },
  seeAlso: ["ipvsadm(8)", "vipkit-vrrp-doctor(8)"],
  async run({ interface: ifName, json, quiet }, { ports, signal, stdout, paint }) {
    const report = await examineIpvs(ifName, ports, signal);
    const { findings } = report;
    if (json && !quiet) stdout(formatJson(recordOf(report)));
    else if (!quiet)
      for (const line of findings.flatMap((one) => findingLines(one, paint))) stdout(line);
    return findings.some(({ verdict }) => verdict === "fail") ? ExitCode.negative : ExitCode.ok;
  },
});

const recordOf = ({ hasModule, services, findings }: IpvsDoctorReport) => ({
  module: hasModule,
  services: services.length,
  destinations: services.reduce((sum, { destinations }) => sum + destinations.length, 0),
  findings,
});
