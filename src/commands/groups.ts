/** What the commands of each group are about. */
export const GROUPS: Readonly<Record<string, string>> = {
  check: "Ask whether a service is alive, as its clients would see it",
  garp: "Tell neighbours and switches where an address lives",
  ha: "Read keepalived.conf before keepalived does",
  vip: "Virtual addresses of this host",
  vrrp: "Share an address between routers (RFC 9568, RFC 3768)",
};
