/*
 * Word from the event loop that a descriptor can be read or written (uv_poll_t).
 *
 * A watch has two owners: the loop until its handle is closed, and the External that JavaScript holds
 * until it is collected. They let go in either order; the last one frees the memory.
 */
#include "native.h"

#include <errno.h>
#include <stdlib.h>
#include <uv.h>

struct watch {
  uv_poll_t poll; /* first: the handle is the watch */
  napi_env env;
  napi_ref callback; /* NULL once closed */
  int events; /* UV_READABLE, UV_WRITABLE */
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
  uv_close((uv_handle_t *)&watch->poll, on_handle_closed);
}

static void on_ready(uv_poll_t *poll, int status, int events) {
  struct watch *watch = (struct watch *)poll;
  napi_env env = watch->env;
  napi_handle_scope scope;
  napi_value callback, global;
  (void)events;
  /* libuv stops a poll on POLLERR, yet a socket reports EPOLLERR for errors that reading clears. */
  if (status < 0) uv_poll_start(poll, watch->events, on_ready);
  if (napi_open_handle_scope(env, &scope) != napi_ok) return;
  if (napi_get_reference_value(env, watch->callback, &callback) == napi_ok &&
      napi_get_global(env, &global) == napi_ok &&
      napi_make_callback(env, NULL, global, callback, 0, NULL, NULL) == napi_pending_exception) {
    napi_value error;
    if (napi_get_and_clear_last_exception(env, &error) == napi_ok) napi_fatal_exception(env, error);
  }
  napi_close_handle_scope(env, scope); /* `watch` may be closed by now */
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

/*
 * watch(fd, events, callback): calls back in each turn of the loop in which the descriptor can be read
 * (1) or written (2), as `events` asks, or has an error to tell; a watch, or -errno
 */
napi_value watch_open(napi_env env, napi_callback_info info) {
  napi_value argv[3], external;
  int fd, events;
  napi_valuetype type;
  uv_loop_t *loop;
  if (!read_arguments(env, info, 3, argv) || !read_int(env, argv[0], &fd) ||
      !read_int(env, argv[1], &events)) {
    return NULL;
  }
  if (napi_typeof(env, argv[2], &type) != napi_ok || type != napi_function) {
    napi_throw_type_error(env, NULL, "a function is expected");
    return NULL;
  }
  if (events == 0 || (events & ~(UV_READABLE | UV_WRITABLE)) != 0) return answer_error(env, EINVAL);
  struct watch *watch = calloc(1, sizeof(*watch));
  if (watch == NULL) return answer_error(env, ENOMEM);
  int refused = napi_get_uv_event_loop(env, &loop) == napi_ok ? 0 : UV_EINVAL;
  if (refused == 0) refused = uv_poll_init(loop, &watch->poll, fd);
  if (refused < 0) {
    free(watch);
    return answer_error(env, -refused);
  }
  /* From here on the memory belongs to the loop too. */
  watch->env = env;
  watch->events = events;
  watch->owners = 1;
  if (napi_create_reference(env, argv[2], 1, &watch->callback) != napi_ok) {
    uv_close((uv_handle_t *)&watch->poll, on_handle_closed);
    return NULL;
  }
  napi_add_env_cleanup_hook(env, stop, watch);
  if (napi_create_external(env, watch, on_collected, NULL, &external) != napi_ok) {
    stop(watch);
    return NULL;
  }
  watch->owners = 2;
  uv_poll_start(&watch->poll, events, on_ready);
  return external;
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
  if (keep) uv_ref((uv_handle_t *)&watch->poll);
  else uv_unref((uv_handle_t *)&watch->poll);
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
