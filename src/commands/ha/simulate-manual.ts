/** What the man page of `ha simulate` tells beside its help. */
import { EVENT_FORMS } from "../../app/ha/simulate/event.ts";

export const simulateManual: Readonly<Record<string, readonly string[]>> = {
  EVENTS: [
    `${EVENT_FORMS.join("; ")}. NAME is that of a vrrp_script, a vrrp_track_process or a bfd_instance, of set that of a track_file; IF is an interface that the node names.`,
    "hang: the script does not end, and its timeout counts. stop is a polite end, kill one without a farewell, whose kernel keeps the addresses; crash takes the whole host. A frozen node does nothing and keeps its addresses. Nodes that are cut together hear each other and nobody else; clients are with the others. loss is of all adverts. Events of one time happen in the order in which they are written.",
    "reload is SIGHUP with the same FILE, for nothing is written while a cluster is simulated: checks are started anew, what they found stays, and virtual routers go on as they are. It shows whether a reload disturbs; what another file would do is another simulation. A frozen process sees stop and reload when it thaws.",
  ],
  VERDICTS: [
    "FAILOVER: another node is MASTER. NO FAILOVER: what failed stays MASTER, with the arithmetic of the priorities, and the weight that would have moved it where there is one. FAILBACK: another node is MASTER after something was mended. NO CHANGE: it did not matter. FLAPPING: MASTER went back and forth, and how often each became it; where one stays MASTER and another one became it for a moment, this is it, too. NOTHING CHANGED: what the event asks for was so already, as the start of a node that runs, and why. NO MASTER, SPLIT BRAIN: nobody is, or several are. SPLIT BRAIN is also an address that two nodes hold by different numbers. Behind it stands how long nobody held an address, and how long two did.",
    "A failure is survived if one node is MASTER then, and not what failed, without going back and forth, and no address is lost: it had a holder, or a node that runs has it in its file, and nobody holds it. What has not ended when the simulation stops is told as 'to the end'. Where two are MASTER before anything fails, that is told first, and no failure is tried; different numbers for one address are that, too. That a frozen node keeps its addresses beside the new MASTER is told, and does not count: no setting of keepalived changes it.",
  ],
  "WHAT IS SIMULATED": [
    "The values that are in force, with the defaults of keepalived and what it corrects without a word. The state machine, the checks with rise, fall, timeout and init_fail, and the adverts are those that vipkit itself runs on; adverts are encoded, and judged by version, password, interval and sender. A check takes no time, unless it hangs. All checks succeed, tracked files have the number of init_file or 0, and all links are up, until an event says otherwise.",
    "A virtual_router_id is one virtual router, whatever its interfaces are called; only where a node has it twice the names of the interfaces tell which belong together. A link-local address of IPv6 is one of its virtual router: others may have the same. Where no address is written that adverts come from, the later FILE has the higher one, which decides between equal priorities. Not simulated: auth_type AH, signatures, delays of processes, neighbours, routes.",
  ],
  OUTPUT: [
    "A line of the timeline is the time, the node, what it is about, its state, its priority as a sum, and what happened. Times are virtual, from the start of all nodes on.",
    "--json prints one object. With --at or --until: until_ms, timeline (at_ms, type event, tracked, state or priority, and what belongs to it), timeline_left_out, addresses (address, first_held_ms, nobody_ms, nobody, several_ms, several, holders), verdicts (at_ms, event, idle, which is null or why nothing changed, findings: outcome, instances, from, to, after_ms, nobody_ms, several_ms, takeovers, lost, several_last, reason), split_at_start (instances, masters, reason), notes. Without: failures, each like a verdict, not_survived (null where none was tried), split_at_start, notes. Errors in files are printed as by ha check --json.",
  ],
};
