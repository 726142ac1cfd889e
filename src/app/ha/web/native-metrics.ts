/** A running `ha up` as metrics, under names of our own. */
import type { MetricFamily, MetricSample } from "../../../io/ports.ts";
import { VERSION } from "../../../version.ts";
import type { TalliesRecord } from "../ask.ts";
import type { ChildRecord, HaStatusRecord, RouterStatusRecord } from "../up/parent/status.ts";

export function nativeMetrics(
  status: HaStatusRecord,
  { transitions, delays }: TalliesRecord,
): readonly MetricFamily[] {
  const { instances, trackers, children, maintenance, unanswered } = status;
  const delay = delays.find(({ role }) => role === "vrrp");
  return [
    ...ROUTER_METRICS.map(({ samplesOf, ...head }) => ({
      ...head,
      samples: instances.flatMap((one) => labelled(placeOf(one), samplesOf(one))),
    })),
    {
      name: "vrrp_transitions_total",
      help: "Changes of state, by what it became and why.",
      type: "counter",
      samples: transitions.map(({ instance, to, cause, count }) => ({
        labels: { instance, to, cause },
        value: count,
      })),
    },
    {
      name: "vrrp_loop_delay_seconds",
      help: "How late the process of the routers came to what it had to do.",
      type: "histogram",
      samples: delay === undefined ? [] : [{ labels: {}, ...inSeconds(delay) }],
    },
    {
      name: "check_success",
      help: "Whether what is tracked is well; absent while that is unknown.",
      type: "gauge",
      samples: trackers.flatMap(({ kind, name, state }) =>
        state === "up" || state === "down"
          ? [{ labels: { kind, name }, value: Number(state === "up") }]
          : [],
      ),
    },
    {
      name: "check_value",
      help: "The number that a tracked file has.",
      type: "gauge",
      samples: trackers.flatMap(({ kind, name, state }) =>
        typeof state === "number" ? [{ labels: { kind, name }, value: state }] : [],
      ),
    },
    {
      name: "check_duration_seconds",
      help: "How long the latest run of a script took.",
      type: "gauge",
      samples: trackers.flatMap(({ kind, name, took_ms }) =>
        took_ms === null ? [] : [{ labels: { kind, name }, value: took_ms / 1000 }],
      ),
    },
    {
      name: "vipkit_build_info",
      help: "Its version.",
      type: "gauge",
      samples: [{ labels: { version: VERSION }, value: 1 }],
    },
    ...CHILD_METRICS.map(({ samplesOf, ...head }) => ({
      ...head,
      samples: children.flatMap((child) => labelled({ role: child.role }, samplesOf(child))),
    })),
    gauge("ha_maintenance", "Whether this node is to serve only where no other can.", maintenance),
    gauge("ha_unanswered", "Routers of which nothing could be learned.", unanswered.length),
    gauge("ha_uptime_seconds", "How long ha up runs.", status.uptime_ms / 1000),
  ];
}

type Values = readonly {
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}[];

interface RouterMetric {
  readonly name: string;
  readonly help: string;
  readonly type: "counter" | "gauge";
  readonly samplesOf: (router: RouterStatusRecord) => Values;
}

const placeOf = ({ instance, interface: ifName, vrid, family }: RouterStatusRecord) => ({
  instance,
  interface: ifName,
  vrid: `${vrid}`,
  family,
});

const labelled = (place: Readonly<Record<string, string>>, values: Values): MetricSample[] =>
  values.map(({ labels, value }) => ({ labels: { ...place, ...labels }, value }));

const one = (value: number | boolean | null | undefined): Values =>
  value === null || value === undefined ? [] : [{ value: Number(value) }];

const gauge = (name: string, help: string, value: number | object | null): MetricFamily => ({
  name,
  help,
  type: "gauge",
  samples: [{ labels: {}, value: typeof value === "number" ? value : Number(value !== null) }],
});

const inSeconds = ({ bounds_ms, counts, sum_ms }: TalliesRecord["delays"][number]) => ({
  bounds: bounds_ms.map((ms) => ms / 1000),
  counts,
  sum: sum_ms / 1000,
});

/** Those whose adverts still count, and this router itself: more than one is a split. */
function mastersSeen({ state, peers }: RouterStatusRecord): number {
  const heard = peers.filter(
    ({ priority, interval_ms, advert_age_ms }) =>
      (priority ?? 0) > 0 && (advert_age_ms ?? Number.POSITIVE_INFINITY) <= 3 * (interval_ms ?? 0),
  );
  return heard.length + Number(state === "master");
}

const STATES = ["init", "backup", "master", "fault"] as const;

const ROUTER_METRICS: readonly RouterMetric[] = [
  {
    name: "vrrp_state",
    help: "Whether the router is in this state.",
    type: "gauge",
    samplesOf: (router) =>
      STATES.map((state) => ({ labels: { state }, value: Number(router.state === state) })),
  },
  {
    name: "vrrp_priority",
    help: "Priority now, with what is tracked.",
    type: "gauge",
    samplesOf: ({ priority }) => one(priority),
  },
  {
    name: "vrrp_adverts_received_total",
    help: "Adverts that were believed.",
    type: "counter",
    samplesOf: ({ counters }) => one(counters.adverts_received),
  },
  {
    name: "vrrp_adverts_sent_total",
    help: "Adverts that were sent.",
    type: "counter",
    samplesOf: ({ counters }) => one(counters.adverts_sent),
  },
  {
    name: "vrrp_advert_rejected_total",
    help: "Adverts that were not believed, by the reason.",
    type: "counter",
    samplesOf: ({ counters }) =>
      Object.entries(counters.adverts_rejected).map(([reason, value]) => ({
        labels: { reason },
        value,
      })),
  },
  {
    name: "vrrp_last_advert_age_seconds",
    help: "Age of the last advert of the master; of this router where it is that.",
    type: "gauge",
    samplesOf: ({ master }) => one(master && master.advert_age_ms / 1000),
  },
  {
    name: "vrrp_masters_seen",
    help: "Routers that act as master now: more than 1 is a split.",
    type: "gauge",
    samplesOf: (router) => one(mastersSeen(router)),
  },
  {
    name: "vrrp_announcements_total",
    help: "Announcements of addresses to neighbours.",
    type: "counter",
    samplesOf: ({ family, counters }) => {
      const kind = family === "ipv4" ? "garp" : "na";
      return [{ labels: { kind, result: "sent" }, value: counters.announcements_sent }];
    },
  },
  {
    name: "vrrp_announce_verified",
    help: "Whether a neighbour that was asked after the takeover sends to this router.",
    type: "gauge",
    samplesOf: ({ verify }) =>
      verify.map(({ host, role, ok }) => ({ labels: { host, role }, value: Number(ok) })),
  },
  {
    name: "vip_present",
    help: "Whether the address is on this host.",
    type: "gauge",
    samplesOf: ({ vips }) =>
      vips.map(({ address, present }) => ({ labels: { address }, value: Number(present) })),
  },
  {
    name: "vip_restored_total",
    help: "Addresses that somebody took away and that were put back.",
    type: "counter",
    samplesOf: ({ counters }) => one(counters.addresses_restored),
  },
];

interface ChildMetric {
  readonly name: string;
  readonly help: string;
  readonly type: "counter" | "gauge";
  readonly samplesOf: (child: ChildRecord) => Values;
}

const CHILD_METRICS: readonly ChildMetric[] = [
  {
    name: "ha_process_up",
    help: "Whether the process runs.",
    type: "gauge",
    samplesOf: ({ pid }) => one(pid !== null),
  },
  {
    name: "ha_process_beat_age_seconds",
    help: "Age of its last sign of life.",
    type: "gauge",
    samplesOf: ({ beat_age_ms }) => one(beat_age_ms === null ? null : beat_age_ms / 1000),
  },
  {
    name: "ha_process_restarts_total",
    help: "How often it was started again.",
    type: "counter",
    samplesOf: ({ restarts }) => one(restarts),
  },
];
