/** `ipvs zero`: sets counters to 0 (ipvsadm -Z). */
import { IpvsKernel } from "../../app/ipvs/kernel.ts";
import { serviceToZero, zeroCountersOf } from "../../app/ipvs/zero.ts";
import { defineCommand } from "../define.ts";
import { ExitCode } from "../exit-code.ts";
import { list } from "../option.ts";
import { jsonOption, quietOption } from "../options.ts";
import { servicePhrases } from "./wanted-options.ts";

export const ipvsZero = defineCommand({
  name: "ipvs zero",
  summary: "Set the counters of IPVS to zero",
  description: [
    "Sets connections, packets, bytes and rates of a service and its real servers to 0, or those of all services. Connections themselves stay, and so do the numbers of those that are open.",
    "SERVICE is tcp, udp or sctp and ADDR:PORT, or fwmark N, for IPv6 fwmark N inet6.",
    "--json prints an object for each: service, null where it is all of them.",
  ],
  positionals: {
    service: list({ value: "SERVICE", describe: "Whose counters; all without it" }, String),
  },
  options: { ...jsonOption, ...quietOption },
  examples: [
    ["ipvs zero", "All counters"],
    ["ipvs zero tcp 192.0.2.1:80", "Those of one service and its real servers"],
    ["ipvs zero fwmark 5 inet6", "Those of a firewall mark, for IPv6"],
  ],
  exitStatus: { 0: "They are 0." },
  seeAlso: ["ipvsadm(8)"],
  async run({ service: words, json, quiet }, { ports, stdout }) {
    const ids = words.length === 0 ? [null] : servicePhrases(words).map(serviceToZero);
    const kernel = new IpvsKernel(ports);
    try {
      for (const id of ids) {
        const service = zeroCountersOf(kernel, id);
        if (json && !quiet) stdout(JSON.stringify({ service }));
        else if (!quiet) stdout(`${service ?? "all services"}: counters are 0`);
      }
    } finally {
      kernel.close();
    }
    return ExitCode.ok;
  },
});
