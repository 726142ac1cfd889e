/** `--as-host FILE`: the host that a configuration is meant for, described in YAML or JSON. */
import type { YAMLMap } from "yaml";
import type { Host, HostInterface } from "../../config/host.ts";
import { type Cidr, parseCidr } from "../../core/addr.ts";
import { isInterfaceName } from "../../core/clauses.ts";
import { readYaml } from "../yaml-text.ts";

/** `interfaces: {eth0: {mtu: 1500, multicast: true, addresses: [192.0.2.2/24]}}`. @throws UsageError with the place of a mistake */
export async function parseHost(text: string, file: string): Promise<Host> {
  const { isMap, isScalar, isSeq } = await import("yaml");
  const { contents, refuseAt } = await readYaml(text, file, "one host");

  const textOf = (node: unknown): string =>
    isScalar(node) ? String(node.value ?? "") : refuseAt(node, "is no text");
  const mapOf = (node: unknown, what: string): YAMLMap =>
    isMap(node) ? node : refuseAt(node, `is no map of ${what}`);

  const interfaces = new Map<string, HostInterface>();
  for (const { key, value } of mapOf(contents, "what the host has: interfaces").items) {
    if (textOf(key) !== "interfaces") refuseAt(key, `'${textOf(key)}' is not interfaces`);
    for (const { key: name, value: details } of mapOf(value, "interfaces").items) {
      const ifName = textOf(name);
      if (!isInterfaceName(ifName)) refuseAt(name, `'${ifName}' is no name of an interface`);
      interfaces.set(ifName, interfaceOf(details));
    }
  }
  return { interfaces, users: null, programs: new Map(), takersOn: () => [] };

  function interfaceOf(details: unknown): HostInterface {
    let [mtu, hasMulticast, addresses]: [number, boolean, Cidr[]] = [ETHERNET_MTU, true, []];
    for (const { key, value } of mapOf(details, "mtu, multicast, addresses").items) {
      const detail = textOf(key);
      if (detail === "mtu") mtu = mtuOf(value);
      else if (detail === "multicast") hasMulticast = isTrue(value);
      else if (detail === "addresses") addresses = addressesOf(value);
      else refuseAt(key, `'${detail}' is none of mtu, multicast, addresses`);
    }
    return { mtu, hasMulticast, addresses };
  }

  function mtuOf(node: unknown): number {
    const text = textOf(node);
    const mtu = /^\d{2,5}$/.test(text) ? Number(text) : 0;
    return mtu >= LEAST_MTU && mtu <= MOST_MTU
      ? mtu
      : refuseAt(node, `'${text}' is no MTU of ${LEAST_MTU}..${MOST_MTU}`);
  }

  function isTrue(node: unknown): boolean {
    const text = textOf(node);
    return (
      text === "true" || (text !== "false" && refuseAt(node, `'${text}' is not true or false`))
    );
  }

  function addressesOf(node: unknown): Cidr[] {
    if (!isSeq(node)) return refuseAt(node, "is no list of addresses");
    return node.items.map((item) => {
      const cidr = parseCidr(textOf(item));
      return cidr ?? refuseAt(item, `'${textOf(item)}' is no address with its prefix length`);
    });
  }
}

const ETHERNET_MTU = 1500;
const LEAST_MTU = 68; // RFC 791
const MOST_MTU = 65_536; // of the loopback
