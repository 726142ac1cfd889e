/** Lines of a journal as `ha up` writes them, for those who read it. */

/** Of one boot, whose wall clock was at midnight when it began. */
export class JournalLines {
  readonly lines: string[] = [];
  readonly #name: string;
  readonly #host: string;
  #boot = 1;

  constructor(name = "VI", host = "a") {
    this.#name = name;
    this.#host = host;
  }

  /** From now on those of another boot. */
  reboot(): this {
    this.#boot += 1;
    return this;
  }

  add(atMs: number, record: object, wallMs = DAY_MS + atMs): this {
    const ts = new Date(wallMs).toISOString();
    this.lines.push(
      JSON.stringify({ ts, boot_id: `boot ${this.#boot}`, mono_ms: atMs, ...record }),
    );
    return this;
  }

  start(atMs: number): this {
    return this.add(atMs, { type: "start", host: this.#host, pid: 1, file: "x" });
  }

  transition(
    atMs: number,
    way: string,
    cause: object,
    heard: { readonly priority: number; readonly age_ms: number } | null = null,
  ): this {
    const [from, to] = way.split(" ");
    const last_advert = heard && { source: "10.0.0.2", interval_ms: 1000, ...heard };
    return this.add(atMs, { type: "transition", ...this.#service, from, to, cause, last_advert });
  }

  hearing(atMs: number, master: string | null, age_ms = 0): this {
    return this.add(atMs, { type: "hearing", instance: this.#name, master, age_ms });
  }

  standing(atMs: number, state: string, master: string | null = null): this {
    return this.add(atMs, { type: "standing", ...this.#service, state, master });
  }

  alive(atMs: number): this {
    return this.add(atMs, { type: "alive" });
  }

  stop(atMs: number): this {
    return this.add(atMs, { type: "stop" });
  }

  get bytes(): Uint8Array {
    return new TextEncoder().encode(this.lines.map((line) => `${line}\n`).join(""));
  }

  get #service(): object {
    return { instance: this.#name, vrid: 51, family: "ipv4", vips: ["10.0.0.100/24"] };
  }
}

export const DAY_MS = Date.UTC(2026, 0, 2);
