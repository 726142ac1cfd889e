/* What the kernel gives a number for, and closing it: pipe2(2), close(2), close_range(2). */
#include "native.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/syscall.h>
#include <unistd.h>

/* close(fd) */
napi_value descriptor_close(napi_env env, napi_callback_info info) {
  napi_value argv[1];
  int fd;
  if (!read_arguments(env, info, 1, argv) || !read_int(env, argv[0], &fd)) return NULL;
  /* Linux has freed the descriptor whatever close() says, so it is never tried again. */
  return answer(env, close(fd));
}

static void *close_now(void *fd) {
  close((int)(intptr_t)fd);
  return NULL;
}

/*
 * closeAside(fd): by a thread that nobody waits for. To close a packet socket takes the kernel 10 to
 * 20 ms (synchronize_net), in which the event loop would stand still. The number stays taken meanwhile.
 */
napi_value descriptor_close_aside(napi_env env, napi_callback_info info) {
  napi_value argv[1];
  int fd;
  if (!read_arguments(env, info, 1, argv) || !read_int(env, argv[0], &fd)) return NULL;
  if (fcntl(fd, F_GETFD) < 0) return answer(env, -1);
  pthread_t thread;
  if (pthread_create(&thread, NULL, close_now, (void *)(intptr_t)fd) != 0) {
    return answer(env, close(fd)); /* no thread to be had: then we wait */
  }
  return answer(env, pthread_detach(thread));
}

/* pipe(): [end to read from, end to write to], neither of them inherited as it is (pipe2(2)) */
napi_value descriptor_pipe(napi_env env, napi_callback_info info) {
  (void)info;
  int fds[2];
  if (pipe2(fds, O_CLOEXEC) < 0) return answer_error(env, errno);
  napi_value pair;
  if (napi_create_array_with_length(env, 2, &pair) != napi_ok) return NULL;
  for (uint32_t n = 0; n < 2; n++) {
    napi_value end = answer(env, fds[n]);
    if (end == NULL || napi_set_element(env, pair, n, end) != napi_ok) return NULL;
  }
  return pair;
}

/* closeAllOnExec(): children inherit nothing but stdio, whoever opened the descriptors (Linux 5.11) */
napi_value descriptors_close_on_exec(napi_env env, napi_callback_info info) {
  (void)info;
  const unsigned int flag_cloexec = 4; /* CLOSE_RANGE_CLOEXEC, absent from older headers */
  return answer(env, syscall(SYS_close_range, 3U, ~0U, flag_cloexec));
}
