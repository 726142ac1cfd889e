/** A configuration as it is in force for IPVS: virtual servers, real servers and their health checks. */
import { familyOf } from "../../core/addr.ts";
import { didYouMean } from "../../core/closest.ts";
import {
  DUPLICATE_REAL_SERVER,
  DUPLICATE_SERVICE,
  NO_REAL_SERVER,
  NO_SUCH_GROUP,
} from "../codes/lvs.ts";
import type { VirtualService } from "../entries/service.ts";
import { finding, type Report } from "../finding.ts";
import { isBlamed, type Setting } from "../keyword.ts";
import type { Span } from "../place.ts";
import type { Configuration } from "../tables/root.ts";
import { VIRTUAL_SERVER } from "../tables/virtual-server.ts";
import { completeFlags, completeProtocol, completeQuorum, completeScheduler } from "./balancing.ts";
import { effectiveOf } from "./defaults.ts";
import type { Definitions } from "./definitions.ts";
import { completeFamilies } from "./families.ts";
import type { Globals } from "./globals.ts";
import { byDefault } from "./in-force.ts";
import { completePort } from "./ports.ts";
import type { WrittenServer } from "./real-server.ts";
import { beginRealServer, checkRealServer, mailsOf, nameOfEndpoint } from "./real-server.ts";
import { type ServerGroup, serverGroupsOf } from "./server-group.ts";
import { keyOf, ServiceCompletion, type WrittenService } from "./service-completion.ts";
import { sorryServerOf } from "./sorry-server.ts";
import type { EffectiveVirtualServer } from "./virtual-server.ts";

export interface EffectiveLvs {
  readonly groups: readonly ServerGroup[];
  readonly servers: readonly EffectiveVirtualServer[]; // without those that keepalived ignores
}

/** @param report told what keepalived corrects and rejects, and what it corrects without a word */
export function effectiveLvs(
  conf: Configuration,
  definitions: Definitions,
  globals: Globals,
  report: Report,
): EffectiveLvs {
  const groups = serverGroupsOf(conf.virtual_server_group, report);
  const servers = conf.virtual_server.flatMap((setting) => {
    const completion = begin(setting, groups, globals, report);
    return complete(completion, groups, definitions, globals) ? [completion.draft] : [];
  });
  findSecondOnes(servers, report);
  return { groups: [...groups.values()], servers };
}

function begin(
  { value: { name: service, body }, span }: Setting<WrittenService>,
  groups: ReadonlyMap<string, ServerGroup>,
  globals: Globals,
  report: Report,
): ServiceCompletion {
  const family = service.by === "address" ? familyOf(service.ip) : null;
  const more = {
    name: nameOf(service),
    span,
    service,
    members: (service.by === "group" && groups.get(service.name)?.members) || [],
    family:
      family === null
        ? byDefault(null)
        : { value: family, origin: { kind: "written" as const, span } },
    servers: [],
    sorry: null,
  };
  // What has no value by its row gets one by the steps.
  const raw: unknown = effectiveOf(VIRTUAL_SERVER, body, globals, more);
  const draft = raw as ServiceCompletion["draft"];
  // Each check has one of its own where none is written.
  if (body.warmup === null) draft.warmup = byDefault(null);
  if (body.smtp_alert === null) draft.smtp_alert = mailsOf(globals, false);
  return new ServiceCompletion(draft, body, report);
}

function nameOf(service: VirtualService): string {
  if (service.by === "group") return `group ${service.name}`;
  return service.by === "fwmark" ? `fwmark ${service.mark}` : nameOfEndpoint(service);
}

/** In the order of keepalived. @returns whether it uses the virtual server */
function complete(
  completion: ServiceCompletion,
  groups: ReadonlyMap<string, ServerGroup>,
  definitions: Definitions,
  globals: Globals,
): boolean {
  const { draft, written, report } = completion;
  const { service, name } = draft;
  const reached = completeFamilies(completion);
  completeFlags(completion);
  if (service.by === "group" && draft.members.length === 0) {
    const message = () =>
      `there is no virtual_server_group ${service.name}${didYouMean(service.name, groups.keys())}`;
    completion.tell(NO_SUCH_GROUP, null, message);
    return false;
  }
  if (written.real_server.length === 0 && !isBlamed(written, "real_server")) {
    completion.tell(NO_REAL_SERVER, null, `virtual_server ${name} has no real_server`);
  }
  if (reached.length === 0) return false;
  completeProtocol(completion);
  completeScheduler(completion);
  const servers = withoutSecondOnes(completion, reached).map((setting) => ({
    completing: beginRealServer(setting, draft, globals, report),
    setting,
  }));
  draft.servers = servers.map(({ completing }) => completing.draft);
  const weight = draft.servers.reduce((sum, one) => sum + one.weight.value, 0);
  completeQuorum(completion, weight);
  const sorry = sorryServerOf(completion);
  for (const { completing, setting } of servers) {
    completePort(completion, completing, `real_server ${nameOfEndpoint(setting.value.name)}`);
    checkRealServer(completing, setting.value, draft, definitions, globals);
  }
  if (sorry === null) return true;
  draft.sorry = sorry.draft;
  const { ip, port } = sorry.draft;
  const what = `sorry_server ${nameOfEndpoint({ ip, port: port.value })}`;
  // Without a port it has none, unlike a real server.
  if (port.value !== null) completePort(completion, sorry, what);
  return true;
}

function withoutSecondOnes(
  completion: ServiceCompletion,
  settings: readonly Setting<WrittenServer>[],
): Setting<WrittenServer>[] {
  const seen = new Map<string, Span>();
  return settings.filter(({ value: { name }, span }) => {
    const key = keyOf(name);
    const before = seen.get(key);
    if (before === undefined) {
      seen.set(key, span);
      return true;
    }
    const message = `real_server ${nameOfEndpoint(name)} is in virtual_server ${completion.draft.name} already`;
    const related = [{ span: before, message: "first written here" }];
    completion.tell(DUPLICATE_REAL_SERVER, span, message, { related });
    return false;
  });
}

function findSecondOnes(servers: readonly EffectiveVirtualServer[], report: Report): void {
  const seen = new Map<string, Span>();
  for (const { name, service, protocol, family, span } of servers) {
    const of = service.by === "address" ? `${protocol.value} ` : `${family.value} `;
    const key = of + (service.by === "address" ? keyOf(service) : name);
    const before = seen.get(key);
    if (before === undefined) {
      seen.set(key, span);
      continue;
    }
    const related = [{ span: before, message: "first written here" }];
    const message = `virtual_server ${name} is written before`;
    report(finding(DUPLICATE_SERVICE, span, message, { related }));
  }
}
