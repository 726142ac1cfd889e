/** `ipvs save`: the table of the kernel as a file that `ipvs sync` reads (ipvsadm-save(8)). */
import { IpvsKernel } from "../../app/ipvs/kernel.ts";
import { SAVED_FORMATS, savedText } from "../../app/ipvs/saved-text.ts";
import { defineCommand } from "../define.ts";
import { ExitCode } from "../exit-code.ts";
import { choice } from "../option.ts";
import { jsonOption } from "../options.ts";

export const ipvsSave = defineCommand({
  name: "ipvs save",
  summary: "Write the services of IPVS as a file",
  description: [
    "Writes all services and real servers of the kernel to standard output, as ipvs sync -f reads them.",
    "The format ipvsadm is that of ipvsadm -S -n, read by ipvsadm -R too. Thresholds of connections are in it where a server has some: ipvsadm reads them, but does not write them itself. It has no place for timeouts and sync daemons.",
    "The formats yaml and json are the table file of vipkit, with timeouts and sync daemons. --json is --format json.",
  ],
  options: {
    format: choice(SAVED_FORMATS, {
      default: "ipvsadm",
      describe: "What the file is written in",
    }),
    ...jsonOption,
  },
  examples: [
    ["ipvs save", "The table, as ipvsadm -S -n writes it"],
    ["ipvs save --format yaml", "With timeouts and sync daemons, to be edited"],
    ["ipvs save --netns blue --json", "That of another network namespace, for programs"],
  ],
  exitStatus: { 0: "All of it was written." },
  seeAlso: ["ipvsadm(8)", "ipvsadm-save(8)"],
  async run({ format, json }, { ports, stdout }) {
    const kernel = new IpvsKernel(ports);
    try {
      const text = savedText(kernel, json ? "json" : format);
      if (text !== "") stdout(text);
    } finally {
      kernel.close();
    }
    return ExitCode.ok;
  },
});
