/** `ha down`: a running `ha up` hands everything over and ends. */
import { askDown } from "../../app/ha/ask.ts";
import { defineCommand } from "../define.ts";
import { ExitCode } from "../exit-code.ts";
import { jsonOption } from "../options.ts";
import { HA_SOCKET, haNameOption, socketOf } from "./ha-name-option.ts";

export const haDown = defineCommand({
  name: "ha down",
  summary: "End the running ha up",
  description: [
    "All routers hand over politely, as with SIGTERM, and the command waits for the end. Who started ha up may start it again: where that is systemd, stop the unit.",
    "-j prints one object: pid, of the process that has ended.",
  ],
  options: { ...jsonOption, ...haNameOption },
  examples: [
    ["ha down", "Give everything up and end"],
    ["ha down -j", "And say which process that was, as JSON"],
    ["ha down --name blue", "Of several that run here"],
  ],
  exitStatus: { 0: "It has ended.", 2: "Cannot tell: no ha up runs here, or it does not end." },
  files: HA_SOCKET,
  seeAlso: ["vipkit-ha-up(8)", "vipkit-ha-maintenance(8)"],
  async run(args, { ports, stdout, signal }) {
    const pid = await askDown(socketOf(args), signal, ports);
    stdout(args.json ? JSON.stringify({ pid }) : `process ${pid} has ended`);
    return ExitCode.ok;
  },
});
