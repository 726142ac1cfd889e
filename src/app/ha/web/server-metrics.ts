/** Virtual and real servers of a running `ha up` as metrics. */
import type { MetricFamily, MetricSample } from "../../../io/ports.ts";
import type { ServerRecord, ServiceRecord } from "../up/servers/server-status.ts";

export const serverMetrics = (services: readonly ServiceRecord[]): MetricFamily[] => [
  gauge(
    "virtual_server_up",
    "Whether it has its quorum.",
    services.map(({ service, state }) => ({ labels: { service }, value: Number(state === "up") })),
  ),
  gauge(
    "virtual_server_weight",
    "Weight of its real servers that are up.",
    services.map(({ service, weight }) => ({ labels: { service }, value: weight })),
  ),
  gauge(
    "real_server_up",
    "Whether it gets connections.",
    eachServer(services, ({ state }, labels) => [{ labels, value: Number(state === "up") }]),
  ),
  gauge(
    "real_server_weight",
    "Its weight now.",
    eachServer(services, ({ weight }, labels) => [{ labels, value: weight }]),
  ),
  gauge(
    "real_server_check_success",
    "Whether the check is well; absent while that is unknown.",
    eachServer(services, ({ checks }, labels) =>
      checks.flatMap(({ check, state }, index) =>
        state === "unknown"
          ? []
          : [
              {
                labels: { ...labels, check, number: `${index + 1}` },
                value: Number(state === "up"),
              },
            ],
      ),
    ),
  ),
];

type Labels = MetricSample["labels"];

const eachServer = (
  services: readonly ServiceRecord[],
  samplesOf: (server: ServerRecord, labels: Labels) => readonly MetricSample[],
): MetricSample[] =>
  services.flatMap(({ service, servers }) =>
    servers.flatMap((one) => samplesOf(one, { service, server: one.server })),
  );

const gauge = (name: string, help: string, samples: readonly MetricSample[]): MetricFamily => ({
  name,
  help,
  type: "gauge",
  samples,
});
