/** What the man page of `ha report` tells beside its help. */
export const reportManual: Readonly<Record<string, readonly string[]>> = {
  "WHAT COUNTS AS SERVED": [
    "A node sees a service served while its own router is MASTER, or while it hears another one that is. Not served is when it listens and neither is so: in FAULT, and in BACKUP until another one is heard. An outage begins with the last advert that was heard, or with the moment in which the router was MASTER no more, and lasts until somebody is MASTER again; an advert speaks for its sender until twice its interval has passed, so that a take-over by a higher priority is none. So an outage is told longer rather than shorter than it was.",
    "Unknown is neither: ha up did not run, its process died (then from its last sign of life on, one is written each minute), it has only begun to listen, or its journal could not be written. Where it takes over without having heard anybody, nobody served since it began. It counts neither as served nor as not served, and is told beside.",
    "One node alone cannot know what it cannot hear: with its own cable pulled, it tells of an outage although another node may serve. With a JOURNAL of each node, a service was served while any of them saw it so, not served while none did and at least one listened. Services are the same where their virtual_router_id and one address are. Two masters is the time in which two nodes were MASTER at once. The clocks of the nodes should agree: what lies between two who served and is no longer than 50 ms is no outage, and with a larger difference a hand-over looks like one.",
  ],
  FIGURES: [
    "Availability is what was served, divided by that and what was not: HA = MTTF / (MTTF + MTTR). MTTF, the mean time to failure, is the time that was served for each outage, MTTR, the mean time to repair, the length of an outage. Nines are -log10(1 - HA): 3 for 99.9 %. Percentages are cut, not rounded: 100 % is without any outage.",
    "A failover is another holder than before: with one journal, this node or an address that it heard; with several, one of their nodes.",
    "The budget is what the class of --class allows a service to be down in the calendar year (UTC) in which the journal ends: 8h45m36s for 99.9 %, 52m34s for 99.99 %, 5m15s for 99.999 %. What is used of it counts from the beginning of that year, whatever --since says.",
  ],
  "THE JOURNAL": [
    "Lines of JSON in a file that only grows: start, stop, alive, transition, hearing (who else is heard as MASTER), standing (how a router is, at the beginning of a file and after a reload), amended (a reload), tracked, maintenance, trouble (a process of ours that died, among others) and lost (how many records there was no room for). Each has ts, the wall clock, and boot_id and mono_ms, the clock that never jumps: durations are those of the latter, and the former of a boot is believed as it was last. A file of 4 MiB gets the name .1, and the ones before it .2 to .7; what is older goes. A torn line is skipped. When the disk is full records wait in memory, and those beyond 4096 are counted.",
  ],
  OUTPUT: [
    "-j prints one object: from, until, journals (path, records, torn_lines) and services: instance, family, vrid, vips, availability (0 to 1; null: nothing is known), nines (null without an outage), up_ms, down_ms, unknown_ms, two_masters_ms, mttf_ms and mttr_ms (null without an outage), failovers, budget (class, year, allowed_ms, used_ms, used: a share of it) and outages (from, until: null while it lasts, lasted_ms, cause with kind, as vrrp watch tells it: why this node was MASTER no more, or else why it became it).",
  ],
};
