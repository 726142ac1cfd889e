/** What of `ha up` goes into its journal, so that availability can be told afterwards. */
import { formatCidr } from "../../../../core/addr.ts";
import type { Cancel, Ports } from "../../../../io/ports.ts";
import { recordHead } from "../../../vrrp/event-record.ts";
import { heldVips } from "../../../vrrp/instance.ts";
import { ALIVE_MS } from "../../journal-files.ts";
import type { HeardMaster } from "../messages.ts";
import type { ServerEvent } from "../servers/server-events.ts";
import { haEventRecord } from "./event-record.ts";
import { Journal } from "./journal.ts";
import type { HaEvent, Supervisor } from "./supervisor.ts";

export interface JournalPlace {
  readonly stateDirectory: string;
  readonly socket: string; // which names the file
  readonly file: string; // by which `ha up` goes
}

type Outside = Pick<Ports, "clock" | "files" | "pid" | "readSysctl">;

export const journalPath = (stateDirectory: string, socket: string): string =>
  `${stateDirectory}/${socket}.journal`;

export class AvailabilityJournal {
  readonly #supervisor: Supervisor;
  readonly #ports: Outside;
  readonly #journal: Journal;
  readonly #heard = new Map<string, string>(); // who is master elsewhere, by instance
  readonly #servers = new Map<string, Map<string, ServerEvent>>(); // what was told of each virtual one last, by type
  readonly #trouble = { told: 0, untold: 0 }; // since the last sign of life
  #latestMs = 0;
  #seq = 0;
  #cancel: Cancel = () => {};

  constructor(
    { stateDirectory, socket }: JournalPlace,
    supervisor: Supervisor,
    ports: Outside,
    trouble: (text: string) => void,
  ) {
    this.#supervisor = supervisor;
    this.#ports = ports;
    const { clock } = ports;
    const boot_id = ports.readSysctl("kernel/random/boot_id") ?? "";
    this.#journal = new Journal(journalPath(stateDirectory, socket), ports, {
      head: (atMs) => {
        this.#latestMs = Math.max(this.#latestMs, atMs); // what is told late may be out of order
        const ts = new Date(clock.wallMs() + this.#latestMs - clock.nowMs()).toISOString();
        return { ts, boot_id, mono_ms: this.#latestMs };
      },
      standing: () => this.#standing(),
      trouble,
    });
  }

  begin(file: string): void {
    const { pid, readSysctl } = this.#ports;
    const host = readSysctl("kernel/hostname") ?? "";
    this.#journal.note({ type: "start", host, pid, file });
    this.#live();
  }

  note(event: HaEvent): void {
    if (event.kind === "router") {
      if (event.event.type !== "transition") return;
      const { plan } = this.#supervisor;
      if (!plan.routers.some(({ instance }) => instance.name === event.instance)) return; // it was taken out
      const { from, to } = event.event;
      // Whom it hears after that is told anew.
      if (from === "init" || to === "init" || to === "master") this.#heard.delete(event.instance);
    }
    if (event.kind === "server" && !this.#noteServer(event.event)) return;
    if (event.kind === "trouble" && !this.#mayTell()) return;
    this.#seq += 1;
    const { plan } = this.#supervisor;
    const wallMs = this.#ports.clock.wallMs();
    const { ts: _, ...record } = haEventRecord(event, plan, this.#seq, wallMs) as Timed;
    this.#journal.note(record, event.kind === "router" ? event.atMs : undefined);
    if (event.kind !== "reload" || event.result.kind !== "ok") return;
    this.#journal.note({ type: "amended" }); // routers may have gone, or have other names
    for (const one of this.#standing()) this.#journal.note(one);
  }

  /** Who else is heard as MASTER. */
  hear(heard: readonly HeardMaster[]): void {
    const nowMs = this.#ports.clock.nowMs();
    for (const { instance, master, sinceMs } of heard) {
      if (master === null) this.#heard.delete(instance);
      else this.#heard.set(instance, master);
      const age_ms = Math.max(0, nowMs - sinceMs);
      this.#journal.note({ type: "hearing", instance, master, age_ms });
    }
  }

  /** Resolves when it is written, or cannot be. */
  async end(): Promise<void> {
    this.#cancel();
    this.#journal.note({ type: "stop" });
    await this.#journal.settled();
  }

  /** From the last one on nothing is known, where no end follows. */
  #live(): void {
    const { clock } = this.#ports;
    this.#cancel = clock.at(clock.nowMs() + ALIVE_MS, () => {
      const { untold } = this.#trouble;
      Object.assign(this.#trouble, { told: 0, untold: 0 });
      this.#journal.note(untold === 0 ? ALIVE : { ...ALIVE, untold_troubles: untold });
      this.#live();
    });
  }

  /** A process that dies again and again must not push out what was before. */
  #mayTell(): boolean {
    const mayTell = this.#trouble.told < MOST_TROUBLES;
    this.#trouble[mayTell ? "told" : "untold"] += 1;
    return mayTell;
  }

  /** @returns whether it is for the journal: what becomes of virtual servers; single checks are for `ha events` */
  #noteServer(event: ServerEvent): boolean {
    if (event.type === "quorum" || event.type === "suspended") {
      const told = this.#servers.get(event.service) ?? new Map<string, ServerEvent>();
      this.#servers.set(event.service, told.set(event.type, event));
      return true;
    }
    return event.type === "server";
  }

  #standing(): object[] {
    return [...this.#standingRouters(), ...this.#standingServers()];
  }

  #standingServers(): object[] {
    const { plan } = this.#supervisor;
    const labels = new Set(plan.lvs.services.map(({ label }) => label));
    for (const service of this.#servers.keys())
      if (!labels.has(service)) this.#servers.delete(service);
    return [...this.#servers.values()].flatMap((told) =>
      [...told.values()].map((event) => {
        this.#seq += 1;
        const { ts: _, ...record } = haEventRecord(
          { kind: "server", event },
          plan,
          this.#seq,
          0,
        ) as Timed;
        return record;
      }),
    );
  }

  #standingRouters(): object[] {
    const { plan, states } = this.#supervisor;
    return plan.routers.flatMap(({ instance }) => {
      const state = states.get(instance.name);
      if (state === undefined) return [];
      const vips = heldVips(instance).map(formatCidr);
      const master = state === "master" ? null : (this.#heard.get(instance.name) ?? null);
      this.#seq += 1;
      const { ts: _, ...head } = recordHead("standing", instance, this.#seq, 0) as Timed;
      return { ...head, vips, state, master };
    });
  }
}

/** The head of a line says when it was. */
interface Timed {
  readonly ts: string;
}

const ALIVE = { type: "alive" };
const MOST_TROUBLES = 10;
