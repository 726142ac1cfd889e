/** What there is to look at and to steer in a running `ha up`. */
import type { Ports } from "../../../../io/ports.ts";
import type { ToWeb } from "../messages.ts";
import type { Maintenance } from "./maintenance.ts";
import type { Supervisor } from "./supervisor.ts";
import type { WatchedChild } from "./watched-child.ts";

export interface HaParts {
  readonly supervisor: Supervisor;
  readonly file: string;
  readonly socket: string; // by which it is asked
  readonly maintenance: Maintenance;
  readonly web: WatchedChild<ToWeb> | undefined; // where it is looked at over HTTP
  readonly startedMs: number; // Clock.nowMs
  readonly ports: Pick<Ports, "clock" | "control" | "files" | "onSignal" | "pid">;
}
