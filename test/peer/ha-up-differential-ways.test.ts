/** How adverts travel: by which protocol, version and way. */
import { differential, FAILOVER, row } from "../support/ha-table.ts";

const V2 = "version 2\nadvert_int 1\nstate BACKUP";
const PASSWORD = "authentication {\nauth_type PASS\nauth_pass s3cret\n}";
const unicast = (own: number, peer: number) =>
  `unicast_src_ip 10.0.0.${own}\nunicast_peer {\n10.0.0.${peer}\n}`;
const unicast6 = (own: number, peer: number) =>
  `unicast_src_ip fd00::${own}\nunicast_peer {\nfd00::${peer}\n}`;
const IP6 = { vip: "fd00::100" };

differential("how adverts travel", [
  row("IPv6", {
    a: { vip: "fd00::100" },
    b: { vip: "fd00::100" },
    vip: "fd00::100",
    steps: FAILOVER,
  }),
  row("unicast", { a: { more: unicast(1, 2) }, b: { more: unicast(2, 1) }, steps: FAILOVER }),
  row("version 2", { a: { pace: V2 }, b: { pace: V2 }, steps: FAILOVER.slice(0, 3) }),
  row("version 2 with a password", {
    a: { pace: V2, more: PASSWORD },
    b: { pace: V2, more: PASSWORD },
    steps: FAILOVER.slice(0, 3),
  }),
  row("unicast over IPv6", {
    a: { ...IP6, more: unicast6(1, 2) },
    b: { ...IP6, more: unicast6(2, 1) },
    ...IP6,
    steps: FAILOVER,
  }),
  row("another group", {
    a: { more: "mcast_dst_ip 224.0.0.42" },
    b: { more: "mcast_dst_ip 224.0.0.42" },
    steps: FAILOVER,
  }),
  row("another password is not believed", {
    a: { pace: V2, more: PASSWORD },
    b: { pace: V2, more: PASSWORD.replace("s3cret", "other") },
    steps: ["start a: a=MASTER", "start b: b=MASTER"],
  }),
]);
