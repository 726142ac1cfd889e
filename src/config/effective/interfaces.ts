/** The interface that keepalived makes for an instance: a VMAC or an ipvlan. */
import { IPVLAN_WITHOUT_ADDRESS, VMAC_CHANGED } from "../codes/vrrp.ts";
import { isMulticasting } from "./adverts.ts";
import type { Completion } from "./completion.ts";

export function completeInterface(completion: Completion): void {
  const { draft } = completion;
  const { use_vmac: vmac, use_ipvlan: ipvlan, vmac_xmit_base: base } = draft;
  const isMade = vmac.value !== null || ipvlan.value !== null;
  if (vmac.value !== null && vmac.value.mac !== null && draft.strict_mode.value) {
    const message = "the MAC address of use_vmac is not used in strict mode";
    completion.correct("use_vmac", { ...vmac.value, mac: null }, VMAC_CHANGED, message);
  }
  if (base.value !== null && vmac.value === null) {
    const message = "vmac_xmit_base means nothing without use_vmac";
    completion.correct("vmac_xmit_base", null, VMAC_CHANGED, message);
  } else if (base.value !== null && draft.strict_mode.value) {
    const message = "vmac_xmit_base is not used in strict mode";
    completion.correct("vmac_xmit_base", null, VMAC_CHANGED, message);
  } else if (vmac.value !== null && base.value === null && !isMulticasting(draft)) {
    const message = "use_vmac with unicast peers needs vmac_xmit_base: it is set";
    const found = completion.tell(VMAC_CHANGED, vmac, message, { help: "write vmac_xmit_base" });
    draft.vmac_xmit_base = { value: true, origin: { kind: "corrected", by: found, from: base } };
  }
  if (isMade && draft.promote_secondaries.value !== null) {
    const message =
      "promote_secondaries goes without saying for an interface that keepalived makes";
    completion.correct("promote_secondaries", null, VMAC_CHANGED, message);
  }
  if (ipvlan.value === null || ipvlan.value.address !== null || draft.family.value === 6) return;
  const message = "use_ipvlan needs an address: the instance stays in FAULT";
  completion.fault(completion.tell(IPVLAN_WITHOUT_ADDRESS, ipvlan, message));
}
