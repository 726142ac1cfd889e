/*
 * Word from the event loop that a descriptor can be read or written (uv_poll_t), or that a signal came
 * (uv_signal_t): also one that Node.js has no name for.
 *
 * A watch has two owners: the loop until its handle is closed, and the External that JavaScript holds
 * until it is collected. They let go in either order; the last one frees the memory.
 */
#include "native.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <uv.h>

struct watch {
  union { /* first: the handle is the watch */
    uv_handle_t handle;
    uv_poll_t poll;
    uv_signal_t signal;
  } as;
  napi_env env;
  napi_ref callback; /* NULL once closed */
  int events; /* UV_READABLE, UV_WRITABLE; of a signal none */
  int owners;
};

static void release(struct watch *watch) {
  if (--watch->owners == 0) free(watch);
}

static void on_handle_closed(uv_handle_t *handle) {
  release((struct watch *)handle);
}

static void on_collected(napi_env env, void *data, void *hint) {
  (void)env;
  (void)hint;
  release(data);
}

/* Stops at once; also runs when the environment ends with the watch still open. */
static void stop(void *data) {
  struct watch *watch = data;
  if (watch->callback == NULL) return;
  napi_remove_env_cleanup_hook(watch->env, stop, watch);
  napi_delete_reference(watch->env, watch->callback);
  watch->callback = NULL;
  uv_close(&watch->as.handle, on_handle_closed);
}

static void call_back(struct watch *watch) {
  napi_env env = watch->env;
  napi_handle_scope scope;
  napi_value callback, global;
  if (napi_open_handle_scope(env, &scope) != napi_ok) return;
  if (napi_get_reference_value(env, watch->callback, &callback) == napi_ok &&
      napi_get_global(env, &global) == napi_ok &&
      napi_make_callback(env, NULL, global, callback, 0, NULL, NULL) == napi_pending_exception) {
    napi_value error;
    if (napi_get_and_clear_last_exception(env, &error) == napi_ok) napi_fatal_exception(env, error);
  }
  napi_close_handle_scope(env, scope); /* `watch` may be closed by now */
}

static void on_ready(uv_poll_t *poll, int status, int events) {
  struct watch *watch = (struct watch *)poll;
  (void)events;
  /* libuv stops a poll on POLLERR, yet a socket reports EPOLLERR for errors that reading clears. */
  if (status < 0) uv_poll_start(poll, watch->events, on_ready);
  call_back(watch);
}

static void on_signal(uv_signal_t *signal, int number) {
  (void)number;
  call_back((struct watch *)signal);
}

static bool read_watch(napi_env env, napi_value value, struct watch **out) {
  void *data;
  if (napi_get_value_external(env, value, &data) != napi_ok) {
    napi_throw_type_error(env, NULL, "a watch is expected");
    return false;
  }
  *out = data;
  return true;
}

/* Whether the argument can be called back. */
static bool is_function(napi_env env, napi_value value) {
  napi_valuetype type;
  if (napi_typeof(env, value, &type) == napi_ok && type == napi_function) return true;
  napi_throw_type_error(env, NULL, "a function is expected");
  return false;
}

/* Of a handle that the loop has: it stays until both owners let go. */
static napi_value hand_over(napi_env env, struct watch *watch, napi_value callback) {
  napi_value external;
  watch->env = env;
  watch->owners = 1;
  if (napi_create_reference(env, callback, 1, &watch->callback) != napi_ok) {
    uv_close(&watch->as.handle, on_handle_closed);
    return NULL;
  }
  napi_add_env_cleanup_hook(env, stop, watch);
  if (napi_create_external(env, watch, on_collected, NULL, &external) != napi_ok) {
    stop(watch);
    return NULL;
  }
  watch->owners = 2;
  return external;
}

/*
 * watch(fd, events, callback): calls back in each turn of the loop in which the descriptor can be read
 * (1) or written (2), as `events` asks, or has an error to tell; a watch, or -errno
 */
napi_value watch_open(napi_env env, napi_callback_info info) {
  napi_value argv[3];
  int fd, events;
  uv_loop_t *loop;
  if (!read_arguments(env, info, 3, argv) || !read_int(env, argv[0], &fd) ||
      !read_int(env, argv[1], &events) || !is_function(env, argv[2])) {
    return NULL;
  }
  if (events == 0 || (events & ~(UV_READABLE | UV_WRITABLE)) != 0) return answer_error(env, EINVAL);
  struct watch *watch = calloc(1, sizeof(*watch));
  if (watch == NULL) return answer_error(env, ENOMEM);
  int refused = napi_get_uv_event_loop(env, &loop) == napi_ok ? 0 : UV_EINVAL;
  if (refused == 0) refused = uv_poll_init(loop, &watch->as.poll, fd);
  if (refused < 0) {
    free(watch);
    return answer_error(env, -refused);
  }
  watch->events = events;
  napi_value external = hand_over(env, watch, argv[2]);
  if (external != NULL) uv_poll_start(&watch->as.poll, events, on_ready);
  return external;
}

/*
 * watchSignal(number, callback): calls back for each signal, or for several that came at once; a watch,
 * or -errno. A negative number counts from SIGRTMAX down, one from 1000 up from SIGRTMIN, which are the C
 * library's to say: -1 is SIGRTMAX - 1, 1002 SIGRTMIN + 2.
 */
napi_value watch_signal(napi_env env, napi_callback_info info) {
  napi_value argv[2];
  int number;
  uv_loop_t *loop;
  if (!read_arguments(env, info, 2, argv) || !read_int(env, argv[0], &number) ||
      !is_function(env, argv[1])) {
    return NULL;
  }
  if (number < 0) number += SIGRTMAX;
  else if (number >= 1000) number += SIGRTMIN - 1000;
  struct watch *watch = calloc(1, sizeof(*watch));
  if (watch == NULL) return answer_error(env, ENOMEM);
  int refused = napi_get_uv_event_loop(env, &loop) == napi_ok ? 0 : UV_EINVAL;
  if (refused == 0) refused = uv_signal_init(loop, &watch->as.signal);
  if (refused < 0) {
    free(watch);
    return answer_error(env, -refused);
  }
  napi_value external = hand_over(env, watch, argv[1]);
  if (external == NULL) return NULL;
  refused = uv_signal_start(&watch->as.signal, on_signal, number);
  if (refused == 0) return external;
  stop(watch);
  return answer_error(env, -refused);
}

/* keepAlive(watch, boolean): whether the process stays alive for it; it does from the start */
napi_value watch_keep_alive(napi_env env, napi_callback_info info) {
  napi_value argv[2];
  struct watch *watch;
  bool keep;
  if (!read_arguments(env, info, 2, argv) || !read_watch(env, argv[0], &watch)) return NULL;
  if (napi_get_value_bool(env, argv[1], &keep) != napi_ok) {
    napi_throw_type_error(env, NULL, "a boolean is expected");
    return NULL;
  }
  if (keep) uv_ref(&watch->as.handle);
  else uv_unref(&watch->as.handle);
  return NULL;
}

/* unwatch(watch): no call after it; before close(fd). Twice is harmless. */
napi_value watch_close(napi_env env, napi_callback_info info) {
  napi_value argv[1];
  struct watch *watch;
  if (!read_arguments(env, info, 1, argv) || !read_watch(env, argv[0], &watch)) return NULL;
  stop(watch);
  return NULL;
}
