/** What the commands of each group are about. */
export const GROUPS: Readonly<Record<string, string>> = {
  check: "Ask whether a service is alive, as its clients would see it",
  garp: "Tell neighbours and switches where an address lives",
  ha: "Judge, simulate and run what a keepalived.conf says, and look at it",
  ipvs: "The kernel's load balancer: virtual services and their real servers",
  vip: "Virtual addresses of this host",
  vrrp: "Share an address between routers (RFC 9568, RFC 3768)",
};
