/** LINKTYPE_* (tcpdump.org/linktypes.html): what the bytes of a captured packet begin with. */

export const LINKTYPE_ETHERNET = 1;
