/** `vipkit check tcp` on a network without wires, in virtual time. */
import { type InProcess, type Ran, runInProcess } from "./cli.ts";
import { quietStream } from "./fake-net.ts";
import { FakePorts } from "./fake-ports.ts";

/** A host where 10.0.0.1:80 and 10.0.0.2:80 let in, 10.0.0.8:80 and 10.0.0.81-83:80 are silent, the others refuse. */
export function checkHost(): FakePorts {
  const ports = new FakePorts();
  for (const open of ["10.0.0.1:80", "10.0.0.2:80"]) ports.net.ports.set(open, quietStream());
  for (const mute of ["8", "81", "82", "83"]) ports.net.ports.set(`10.0.0.${mute}:80`, "silent");
  ports.net.ports.set("10.0.0.9:80", "ENETUNREACH");
  return ports;
}

/** Runs it to its end, in at most so much time. @param during is done after so many milliseconds each */
export async function checkTcpRan(
  line: string,
  given: InProcess & {
    ports?: FakePorts;
    passMs?: number;
    during?: readonly (readonly [number, () => void])[];
  } = {},
): Promise<Ran & { readonly ports: FakePorts; readonly out: string[]; readonly err: string[] }> {
  const { ports = checkHost(), passMs = 10_000, during = [], ...rest } = given;
  const running = runInProcess(["check", "tcp", ...line.split(" ")], { ...rest, ports });
  let ran: Ran | undefined;
  void running.then((it) => {
    ran = it;
  });
  await untilLoaded(ports, () => ran !== undefined);
  let leftMs = passMs;
  for (const [ms, act] of during) {
    await ports.clock.pass(ms);
    leftMs -= ms;
    act();
  }
  await ports.clock.pass(leftMs);
  const done = await running;
  return { ...done, ports, out: linesOf(done.stdout), err: linesOf(done.stderr) };
}

const linesOf = (text: string): string[] => text.split("\n").slice(0, -1);

/** The command is loaded from files first, which takes turns of the real loop: until it set a timer. */
async function untilLoaded(ports: FakePorts, isDone: () => boolean): Promise<void> {
  while (ports.clock.pending === 0 && !isDone())
    await new Promise((resolve) => setImmediate(resolve));
}
