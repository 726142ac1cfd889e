/** From a vrrp_instance as it is written to what is in force of it, but for what it tracks and its sync group. */
import { addressBits, familyOf } from "../../core/addr.ts";
import { type AddressEntry, VIRTUAL_ADDRESS } from "../entries/address.ts";
import type { Report } from "../finding.ts";
import type { Host } from "../host.ts";
import type { Setting, Values } from "../keyword.ts";
import { VRRP_INSTANCE } from "../tables/vrrp-instance.ts";
import {
  completeAddresses,
  completeDestination,
  completeInterval,
  completeSource,
} from "./adverts.ts";
import { completeAuthentication, completeHmac } from "./authentication.ts";
import { Completion, type Draft } from "./completion.ts";
import { effectiveOf } from "./defaults.ts";
import { completeAccepting, completePreemption, completeStrictness } from "./election.ts";
import type { Globals } from "./globals.ts";
import { completeElection, completeFamily, completeVersion, demandIdentity } from "./identity.ts";
import { byDefault, type Effective, type InForce, inherited } from "./in-force.ts";
import type { EffectiveAddress } from "./instance.ts";
import { completeInterface } from "./interfaces.ts";

export interface WrittenInstance {
  readonly name: string;
  readonly body: Values<typeof VRRP_INSTANCE>;
}

export function completeInstance(
  { value: { name, body }, span }: Setting<WrittenInstance>,
  globals: Globals,
  host: Host | null,
  report: Report,
): Completion {
  const completion = new Completion(begin(name, span, body, globals), body, globals, host, report);
  for (const step of STEPS) step(completion);
  return completion;
}

/** In the order of keepalived: what one finds the next may build upon. */
const STEPS: readonly ((completion: Completion) => void)[] = [
  completeFamily,
  completeVersion,
  completeElection,
  completeAuthentication,
  demandIdentity,
  completeAddresses,
  completePreemption,
  completeAccepting,
  completeStrictness,
  completeInterval,
  completeHmac,
  completeDestination,
  completeSource,
  completeInterface,
];

function begin(
  name: string,
  span: Draft["span"],
  body: WrittenInstance["body"],
  globals: Globals,
): Draft {
  const { preempt, no_accept, ...raw } = effectiveOf(VRRP_INSTANCE, body, globals);
  const address = addressOf(raw.interface);
  const steps = {
    name,
    span,
    trackers: [],
    group: null,
    faults: [],
    refusals: [],
    virtual_ipaddress: raw.virtual_ipaddress.map(address),
    virtual_ipaddress_excluded: raw.virtual_ipaddress_excluded.map(address),
    skip_check_adv_addr: orOff(raw.skip_check_adv_addr),
    check_unicast_src: orOff(raw.check_unicast_src),
    notify_priority_changes: orOff(raw.notify_priority_changes),
    smtp_alert: orOff(raw.smtp_alert),
    strict_mode: orOff(raw.strict_mode),
    lower_prio_no_advert: orOff(raw.lower_prio_no_advert),
    higher_prio_send_advert: orOff(raw.higher_prio_send_advert),
    owner_ignore_adverts: orOff(raw.owner_ignore_adverts),
  };
  // The steps give the others their values before anybody reads them.
  return { ...raw, ...steps } as unknown as Draft;
}

const orOff = <V>({ value, origin }: InForce<V | null>): InForce<V | false> => ({
  value: value ?? false,
  origin,
});

/** An address is on the interface of its instance unless it names another one. */
const addressOf =
  (own: InForce<string | null>) =>
  ({ value, origin }: InForce<AddressEntry>): InForce<EffectiveAddress> => {
    const { address } = value;
    const said = { ...NO_USE_VMAC, ...value.options };
    const options: Effective<typeof VIRTUAL_ADDRESS> = effectiveOf(VIRTUAL_ADDRESS, said);
    const isSingle = familyOf(address.ip) === 6 && address.prefixLength === addressBits(6);
    const preferred = byDefault(isSingle ? 0 : ("forever" as const));
    const completed = {
      ...options,
      dev: options.dev.value === null ? inherited("vrrp_instance", own) : options.dev,
      preferred_lft: options.preferred_lft.value === null ? preferred : options.preferred_lft,
    };
    return { value: { address, options: completed }, origin };
  };

const NO_USE_VMAC = { use_vmac: null };
