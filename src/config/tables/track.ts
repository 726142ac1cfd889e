/** The lists of what an instance or a sync group watches. */
import { interfaceName, text } from "../arguments.ts";
import { tracked } from "../entries/tracked.ts";
import { acting, keywords } from "../keyword.ts";
import { listOf } from "../list.ts";

export const TRACK = acting(
  "up",
  {
    track_interface: keywords(
      "Interfaces without which it is in FAULT, or whose state changes the priority",
      listOf(tracked(interfaceName, 253)),
    ),
    track_script: keywords(
      "Scripts of vrrp_script blocks without whose success it is in FAULT, or that change the priority",
      listOf(tracked(text("SCRIPT"), 253)),
    ),
    track_file: keywords(
      "Files of track_file blocks whose number, times the weight, is added to the priority",
      listOf(tracked(text("FILE"), 254)),
    ),
    track_process: keywords(
      "Processes of vrrp_track_process blocks without which it is in FAULT, or that change the priority",
      listOf(tracked(text("PROCESS"), 254)),
    ),
    track_bfd: keywords(
      "Sessions of bfd_instance blocks without which it is in FAULT, or that change the priority",
      listOf(tracked(text("BFD"), 253)),
    ),
  } as const,
  ["track_bfd"],
);
