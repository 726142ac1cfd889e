/** What a process does to itself, and signals that a test sends. */
import type { DaemonPorts, DumpSignal, Ports } from "../../src/io/ports.ts";

export class FakeDaemon implements DaemonPorts {
  /** What those run who wait for a signal. */
  readonly signals = new Map<DumpSignal, () => void>();

  stderrIsJournal: boolean = false;
  /** What syslog was sent, and whether it takes more. */
  readonly syslog: string[] = [];
  takesSyslog: boolean = true;

  readonly sendSyslog: DaemonPorts["sendSyslog"] = (datagram) => {
    if (this.takesSyslog) this.syslog.push(new TextDecoder().decode(datagram));
    return this.takesSyslog;
  };

  readonly reapOrphans = () => ({ close: () => {} });

  rtPriority: number | undefined;
  nice: number | undefined;
  name: string | undefined;

  readonly scheduleNice: DaemonPorts["scheduleNice"] = (nice) => {
    this.nice = nice;
  };

  readonly nameProcess: DaemonPorts["nameProcess"] = (name) => {
    this.name = name;
  };

  readonly scheduleRealtime: Ports["scheduleRealtime"] = (priority) => {
    this.rtPriority = priority;
  };

  readonly onSignal: DaemonPorts["onSignal"] = (signal, run) => {
    this.signals.set(signal, run);
    return { close: () => void this.signals.delete(signal) };
  };
}
