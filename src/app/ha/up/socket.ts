/** The names of the control sockets of `ha up`. */

/** @param name of one of several that run on a host; undefined: of the only one */
export const haSocket = (name: string | undefined): string =>
  name === undefined ? "ha" : `ha@${name}`;

/** No virtual router can have such a name: `vrrp status` would ask the wrong one. */
export const isHaSocket = (socket: string): boolean => /^ha(@|$)/.test(socket);
