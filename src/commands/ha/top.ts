/** `ha top`: a live screen of all that a running `ha up` is and does. */
import { followHa } from "../../app/ha/follow.ts";
import type { HaStatusRecord } from "../../app/ha/up/parent/status.ts";
import { UsageError } from "../../core/errors.ts";
import { printable } from "../../core/printable.ts";
import type { Screen } from "../../io/ports.ts";
import { defineCommand, type Paint } from "../define.ts";
import { ExitCode } from "../exit-code.ts";
import { haNameOption, socketOf } from "./ha-name-option.ts";
import { topScreen } from "./top-screen.ts";

export const haTop = defineCommand({
  name: "ha top",
  summary: "Watch a running ha up on a live screen",
  description: [
    "One screen, drawn anew each second and whenever something happens: each router with its state, since when, its priority, who is master, how many of its addresses are there, and its faults; sync groups; what is tracked, with the last output of each script; virtual servers; the processes of ha up, how often they were started again and how late their loops are; maintenance; and the latest event. Wants 80 columns and 24 lines, and uses what there is.",
    "q or Ctrl-C ends it. What has no room is scrolled to: arrows or j and k by a line, PgUp and PgDn or the space bar by a page, Home and End or g and G to the ends. The terminal is given back as it was, however it ends.",
  ],
  options: { ...haNameOption },
  examples: [
    ["ha top", "Until q"],
    ["ha top --name blue", "Of several that run here"],
    ["ha top --color never", "Without colours"],
  ],
  exitStatus: {
    0: "Was quit.",
    1: "ha up ended.",
    2: "Cannot tell: no ha up runs here, too many watch it already, or this is no terminal.",
  },
  seeAlso: ["vipkit-ha-status(8)", "vipkit-ha-events(8)"],
  async run(args, ctx) {
    const quit = new AbortController();
    const signal = AbortSignal.any([ctx.signal, ctx.unread, quit.signal]);
    const top = new Top(ctx.paint, () => quit.abort());
    const screen = ctx.ports.openScreen(top);
    if (screen === undefined) throw new UsageError("is for a terminal: see ha status --watch");
    try {
      top.show(screen);
      await followHa(socketOf(args), top, signal, ctx.ports);
    } finally {
      screen.close();
    }
    if (signal.aborted) return ExitCode.ok;
    ctx.stderr("ha up has ended");
    return ExitCode.negative;
  },
});

/** What is known, and what of it is shown. */
class Top {
  readonly #paint: Paint;
  readonly #quit: () => void;
  #screen: Screen | undefined;
  #status: HaStatusRecord | undefined;
  #first = 0;
  #page = 1;
  #news = "";
  #silence: string | null = null;

  constructor(paint: Paint, quit: () => void) {
    this.#paint = paint;
    this.#quit = quit;
  }

  show(screen: Screen): void {
    this.#screen = screen;
  }

  readonly onStatus = (status: HaStatusRecord): void => {
    [this.#status, this.#silence] = [status, null];
    this.#draw();
  };

  readonly onEvent = (record: Readonly<Record<string, unknown>>): void => {
    this.#news = newsOf(record);
  };

  readonly onSilence = (reason: string): void => {
    this.#silence = reason;
    this.#draw();
  };

  readonly onResize = (): void => this.#draw();

  readonly onKeys = (text: string): void => {
    for (const [key] of text.matchAll(KEYS)) {
      if (key === "q" || key === "Q" || key === CTRL_C) this.#quit();
      this.#first = Math.max(0, this.#first + this.#stepOf(key));
    }
    this.#draw();
  };

  #stepOf(key: string): number {
    if (["j", "\x1b[B", "\x1bOB"].includes(key)) return 1;
    if (["k", "\x1b[A", "\x1bOA"].includes(key)) return -1;
    if ([" ", "\x1b[6~"].includes(key)) return this.#page;
    if (["b", "\x1b[5~"].includes(key)) return -this.#page;
    if (["G", "\x1b[F", "\x1b[4~", "\x1bOF"].includes(key)) return Number.MAX_SAFE_INTEGER;
    if (["g", "\x1b[H", "\x1b[1~", "\x1bOH"].includes(key)) return -Number.MAX_SAFE_INTEGER;
    return 0;
  }

  #draw(): void {
    if (this.#screen === undefined || this.#status === undefined) return;
    const { columns, rows } = this.#screen;
    const view = { columns, rows, first: this.#first, news: this.#news, silence: this.#silence };
    const { lines, first, page } = topScreen(this.#status, view, this.#paint);
    [this.#first, this.#page] = [first, page];
    this.#screen.draw(lines);
  }
}

/** `12:34:56 VI_1: backup -> master`. */
function newsOf(record: Readonly<Record<string, unknown>>): string {
  const { ts, type, instance, from, to, kind, name, state, text, role } = record;
  const time = typeof ts === "string" ? ts.slice(11, 19) : "";
  const who = typeof instance === "string" ? `${instance}: ` : "";
  const said = (): string => {
    if (type === "transition" || type === "priority") return `${type} ${from} -> ${to}`;
    if (type === "tracked") return `${kind} ${name} is ${state}`;
    if (type === "trouble" && role !== undefined) return `${role}: ${text}`;
    return typeof text === "string" ? text : `${type}`;
  };
  return printable(`${time} ${who}${said()}`);
}

const CTRL_C = "\x03";
/** An escape sequence (CSI, SS3), or a character. */
const KEYS = /\p{Cc}\[[\d;]*[A-Za-z~]|\p{Cc}O[A-Z]|./gsu;
