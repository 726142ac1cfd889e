/** What may stand outside all blocks. */
import { text } from "../arguments.ts";
import { blockOf, named } from "../block.ts";
import { keywords, type Values } from "../keyword.ts";
import { VRRP_SCRIPT } from "./vrrp-script.ts";

export const ROOT = {
  vrrp_script: keywords(
    "A program whose exit status says whether a router may serve",
    named(text("NAME"), blockOf(VRRP_SCRIPT)),
  ),
} as const;

/** A whole configuration as it was written, before defaults and inheritance. */
export type Configuration = Values<typeof ROOT>;
