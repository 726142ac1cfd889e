/**
 * Numbers of Linux's socket calls that several sockets of ours need (linux/net.h, asm-generic/socket.h:
 * those of x86, ARM, RISC-V and POWER).
 */
export const SOCK_STREAM = 1;
export const SOCK_DGRAM = 2;
export const SOCK_RAW = 3;

export const SOL_SOCKET = 1;
export const SO_ERROR = 4;
export const SO_RCVBUF = 8;
export const SO_LINGER = 13;
export const SO_BINDTODEVICE = 25;
export const SO_RCVBUFFORCE = 33;
export const SO_MARK = 36;

export const SOL_NETLINK = 270;

/** TOS and traffic class of network control, CS6 (RFC 4594 section 3.2). */
export const CONTROL_TRAFFIC_CLASS = 0xc0;
