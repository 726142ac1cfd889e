/** What is in force for IPVS, shown: groups, virtual servers, their real servers and the checks of these. */
import type { IpBytes } from "../../core/addr.ts";
import type { InForce, Origin } from "../effective/in-force.ts";
import type { EffectiveLvs } from "../effective/lvs.ts";
import { nameOfEndpoint } from "../effective/real-server.ts";
import type {
  EffectiveRealServer,
  EffectiveSorryServer,
  EffectiveVirtualServer,
} from "../effective/virtual-server.ts";
import { formatForwarding } from "../entries/forwarding.ts";
import { formatGroupMember } from "../entries/group-member.ts";
import type { Span } from "../place.ts";
import { CHECK_TABLES } from "../tables/checkers.ts";
import { REAL_SERVER } from "../tables/real-server.ts";
import { VIRTUAL_SERVER } from "../tables/virtual-server.ts";
import {
  linesOf,
  listOf,
  namedBlock,
  type Shown,
  type ShownBlock,
  type ShownLine,
  writtenAt,
} from "./shown.ts";
import { wordText } from "./value-text.ts";

/** Groups in front of the virtual servers that name them. */
export const lvsBlocks = ({ groups, servers }: EffectiveLvs): ShownBlock[] => [
  ...groups.map(({ name, span, members }) =>
    namedBlock(
      "virtual_server_group",
      name,
      span,
      listOf("", members, formatGroupMember).flatMap(({ lines }) => lines),
    ),
  ),
  ...servers.map((server) => ({
    keyword: "virtual_server",
    name: server.service.by === "group" ? `group ${wordText(server.service.name)}` : server.name,
    origin: writtenAt(server.span),
    lines: serverLines(server),
  })),
];

const serverLines = (server: EffectiveVirtualServer): Shown => [
  ...familyOf(server),
  ...linesOf(VIRTUAL_SERVER, server, OF_SERVICE),
  ...(server.sorry === null ? [] : sorryLines(server.sorry)),
  ...server.servers.map(realServerBlock),
];

const OF_SERVICE: ReadonlySet<string> = new Set([
  ...["ip_family", "real_server"],
  ...["sorry_server", "sorry_server_inhibit", "sorry_server_lvs_method"],
]);

/** That of an address is told by it. */
function familyOf({ service, family: { value, origin } }: EffectiveVirtualServer): ShownLine[] {
  if (service.by === "address" || value === null) return [];
  return [{ keyword: "ip_family", text: value === 4 ? "inet" : "inet6", origin, was: null }];
}

/** What is said of a sorry server counts behind it. */
function sorryLines({ span, ip, port, inhibit, lvs_method }: EffectiveSorryServer): ShownLine[] {
  const { keyword, name: text, ...told } = headOf("sorry_server", ip, port, span);
  const method = formatForwarding(lvs_method.value);
  return [
    { keyword, text, ...told },
    ...(inhibit.value
      ? [{ keyword: "sorry_server_inhibit", text: "", origin: inhibit.origin, was: null }]
      : []),
    { keyword: "sorry_server_lvs_method", text: method, origin: lvs_method.origin, was: null },
  ];
}

function realServerBlock(server: EffectiveRealServer): ShownBlock {
  const { ip, port, span, checks } = server;
  return {
    ...headOf("real_server", ip, port, span),
    lines: [
      ...linesOf(REAL_SERVER, server, OF_CHECKS),
      ...checks.map(({ kind, span: at, values }) => ({
        keyword: kind,
        name: "",
        origin: writtenAt(at),
        lines: linesOf(CHECK_TABLES[kind], values),
      })),
    ],
  };
}

const OF_CHECKS: ReadonlySet<string> = new Set(Object.keys(CHECK_TABLES));

/** Its address, and the port that it has of itself, of the virtual server, or by a correction. */
function headOf(keyword: string, ip: IpBytes, port: InForce<number | null>, span: Span) {
  const name = nameOfEndpoint({ ip, port: port.value });
  const { origin } = port;
  if (origin.kind !== "corrected") return { keyword, name, origin: writtenAt(span), was: null };
  const before = (origin.from as InForce<number | null>).value;
  return { keyword, name, origin: origin as Origin, was: nameOfEndpoint({ ip, port: before }) };
}
