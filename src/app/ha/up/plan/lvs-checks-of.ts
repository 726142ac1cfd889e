/** From the health checks of a real server, as they are in force, to what is asked of it, and how often. */
import type { Globals } from "../../../../config/effective/globals.ts";
import { isSaid } from "../../../../config/effective/in-force.ts";
import type { CheckOf, EffectiveCheck } from "../../../../config/effective/virtual-server.ts";
import type { Configuration } from "../../../../config/tables/root.ts";
import type { Ports, TlsFiles } from "../../../../io/ports.ts";
import { pagesOf } from "./lvs-pages-of.ts";
import type { PlannedCheck, PlannedProbe, PlannedWay } from "./lvs-plan.ts";
import type { Programs } from "./programs.ts";

type Connecting = Exclude<EffectiveCheck["kind"], "MISC_CHECK" | "FILE_CHECK" | "BFD_CHECK">;

export class CheckPlanner {
  readonly #configuration: Pick<Configuration, "SSL">;
  readonly #globals: Globals;
  readonly #programs: Programs;
  readonly #ports: Pick<Ports, "readSecretFile">;
  readonly #note: (text: string) => void;
  #tls: TlsFiles | undefined;

  constructor(
    configuration: Pick<Configuration, "SSL">,
    globals: Globals,
    programs: Programs,
    ports: Pick<Ports, "readSecretFile">,
    note: (text: string) => void,
  ) {
    this.#configuration = configuration;
    this.#globals = globals;
    this.#programs = programs;
    this.#ports = ports;
    this.#note = note;
  }

  /** @param name by which it is told of. @returns none where it cannot be, which is noted */
  plan(check: EffectiveCheck, name: string): PlannedCheck[] {
    const probe = this.#probe(check, name);
    if (probe === undefined) return [];
    const general = this.#globals.checker_log_all_failures.value ?? false;
    if (check.kind === "BFD_CHECK") return [];
    if (check.kind === "FILE_CHECK") return [{ ...AT_ONCE, kind: check.kind, probe }];
    const { kind, values } = check;
    return [
      {
        kind,
        isAlpha: values.alpha.value,
        retries: retriesOf(check),
        delayMs: values.delay_loop.value,
        retryDelayMs: values.delay_before_retry.value,
        warmupMs: values.warmup.value,
        limitMs: "connect_timeout" in values ? values.connect_timeout.value : runLimitMs(values),
        tellsAll: values.log_all_failures.value ?? general,
        probe,
      },
    ];
  }

  #probe(check: EffectiveCheck, name: string): PlannedProbe | undefined {
    switch (check.kind) {
      case "TCP_CHECK":
        return this.#to(check, name, (way) => ({ ...way, by: "tcp" }));
      case "HTTP_GET":
      case "SSL_GET":
        return this.#to(check, name, (way) => this.#http(check, way, name));
      case "SMTP_CHECK": {
        const helo = check.values.helo_name.value ?? "smtpchecker.keepalived.org";
        return this.#to(check, name, (way) => ({ ...way, by: "smtp", helo }));
      }
      case "DNS_CHECK": {
        const { name: asked, type } = check.values;
        const question = { name: asked.value ?? ".", type: type.value ?? "SOA" };
        return this.#to(check, name, (way) => ({ ...way, by: "dns", question }));
      }
      case "UDP_CHECK":
        return this.#to(check, name, (way) => ({ ...way, by: "udp", ...udpOf(check.values) }));
      case "PING_CHECK":
        return { ...this.#way(check), by: "ping" };
      case "MISC_CHECK":
        return this.#program(check);
      case "FILE_CHECK": {
        const { track_file: file, weight } = check.values;
        const { weight: factor = 1, isReversed = false } = weight.value ?? {};
        return { by: "file", file: file.value ?? "", factor: isReversed ? -factor : factor };
      }
      case "BFD_CHECK":
        this.#note(`${name} is without effect: there is no BFD here`);
        return undefined;
    }
  }

  #to(
    check: CheckOf<Connecting>,
    name: string,
    make: (way: PlannedWay) => PlannedProbe,
  ): PlannedProbe | undefined {
    const way = this.#way(check);
    if (way.port > 0) return make(way);
    this.#note(`${name} is left out: nothing says to which port it goes`);
    return undefined;
  }

  #way({ values }: CheckOf<Connecting>): PlannedWay {
    const { connect_ip: ip, connect_port: port, bindto, bind_if, fwmark } = values;
    return {
      ip: ip.value,
      port: port.value ?? 0,
      source: bindto.value,
      ifName: bind_if.value,
      mark: fwmark.value === 0 ? null : fwmark.value,
    };
  }

  #http(check: CheckOf<"HTTP_GET" | "SSL_GET">, way: PlannedWay, name: string): PlannedProbe {
    const isTls = check.kind === "SSL_GET";
    const version = check.values.http_protocol.value === "1.1" ? "1.1" : "1.0";
    const pages = pagesOf(check.values, way, isTls, (text) => this.#note(`${name}: ${text}`));
    const tls = isTls ? this.#files() : null;
    return { ...way, by: "http", tls, verifies: false, version, pages };
  }

  /** What the SSL block names. */
  #files(): TlsFiles {
    if (this.#tls !== undefined) return this.#tls;
    const { ca, certificate, key } = this.#configuration.SSL?.value ?? {};
    const read = (path: string | undefined): string | null =>
      path === undefined ? null : this.#ports.readSecretFile(path).text;
    const files = { certificate: read(certificate?.value), key: read(key?.value) };
    this.#tls = { ca: read(ca?.value), ...files };
    return this.#tls;
  }

  #program({ values }: CheckOf<"MISC_CHECK">): PlannedProbe | undefined {
    const { misc_path: path, user: as, misc_dynamic: dynamic } = values;
    if (path.value === null) return undefined;
    const { user = null, group = null } = as.value ?? {};
    const command = { ...path.value, user, group };
    const planned = this.#programs.plan({ value: command, origin: path.origin });
    if (planned === null) return undefined;
    return { ...planned, by: "program", isWeighted: dynamic.value !== null };
  }
}

/** A file is no matter of time. */
const AT_ONCE = {
  ...{ isAlpha: false, tellsAll: false, retries: 0 },
  ...{ delayMs: 0, retryDelayMs: 0, warmupMs: 0, limitMs: 0 },
} as const;

const runLimitMs = ({ misc_timeout }: CheckOf<"MISC_CHECK">["values"]): number =>
  (misc_timeout.value ?? 60) * 1000;

function retriesOf({
  values,
}: Exclude<EffectiveCheck, CheckOf<"FILE_CHECK" | "BFD_CHECK">>): number {
  const old = "nb_get_retry" in values && isSaid(values.nb_get_retry) ? values.nb_get_retry : null;
  return old?.value ?? values.retry.value;
}

/** Without a payload anything will do: what answers is the port. */
function udpOf(values: CheckOf<"UDP_CHECK">["values"]) {
  const { payload, require_reply: reply, min_reply_length: min, max_reply_length: max } = values;
  const mask = reply.value;
  return {
    payload: payload.value ?? new TextEncoder().encode("vipkit"),
    want: {
      required: isSaid(reply),
      minBytes: min.value ?? 0,
      maxBytes: max.value ?? 255,
      patterns: mask === null ? [] : [{ kind: "masked" as const, mask, text: "require_reply" }],
    },
  };
}
