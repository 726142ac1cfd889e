/** The demo's LAN as a picture for the terminal: who hangs on it, whose cable is cut, who serves. */

export interface StationView {
  readonly name: string;
  readonly address: string;
}

export interface NodeView extends StationView {
  readonly state: string;
  readonly connected: boolean;
}

/** Nine lines; a node that is MASTER carries the virtual address. */
export function drawLan(client: StationView, nodes: readonly NodeView[], vip: string): string {
  const below = (texts: readonly string[]) =>
    texts
      .map((text) => centre(text))
      .join("")
      .trimEnd();
  const above = (text: string) => centre(text, WIDTH * nodes.length).trimEnd();
  const wire = "─".repeat(WIDTH / 2 - 1);
  return [
    above(client.name),
    above(client.address),
    above("│"),
    ` ${" ".repeat(WIDTH / 2 - 1)}┌${wire}┴${wire}┐`,
    below(nodes.map(({ connected }) => (connected ? "│" : "╳"))),
    below(nodes.map(({ name }) => name)),
    below(nodes.map(({ address }) => address)),
    below(nodes.map(({ state }) => state)),
    below(nodes.map(({ state }) => (state === "MASTER" ? vip : ""))),
  ].join("\n");
}

function centre(text: string, width: number = WIDTH): string {
  const left = Math.floor((width - text.length + 1) / 2);
  return `${" ".repeat(left)}${text}`.padEnd(width);
}

const WIDTH = 24; // columns of one node, even
