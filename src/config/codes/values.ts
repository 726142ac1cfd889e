/** vk200 to vk299: values that a keyword does not take. */
import type { FindingKind } from "../finding.ts";

export const MISSING_ARGUMENT: FindingKind = {
  code: "vk201",
  severity: "error",
  title: "an argument is missing",
  explains:
    "keepalived ends at once, with status 2, when a keyword lacks an argument that it needs.",
};

export const NOT_A_NUMBER: FindingKind = {
  code: "vk202",
  severity: "error",
  title: "not a number",
  explains: "keepalived reports it and goes on with the default, or with what was set before.",
};

export const OUT_OF_RANGE: FindingKind = {
  code: "vk203",
  severity: "error",
  title: "a number out of its range",
  explains: "keepalived reports it and goes on with the default, or with what was set before.",
};

export const NOT_ONE_OF: FindingKind = {
  code: "vk204",
  severity: "error",
  title: "not one of the words that belong here",
  explains: "keepalived ignores the line.",
};

export const NOT_AN_ADDRESS: FindingKind = {
  code: "vk205",
  severity: "error",
  title: "not an address",
  explains: "keepalived ignores the line.",
};
