/** Options of `ha up` for real servers, beyond what a keepalived.conf can say. */
import type { ServerCare } from "../../app/ha/up/servers/service-steering.ts";
import { formatIp, parseIp, sameIp } from "../../core/addr.ts";
import { UsageError } from "../../core/errors.ts";
import { ipAddress } from "../address-options.ts";
import { type ArgsOf, duration, flag, integer, list, refuse } from "../option.ts";

export const careOptions = {
  rise: integer({
    min: 1,
    max: 100,
    default: "1",
    describe: "So many checks in a row must succeed before a server that is down is up",
  }),
  "slow-start": duration({
    default: "0s",
    describe: "A server that comes back gets its weight in so long, up to 1h",
  }),
  drain: duration({
    default: "0s",
    describe: "A server that a reload takes out has so long to end its connections, up to 1h",
  }),
  "verify-certificates": flag({ describe: "Pages of SSL_GET need a certificate that is good" }),
  "server-name": list(
    {
      value: "ADDR=NAME",
      describe: "The real server ADDR is wherever NAME is, looked up each 30s",
    },
    serverName,
  ),
};

export const CARE_MANUAL = [
  "A keepalived.conf cannot say these; without them all is as with keepalived.",
  "With --rise N a real server that is down is up when N checks of it in a row have succeeded; meanwhile it is asked again after delay_before_retry. It is no matter to FILE_CHECK, which is not asked.",
  "With --slow-start 30s a real server that was down and comes back begins with weight 1 and gets its weight in 20 steps. A weight of 10 or more has room for that, one of 1 has none. The quorum goes by the whole weight from the start. One that is there from the start, or comes with a reload, has its weight at once.",
  "With --drain 30s a real server that a reload takes out of a virtual server stays at weight 0 until its connections are gone, or the time is over; without IPVS, until then. A virtual server that is taken out itself goes at once, with all of its servers, and so do servers that are leaving when the process of the checks has to be started anew.",
  "keepalived believes any certificate. With --verify-certificates one has to be for the name of its page, which is told to TLS too: sni_name, else virtualhost, without either the address. It has to be in its time, and from an authority of the host or of ca in the block SSL. What is wrong with it is told as vipkit check http tells it, and is a failure like any other.",
  "With --server-name 10.0.0.5=web1.example.com each real server that FILE has at 10.0.0.5 is at the address of this name instead, with its checks, and one of a name with several addresses is as many, 16 at most. Names are looked up before anything is checked, for 5s at most, and each 30s from then on. A change is told and is like a reload: the new ones come, then the old ones go. A name without an answer stays where it was, and is at the address of FILE before it had any. ha drain and ha weight know it by the address of FILE. keepalived goes on to read FILE as it is.",
];

export function careOf(args: ArgsOf<typeof careOptions>): ServerCare {
  const { rise, "slow-start": slowStartMs, drain: drainMs } = args;
  if (slowStartMs > MOST_MS) throw new UsageError("--slow-start is not within 0s to 1h");
  if (drainMs > MOST_MS) throw new UsageError("--drain is not within 0s to 1h");
  const names = args["server-name"];
  const twice = names.find((one, at) => names.findIndex(({ ip }) => sameIp(ip, one.ip)) < at);
  if (twice !== undefined)
    throw new UsageError(`--server-name has two names for ${formatIp(twice.ip)}`);
  const verifiesCertificates = args["verify-certificates"];
  return { rise, slowStartMs, drainMs, verifiesCertificates, names };
}

function serverName(text: string): ServerCare["names"][number] {
  const [, address = "", name] = /^([^=]*)=([\w.-]{1,253})$/.exec(text) ?? [];
  if (name === undefined) refuse("is not ADDR=NAME");
  const ip = ipAddress(address);
  if (parseIp(name) !== undefined) refuse("has an address in the place of a name");
  return { ip, name };
}

const MOST_MS = 3_600_000;
