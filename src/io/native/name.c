/*
 * Addresses of a name: getaddrinfo(3), so that /etc/hosts and nsswitch.conf count. It may take as long as
 * name servers are silent and cannot be stopped, so each has a thread of its own that nobody waits for:
 * those of libuv are few, and the end of the process waits for them.
 */
#include "native.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MOST_NAME = 1024, MOST_ADDRESSES = 256, ADDRESS = 16 };

struct question {
  int fd; /* to answer by */
  int family;
  char name[MOST_NAME + 1];
};

/* In the order of getaddrinfo(3), each in 16 bytes; of IPv4 the last 4 count (::ffff:0:0/96). */
struct reply {
  int32_t error; /* EAI_*, or 0 */
  uint8_t addresses[MOST_ADDRESSES][ADDRESS];
};

static size_t put_address(uint8_t *into, const struct addrinfo *one) {
  static const uint8_t mapped[12] = {[10] = 0xff, [11] = 0xff};
  if (one->ai_family == AF_INET) {
    memcpy(into, mapped, sizeof(mapped));
    memcpy(into + 12, &((const struct sockaddr_in *)(const void *)one->ai_addr)->sin_addr, 4);
    return 1;
  }
  if (one->ai_family != AF_INET6) return 0;
  memcpy(into, &((const struct sockaddr_in6 *)(const void *)one->ai_addr)->sin6_addr, ADDRESS);
  return 1;
}

static void *answer_question(void *argument) {
  struct question *question = argument;
  const struct addrinfo hints = {.ai_family = question->family, .ai_socktype = SOCK_STREAM};
  struct addrinfo *found = NULL;
  struct reply reply = {.error = getaddrinfo(question->name, NULL, &hints, &found)};
  size_t count = 0;
  for (const struct addrinfo *one = found; one != NULL && count < MOST_ADDRESSES; one = one->ai_next)
    count += put_address(reply.addresses[count], one);
  if (found != NULL) freeaddrinfo(found);
  /* Who does not want to know any more has closed the other end. */
  send(question->fd, &reply, offsetof(struct reply, addresses) + count * ADDRESS, MSG_NOSIGNAL);
  close(question->fd);
  free(question);
  return NULL;
}

static int start(void *(*run)(void *), void *argument) {
  pthread_t thread;
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before); /* they are for the event loop */
  const int error = pthread_create(&thread, NULL, run, argument);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  return error != 0 ? error : pthread_detach(thread);
}

/* lookUp(name, family): a descriptor on which one datagram comes, struct reply; family 0 is any */
napi_value name_look_up(napi_env env, napi_callback_info info) {
  napi_value argv[2];
  struct bytes name;
  int family, ends[2];
  if (!read_arguments(env, info, 2, argv) || !read_bytes(env, argv[0], &name) ||
      !read_int(env, argv[1], &family))
    return NULL;
  if (name.length > MOST_NAME) return answer_error(env, ENAMETOOLONG);
  if (name.length == 0 || memchr(name.data, 0, name.length) != NULL) return answer_error(env, EINVAL);
  struct question *question = calloc(1, sizeof(*question));
  if (question == NULL) return answer_error(env, ENOMEM);
  memcpy(question->name, name.data, name.length);
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) < 0) {
    free(question);
    return answer_error(env, errno);
  }
  question->fd = ends[1];
  question->family = family;
  const int error = start(answer_question, question);
  if (error == 0) return answer(env, ends[0]);
  close(ends[0]);
  close(ends[1]);
  free(question);
  return answer_error(env, error);
}
