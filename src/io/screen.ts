/** The terminal of this process as a screen of its own: console_codes(4), the alternate screen of xterm. */
import type { Screen, ScreenHandlers } from "./screen-ports.ts";

/** @returns undefined where standard input or output is no terminal that can be drawn on */
export function openScreen({ onKeys, onResize }: ScreenHandlers): Screen | undefined {
  const { stdin, stdout } = process;
  if (!stdin.isTTY || !stdout.isTTY || process.env.TERM === "dumb") return undefined;
  let drawn: readonly string[] = [];
  let isOpen = true;
  const hear = (bytes: Uint8Array): void => onKeys(new TextDecoder().decode(bytes));
  const resize = (): void => {
    drawn = [];
    stdout.write(CLEAR);
    onResize();
  };
  const close = (): void => {
    if (!isOpen) return;
    isOpen = false;
    process.off("exit", close);
    stdin.off("data", hear);
    stdout.off("resize", resize);
    stdin.setRawMode(false);
    stdin.pause();
    stdout.write(LEAVE);
  };
  process.on("exit", close); // also where an error or a second signal ends us
  stdin.setRawMode(true);
  stdin.on("data", hear);
  stdout.on("resize", resize);
  stdout.write(ENTER);
  return {
    get columns() {
      return stdout.columns;
    },
    get rows() {
      return stdout.rows;
    },
    draw: (lines) => {
      if (!isOpen) return;
      const changes = lines.flatMap((line, n) =>
        line === drawn[n] ? [] : `${lineAt(n)}${line}${PLAIN}`,
      );
      const rest = lines.length < drawn.length ? `${at(lines.length)}${BELOW}` : "";
      drawn = lines;
      if (changes.length > 0 || rest !== "") stdout.write(changes.join("") + rest);
    },
    close,
  };
}

const at = (line: number): string => `\x1b[${line + 1};1H`;
const lineAt = (line: number): string => `${at(line)}\x1b[2K`;
const BELOW = "\x1b[J";
const PLAIN = "\x1b[m";
const CLEAR = "\x1b[H\x1b[2J";
/** Another screen, no cursor, no wrapping of lines. */
const ENTER = `\x1b[?1049h\x1b[?25l\x1b[?7l${CLEAR}`;
const LEAVE = "\x1b[?7h\x1b[?25h\x1b[?1049l";
