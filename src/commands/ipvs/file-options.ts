/** Options of the commands that hold IPVS against a file. */

import { TARGET_FORMATS } from "../../app/ipvs/target-format.ts";
import type { WantedFile } from "../../app/ipvs/wanted-file.ts";
import type { Context } from "../define.ts";
import { configIdOption, wishOf } from "../ha/conf-options.ts";
import { type ArgsOf, choice, flag, text } from "../option.ts";

export const fileOptions = {
  file: text({
    short: "f",
    value: "FILE",
    required: true,
    complete: "file",
    describe: "What IPVS is to be; - is standard input",
  }),
  format: choice(TARGET_FORMATS, { describe: "Of FILE; as it looks if not given" }),
  ...configIdOption,
  prune: flag({ describe: "Remove services too that others have made" }),
  "state-dir": text({
    value: "DIR",
    default: "/run/vipkit",
    describe: "Where is remembered which services were made, for each FILE",
  }),
};

export const wantedFile = (
  { file, format, "config-id": configId }: ArgsOf<typeof fileOptions>,
  { ports }: Pick<Context, "ports">,
): WantedFile => ({
  path: file,
  format,
  surroundings: () => wishOf(configId, ports).surroundings,
});

export const FILE_FORMATS =
  "FILE is what ipvsadm -S -n writes, a table in YAML or JSON, or a keepalived.conf, of which the virtual servers count with all their real servers.";
