import type { VrrpCompany, VrrpConfig } from "../../src/proto/vrrp/config.ts";
import { VrrpMachine } from "../../src/proto/vrrp/machine.ts";
import { testScenarios } from "../support/scenario.ts";
import { vrrpConfig } from "../support/vrrp.ts";

testScenarios(
  "vrrp",
  ({ company, ...changes }: Partial<VrrpConfig> & { readonly company?: VrrpCompany }) =>
    new VrrpMachine(vrrpConfig(changes), company),
);
