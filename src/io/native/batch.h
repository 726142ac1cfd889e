/*
 * Datagrams that come in as a batch: recvmmsg(2) into memory of the caller, each with its sender and its
 * ancillary data.
 */
#ifndef VIPKIT_BATCH_H
#define VIPKIT_BATCH_H

#include "native.h"

#include <errno.h>
#include <sys/socket.h>

enum {
  BATCH = 32,          /* datagrams per system call */
  CONTROL_BYTES = 512, /* ancillary data of one datagram */
};

struct batch {
  struct mmsghdr messages[BATCH];
  struct iovec parts[BATCH];
  struct sockaddr_storage sources[BATCH]; /* AF_UNSPEC where the kernel told none */
  _Alignas(struct cmsghdr) uint8_t controls[BATCH][CONTROL_BYTES];
};

/*
 * How many wait, at most `BATCH` and as many as `into` has slots of `slot` bytes; each stands in its slot
 * behind `head` bytes, which are the caller's. -1 and errno when there is none.
 */
static inline int batch_receive(struct batch *batch, int fd, int flags, struct bytes into, size_t slot,
                                size_t head) {
  const size_t room = into.length / slot;
  const unsigned int count = room < BATCH ? (unsigned int)room : BATCH;
  for (unsigned int i = 0; i < count; i++) {
    batch->sources[i].ss_family = AF_UNSPEC;
    batch->parts[i] = (struct iovec){
        .iov_base = into.data + slot * i + head,
        .iov_len = slot - head,
    };
    batch->messages[i] = (struct mmsghdr){
        .msg_hdr = {
            .msg_name = &batch->sources[i],
            .msg_namelen = sizeof(batch->sources[i]),
            .msg_iov = &batch->parts[i],
            .msg_iovlen = 1,
            .msg_control = batch->controls[i],
            .msg_controllen = sizeof(batch->controls[i]),
        },
    };
  }
  int received;
  do {
    received = recvmmsg(fd, batch->messages, count, MSG_DONTWAIT | flags, NULL);
  } while (received < 0 && errno == EINTR);
  return received;
}

#endif
