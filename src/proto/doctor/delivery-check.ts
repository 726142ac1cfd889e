/** What the two-sided test shows: a matrix of ways and directions, and what it means. */
import type { Family } from "../../core/addr.ts";
import { shellWord } from "../../core/shell-word.ts";
import type { DeliveryWay } from "../../core/wire/delivery-probe.ts";
import type { DeliveryCounts } from "./delivery-tally.ts";
import type { FilterFact } from "./facts.ts";
import { doubtful, type Finding, failed, well } from "./finding.ts";
import { firewallLines } from "./firewall-lines.ts";

export interface DeliveryMatrix {
  readonly peer: string;
  readonly multicast: WayResult;
  readonly unicast: WayResult;
}

export interface WayResult {
  readonly us_to_peer: Delivered;
  readonly peer_to_us: Delivered;
}

/** null: cannot be known, as nothing of the peer came to us. */
export interface Delivered {
  readonly sent: number | null;
  readonly received: number | null; // on the protocol's socket
  readonly at_interface: number | null; // before the receiver's firewall
}

export function matrixOf(peer: string, { ours, theirs }: DeliveryCounts): DeliveryMatrix {
  const of = (way: DeliveryWay): WayResult => ({
    us_to_peer: {
      sent: ours.sent[way],
      received: theirs?.received[way] ?? null,
      at_interface: theirs?.seen[way] ?? null,
    },
    peer_to_us: {
      sent: theirs?.sent[way] ?? null,
      received: theirs === null ? null : ours.received[way],
      at_interface: theirs === null ? null : ours.seen[way],
    },
  });
  return { peer, multicast: of("multicast"), unicast: of("unicast") };
}

export interface DeliverySetting {
  readonly ifName: string;
  readonly family: Family;
  readonly filter: FilterFact; // of this host
}

/** The first line is the matrix itself; then what is concluded, the nearest cause first. */
export function deliveryFindings(matrix: DeliveryMatrix, setting: DeliverySetting): Finding[] {
  const { peer, multicast, unicast } = matrix;
  const text = matrixText(matrix);
  if (multicast.us_to_peer.received === null) {
    return [
      failed(
        "delivery",
        `nothing came back from ${peer}: ${text}`,
        ...silenceAdvice(matrix, setting),
      ),
    ];
  }
  const dead = DIRECTIONS.flatMap(({ direction, words }) =>
    WAYS.flatMap((way) => {
      const result = matrix[way][direction];
      return isDead(result) ? [{ way, direction, words, result }] : [];
    }),
  );
  if (dead.length === 0) {
    const loss = [multicast, unicast].some(
      (way) => losesSome(way.us_to_peer) || losesSome(way.peer_to_us),
    );
    return [
      loss
        ? doubtful(
            "delivery",
            `some are lost: ${text}`,
            "# a rate limit, a bad cable, or a busy switch: test again with more load and with less",
          )
        : well("delivery", text),
    ];
  }
  const findings = dead
    .filter(({ result }) => (result.at_interface ?? 0) > 0)
    .map(({ way, direction, words, result }) => {
      const count = `${result.at_interface}/${result.sent}`;
      const whose = direction === "us_to_peer" ? peer : "this host";
      const seen = `${way} ${words}: ${count} reach the interface of ${whose}, none its protocol socket: the firewall of ${whose}`;
      return failed("delivery", seen, ...firewallAdvice(direction, setting));
    });
  const onTheWay = dead.filter(({ result }) => (result.at_interface ?? 0) === 0);
  if (onTheWay.length > 0) {
    const lost = onTheWay.map(({ way, words }) => `${way} ${words}`).join(" and ");
    findings.push(
      failed(
        "delivery",
        `${lost} ${onTheWay.length === 1 ? "is" : "are"} lost between the two hosts`,
        ...lossAdvice(
          onTheWay.map(({ way }) => way),
          matrix,
        ),
      ),
    );
  }
  return [
    { ...findings[0], seen: `${text}: ${findings[0]?.seen}` } as Finding,
    ...findings.slice(1),
  ];
}

/** `multicast us->peer 10/10, peer->us 0/10; unicast us->peer 10/10, peer->us 10/10`. */
export const matrixText = (matrix: DeliveryMatrix): string =>
  WAYS.map((way) => {
    const { us_to_peer, peer_to_us } = matrix[way];
    return `${way} us->peer ${countText(us_to_peer)}, peer->us ${countText(peer_to_us)}`;
  }).join("; ");

const countText = ({ sent, received }: Delivered): string => {
  if (received === null) return "unknown";
  return sent === 0 ? "not tried" : `${received}/${sent}`;
};

/** A way by which nothing was sent, as no question for it arrived, is unknown and not dead. */
const isDead = ({ sent, received }: Delivered): boolean => (sent ?? 0) > 0 && received === 0;

const losesSome = ({ sent, received }: Delivered): boolean => (received ?? 0) < (sent ?? 0);

function silenceAdvice({ peer, unicast }: DeliveryMatrix, { ifName }: DeliverySetting): string[] {
  return [
    `# on ${peer}: vipkit vrrp doctor -I ${shellWord(ifName)} --respond`,
    `# if that runs, it prints how many of our ${unicast.us_to_peer.sent} questions each way came: none, and they are lost on the way there; some, and its answers are lost`,
  ];
}

const firewallAdvice = (
  direction: keyof WayResult,
  { family, ifName, filter }: DeliverySetting,
): readonly string[] =>
  direction === "peer_to_us"
    ? firewallLines(family, ifName, filter)
    : [
        `# on the peer: vipkit vrrp doctor -I ${shellWord(ifName)} names its lines; most often one of these`,
        ...firewallLines(family, ifName, { chains: null, legacyTables: [] }).map((line) =>
          line.startsWith("#") ? line : `# ${line}`,
        ),
      ];

function lossAdvice(ways: readonly DeliveryWay[], { peer, unicast }: DeliveryMatrix): string[] {
  const unicastWorks = !isDead(unicast.us_to_peer) && !isDead(unicast.peer_to_us);
  if (!ways.includes("unicast") && unicastWorks) {
    return [
      `# unicast works, so use it: vipkit vrrp run --peer ${peer}, or unicast_peer { ${peer} } of keepalived, on both with the other's address`,
      "# multicast is lost by a switch that snoops without a querier, or by a cloud or hypervisor that carries none",
    ];
  }
  return ways.includes("multicast")
    ? [
        "# a filter between the hosts drops protocol 112 in that direction: security group, hypervisor, port security",
      ]
    : [
        "# multicast works and unicast does not: anti-spoofing or an access list of the hypervisor, or a wrong neighbour entry (ip neighbour)",
      ];
}

const WAYS = ["multicast", "unicast"] as const;
const DIRECTIONS = [
  { direction: "us_to_peer", words: "from us to the peer" },
  { direction: "peer_to_us", words: "from the peer to us" },
] as const;
