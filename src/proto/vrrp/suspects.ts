/**
 * Programs that are known to take addresses of others from an interface, by the name that
 * /proc/PID/comm has for them, and the setting that keeps each from it.
 */

export interface Suspect {
  readonly program: string; // as people call it
  readonly pid: number;
  readonly remedy: string; // what to set, a clause
}

/** The names to look for: at most 15 bytes, as the kernel cuts them. */
export const suspectNames = (): readonly string[] => [...SUSPECTS.keys()];

/** @param processes in any order; of several with one name the lowest pid is told */
export function suspectsAmong(
  processes: readonly { readonly pid: number; readonly name: string }[],
  ifName: string,
): Suspect[] {
  const found = new Map<string, Suspect>();
  for (const { pid, name } of [...processes].sort((a, b) => a.pid - b.pid)) {
    const known = SUSPECTS.get(name);
    if (known === undefined || found.has(known.program)) continue;
    found.set(known.program, { program: known.program, pid, remedy: known.remedy(ifName) });
  }
  return [...found.values()];
}

interface Known {
  readonly program: string;
  readonly remedy: (ifName: string) => string;
}

const dhcpClient = (program: string): Known => ({
  program,
  remedy: (ifName) =>
    `its script flushes ${ifName} when a DHCP lease changes or ends; give ${ifName} a static address`,
});

const ifupdown: Known = {
  program: "ifupdown",
  remedy: (ifName) =>
    `it flushes ${ifName} when it takes it down; run no ifdown on ${ifName} while this router runs`,
};

const sameAddress = (program: string): Known => ({
  program,
  remedy: () => `it must not be set up for the same virtual addresses on this host`,
});

/** "static" alone would not do for networkd: it takes an address with a lifetime for one of DHCP. */
const SUSPECTS: ReadonlyMap<string, Known> = new Map(
  Object.entries({
    "systemd-network": {
      program: "systemd-networkd",
      remedy: (ifName) =>
        `set KeepConfiguration=yes in [Network] of the .network file of ${ifName}, with netplan critical: true`,
    },
    NetworkManager: {
      program: "NetworkManager",
      remedy: (ifName) =>
        `set unmanaged-devices=interface-name:${ifName} in [keyfile] of a file in /etc/NetworkManager/conf.d`,
    },
    connmand: {
      program: "connman",
      remedy: (ifName) =>
        `set NetworkInterfaceBlacklist=${ifName} in [General] of /etc/connman/main.conf`,
    },
    dhcpcd: {
      program: "dhcpcd",
      remedy: (ifName) => `set denyinterfaces ${ifName} in /etc/dhcpcd.conf`,
    },
    dhclient: dhcpClient("dhclient"),
    udhcpc: dhcpClient("udhcpc"),
    ifup: ifupdown,
    ifdown: ifupdown,
    keepalived: sameAddress("keepalived"),
    ucarp: sameAddress("ucarp"),
    pacemakerd: sameAddress("pacemaker"),
  }),
);
