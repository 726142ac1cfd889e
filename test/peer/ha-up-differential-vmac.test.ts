/** Addresses on a VMAC move the same. */
import { differential, FAILOVER, row } from "../support/ha-table.ts";

const IP6 = { vip: "fd00::100" };

differential("VMACs", [
  row("a VMAC", { a: { more: "use_vmac" }, b: { more: "use_vmac" }, steps: FAILOVER }),
  row("IPv6 on a VMAC", {
    a: { ...IP6, more: "use_vmac" },
    b: { ...IP6, more: "use_vmac" },
    ...IP6,
    steps: FAILOVER,
  }),
  row("a VMAC whose adverts leave from below", {
    a: { more: "use_vmac\nvmac_xmit_base" },
    b: { more: "use_vmac\nvmac_xmit_base" },
    steps: FAILOVER,
  }),
]);
