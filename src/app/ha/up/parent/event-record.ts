/** What happens in `ha up` as JSON records: of `ha events`. */
import { eventRecord } from "../../../vrrp/event-record.ts";
import type { HaPlan } from "../plan/plan.ts";
import { maintenanceRecord } from "./maintenance.ts";
import { reloadRecord } from "./reload-record.ts";
import type { HaEvent } from "./supervisor.ts";

/** One NDJSON record; every key of its type is always there. Of a router it is that of `vrrp watch`. */
export function haEventRecord(event: HaEvent, plan: HaPlan, seq: number, wallMs: number): object {
  const ts = new Date(wallMs).toISOString();
  switch (event.kind) {
    case "router": {
      const planned = plan.routers.find(({ instance }) => instance.name === event.instance);
      if (planned !== undefined) return eventRecord(event.event, planned.instance, seq, wallMs);
      return { type: event.event.type, seq, ts, instance: event.instance };
    }
    case "tracked": {
      const { kind, name, state } = event.news;
      return { type: "tracked", seq, ts, kind, name, state };
    }
    case "maintenance": {
      const { state } = event;
      return {
        type: "maintenance",
        seq,
        ts,
        maintenance: state && maintenanceRecord(state, wallMs),
      };
    }
    case "reload":
      return { type: "reload", seq, ts, ...reloadRecord(event.result) };
    case "server":
      return { ...event.event, type: SERVER_TYPES[event.event.type], seq, ts };
    case "trouble":
      return { type: "trouble", seq, ts, role: event.role, text: event.text };
  }
}

const SERVER_TYPES = {
  check: "check",
  server: "real-server",
  weight: "server-weight",
  "hand-weight": "hand-weight",
  quorum: "virtual-server",
  destinations: "destinations",
  suspended: "checks-suspended",
} as const;
