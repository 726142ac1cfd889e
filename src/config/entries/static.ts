/** What static addresses, routes and rules know beside what the virtual ones do. */
import { text } from "../arguments.ts";
import { keyword } from "../keyword.ts";

export const STATIC = {
  track_group: keyword("Names the track_group whose instances need it", text("NAME")),
} as const;
