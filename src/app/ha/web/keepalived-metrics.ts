/** A running `ha up` under the names of the two common exporters for keepalived, so that dashboards go on. */
import type { MetricFamily, MetricSample } from "../../../io/ports.ts";
import type { HaStatusRecord, RouterStatusRecord } from "../up/parent/status.ts";

/** mehdy/keepalived-exporter, and the counters of gen2brain/keepalived_exporter. */
export const keepalivedMetrics = ({ instances, trackers }: HaStatusRecord): MetricFamily[] => [
  {
    name: "keepalived_up",
    help: "Whether it answers.",
    type: "gauge",
    samples: [{ labels: {}, value: 1 }],
  },
  {
    name: "keepalived_vrrp_state",
    help: STATE_HELP,
    type: "gauge",
    samples: instances.flatMap((router) => addressStates(router, true)),
  },
  {
    name: "keepalived_vrrp_excluded_state",
    help: `${STATE_HELP} Of addresses that adverts do not name.`,
    type: "gauge",
    samples: instances.flatMap((router) => addressStates(router, false)),
  },
  {
    name: "keepalived_script_status",
    help: "Whether the script succeeds.",
    type: "gauge",
    samples: trackers.flatMap(({ kind, name, state }) =>
      kind === "script" && (state === "up" || state === "down")
        ? [{ labels: { name }, value: Number(state === "up") }]
        : [],
    ),
  },
  ...COUNTERS.flatMap(({ mehdy, gen2brain, help, countOf }): MetricFamily[] => [
    {
      name: `keepalived_${mehdy}_total`,
      help,
      type: "counter",
      samples: instances.map((router) => ({ labels: placeOf(router), value: countOf(router) })),
    },
    {
      name: `keepalived_vrrp_${gen2brain}`,
      help,
      type: "counter",
      samples: instances.map((router) => ({ labels: oldPlaceOf(router), value: countOf(router) })),
    },
  ]),
];

const placeOf = ({ instance, interface: intf, vrid }: RouterStatusRecord) => ({
  iname: instance,
  intf,
  vrid: `${vrid}`,
});

const oldPlaceOf = ({ instance, interface: intf, vrid, state }: RouterStatusRecord) => ({
  name: instance,
  intf,
  vrid: `${vrid}`,
  state: state.toUpperCase(),
});

const addressStates = (router: RouterStatusRecord, isAdvertised: boolean): MetricSample[] =>
  router.vips
    .filter(({ advertised }) => advertised === isAdvertised)
    .map(({ address, interface: intf }) => ({
      labels: { ...placeOf(router), intf, ip_address: address.split("/", 1)[0] ?? address },
      value: NUMBERS[router.state],
    }));

/** How many adverts were rejected for one of these reasons. */
const rejected =
  (...reasons: readonly string[]) =>
  ({ counters: { adverts_rejected } }: RouterStatusRecord): number =>
    reasons.reduce((sum, reason) => sum + (adverts_rejected[reason] ?? 0), 0);

interface Counted {
  readonly mehdy: string;
  readonly gen2brain: string;
  readonly help: string;
  readonly countOf: (router: RouterStatusRecord) => number;
}

const STATE_HELP = "State of the router: 0 INIT, 1 BACKUP, 2 MASTER, 3 FAULT.";
const NUMBERS = { init: 0, backup: 1, master: 2, fault: 3 } as const;

const COUNTERS: readonly Counted[] = [
  {
    mehdy: "advertisements_received",
    gen2brain: "advert_rcvd",
    help: "Adverts that were believed.",
    countOf: ({ counters }) => counters.adverts_received,
  },
  {
    mehdy: "advertisements_sent",
    gen2brain: "advert_sent",
    help: "Adverts that were sent.",
    countOf: ({ counters }) => counters.adverts_sent,
  },
  {
    mehdy: "become_master",
    gen2brain: "become_master",
    help: "How often it became MASTER.",
    countOf: ({ counters }) => counters.became_master,
  },
  {
    mehdy: "release_master",
    gen2brain: "release_master",
    help: "How often it left MASTER.",
    countOf: ({ counters }) => counters.released_master,
  },
  {
    mehdy: "packet_length_errors",
    gen2brain: "packet_len_err",
    help: "Adverts of a wrong length.",
    countOf: rejected("short", "trailing"),
  },
  {
    mehdy: "advertisements_interval_errors",
    gen2brain: "advert_interval_err",
    help: "Adverts with another interval.",
    countOf: rejected("wrong-interval"),
  },
  {
    mehdy: "ip_ttl_errors",
    gen2brain: "ip_ttl_err",
    help: "Adverts with a wrong TTL or hop limit.",
    countOf: rejected("ttl-not-255", "ttl-out-of-range"),
  },
  {
    mehdy: "invalid_type_received",
    gen2brain: "invalid_type_rcvd",
    help: "Packets of VRRP that are no adverts.",
    countOf: rejected("bad-type"),
  },
  {
    mehdy: "address_list_errors",
    gen2brain: "addr_list_err",
    help: "Adverts with other addresses; they are believed.",
    countOf: ({ counters }) => counters.address_lists_differing,
  },
  {
    mehdy: "authentication_invalid",
    gen2brain: "invalid_authtype",
    help: "Adverts with a kind of authentication that there is not.",
    countOf: rejected("hmac-malformed", "hmac-unexpected"),
  },
  {
    mehdy: "authentication_mismatch",
    gen2brain: "authtype_mismatch",
    help: "Adverts with another kind of authentication.",
    countOf: rejected("wrong-auth-type", "hmac-missing"),
  },
  {
    mehdy: "authentication_failure",
    gen2brain: "auth_failure",
    help: "Adverts that fail authentication.",
    countOf: rejected(
      "wrong-password",
      "hmac-stale",
      "hmac-unknown-key",
      "hmac-mismatch",
      "hmac-replayed",
    ),
  },
  {
    mehdy: "priority_zero_received",
    gen2brain: "pri_zero_rcvd",
    help: "Adverts by which a master resigned.",
    countOf: ({ counters }) => counters.priority_zero_received,
  },
  {
    mehdy: "priority_zero_sent",
    gen2brain: "pri_zero_sent",
    help: "Adverts by which it resigned itself.",
    countOf: ({ counters }) => counters.priority_zero_sent,
  },
];
