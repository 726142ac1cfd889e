/** LINKTYPE_* (tcpdump.org/linktypes.html): what the bytes of a captured packet begin with. */

/** LINKTYPE_* of what is read here. */
export const LINKTYPE = {
  null: 0,
  ethernet: 1,
  rawBsd: 12,
  rawOpenBsd: 14,
  raw: 101,
  frameRelay: 107,
  loop: 108,
  linuxSll: 113,
  ipv4: 228,
  ipv6: 229,
  linuxSll2: 276,
} as const;

/** `LINKTYPE_IEEE802_11 (105)`, or `link type 9999` where no name is known. */
export function nameLinkType(linkType: number): string {
  const name = NAMES[linkType];
  return name === undefined ? `link type ${linkType}` : `LINKTYPE_${name} (${linkType})`;
}

/** As the registry of the tcpdump group has them, without LINKTYPE_. */
const NAMES: { readonly [linkType: number]: string } = {
  0: "NULL",
  1: "ETHERNET",
  3: "AX25",
  6: "IEEE802_5",
  7: "ARCNET_BSD",
  8: "SLIP",
  9: "PPP",
  10: "FDDI",
  12: "RAW",
  14: "RAW",
  50: "PPP_HDLC",
  51: "PPP_ETHER",
  100: "ATM_RFC1483",
  101: "RAW",
  104: "C_HDLC",
  105: "IEEE802_11",
  107: "FRELAY",
  108: "LOOP",
  113: "LINUX_SLL",
  114: "LTALK",
  117: "PFLOG",
  119: "IEEE802_11_PRISM",
  122: "IP_OVER_FC",
  127: "IEEE802_11_RADIOTAP",
  129: "ARCNET_LINUX",
  138: "APPLE_IP_OVER_IEEE1394",
  143: "DOCSIS",
  144: "LINUX_IRDA",
  163: "IEEE802_11_AVS",
  187: "BLUETOOTH_HCI_H4",
  189: "USB_LINUX",
  192: "PPI",
  195: "IEEE802_15_4_WITHFCS",
  220: "USB_LINUX_MMAPPED",
  226: "IPNET",
  227: "CAN_SOCKETCAN",
  228: "IPV4",
  229: "IPV6",
  230: "IEEE802_15_4_NOFCS",
  231: "DBUS",
  239: "NFLOG",
  242: "IPOIB",
  247: "INFINIBAND",
  249: "USBPCAP",
  253: "NETLINK",
  276: "LINUX_SLL2",
};
