/** A LAN with services in every state, for whoever wants to see what a client makes of them. */
import { fileURLToPath } from "node:url";
import { type Host, Lan } from "./netns.ts";
import { Nginx } from "./nginx.ts";
import { nameServer } from "./services.ts";

/** Addresses by what comes of asking them. */
export const SERVICE_AT = {
  web: "10.0.0.1", // nginx, see there
  late: "10.0.0.2", // see late-server
  silent: "10.0.0.50",
  prohibited: "10.0.0.51", // says its filter
  halfLost: "10.0.0.52", // every second echo request
  netUnreachable: "10.0.0.53", // says a router
  prohibited6: "fd00::51",
  nobody: "10.0.0.99",
  noRoute: "192.0.2.1",
  badRoute: "198.51.100.1", // a route of the client's makes it unreachable
} as const;

export class ServiceLan implements AsyncDisposable {
  readonly client: Host;
  readonly nginx: Nginx;
  readonly #lan: Lan<string>;

  static async open(): Promise<ServiceLan> {
    const lan = await Lan.open("web", "late", "client");
    try {
      const { web, late, client } = lan.hosts;
      await web.run("sh", "-c", "echo 0 >/proc/sys/net/ipv4/icmp_ratelimit");
      await refuse(web);
      await late.run("sh", "-c", "echo 1 >/proc/sys/net/ipv4/icmp_echo_ignore_all");
      await late.spawn(process.execPath, LATE_SERVER).lines.next(/listening/);
      await nameServer(late, SERVICE_AT.web);
      await lan.lookUpAt(late);
      // Whether a neighbour is there is known after three questions.
      const patience =
        "for of in ipv4 ipv6; do echo 100 >/proc/sys/net/$of/neigh/eth0/retrans_time_ms; done";
      await client.run("sh", "-c", patience);
      await client.run("ip", "route", "add", "unreachable", `${SERVICE_AT.badRoute}/32`);
      return new ServiceLan(lan, client, await Nginx.start(web));
    } catch (error) {
      await lan[Symbol.asyncDispose]();
      throw error;
    }
  }

  private constructor(lan: Lan<string>, client: Host, nginx: Nginx) {
    this.#lan = lan;
    this.client = client;
    this.nginx = nginx;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#lan[Symbol.asyncDispose]();
    this.nginx[Symbol.dispose]();
  }
}

/** Gives it more addresses, and a filter that treats what is for each of them otherwise. */
async function refuse(host: Host): Promise<void> {
  const { silent, prohibited, halfLost, netUnreachable, prohibited6 } = SERVICE_AT;
  for (const ip of [silent, prohibited, halfLost, netUnreachable, prohibited6])
    await host.run("ip", "address", "add", ip, "dev", "eth0");
  const rules = [
    `ip daddr ${silent} drop`,
    `ip daddr ${prohibited} reject with icmp type admin-prohibited`,
    `ip daddr ${netUnreachable} reject with icmp type net-unreachable`,
    `ip daddr ${halfLost} icmp type echo-request numgen inc mod 2 == 1 drop`,
    `ip6 daddr ${prohibited6} tcp dport 80 reject with icmpv6 type admin-prohibited`,
    `ip6 daddr ${prohibited6} icmpv6 type echo-request reject with icmpv6 type admin-prohibited`,
  ];
  const chain = "add chain inet odd in { type filter hook input priority 0; }";
  const lines = rules.map((rule) => `add rule inet odd in ${rule}`);
  await host.run("nft", ["add table inet odd", chain, ...lines].join("; "));
}

const LATE_SERVER = fileURLToPath(new URL("late-server.js", import.meta.url));
