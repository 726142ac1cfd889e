/** Configurations of tests as they are in force. */
import { readBlock } from "../../src/config/block.ts";
import { type EffectiveVrrp, effectiveVrrp } from "../../src/config/effective/configuration.ts";
import { definitionsOf } from "../../src/config/effective/definitions.ts";
import { globalsOf } from "../../src/config/effective/globals.ts";
import type { EffectiveInstance } from "../../src/config/effective/instance.ts";
import { type EffectiveLvs, effectiveLvs } from "../../src/config/effective/lvs.ts";
import { examine } from "../../src/config/examine.ts";
import type { Finding } from "../../src/config/finding.ts";
import type { Host, HostInterface } from "../../src/config/host.ts";
import { checkVrrp } from "../../src/config/rules/vrrp.ts";
import { type Configuration, ROOT } from "../../src/config/tables/root.ts";
import { parseCidr } from "../../src/core/addr.ts";
import { foundLines, statementsOf } from "./conf.ts";

/** A text as `lines` has it; `;` ends a line too, so that a block is short. */
export const linesOf = (text: string): string[] =>
  text.split(/[;\n]/).flatMap((line) => (line.trim() === "" ? [] : [line.trim()]));

/** What is in force of a text, and what is found on the way there, but for what its words alone are told. */
export function effective(
  text: string,
  host: Host | null = null,
  path?: string,
): {
  configuration: Configuration;
  vrrp: EffectiveVrrp;
  lvs: EffectiveLvs;
  findings: Finding[];
  found: string[];
} {
  const findings: Finding[] = [];
  const report = (one: Finding): void => void findings.push(one);
  const configuration = readBlock(statementsOf(linesOf(text), path), ROOT, "", () => {});
  const vrrp = effectiveVrrp(configuration, host, report);
  const lvs = effectiveLvs(configuration, vrrp.definitions, vrrp.globals, () => {});
  return { configuration, vrrp, lvs, findings, found: foundLines(findings) };
}

/** An instance that nothing is wrong with but for `inside`. */
export const instance = (inside: string, name = "v", vrid = 5, address = "10.0.0.5"): string =>
  `vrrp_instance ${name} {; interface eth0; virtual_router_id ${vrid}; ${inside}; virtual_ipaddress {; ${address}; }; }`;

/** The only instance of a text, or the one of a name. */
export function instanceOf({ vrrp }: { vrrp: EffectiveVrrp }, name = "v"): EffectiveInstance {
  const found = vrrp.instances.find((one) => one.name === name);
  if (found === undefined) throw new Error(`there is no instance ${name}`);
  return found;
}

export const hostOf = (interfaces: Record<string, string>, mtu = 1500): Host => ({
  users: new Map([["root", 0]]),
  programs: new Map(),
  networkd: null,
  interfaces: new Map(
    Object.entries(interfaces).map(([name, addresses]): [string, HostInterface] => [
      name,
      {
        mtu,
        hasMulticast: true,
        manager: null,
        addresses: addresses
          .split(" ")
          .filter((one) => one !== "")
          .map((one) => {
            const cidr = parseCidr(one);
            if (cidr === undefined) throw new Error(`${one} is no address`);
            return cidr;
          }),
      },
    ]),
  ),
});

/** What the rules find in a text, beside what is found on the way to what is in force. */
export function ruled(text: string, host: Host | null = null): string[] {
  const findings: Finding[] = [];
  const { vrrp } = effective(text, host);
  checkVrrp({ vrrp, host, report: (one) => void findings.push(one) });
  return foundLines(findings);
}

/** What is in force of the virtual servers of a text, and what is found on the way there. */
export function balanced(text: string): {
  lvs: EffectiveLvs;
  findings: Finding[];
  found: string[];
} {
  const findings: Finding[] = [];
  const conf = readBlock(statementsOf(linesOf(text)), ROOT, "", () => {});
  const definitions = definitionsOf(conf, () => {});
  const lvs = effectiveLvs(conf, definitions, globalsOf(conf.global_defs), (one) =>
    findings.push(one),
  );
  return { lvs, findings, found: foundLines(findings) };
}

/** What the rules find in the virtual servers and the programs of a text. */
export function examined(text: string, host: Host | null = null): string[] {
  const findings: Finding[] = [];
  const conf = readBlock(statementsOf(linesOf(text)), ROOT, "", () => {});
  const before = balanced(text).found;
  examine(conf, host, (one) => void findings.push(one));
  return foundLines(findings).filter((line) => !before.includes(line));
}
