/** What a host that takes no part sees on the wire: tcpdump, one line a packet. */
import type { Lines } from "./lines.ts";
import type { Host } from "./netns.ts";
import type { Program } from "./program.ts";

/** A frame as tcpdump tells it; `text` begins behind the length, e.g. "10.0.0.1 > 224.0.0.18: VRRPv3 ...". */
export interface Frame {
  readonly atMs: number; // kernel time stamp, since 1970
  readonly sourceMac: string;
  readonly text: string;
}

export class Witness {
  readonly #tcpdump: Program;

  /** Watches from now on; `filter` is a pcap expression, e.g. `vrrp or arp`. */
  static async open(host: Host, filter: string, ifName = "eth0"): Promise<Witness> {
    const witness = new Witness(host.spawn(...TCPDUMP, "-i", ifName, filter));
    await witness.lines.next(/^listening on/);
    return witness;
  }

  private constructor(tcpdump: Program) {
    this.#tcpdump = tcpdump;
  }

  get lines(): Lines {
    return this.#tcpdump.lines;
  }

  /** Every frame so far, oldest first. */
  get frames(): Frame[] {
    return this.lines.all.flatMap((line) => parseFrame(line) ?? []);
  }

  /** The next frame whose line matches. */
  async next(pattern: RegExp, withinMs?: number): Promise<Frame> {
    const { input } = await this.lines.next(pattern, withinMs);
    const frame = parseFrame(input);
    if (frame === undefined) throw new Error(`tcpdump: not a frame: ${input}`);
    return frame;
  }

  /** The next advert of this host with this priority: 0 when it hands over. */
  async nextAdvert(host: Host, priority: number): Promise<Frame> {
    return await this.next(new RegExp(`${host.mac} > .* prio ${priority},`));
  }

  /** The next announcement of the address by this host: gratuitous ARP or neighbour advertisement. */
  async nextAnnouncement(host: Host, address: string): Promise<Frame> {
    const arp = `who-has ${address} .*tell ${address}|${address} is-at`;
    return await this.next(
      new RegExp(`${host.mac} > .*(${arp}|neighbor advertisement, tgt is ${address})`),
    );
  }
}

function parseFrame(line: string): Frame | undefined {
  const match = /^(\d+\.\d+) (\S+) > .*?, length \d+: (.*)$/.exec(line);
  if (match === null) return undefined;
  const [, seconds = "", sourceMac = "", text = ""] = match;
  return { atMs: Number(seconds) * 1000, sourceMac, text };
}

const TCPDUMP = ["tcpdump", "-Z", "root", "-l", "-n", "-e", "-tt", "--immediate-mode"];
