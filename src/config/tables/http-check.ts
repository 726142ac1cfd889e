/** HTTP_GET and SSL_GET: pages that are asked for, and what has to come. */
import { flag, integer, oneOfAnyCase, present, text } from "../arguments.ts";
import { blockOf, needing } from "../block.ts";
import { several } from "../compound.ts";
import { digest, regex, regexOption, regexStack, statusCode } from "../entries/http.ts";
import { acting, keyword, keywords } from "../keyword.ts";
import { CHECK, CONNECTION } from "./checker-common.ts";

const offset = integer(0, Number.MAX_SAFE_INTEGER);

const TLS_COMPLIANT = keyword(
  "Ends TLS as its RFC says, with an answer to the closing alert",
  flag,
  {
    since: "2.2.8",
  },
);

const PAGE = {
  path: keyword("Path of the page", text("PATH")),
  digest: keyword("Digest that the page has to have", digest, { isFirst: true }),
  status_code: keywords("Status codes that it may come with", several(statusCode), {
    default: "200-299",
  }),
  virtualhost: keyword("Host header", text("HOST"), {
    default: "that of HTTP_GET, real_server or virtual_server",
  }),
  regex: keyword("Regular expression that the page has to match", regex),
  regex_no_match: keyword("Fails where it matches", present),
  regex_options: keyword("How it matches, as options of PCRE2", several(regexOption)),
  regex_min_offset: keyword("First byte of the page that is looked at", offset, {
    unit: "bytes",
    default: "0",
  }),
  regex_max_offset: keyword("Last byte of the page at which a match may begin", offset, {
    unit: "bytes",
  }),
  regex_stack: keyword("Memory for difficult expressions", regexStack),
  tls_compliant: TLS_COMPLIANT,
} as const;

const URL = acting("up", PAGE, [
  ...(["regex_min_offset", "regex_max_offset", "regex_stack", "tls_compliant"] as const),
]);

const HTTP = {
  ...CONNECTION,
  ...CHECK,
  nb_get_retry: keyword("Failures that are tried again", integer(0, 2 ** 32 - 1), {
    insteadOf: "retry",
    isRefused: true,
  }),
  virtualhost: keyword("Host header of the pages that have none", text("HOST"), {
    default: "that of real_server",
  }),
  http_protocol: keyword(
    "Version of HTTP, with Connection: close where a C follows",
    oneOfAnyCase("1.0", "1.0C", "1.1"),
    { default: "1.0" },
  ),
  enable_sni: keyword("Names the host to TLS, of SSL_GET", present),
  sni_name: keyword("Host that is named to TLS", text("HOST"), {
    default: "that of virtualhost",
    since: "2.4.0",
  }),
  fast_recovery: keyword("Asks for all pages at once while it is down", flag, { default: "off" }),
  tls_compliant: TLS_COMPLIANT,
  url: keywords("A page", needing(blockOf(URL), "path")),
} as const;

/** All pages are asked for each time, so that it recovers as fast as it can. */
export const HTTP_CHECK = acting("up", HTTP, ["bind_port", "tls_compliant"]);
