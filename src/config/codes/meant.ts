/** vk240 to vk299: words that keepalived takes as they are, and that are likely meant otherwise. */
import type { FindingKind } from "../finding.ts";

export const SHELL_SYNTAX: FindingKind = {
  code: "vk240",
  severity: "warning",
  title: "a command that only a shell would understand",
  explains:
    "keepalived starts the program itself, without a shell: | and > and && and $(...) are arguments like any others. Where they are meant write /bin/sh -c with the command in single quotes, or a script.",
};

export const NOT_A_USER: FindingKind = {
  code: "vk241",
  severity: "warning",
  title: "an argument where a user belongs",
  explains:
    "Behind the command keepalived reads a user and a group. There is none of this name, and the program is not run. A command with arguments has to stand in quotes as a whole.",
};

export const SEMICOLON_IN_NAME: FindingKind = {
  code: "vk242",
  severity: "warning",
  title: "a ; at the end of a name",
  explains:
    "A line ends without a mark. keepalived takes the ; for a letter of the name, and no interface has that name.",
};
