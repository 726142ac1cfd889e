/** A client, a balancer with IPVS and a server behind it, by direct routing: it answers the client itself. */
import { type Host, Lan } from "./netns.ts";
import type { Program } from "./program.ts";

export const VIRTUAL = "10.9.9.9";

type Name = "client" | "balancer" | "server";

/** The server is 10.0.0.3. */
export class BalancedLan implements AsyncDisposable {
  readonly hosts: { readonly [name in Name]: Host };
  readonly #lan: Lan<Name>;

  static async open(): Promise<BalancedLan> {
    const lan = await Lan.open("client", "balancer", "server");
    try {
      const { client, balancer, server } = lan.hosts;
      await balancer.run("ip", "address", "add", `${VIRTUAL}/32`, "dev", "lo");
      await balancer.run("ipvsadm", "--set", "0", "1", "0"); // what is being closed is forgotten soon
      await client.run("ip", "route", "add", VIRTUAL, "via", balancer.ipv4);
      await server.run("ip", "address", "add", `${VIRTUAL}/32`, "dev", "lo");
      await server.spawn(process.execPath, "-e", LISTEN).lines.next(/listening/);
      return new BalancedLan(lan);
    } catch (error) {
      await lan[Symbol.asyncDispose]();
      throw error;
    }
  }

  private constructor(lan: Lan<Name>) {
    this.#lan = lan;
    this.hosts = lan.hosts;
  }

  /** An open connection to the virtual service; it is closed when the program is stopped. */
  async connect(): Promise<Program> {
    const program = this.hosts.client.spawn(process.execPath, "-e", CONNECT);
    await program.lines.next(/connected/);
    return program;
  }

  /** All that IPVS is to have, as lines of `ipvsadm -S`. */
  async restore(...rules: readonly string[]): Promise<void> {
    const { balancer } = this.hosts;
    await balancer.run("ipvsadm", "-C");
    for (const rule of rules) await balancer.run("ipvsadm", ...rule.split(" "));
  }

  /** All of IPVS as ipvsadm saves it, a line each. */
  async saved(): Promise<string[]> {
    return (await this.hosts.balancer.run("ipvsadm", "-S", "-n")).split("\n");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#lan[Symbol.asyncDispose]();
  }
}

const LISTEN = `require("node:net").createServer((socket) => socket.on("error", () => {}).resume())
.listen(80, () => console.log("listening"))`;
const CONNECT = `require("node:net").connect(80, "${VIRTUAL}", () => console.log("connected"))`;
