/** vk400 to vk429: scripts, files, processes, BFD sessions, and what their weights come to. */
import type { FindingKind } from "../finding.ts";

export const NOTHING_TRACKED: FindingKind = {
  code: "vk401",
  severity: "error",
  title: "a definition without what it is about",
  explains:
    "A vrrp_script needs a script, a track_file a file, a vrrp_track_process a process, a bfd_instance a neighbor_ip. keepalived removes the block, and complains of each place that uses it; but a BFD session without a neighbour is tracked, and never up.",
};

export const NO_SUCH_TRACKED: FindingKind = {
  code: "vk402",
  severity: "error",
  title: "something is tracked that there is not",
  explains: "keepalived ignores the line: nothing is watched.",
};

export const TRACKED_TOO_EARLY: FindingKind = {
  code: "vk403",
  severity: "error",
  title: "something is tracked before it is defined",
  explains:
    "keepalived looks at what stands above the line alone, and ignores the line. Definitions belong in front of what uses them.",
};

export const TRACKED_TWICE: FindingKind = {
  code: "vk404",
  severity: "error",
  title: "tracked twice",
  explains: "The first line counts. keepalived ignores the second, also its weight.",
};

export const OWN_INTERFACE_TRACKED: FindingKind = {
  code: "vk405",
  severity: "error",
  title: "the own interface in track_interface",
  explains:
    "An instance is in FAULT while its own interface is down, and no weight changes that: keepalived ignores the line.",
};

export const WEIGHT_IN_GROUP: FindingKind = {
  code: "vk406",
  severity: "error",
  title: "a weight within a sync group",
  explains:
    "The members of a sync group change together, a weight would part them. Scripts, files and BFD sessions with a weight are then not watched at all; a file with weight 1 has weight 0. Of an interface keepalived says the same, and uses its weight nevertheless. sync_group_tracking_weight in the group keeps weights.",
};

export const WEIGHT_OF_OWNER: FindingKind = {
  code: "vk407",
  severity: "error",
  title: "a weight with priority 255",
  explains:
    "The priority of an owner never changes. What has a weight is not watched at all; weight 0 makes its failure a FAULT.",
};

export const WEIGHT_BESIDE_OWNER: FindingKind = {
  code: "vk408",
  severity: "error",
  title: "a weight in the sync group of an owner",
  explains:
    "The priority of an owner never changes: keepalived sets the weight to 0, for all members.",
};

export const TRACKED_BY_BOTH: FindingKind = {
  code: "vk409",
  severity: "warning",
  title: "tracked by an instance and by its sync group",
  explains:
    "keepalived keeps one of the two: the weight is that of the group, unless the instance has weight 0.",
};

export const INTERFACE_TRACKED_BY_BOTH: FindingKind = {
  code: "vk410",
  severity: "error",
  title: "an interface that is watched by an instance and by its sync group",
  explains:
    "Also the interfaces of an instance and of its addresses are watched. keepalived reports it, and one of the two counts.",
};

export const WEIGHT_UNDONE: FindingKind = {
  code: "vk411",
  severity: "warning",
  title: "a weight of an interface that has addresses, routes or rules",
  explains:
    "An interface that an address, a route or a rule of the instance names is watched: without it the instance is in FAULT, so the weight means nothing. no_track at the entry leaves the interface to the weight.",
};

export const DUPLICATE_DEFINITION: FindingKind = {
  code: "vk412",
  severity: "warning",
  title: "a definition of a name that is taken",
  explains: "The first one counts. keepalived says nothing.",
};

export const DUPLICATE_BFD: FindingKind = {
  code: "vk413",
  severity: "error",
  title: "a second BFD session of one name",
  explains: "keepalived skips the second block.",
};

export const BFD_FAMILIES: FindingKind = {
  code: "vk414",
  severity: "error",
  title: "a BFD session between two families",
  explains: "source_ip and neighbor_ip are of one address family. keepalived disables the session.",
};

export const EMPTY_QUORUM: FindingKind = {
  code: "vk415",
  severity: "error",
  title: "a quorum above quorum_max",
  explains: "No number of processes is right then. keepalived ignores quorum_max.",
};

export const QUORUM_DROPPED: FindingKind = {
  code: "vk416",
  severity: "warning",
  title: "a quorum beside quorum_max 0",
  explains:
    "quorum_max 0 means that no process may run. keepalived sets quorum to 0 without a word.",
};

export const SECOND_SESSION: FindingKind = {
  code: "vk417",
  severity: "error",
  title: "a second BFD session of two addresses",
  explains:
    "Two hosts have one session for each pair of source_ip and neighbor_ip, and without source_ip for any. keepalived ignores the second.",
};

export const NOT_USED: FindingKind = {
  code: "vk420",
  severity: "warning",
  title: "a definition that nothing uses",
  explains:
    "Nothing is watched by it: a track_ block has to name it. keepalived removes unused scripts.",
};

export const WEIGHT_WITHOUT_EFFECT: FindingKind = {
  code: "vk421",
  severity: "warning",
  title: "a weight that never changes the priority",
  explains: "A priority stays within 1 and 254, whatever is added or taken.",
};

export const WEIGHT_OF_ONE_MEMBER: FindingKind = {
  code: "vk422",
  severity: "warning",
  title: "the weight of a process within a sync group",
  explains:
    "It changes the priority of one member alone, and keepalived says nothing: the members may disagree on who is better. Track it in the group, with sync_group_tracking_weight.",
};

export const WEIGHT_WITHOUT_PREEMPTION: FindingKind = {
  code: "vk423",
  severity: "warning",
  title: "a weight beside nopreempt",
  explains:
    "A failing check lowers the priority of a MASTER, but routers with nopreempt do not take over from a lower priority: the addresses stay where the check fails. Weight 0 makes a failure a FAULT, which does move them.",
};

export const NO_TIMEOUT: FindingKind = {
  code: "vk424",
  severity: "note",
  title: "a script without a timeout",
  explains:
    "A run that hangs is ended, and has failed, after the interval: a short interval ends slow runs, a long one leaves a hang unnoticed. timeout says which is meant.",
};

export const TIMEOUT_ABOVE_INTERVAL: FindingKind = {
  code: "vk425",
  severity: "warning",
  title: "a timeout above the interval",
  explains: "While a run goes on no other is started: a slow run makes the interval longer.",
};

export const TIME_TO_ACT: FindingKind = {
  code: "vk426",
  severity: "note",
  title: "how long a failure goes unnoticed",
  explains:
    "A failure counts after as many failed runs as fall says. The first of them may start as late as an interval after the failure, and a run that hangs ends at its timeout.",
};

export const REVERSED_FAULT: FindingKind = {
  code: "vk427",
  severity: "warning",
  title: "a FAULT while something succeeds",
  explains: "Weight 0 with reverse keeps the instance in FAULT while what it tracks is up.",
};
