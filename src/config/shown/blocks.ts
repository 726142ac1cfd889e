/** All that is in force of a configuration, shown: what `ha show` prints. Read again it says the same. */
import type { EffectiveVrrp } from "../effective/configuration.ts";
import { effectiveOf } from "../effective/defaults.ts";
import { written } from "../effective/in-force.ts";
import type { EffectiveLvs } from "../effective/lvs.ts";
import type { Setting } from "../keyword.ts";
import { DAEMON } from "../tables/daemon.ts";
import { GARP_GROUP } from "../tables/garp.ts";
import { GLOBAL_DEFS } from "../tables/global-defs.ts";
import type { Configuration } from "../tables/root.ts";
import { SSL } from "../tables/ssl.ts";
import { lvsBlocks } from "./lvs.ts";
import { linesOf, listOf, namedBlock, type Shown, type ShownBlock, writtenList } from "./shown.ts";
import { wordText } from "./value-text.ts";
import { vrrpBlocks } from "./vrrp.ts";

export interface InForceParts {
  readonly configuration: Configuration;
  readonly vrrp: EffectiveVrrp;
  readonly lvs: EffectiveLvs;
}

export const blocksOf = ({ configuration, vrrp, lvs }: InForceParts): Shown => [
  ...linesOf(DAEMON, effectiveOf(DAEMON, configuration)),
  block("global_defs", linesOf(GLOBAL_DEFS, vrrp.globals)),
  ...hostBlocks(configuration),
  ...vrrpBlocks(vrrp),
  ...lvsBlocks(lvs),
];

const block = (keyword: string, lines: Shown): ShownBlock => ({
  keyword,
  name: "",
  origin: null,
  lines,
});

/** What is of the host and its interfaces, of all checks. Groups stand in front of what names them. */
const hostBlocks = (conf: Configuration): ShownBlock[] => [
  ...conf.track_group.map(({ value: { name, body }, span }) =>
    namedBlock("track_group", name, span, listOf("group", entriesOf(body.group), wordText)),
  ),
  ...WRITTEN.flatMap((keyword) =>
    writtenList(
      keyword,
      conf[keyword].flatMap(({ value }) => value.map((one) => written<unknown>(one))),
    ),
  ),
  ...conf.garp_group.map(({ value }) =>
    block("garp_group", [
      ...linesOf(GARP_GROUP, effectiveOf(GARP_GROUP, value), new Set(["interfaces"])),
      ...listOf("interfaces", entriesOf(value.interfaces), wordText),
    ]),
  ),
  ...(conf.SSL === null ? [] : [block("SSL", linesOf(SSL, effectiveOf(SSL, conf.SSL.value)))]),
];

const WRITTEN = [
  ...(["static_ipaddress", "static_routes", "static_rules"] as const),
  ...(["linkbeat_interfaces", "interface_up_down_delays"] as const),
];

const entriesOf = <V>(setting: Setting<readonly Setting<V>[]> | null) =>
  (setting?.value ?? []).map(written);
