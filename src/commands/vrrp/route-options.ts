/** The options of `vrrp run` for routes and rules that follow mastership. */
import type { VrrpInstance } from "../../app/vrrp/instance.ts";
import type { Family } from "../../core/addr.ts";
import type { Parsed } from "../../core/clauses.ts";
import { UsageError } from "../../core/errors.ts";
import { formatVirtualRoute, parseVirtualRoute, routeKey } from "../../core/virtual-route.ts";
import { formatVirtualRule, parseVirtualRule } from "../../core/virtual-rule.ts";
import { type ArgsOf, list } from "../option.ts";

/** The family of the virtual addresses is not known before all options are read. */
const asGiven = (text: string): string => text;

export const routeOptions = {
  route: list(
    {
      value: "ROUTE",
      describe: "Route that is there while MASTER, in the words of ip route, quoted; once for each",
    },
    asGiven,
  ),
  rule: list(
    {
      value: "RULE",
      describe: "Policy rule that is there while MASTER, in the words of ip rule; once for each",
    },
    asGiven,
  ),
};

/** @param family what routes and rules are of whose words do not tell. @throws UsageError */
export function routingOf(
  args: ArgsOf<typeof routeOptions>,
  family: Family,
): VrrpInstance["routing"] {
  const routes = args.route.map((text) => parsed("--route", text, parseVirtualRoute(text, family)));
  const rules = args.rule.map((text) => parsed("--rule", text, parseVirtualRule(text, family)));
  refuseTwice("--route", routes.map(routeKey), routes.map(formatVirtualRoute));
  refuseTwice("--rule", rules.map(formatVirtualRule), rules.map(formatVirtualRule));
  return { routes, rules };
}

function parsed<T>(option: string, text: string, result: Parsed<T>): T {
  if (result.ok) return result.value;
  throw new UsageError(`${option} ${JSON.stringify(text)} ${result.reason}`);
}

function refuseTwice(option: string, keys: readonly string[], texts: readonly string[]): void {
  for (const [index, key] of keys.entries()) {
    const first = keys.indexOf(key);
    if (first === index) continue;
    const what = "are one and the same to the kernel; a metric or priority can tell them apart";
    throw new UsageError(`${option} ${texts[first]} and ${option} ${texts[index]} ${what}`);
  }
}
