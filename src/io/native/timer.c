/* A timer finer than the millisecond of the event loop: timerfd_create(2) on CLOCK_MONOTONIC. */
#include "native.h"

#include <errno.h>
#include <sys/timerfd.h>
#include <unistd.h>

/* timerfdCreate(): a descriptor that can be read once its time has come */
napi_value timer_open(napi_env env, napi_callback_info info) {
  (void)info;
  return answer(env, timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK));
}

/* timerfdSettime(fd, seconds, nanoseconds): fires once at that time of the clock; 0, 0 never */
napi_value timer_arm(napi_env env, napi_callback_info info) {
  napi_value argv[3];
  int fd, nanoseconds;
  int64_t seconds;
  if (!read_arguments(env, info, 3, argv) || !read_int(env, argv[0], &fd) ||
      !read_int64(env, argv[1], &seconds) || !read_int(env, argv[2], &nanoseconds)) {
    return NULL;
  }
  const struct itimerspec at = {.it_value = {.tv_sec = (time_t)seconds, .tv_nsec = nanoseconds}};
  return answer(env, timerfd_settime(fd, TFD_TIMER_ABSTIME, &at, NULL));
}

/* timerfdRead(fd): how often it has fired since the last read; -EAGAIN when it has not */
napi_value timer_read(napi_env env, napi_callback_info info) {
  napi_value argv[1];
  int fd;
  uint64_t fired;
  if (!read_arguments(env, info, 1, argv) || !read_int(env, argv[0], &fd)) return NULL;
  const ssize_t length = read(fd, &fired, sizeof(fired));
  return answer(env, length < 0 ? length : (long)fired);
}
