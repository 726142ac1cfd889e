/**
 * Answers what is asked of a running `ha up`: one JSON object a line, `{"request": ...}`, and one object
 * back, which has the key `error` when the request was not understood or is refused.
 */
import { formatJson } from "../../../../core/json.ts";
import { MOST_WEIGHT } from "../../../../core/netlink/ipvs-destination.ts";
import type { Closable, ControlClient } from "../../../../io/ports.ts";
import { parseAnswer } from "../../../asking.ts";
import { Watchers } from "../../../watchers.ts";
import { haEventRecord } from "./event-record.ts";
import { handOver, instancesNamed } from "./hand-over.ts";
import { maintenanceRecord } from "./maintenance.ts";
import type { HaParts } from "./parts.ts";
import { HaPast } from "./past.ts";
import { reloadRecord } from "./reload-record.ts";
import { childrenOf, haStatus } from "./status.ts";
import type { HaEvent, Supervisor } from "./supervisor.ts";
import { delayRecord, Tallies } from "./tallies.ts";

type Request = Readonly<Record<string, unknown>>;

export class HaControl implements Closable {
  readonly #parts: HaParts;
  readonly #past: HaPast;
  readonly #tallies = new Tallies();
  readonly #watchers: Watchers;
  readonly #open: Closable[] = [];

  constructor(parts: HaParts) {
    this.#parts = parts;
    this.#past = new HaPast(parts.ports.clock);
    this.#watchers = new Watchers(parts.ports.clock);
  }

  /** @throws SystemError; `already-running` where a living process is asked by this name */
  async serve(): Promise<void> {
    const { socket, ports } = this.#parts;
    this.#open.push(await ports.control.serve(socket, (line, client) => this.#hear(line, client)));
  }

  /** Whatever happens goes through here. */
  note(event: HaEvent): void {
    this.#past.note(event);
    this.#tallies.note(event);
    const { plan } = this.#parts.supervisor;
    this.#watchers.tell((seq, wallMs) => haEventRecord(event, plan, seq, wallMs));
  }

  close(): void {
    for (const part of this.#open.splice(0)) part.close();
  }

  #hear(line: string, client: ControlClient): void {
    const request = parseAnswer(line);
    const status = async () => ({ type: "status", ...(await haStatus(this.#parts)) });
    if (request.request === "events" && this.#watchers.add(client, status)) return;
    if (SLOW.has(request.request)) client.keep(() => {});
    void this.#answer(request).then((answer) => {
      client.send(formatJson(answer));
      // Who asked for the end sees it by that of the connection.
      if (request.request === "down") this.#parts.supervisor.stop();
      else client.end();
    });
  }

  async #answer(request: Request): Promise<object> {
    const { file, ports } = this.#parts;
    switch (request.request) {
      case "who":
        return { pid: ports.pid, file };
      case "status":
        return await haStatus(this.#parts, shortest(msOf(request.timeout_ms), LONGEST_STATUS_MS));
      case "history": {
        const count = typeof request.count === "number" ? request.count : MOST;
        const servers = this.#past.serverRecords(count);
        return { transitions: this.#past.records(count), servers };
      }
      case "tallies":
        return {
          transitions: this.#tallies.of(this.#parts.supervisor.plan),
          delays: childrenOf(this.#parts).map(({ standing }) => delayRecord(standing)),
        };
      case "failover":
        return await this.#failOver(request);
      case "maintenance":
        return await this.#maintain(request);
      case "weigh":
        return weigh(request, this.#parts.supervisor);
      case "reload":
        return reloadRecord(await this.#parts.supervisor.reload());
      case "down":
        return { pid: ports.pid };
      case "events":
        return { error: "too many watch already" };
      default:
        return { error: "unknown request" };
    }
  }

  async #failOver({ name, timeout_ms }: Request): Promise<object> {
    const { supervisor } = this.#parts;
    const wanted = typeof name === "string" ? name : undefined;
    const instances = instancesNamed(wanted, supervisor.plan);
    if (instances.length === 0) return { error: "no instance and no sync group has this name" };
    return { routers: await handOver(instances, msOf(timeout_ms), supervisor) };
  }

  async #maintain({ on, for_ms, reason, timeout_ms }: Request): Promise<object> {
    const { supervisor, maintenance, ports } = this.#parts;
    const text = typeof reason === "string" ? reason : null;
    const flaw =
      on === true ? await maintenance.begin(msOf(for_ms), text) : await maintenance.end();
    const all = on === true ? instancesNamed(undefined, supervisor.plan) : [];
    const routers = await handOver(all, msOf(timeout_ms), supervisor);
    const { state } = maintenance;
    const record = state && maintenanceRecord(state, ports.clock.wallMs());
    return { maintenance: record, not_kept: flaw, routers };
  }
}

function weigh({ server, weight }: Request, supervisor: Supervisor): object {
  const isWeight =
    weight === null ||
    (Number.isInteger(weight) && Number(weight) >= 0 && Number(weight) <= MOST_WEIGHT);
  if (typeof server !== "string" || !isWeight) return { error: "names no server and no weight" };
  const named = supervisor.weigh(server, weight as number | null);
  const names = named.map((one) => ({ server: one.server.label, service: one.service.label }));
  return { weighed: names };
}

const msOf = (value: unknown): number | undefined =>
  typeof value === "number" && value >= 0 ? value : undefined;

const shortest = (ms: number | undefined, longestMs: number): number | undefined =>
  ms && Math.min(ms, longestMs);

const SLOW = new Set<unknown>(["failover", "maintenance", "reload", "down"]);
const MOST = 1024;
const LONGEST_STATUS_MS = 4000; // a client is cut off after 5 s
