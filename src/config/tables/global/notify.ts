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

const USED_ONCE = { isFirst: true, actsIn: "up" } as const;
const pipe = (of: string) => keyword(`Pipe that ${of} written to`, fifo, USED_ONCE);
const READER = keyword(
  "Program that reads it, with its path behind the arguments",
  commandOf,
  USED_ONCE,
);

export const NOTIFY_FIFOS = {
  notify_fifo: pipe("all changes are"),
  notify_fifo_script: READER,
  vrrp_notify_fifo: pipe("changes of VRRP are"),
  vrrp_notify_fifo_script: READER,
  lvs_notify_fifo: pipe("changes of servers are"),
  lvs_notify_fifo_script: READER,
  fifo_write_vrrp_states_on_reload: keyword("Writes all states again after a reload", present, {
    actsIn: "up",
  }),
  rs_init_notifies: keyword("Runs notify_up and notify_down for the first state", flag, {
    default: "off",
    actsIn: "up",
  }),
} as const;
