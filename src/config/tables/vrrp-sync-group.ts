/** `vrrp_sync_group NAME { ... }` and `track_group NAME { ... }`: instances that belong together. */
import { present, text } from "../arguments.ts";
import { keyword } from "../keyword.ts";
import { listOfWords } from "../list.ts";
import { NOTIFY } from "./notify.ts";
import { TRACK } from "./track.ts";

export const VRRP_SYNC_GROUP = {
  group: keyword("Instances that change their state together", listOfWords(text("INSTANCE")), {
    isFirst: true,
    actsIn: "up",
  }),
  ...TRACK,
  ...NOTIFY,
  sync_group_tracking_weight: keyword(
    "Lets weights change the priority of all members alike",
    present,
    { actsIn: "up" },
  ),
  global_tracking: keyword("Lets weights change the priority of all members alike", present, {
    insteadOf: "track_interface, track_script or track_file in the group",
    isRefused: true,
  }),
} as const;

export const TRACK_GROUP = {
  group: keyword(
    "Instances that need the addresses, routes and rules with this track_group",
    listOfWords(text("INSTANCE")),
    { isFirst: true },
  ),
} as const;
