/** Looks again and again where the names of real servers are. */
import { compareIp, familyOf, formatIp, type IpBytes, sameIpSet } from "../../../../core/addr.ts";
import { SystemError } from "../../../../core/errors.ts";
import type { Cancel, Closable, Ports } from "../../../../io/ports.ts";
import type { ServerName, ServerPlace } from "../plan/relocated.ts";

export interface PlacesWitness {
  /** All that is known, when all names have been asked for once, and with each change. */
  readonly onPlaces: (places: readonly ServerPlace[]) => void;
  readonly onTrouble: (text: string) => void;
}

/** A name without an answer stays where it was; one that never had one is where the file says. */
export class ServerPlaces implements Closable {
  readonly #names: readonly ServerName[];
  readonly #ports: Pick<Ports, "clock" | "resolveName">;
  readonly #witness: PlacesWitness;
  readonly #known = new Map<ServerName, readonly IpBytes[]>();
  readonly #lost = new Set<ServerName>(); // of which that is told already
  readonly #stop = new AbortController();
  #cancel: Cancel = () => {};

  constructor(
    names: readonly ServerName[],
    ports: Pick<Ports, "clock" | "resolveName">,
    witness: PlacesWitness,
  ) {
    this.#names = names;
    this.#ports = ports;
    this.#witness = witness;
  }

  /** Without names what is known is known at once. */
  start(): void {
    if (this.#names.length === 0) this.#witness.onPlaces([]);
    else void this.#look(true);
  }

  close(): void {
    this.#cancel();
    this.#stop.abort();
  }

  async #look(isFirst: boolean): Promise<void> {
    const { clock } = this.#ports;
    const changes = await Promise.all(this.#names.map((one) => this.#ask(one)));
    if (this.#stop.signal.aborted) return;
    if (isFirst || changes.includes(true)) {
      const places = [...this.#known].map(([one, ips]) => ({ ...one, ips }));
      this.#witness.onPlaces(places);
    }
    this.#cancel = clock.at(clock.nowMs() + AGAIN_MS, () => void this.#look(false));
  }

  /** @returns whether it is elsewhere now */
  async #ask(one: ServerName): Promise<boolean> {
    try {
      const found = await this.#resolve(one);
      const ips = [...found].sort(compareIp).slice(0, MOST_PLACES);
      const before = this.#known.get(one) ?? [one.ip];
      this.#lost.delete(one);
      if (ips.length === 0 || sameIpSet(ips, before)) return false;
      this.#known.set(one, ips);
      this.#witness.onTrouble(`${textOf(one)} is at ${ips.map(formatIp).join(", ")} now`);
      return true;
    } catch (error) {
      if (this.#stop.signal.aborted) return false;
      if (!(error instanceof SystemError)) throw error;
      const ips = this.#known.get(one) ?? [one.ip];
      const where = `it stays at ${ips.map(formatIp).join(", ")}`;
      if (!this.#lost.has(one))
        this.#witness.onTrouble(`${textOf(one)}: ${error.detail}; ${where}`);
      this.#lost.add(one);
      return false;
    }
  }

  async #resolve({ ip, name }: ServerName): Promise<readonly IpBytes[]> {
    const { clock, resolveName } = this.#ports;
    const limit = new AbortController();
    const late = new SystemError(
      "look up",
      name,
      "ETIMEDOUT",
      `no answer within ${LIMIT_MS / 1000} s`,
    );
    const cancel = clock.at(clock.nowMs() + LIMIT_MS, () => limit.abort(late));
    const stop = (): void => limit.abort(this.#stop.signal.reason);
    this.#stop.signal.addEventListener("abort", stop, { once: true });
    try {
      return await resolveName(name, familyOf(ip), limit.signal);
    } finally {
      cancel();
      this.#stop.signal.removeEventListener("abort", stop);
    }
  }
}

const textOf = ({ ip, name }: ServerName): string => `real server ${formatIp(ip)} (${name})`;

const AGAIN_MS = 30_000;
const LIMIT_MS = 5000;
const MOST_PLACES = 16; // of one name
