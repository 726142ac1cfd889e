/** What keepalived 2.4.3 says of the corpus, as our codes; and where we differ. */

/** A message without the file and the line, our codes for it, and where ours is. */
export const REASONS: readonly (readonly [
  message: RegExp,
  codes: string,
  where: "line" | "above" | "anywhere", // keepalived names the end of a block for some, and no line for others
])[] = [
  [/^Unknown keyword/, "vk103", "line"],
  [/^Extra '}'/, "vk117", "line"],
  [/^number '.*' outside range/, "vk203 vk208", "line"],
  [/^bfd process real-time priority \d+ greater/, "vk208", "line"],
  [/^invalid number/, "vk202 vk206", "line"],
  [
    /nb_get_retry is deprecated|"gw" for routes is deprecated|against a vrrp is deprecated/,
    "vk120",
    "line",
  ],
  [/^Truncating auth_pass/, "vk209", "line"],
  [/script already specified/, "vk122", "line"],
  [/empty notification_email block/, "vk238", "above"],
  [/must have a name/, "vk227", "line"],
  [/unknown \[.*\] routing method/, "vk204", "line"],
  [/invalid IP|Invalid virtual server(?: group)? IP address/, "vk205", "line"],
  [/already defined/, "vk321", "line"],
  [/^Route cannot be tracked/, "vk222", "line"],
  [
    /No file set for track_file|No script set for vrrp_script|no neighbor address set/,
    "vk401",
    "above",
  ],
  [/track_interface .* since own interface/, "vk405", "anywhere"],
  [/is configured on VRRP instance and sync group/, "vk410", "anywhere"],
  [/must match being address owner/, "vk306", "anywhere"],
  [/does not support authentication/, "vk307", "anywhere"],
  [/nopreempt will not work/, "vk312", "anywhere"],
  [/unicast keyword has been specified/, "vk309", "anywhere"],
  [/No VIP specified/, "vk303 vk205", "anywhere"], // those that there are may be refused
  [/specified in sync group .* doesn't exist/, "vk322", "anywhere"],
  [/has only 1 virtual router/, "vk323", "anywhere"],
  [/unicast with use_vmac requires/, "vk317", "anywhere"],
  [/no forwarding method set/, "vk512 vk204", "anywhere"],
  [/no protocol set/, "vk513", "anywhere"],
  [/protocol specified for fwmark/, "vk514", "anywhere"],
  [/exceeds total weight/, "vk517", "anywhere"],
  [/ports don't match/, "vk519", "anywhere"],
  [/since not found\/accessible/, "vk430", "anywhere"],
  [/due to insecure/, "vk432", "anywhere"],
  [/^SECURITY VIOLATION/, "vk435", "anywhere"],
  [/^Error setting global script uid\/gid/, "vk436", "line"],
  [/^Unable to set uid\/gid for script/, "vk436", "above"],
  [/^Unable to set default user keepalived_script/, "vk438", "above"],
];

/** Of a file what keepalived says and we do not, and why. */
export const DIFFERENT: Readonly<Record<string, readonly [missed: RegExp, reason: string]>> = {
  "005": [
    /^3 Unknown keyword 'user@|^17 Extra/,
    "the inside and the end of blocks outside global_defs",
  ],
  "006": [/^8 Invalid smtp server/, "it asks DNS, and there was none"],
  "007": [
    /^\+/,
    "it complains of the undefined NAME as we do, but its net_namespace was not there: it reads no further, and ends with 0",
  ],
  "009": [/^7 Invalid smtp server/, "it asks DNS, and there was none"],
  "010": [
    /^\+/,
    "it complains of the undefined NAME as we do, but its net_namespace was not there: it reads no further, and ends with 0",
  ],
  "029": [/^(1[4-9]|2\d|3[12]) /, "the inside of blocks within a group: told where they begin"],
  "036": [/^14 Invalid smtp server/, "it asks DNS, and there was none"],
  "041": [/^6 Invalid smtp server/, "it asks DNS, and there was none"],
  "046": [
    /^(23\d|439) |below minimum 200ms/,
    "a comment in line 230 ends a definition, which is told there; files that were not there; times that are a warning of ours",
  ],
  "050": [
    /^(9[5-9]|1\d)\d+ |^744 realpath|below minimum 200ms|^-/,
    "it crashed; a comment in line 957 ends a definition, which is told there; the others as in 046",
  ],
};
