/*
 * Datagrams into memory of the caller, each with when the kernel had it: recvmmsg(2), SO_TIMESTAMPNS of
 * socket(7), and the error queue of ip(7) and ipv6(7). Nothing is allocated: a reader of thousands of
 * small datagrams spends its time otherwise on the objects that would carry them.
 */
#include "batch.h"

#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include <linux/errqueue.h> /* last: it needs struct timespec and does not say so */

/* What stands before each datagram, in host order; the reader is ../stamped-datagram.ts. */
struct head {
  double received_ms; /* of CLOCK_MONOTONIC */
  int32_t length;     /* bytes of it that are there */
  int32_t hops;       /* TTL or hop limit; -1 where the kernel did not tell */
  int32_t error;      /* errno, of the error queue; else 0 */
  uint8_t origin;     /* SO_EE_ORIGIN_* */
  uint8_t type;       /* of the ICMP message that told it */
  uint8_t code;
  uint8_t truncated;
  uint32_t info; /* of an error: the MTU */
  uint32_t unused;
  uint8_t address[16];  /* sender; of an error: whom the datagram was for */
  uint8_t offender[16]; /* sender of the error; zeros where nobody is known */
};
_Static_assert(sizeof(struct head) == 64, "the reader knows this layout");

static double clock_ms(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void put_address(uint8_t *into, const struct sockaddr_storage *from) {
  if (from->ss_family == AF_INET) {
    memcpy(into, &((const struct sockaddr_in *)from)->sin_addr, 4);
  } else if (from->ss_family == AF_INET6) {
    memcpy(into, &((const struct sockaddr_in6 *)from)->sin6_addr, 16);
  }
}

/* `bytes` of a control message are copied, as much of them as there is: they may be unaligned. */
static void take(void *into, size_t size, const struct cmsghdr *message) {
  const size_t length = message->cmsg_len - CMSG_LEN(0);
  memcpy(into, CMSG_DATA(message), length < size ? length : size);
}

static void put_error(struct head *head, const struct cmsghdr *message) {
  struct {
    struct sock_extended_err error;
    struct sockaddr_storage offender;
  } told = {0};
  take(&told, sizeof(told), message);
  head->error = (int32_t)told.error.ee_errno;
  head->origin = told.error.ee_origin;
  head->type = told.error.ee_type;
  head->code = told.error.ee_code;
  head->info = told.error.ee_info;
  put_address(head->offender, &told.offender);
}

/* `ahead_ms`: how far CLOCK_REALTIME, by which the kernel stamps, is ahead of CLOCK_MONOTONIC */
static void put_control(struct head *head, struct msghdr *header, double ahead_ms) {
  for (struct cmsghdr *c = CMSG_FIRSTHDR(header); c != NULL; c = CMSG_NXTHDR(header, c)) {
    if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_TIMESTAMPNS) {
      struct timespec stamp = {0};
      take(&stamp, sizeof(stamp), c);
      const double stamp_ms = (double)stamp.tv_sec * 1e3 + (double)stamp.tv_nsec / 1e6;
      if (stamp_ms - ahead_ms < head->received_ms) head->received_ms = stamp_ms - ahead_ms;
    } else if ((c->cmsg_level == IPPROTO_IP && c->cmsg_type == IP_TTL) ||
               (c->cmsg_level == IPPROTO_IPV6 && c->cmsg_type == IPV6_HOPLIMIT)) {
      take(&head->hops, sizeof(head->hops), c);
    } else if ((c->cmsg_level == IPPROTO_IP && c->cmsg_type == IP_RECVERR) ||
               (c->cmsg_level == IPPROTO_IPV6 && c->cmsg_type == IPV6_RECVERR)) {
      put_error(head, c);
    }
  }
}

/*
 * receiveStamped(fd, flags, into, slot): how many datagrams, at most 32, stand in `into` now, one each
 * `slot` bytes: a head, then as much of the datagram as fits; -errno when there is none
 */
napi_value stamped_receive(napi_env env, napi_callback_info info) {
  napi_value argv[4];
  int fd, flags, slot;
  struct bytes into;
  if (!read_arguments(env, info, 4, argv) || !read_int(env, argv[0], &fd) ||
      !read_int(env, argv[1], &flags) || !read_bytes(env, argv[2], &into) ||
      !read_int(env, argv[3], &slot)) {
    return NULL;
  }
  if (slot <= (int)sizeof(struct head) || into.length < (size_t)slot) return answer_error(env, EINVAL);

  struct batch batch;
  const int received = batch_receive(&batch, fd, flags, into, (size_t)slot, sizeof(struct head));
  if (received < 0) return answer_error(env, errno);

  const double now_ms = clock_ms(CLOCK_MONOTONIC);
  const double ahead_ms = clock_ms(CLOCK_REALTIME) - now_ms;
  for (int i = 0; i < received; i++) {
    struct msghdr *header = &batch.messages[i].msg_hdr;
    struct head head = {
        .received_ms = now_ms,
        .length = (int32_t)batch.messages[i].msg_len,
        .hops = -1,
        .truncated = (header->msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0,
    };
    put_address(head.address, &batch.sources[i]);
    put_control(&head, header, ahead_ms);
    memcpy(into.data + (size_t)slot * (size_t)i, &head, sizeof(head));
  }
  return answer(env, received);
}
