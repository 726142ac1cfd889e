/** The routes and rules of a kernel of our own: requests from their bytes, refusals are Linux's. */
import assert from "node:assert/strict";
import { hasInPrefix, type IpBytes } from "../../src/core/addr.ts";
import { type NetlinkRequest, REQUEST_FLAGS } from "../../src/core/netlink/message.ts";
import { RTM } from "../../src/core/netlink/rtnl.ts";
import { addRoute, decodeRoute, type Route } from "../../src/core/netlink/rtnl-route.ts";
import { addRule, decodeRule, type Rule } from "../../src/core/netlink/rtnl-rule.ts";
import { routeKey } from "../../src/core/virtual-route.ts";
import type { NetlinkAnswer } from "../../src/io/ports.ts";

/** Links that routes lead over are not looked at. */
export class FakeRouting {
  routes: Route[] = [];
  rules: Rule[] = [];
  readonly #notify: (type: number, body: Uint8Array) => void;

  constructor(notify: (type: number, body: Uint8Array) => void) {
    this.#notify = notify;
  }

  /** @returns undefined where the request is not about routing. */
  answer(request: NetlinkRequest): NetlinkAnswer | undefined {
    switch (request.type) {
      case RTM.newRoute:
        return this.#newRoute(routeIn(request), request.flags);
      case RTM.deleteRoute:
        return this.#deleteRoute(routeIn(request));
      case RTM.getRoute: {
        const { protocol, table, destination } = routeIn(request);
        const family = request.body[0];
        if (request.flags === 0) return this.#routeTo(destination.ip);
        const found = this.routes.filter(
          (it) => it.protocol === protocol && (table === 0 || it.table === table),
        );
        const bodies = found.map(encodeRoute).filter((body) => body[0] === family);
        return { messages: bodies.map((body) => ({ type: RTM.newRoute, body })) };
      }
      case RTM.newRule:
        return this.#newRule(ruleIn(request));
      case RTM.deleteRule:
        return this.#deleteRule(ruleIn(request));
      case RTM.getRule: {
        const bodies = this.rules.map(encodeRule).filter((body) => body[0] === request.body[0]);
        return { messages: bodies.map((body) => ({ type: RTM.newRule, body })) };
      }
      default:
        return undefined;
    }
  }

  /** The way that a packet takes: the longest prefix wins. */
  #routeTo(ip: IpBytes): NetlinkAnswer {
    const [found] = this.routes
      .filter(
        ({ destination }) => destination.ip.length === ip.length && hasInPrefix(destination, ip),
      )
      .sort((a, b) => b.destination.prefixLength - a.destination.prefixLength);
    if (found === undefined) return refusal("ENETUNREACH");
    return { messages: [{ type: RTM.newRoute, body: encodeRoute(found) }] };
  }

  /** As another program does it. */
  removeRoute(route: Route | undefined): void {
    assert.ok(route !== undefined);
    this.routes = this.routes.filter((it) => it !== route);
    this.#notify(RTM.deleteRoute, encodeRoute(route));
  }

  removeRule(rule: Rule | undefined): void {
    assert.ok(rule !== undefined);
    this.rules = this.rules.filter((it) => it !== rule);
    this.#notify(RTM.deleteRule, encodeRule(rule));
  }

  #newRoute(route: Route, flags: number): NetlinkAnswer {
    const other = this.routes.find((it) => routeKey(it) === routeKey(route));
    if (other !== undefined && flags & REQUEST_FLAGS.exclusive) return refusal("EEXIST");
    this.routes = [...this.routes.filter((it) => it !== other), route];
    this.#notify(RTM.newRoute, encodeRoute(route));
    return { messages: [] };
  }

  #deleteRoute(wanted: Route): NetlinkAnswer {
    const found = this.routes.find(
      (it) => routeKey(it) === routeKey(wanted) && it.protocol === wanted.protocol,
    );
    if (found === undefined) return refusal("ESRCH");
    this.removeRoute(found);
    return { messages: [] };
  }

  #newRule(asked: Rule): NetlinkAnswer {
    const rule = asked.priority === 0 ? { ...asked, priority: 32765 - this.rules.length } : asked;
    if (this.rules.some((it) => isSameRule(it, rule))) return refusal("EEXIST");
    this.rules = [...this.rules, rule];
    this.#notify(RTM.newRule, encodeRule(rule));
    return { messages: [] };
  }

  #deleteRule(wanted: Rule): NetlinkAnswer {
    const found = this.rules.find((it) => isSameRule(it, wanted));
    if (found === undefined) return refusal("ENOENT");
    this.removeRule(found);
    return { messages: [] };
  }
}

/** A request to add one and the kernel's word about it have one form. */
const encodeRoute = (route: Route): Uint8Array => addRoute(route).body;
const encodeRule = (rule: Rule): Uint8Array => addRule(rule).body;
const isSameRule = (a: Rule, b: Rule): boolean => String(encodeRule(a)) === String(encodeRule(b));

function routeIn({ body }: NetlinkRequest): Route {
  const route = decodeRoute(body);
  assert.ok(route.ok);
  return route.value;
}

function ruleIn({ body }: NetlinkRequest): Rule {
  const rule = decodeRule(body);
  assert.ok(rule.ok);
  return rule.value;
}

const refusal = (code: string): NetlinkAnswer => ({
  messages: [],
  refusal: { code, detail: "the kernel refuses" },
});
