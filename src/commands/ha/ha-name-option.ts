/** Which `ha up` is meant, where several run on one host. */
import { haSocket } from "../../app/ha/up/socket.ts";
import { value } from "../option.ts";
import { instanceName } from "../vrrp/instance-name.ts";

/** `--name NAME`: its value is the name of a control socket. */
export const haNameOption = {
  name: value(
    { value: "NAME", describe: "Of several ha up on one host that of this name" },
    (text) => haSocket(instanceName(text)),
  ),
};

export const socketOf = ({ name }: { readonly name: string | undefined }): string =>
  name ?? haSocket(undefined);

/** Of the files of a manual page. */
export const HA_SOCKET = {
  "/run/vipkit/ha.sock": "Where ha up answers, ha@NAME.sock with --name; see vipkit-ha-status(8).",
} as const;
