/** What `vrrp sniff` saw of masters over time, as commands are given it. */
export type {
  BadMark,
  Lane,
  MasterStretch,
  RouterTimeline,
  Stretch,
  Timeline,
} from "../../proto/sniff/timeline.ts";
