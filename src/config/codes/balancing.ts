/** vk540 to vk599: what is likely not meant of virtual servers, real servers and their checks. */
import type { FindingKind } from "../finding.ts";

export const NO_CHECK: FindingKind = {
  code: "vk540",
  severity: "warning",
  title: "a real server without a check",
  explains: "Nobody notices when it fails: it goes on to get connections.",
};

export const THRESHOLDS: FindingKind = {
  code: "vk541",
  severity: "warning",
  title: "an lthreshold above uthreshold",
  explains: "The kernel refuses such a server, and keepalived says so only when it starts.",
};

export const WEIGHT_IGNORED: FindingKind = {
  code: "vk542",
  severity: "warning",
  title: "weights that the scheduler does not look at",
  explains: "rr, lc and dh give each server with a weight above 0 the same.",
};

export const FAMILY_OF_GROUP: FindingKind = {
  code: "vk543",
  severity: "warning",
  title: "a real server of another family than the group",
  explains: "Only tunnels lead there. keepalived says nothing, and the kernel refuses the server.",
};

export const UNUSED_GROUP: FindingKind = {
  code: "vk544",
  severity: "warning",
  title: "a virtual_server_group that nothing uses",
  explains: "A virtual_server names it as `group NAME`.",
};

export const QUORUM_STAYS_LOST: FindingKind = {
  code: "vk545",
  severity: "warning",
  title: "a quorum that is never met again",
  explains:
    "It is met again when the weight of the servers up reaches quorum and hysteresis together. All servers together weigh less: once lost, the sorry server and quorum_down stay for ever.",
};

export const SORRY_IS_REAL: FindingKind = {
  code: "vk546",
  severity: "warning",
  title: "a sorry server that is a real server",
  explains:
    "It is asked for help when the quorum is lost, and may be among those that failed by then.",
};

export const CHECK_WITHOUT_PORT: FindingKind = {
  code: "vk547",
  severity: "warning",
  title: "a check that has no port",
  explains: "Neither the check nor its servers say one. It connects to port 0, and always fails.",
};

export const SLOW_CHECK: FindingKind = {
  code: "vk548",
  severity: "warning",
  title: "a check that may take longer than its interval",
  explains:
    "The next check waits for the end of the last: while a server is slow it is checked less often than delay_loop says.",
};

export const TIME_TO_REMOVE: FindingKind = {
  code: "vk549",
  severity: "note",
  title: "how long a failure of a server goes unnoticed",
  explains:
    "A server may fail just after a check: the next one comes after delay_loop. Then retry more tries have to fail, each delay_before_retry after the last, and each may take as long as its timeout.",
};

export const UNHELD_SERVICE: FindingKind = {
  code: "vk550",
  severity: "note",
  title: "a virtual server whose address no instance has",
  explains:
    "IPVS serves an address that the host has. If nothing else sets it, the virtual server gets no packets.",
};

export const FAMILY_BY_SERVER: FindingKind = {
  code: "vk551",
  severity: "note",
  title: "a firewall mark without ip_family",
  explains: "The family of the first server, or of a persistence_granularity above it, counts.",
};

export const SERVER_IS_SERVICE: FindingKind = {
  code: "vk552",
  severity: "warning",
  title: "a server that is the virtual server itself",
  explains:
    "A real server or a sorry server has an address of its own. Connections to the address of the virtual server come back to this host, where IPVS takes them once more or nothing listens: nobody is served.",
};

export const PATH_WITHOUT_SLASH: FindingKind = {
  code: "vk553",
  severity: "warning",
  title: "a path of a page without a / in front",
  explains:
    "keepalived asks for it as it is written. A server refuses a request whose path begins with no /, and the check fails.",
};

export const PLAIN_TO_TLS: FindingKind = {
  code: "vk554",
  severity: "warning",
  title: "plain HTTP to the port of HTTPS",
  explains: "HTTP_GET speaks no TLS, and the server behind port 443 waits for it. SSL_GET does.",
};
