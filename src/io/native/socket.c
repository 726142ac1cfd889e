/*
 * A socket as the kernel gives it, held by its descriptor: opening, naming and options (socket(7)).
 * Addresses and option values are the kernel's own bytes; ../sockaddr.ts makes them.
 */
#include "native.h"

#include <errno.h>
#include <linux/filter.h>
#include <string.h>
#include <sys/socket.h>

/* socket(family, type, protocol): a descriptor that never blocks and that children do not inherit */
napi_value socket_open(napi_env env, napi_callback_info info) {
  napi_value argv[3];
  int args[3];
  if (!read_arguments(env, info, 3, argv) || !read_ints(env, argv, 3, args)) return NULL;
  return answer(env, socket(args[0], args[1] | SOCK_CLOEXEC | SOCK_NONBLOCK, args[2]));
}

/* The (fd, sockaddr) of bind and connect. The copy is aligned, which bytes of JavaScript need not be. */
static bool read_address(napi_env env, napi_callback_info info, int *fd,
                         struct sockaddr_storage *address, socklen_t *length) {
  napi_value argv[2];
  struct bytes bytes;
  if (!read_arguments(env, info, 2, argv) || !read_int(env, argv[0], fd) ||
      !read_bytes(env, argv[1], &bytes)) {
    return false;
  }
  if (bytes.length > sizeof(*address)) {
    napi_throw_type_error(env, NULL, "no socket address is that long");
    return false;
  }
  if (bytes.length > 0) memcpy(address, bytes.data, bytes.length);
  *length = (socklen_t)bytes.length;
  return true;
}

/* bind(fd, sockaddr) */
napi_value socket_bind(napi_env env, napi_callback_info info) {
  int fd;
  struct sockaddr_storage address;
  socklen_t length;
  if (!read_address(env, info, &fd, &address, &length)) return NULL;
  return answer(env, bind(fd, (struct sockaddr *)&address, length));
}

/* connect(fd, sockaddr): sets the peer of a datagram socket; a stream socket answers -EINPROGRESS */
napi_value socket_connect(napi_env env, napi_callback_info info) {
  int fd;
  struct sockaddr_storage address;
  socklen_t length;
  if (!read_address(env, info, &fd, &address, &length)) return NULL;
  return answer(env, connect(fd, (struct sockaddr *)&address, length));
}

/* getsockname(fd): the sockaddr as bytes, or -errno */
napi_value socket_name(napi_env env, napi_callback_info info) {
  napi_value argv[1];
  int fd;
  struct sockaddr_storage address;
  socklen_t length = sizeof(address);
  if (!read_arguments(env, info, 1, argv) || !read_int(env, argv[0], &fd)) return NULL;
  if (getsockname(fd, (struct sockaddr *)&address, &length) < 0) return answer_error(env, errno);
  return copy_bytes(env, &address, length);
}

/* getsockopt(fd, level, name, value): fills `value`, answers how much of it */
napi_value socket_get_option(napi_env env, napi_callback_info info) {
  napi_value argv[4];
  int args[3];
  struct bytes value;
  if (!read_arguments(env, info, 4, argv) || !read_ints(env, argv, 3, args) ||
      !read_bytes(env, argv[3], &value)) {
    return NULL;
  }
  socklen_t length = (socklen_t)value.length;
  const int result = getsockopt(args[0], args[1], args[2], value.data, &length);
  return answer(env, result < 0 ? result : (long)length);
}

/* setsockopt(fd, level, name, value) */
napi_value socket_set_option(napi_env env, napi_callback_info info) {
  napi_value argv[4];
  int args[3];
  struct bytes value;
  if (!read_arguments(env, info, 4, argv) || !read_ints(env, argv, 3, args) ||
      !read_bytes(env, argv[3], &value)) {
    return NULL;
  }
  return answer(env, setsockopt(args[0], args[1], args[2], value.data, (socklen_t)value.length));
}

/* shutdown(fd, how): 1 = nothing more will be sent */
napi_value socket_shut_down(napi_env env, napi_callback_info info) {
  napi_value argv[2];
  int args[2];
  if (!read_arguments(env, info, 2, argv) || !read_ints(env, argv, 2, args)) return NULL;
  return answer(env, shutdown(args[0], args[1]));
}

/* recv(fd, bytes): how many came into `bytes`, 0 at the end of a stream; -EAGAIN when there is nothing */
napi_value socket_receive(napi_env env, napi_callback_info info) {
  napi_value argv[2];
  int fd;
  struct bytes bytes;
  if (!read_arguments(env, info, 2, argv) || !read_int(env, argv[0], &fd) ||
      !read_bytes(env, argv[1], &bytes)) {
    return NULL;
  }
  return answer(env, recv(fd, bytes.data, bytes.length, MSG_DONTWAIT));
}

/*
 * attachFilter(fd, program): a classic BPF program, an array of struct sock_filter. It has its own
 * call because setsockopt wants a pointer to it.
 */
napi_value socket_attach_filter(napi_env env, napi_callback_info info) {
  napi_value argv[2];
  int fd;
  struct bytes bytes;
  struct sock_filter instructions[BPF_MAXINSNS];
  if (!read_arguments(env, info, 2, argv) || !read_int(env, argv[0], &fd) ||
      !read_bytes(env, argv[1], &bytes)) {
    return NULL;
  }
  if (bytes.length > sizeof(instructions) || bytes.length % sizeof(instructions[0]) != 0) {
    return answer_error(env, EINVAL);
  }
  if (bytes.length > 0) memcpy(instructions, bytes.data, bytes.length);
  const struct sock_fprog program = {
      .len = (unsigned short)(bytes.length / sizeof(instructions[0])),
      .filter = instructions,
  };
  return answer(env, setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof(program)));
}
