/** vk600 to vk699: what the configuration says against the host that it is for. */
import type { FindingKind } from "../finding.ts";

export const NO_SUCH_INTERFACE: FindingKind = {
  code: "vk601",
  severity: "error",
  title: "an interface that the host has not",
  explains:
    "keepalived does not start then. dynamic_interfaces in global_defs lets it wait for the interface.",
};

export const OUTSIDE_SUBNETS: FindingKind = {
  code: "vk602",
  severity: "warning",
  title: "an address outside all networks of its interface",
  explains:
    "The host has no address in its network there, and the address has no network of its own: neighbours do not look for it on this link, unless a route says so.",
};

export const NO_MULTICAST: FindingKind = {
  code: "vk603",
  severity: "error",
  title: "an interface that cannot multicast",
  explains:
    "Adverts to a group do not leave there: keepalived disables the instance. Name unicast peers.",
};

export const PEER_IS_HOST: FindingKind = {
  code: "vk604",
  severity: "warning",
  title: "a peer that is this host",
  explains: "unicast_peer names the other routers. keepalived sends adverts to itself.",
};

export const ADDRESS_DROPPED: FindingKind = {
  code: "vk605",
  severity: "warning",
  title: "addresses that systemd-networkd takes away",
  explains:
    "When it is restarted, as by an update, or configures the link anew, it removes addresses that it did not set, unless KeepConfiguration of the .network file is static or yes: the MASTER loses its addresses. networkctl status INTERFACE names the file. After the change: networkctl reload.",
};

export const ADDRESS_OF_NETWORK_MANAGER: FindingKind = {
  code: "vk606",
  severity: "warning",
  title: "addresses that NetworkManager takes away",
  explains:
    "It leaves addresses of others alone until the profile of the interface is activated or applied anew, as by nmcli connection up, nmcli device reapply, or after a link that was down too long: then the MASTER loses its addresses. There is no setting to keep them. nmcli device set INTERFACE managed no takes the interface out of its hands until the next start.",
};

export const ROUTES_DROPPED: FindingKind = {
  code: "vk607",
  severity: "warning",
  title: "routes or rules that systemd-networkd takes away",
  explains:
    "When it is started or configures a link it removes routes and policy rules that it did not set, unless ManageForeignRoutes and ManageForeignRoutingPolicyRules of networkd.conf are no.",
};
