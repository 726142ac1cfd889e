/** What reaches a router and what passes through it, as a client on its LAN sees it. */
import type { Host } from "./netns.ts";

/** True where it got an answer. */
export interface Reach {
  readonly pingVirtual: boolean;
  readonly connectVirtual: boolean;
  readonly neighbour: boolean; // ARP or neighbour solicitation for the virtual address
  readonly pingOwn: boolean; // the router's own address
  readonly connectOwn: boolean;
  readonly through: boolean; // ping of a host behind it, by way of the virtual address
}

/** A network behind the router, on the same wire, which it forwards to. */
export interface Behind {
  readonly router: string;
  readonly server: string;
  readonly prefix: string;
}

export const BEHIND: Readonly<Record<4 | 6, Behind>> = {
  4: { router: "10.1.0.1/24", server: "10.1.0.3", prefix: "10.1.0.0/24" },
  6: { router: "fd01::1/64", server: "fd01::3", prefix: "fd01::/64" },
};

/** Makes `router` forward to `server`, and listen for connections on every address that it has. */
export async function prepareRouter(family: 4 | 6, router: Host, server: Host): Promise<void> {
  const behind = BEHIND[family];
  const forward = family === 4 ? "net/ipv4/ip_forward" : "net/ipv6/conf/all/forwarding";
  await router.run("sh", "-c", `echo 1 >/proc/sys/${forward}`);
  await router.run("ip", "address", "add", behind.router, "dev", "eth0");
  const [, length] = behind.router.split("/");
  await server.run("ip", "address", "add", `${behind.server}/${length}`, "dev", "eth0");
  const back = behind.router.replace(/\/.*/, "");
  // Not by the wire itself, on which the client is too.
  const home = family === 4 ? "10.0.0.0/24" : "fd00::/64";
  await server.run("ip", "route", "replace", home, "via", back, "metric", "1");
  const listener = router.spawn(process.execPath, "-e", LISTENER);
  await listener.lines.next(/^listening/);
}

/** Asks from `client`, which reaches the network behind by way of the virtual address. */
export async function reachOf(
  family: 4 | 6,
  client: Host,
  { own, virtual }: { own: string; virtual: string },
): Promise<Reach> {
  const behind = BEHIND[family];
  await client.run("ip", "route", "replace", behind.prefix, "via", virtual);
  await client.run("ip", "neigh", "flush", "dev", "eth0");
  const succeeds = (...argv: string[]): Promise<boolean> =>
    client.run(...argv).then(
      () => true,
      () => false,
    );
  const ping = (address: string) => succeeds(...PING, address);
  const connect = (address: string) => succeeds(process.execPath, "-e", CONNECTOR, address);
  const through = await ping(behind.server);
  const neighbours = await client.run("ip", "neigh", "show", virtual);
  return {
    through,
    neighbour: /lladdr/.test(neighbours),
    pingVirtual: await ping(virtual),
    connectVirtual: await connect(virtual),
    pingOwn: await ping(own),
    connectOwn: await connect(own),
  };
}

/** Ends with 0 when the address behind it answered. */
export const PING = ["fping", "--quiet", "--retry=2", "--timeout=300"];

const LISTENER =
  'require("net").createServer((s) => s.end()).listen(9000, "::", () => console.log("listening"))';
const CONNECTOR = `
  const socket = require("net").connect(9000, process.argv[1]);
  socket.on("connect", () => process.exit(0)).on("error", () => process.exit(1));
  setTimeout(() => process.exit(1), 500);`;
