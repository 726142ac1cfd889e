/** vk430 to vk449: programs that keepalived does not run, and as whom it runs others. */
import type { FindingKind } from "../finding.ts";

export const NO_SUCH_SCRIPT: FindingKind = {
  code: "vk430",
  severity: "error",
  title: "a tracked script that is not there",
  explains:
    "keepalived disables the script: nothing is watched, and what tracks it counts as if all were well.",
};

export const NO_SUCH_PROGRAM: FindingKind = {
  code: "vk431",
  severity: "warning",
  title: "a program that is not there",
  explains: "keepalived disables it when it starts; `keepalived -t` says nothing.",
};

export const INSECURE_CHECK: FindingKind = {
  code: "vk432",
  severity: "error",
  title: "a tracked script that others than root could change",
  explains:
    "With enable_script_security keepalived runs no script as root if anybody else could change it, or a directory on the way to it: it disables the script, and does not say which part is to blame. Nothing is watched then.",
};

export const INSECURE_PROGRAM: FindingKind = {
  code: "vk433",
  severity: "warning",
  title: "a program that others than root could change",
  explains:
    "With enable_script_security keepalived disables it without naming the part of the path that is to blame, and `keepalived -t` says nothing. Without it whoever can change it becomes root.",
};

export const NOT_EXECUTABLE: FindingKind = {
  code: "vk434",
  severity: "warning",
  title: "a program that is not executable",
  explains: "Each run of it fails. `keepalived -t` takes it without a word.",
};

export const NO_SECURITY: FindingKind = {
  code: "vk435",
  severity: "error",
  title: "scripts without enable_script_security",
  explains:
    "keepalived runs them all the same, logs a security violation, and `keepalived -t` ends with status 6.",
};

export const NO_SUCH_USER: FindingKind = {
  code: "vk436",
  severity: "error",
  title: "scripts of a user that there is not",
  explains: "keepalived removes each script that is to run as this user.",
};

export const NO_SUCH_USER_OF_HOOK: FindingKind = {
  code: "vk437",
  severity: "warning",
  title: "a program of a user that there is not",
  explains: "keepalived does not run it; `keepalived -t` says nothing.",
};

export const NO_DEFAULT_USER: FindingKind = {
  code: "vk438",
  severity: "error",
  title: "scripts without a user",
  explains:
    "With enable_script_security and without script_user scripts run as keepalived_script. Where there is no such user keepalived removes them.",
};
