/** Many networks, of which those that have an address are wanted. */
import type { Cidr, IpBytes } from "./addr.ts";

export class Networks {
  /** By their prefix how many there are. */
  readonly #counts = new Map<string, number>();
  readonly #lengths = new Set<number>();

  constructor(networks: Iterable<Cidr> = []) {
    for (const one of networks) this.add(one);
  }

  add({ ip, prefixLength }: Cidr): void {
    const prefix = prefixOf(ip, prefixLength);
    this.#lengths.add(prefixLength);
    this.#counts.set(prefix, (this.#counts.get(prefix) ?? 0) + 1);
  }

  /** In how many of them an address is. Takes as long as they have different lengths. */
  having(ip: IpBytes): number {
    let count = 0;
    for (const length of this.#lengths) {
      if (length <= ip.length * 8) count += this.#counts.get(prefixOf(ip, length)) ?? 0;
    }
    return count;
  }
}

/** The same text for all addresses of a network, and for no other. */
function prefixOf(ip: IpBytes, length: number): string {
  const bytes = ip.map((byte, index) => {
    const bits = Math.min(8, Math.max(0, length - index * 8));
    return byte & (0xff << (8 - bits));
  });
  return `${bytes.join(".")}/${length}`;
}
