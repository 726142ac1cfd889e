/** global_defs: pipes that changes are written to, and programs that read them. */
import { flag, optional, present, text } from "../../arguments.ts";
import { commandOf } from "../../compound.ts";
import { type Argument, keyword } from "../../keyword.ts";

export interface Fifo {
  readonly path: string;
  readonly user: string | null; // null: that of keepalived
  readonly group: string | null; // null: the user's own
}

const owner = optional(text("USER"), null);

const fifo: Argument<Fifo> = {
  usage: "PATH [USER [GROUP]]",
  read(reading) {
    const path = text("PATH").read(reading);
    const [user, group] = [owner.read(reading), owner.read(reading)];
    return path === undefined ? undefined : { path, user: user ?? null, group: group ?? null };
  },
};

const pipe = (of: string, actsIn: "up" | null) =>
  keyword(`Pipe that ${of} written to`, fifo, { isFirst: true, actsIn });
const reader = (actsIn: "up" | null) =>
  keyword("Program that reads it, with its path behind the arguments", commandOf, {
    isFirst: true,
    actsIn,
  });

export const NOTIFY_FIFOS = {
  notify_fifo: pipe("all changes are", "up"),
  notify_fifo_script: reader("up"),
  vrrp_notify_fifo: pipe("changes of VRRP are", "up"),
  vrrp_notify_fifo_script: reader("up"),
  lvs_notify_fifo: pipe("changes of servers are", null),
  lvs_notify_fifo_script: reader(null),
  fifo_write_vrrp_states_on_reload: keyword("Writes all states again after a reload", present),
  rs_init_notifies: keyword("Runs notify_up and notify_down for the first state", flag, {
    default: "off",
  }),
} as const;
