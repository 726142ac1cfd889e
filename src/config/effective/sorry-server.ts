/** The sorry server of a virtual one: what is said of it counts behind it alone. */
import { familyOf, formatIp, sameIp } from "../../core/addr.ts";
import { OTHER_FAMILY, SORRY_INHIBIT, SORRY_TOO_EARLY } from "../codes/lvs.ts";
import type { Setting } from "../keyword.ts";
import { comparePlaces } from "../place.ts";
import { Completing } from "./completing.ts";
import { byDefault, inherited, written } from "./in-force.ts";
import type { ServiceCompletion } from "./service-completion.ts";
import type { EffectiveSorryServer } from "./virtual-server.ts";

/** @returns null where there is none, or keepalived leaves it out */
export function sorryServerOf(service: ServiceCompletion): Completing<EffectiveSorryServer> | null {
  const { draft, written: body } = service;
  const { sorry_server: server } = body;
  const method = behindServer(service, "sorry_server_lvs_method", body.sorry_server_lvs_method);
  const inhibit = behindServer(service, "sorry_server_inhibit", body.sorry_server_inhibit);
  if (server === null) return null;
  const { ip, port } = server.value;
  const lvs_method =
    method === null ? inherited(`virtual_server ${draft.name}`, draft.lvs_method) : written(method);
  const { family } = draft;
  if (lvs_method.value.method !== "TUN" && family.value !== null && family.value !== familyOf(ip)) {
    const message = `sorry_server ${formatIp(ip)} is IPv${familyOf(ip)}, the virtual server IPv${family.value}`;
    const help = "sorry_server_lvs_method TUN leads to the other family";
    service.tell(OTHER_FAMILY, server.span, message, { help });
    return null;
  }
  const completing = new Completing<EffectiveSorryServer>(
    {
      span: server.span,
      ip,
      port: { value: port, origin: { kind: "written", span: server.span } },
      lvs_method,
      inhibit: inhibit === null ? byDefault(false) : written<boolean>(inhibit),
    },
    service.report,
  );
  matchRealServer(service, completing);
  return completing;
}

function behindServer<V>(
  service: ServiceCompletion,
  name: string,
  setting: Setting<V> | null,
): Setting<V> | null {
  const { sorry_server: server } = service.written;
  if (setting === null) return null;
  if (server !== null && comparePlaces(server.keyword.place, setting.keyword.place) < 0) {
    return setting;
  }
  const message =
    server === null
      ? `'${name}' means nothing without sorry_server`
      : `'${name}' stands in front of sorry_server, and is ignored`;
  service.tell(SORRY_TOO_EARLY, setting.keyword, message);
  return null;
}

/** A real server may be the sorry server too. */
function matchRealServer(
  { draft }: ServiceCompletion,
  sorry: Completing<EffectiveSorryServer>,
): void {
  const { ip, port, inhibit } = sorry.draft;
  const real = draft.servers.find((one) => sameIp(one.ip, ip) && one.port.value === port.value);
  if (real === undefined || real.inhibit_on_failure.value === inhibit.value) return;
  const { value } = real.inhibit_on_failure;
  const message = `sorry_server ${formatIp(ip)} is a real server ${value ? "with" : "without"} inhibit_on_failure, and becomes so`;
  const related = [{ span: real.span, message: "the real server" }];
  sorry.correct("inhibit", value, SORRY_INHIBIT, message, { related });
}
