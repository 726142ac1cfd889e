/** `vrrp_script NAME { ... }`: a program whose exit status says whether a router may serve. */
import { integer, present, seconds } from "../arguments.ts";
import { command, userAndGroup, weight } from "../compound.ts";
import { acting, keyword } from "../keyword.ts";

export const VRRP_SCRIPT = acting("up", {
  script: keyword("Program to run, in quotes with its arguments", command),
  interval: keyword("Time between two runs", seconds(0.001, 4294), { unit: "s", default: "1" }),
  timeout: keyword("Time after which a run has failed", seconds(0.001, 4294), {
    unit: "s",
    default: "that of interval",
  }),
  weight: keyword(
    "Added to the priority: above 0 while it succeeds, below 0 while it fails; 0: FAULT while it fails",
    weight(253),
    { default: "0" },
  ),
  rise: keyword("Successes in a row that end a failure", integer(1, 2 ** 31 - 1), {
    default: "1",
  }),
  fall: keyword("Failures in a row that make one", integer(1, 2 ** 31 - 1), { default: "1" }),
  user: keyword("Account to run as", userAndGroup, { default: "script_user of global_defs" }),
  init_fail: keyword("Counts as failed until it has succeeded", present),
} as const);
