/*
 * The table of what JavaScript can call, and how arguments are read. The types on the other side are
 * in ../native.ts.
 */
#include "native.h"

#include <errno.h>
#include <string.h>

/* strerror(errno): the C library's text, to recognise the errors of raw-socket, which are text only */
static napi_value error_text(napi_env env, napi_callback_info info) {
  napi_value argv[1], text;
  int error;
  if (!read_arguments(env, info, 1, argv) || !read_int(env, argv[0], &error)) return NULL;
  return napi_create_string_utf8(env, strerror(error), NAPI_AUTO_LENGTH, &text) == napi_ok ? text
                                                                                           : NULL;
}

bool read_arguments(napi_env env, napi_callback_info info, size_t count, napi_value *argv) {
  return napi_get_cb_info(env, info, &count, argv, NULL, NULL) == napi_ok;
}

bool read_int(napi_env env, napi_value value, int *out) {
  int32_t number;
  if (napi_get_value_int32(env, value, &number) != napi_ok) {
    napi_throw_type_error(env, NULL, "a number is expected");
    return false;
  }
  *out = number;
  return true;
}

bool read_ints(napi_env env, const napi_value *values, size_t count, int *out) {
  for (size_t i = 0; i < count; i++) {
    if (!read_int(env, values[i], &out[i])) return false;
  }
  return true;
}

bool read_int64(napi_env env, napi_value value, int64_t *out) {
  if (napi_get_value_int64(env, value, out) == napi_ok) return true;
  napi_throw_type_error(env, NULL, "a number is expected");
  return false;
}

bool read_bytes(napi_env env, napi_value value, struct bytes *out) {
  napi_valuetype type;
  napi_typedarray_type kind;
  void *data;
  *out = (struct bytes){0};
  if (napi_typeof(env, value, &type) == napi_ok && type == napi_undefined) return true;
  if (napi_get_typedarray_info(env, value, &kind, &out->length, &data, NULL, NULL) != napi_ok ||
      kind != napi_uint8_array) {
    napi_throw_type_error(env, NULL, "a Uint8Array is expected");
    return false;
  }
  out->data = data;
  return true;
}

napi_value answer(napi_env env, long result) {
  if (result < 0) return answer_error(env, errno);
  napi_value number;
  return napi_create_int64(env, result, &number) == napi_ok ? number : NULL;
}

napi_value answer_error(napi_env env, int error) {
  napi_value number;
  return napi_create_int32(env, -error, &number) == napi_ok ? number : NULL;
}

napi_value copy_bytes(napi_env env, const void *data, size_t length) {
  napi_value buffer, array;
  void *copy;
  if (napi_create_arraybuffer(env, length, &copy, &buffer) != napi_ok) return NULL;
  if (length > 0) memcpy(copy, data, length);
  if (napi_create_typedarray(env, napi_uint8_array, length, buffer, 0, &array) != napi_ok) return NULL;
  return array;
}

#define METHOD(name, function) \
  { .utf8name = name, .method = function, .attributes = napi_enumerable }

NAPI_MODULE_INIT() {
  const napi_property_descriptor methods[] = {
      METHOD("close", descriptor_close),
      METHOD("closeAside", descriptor_close_aside),
      METHOD("closeAllOnExec", descriptors_close_on_exec),
      METHOD("pipe", descriptor_pipe),
      METHOD("setns", process_enter_namespace),
      METHOD("unshare", process_leave_namespaces),
      METHOD("schedSetscheduler", process_schedule),
      METHOD("prctl", process_set_option),
      METHOD("waitpid", process_wait),
      METHOD("capset", process_set_capabilities),
      METHOD("strerror", error_text),
      METHOD("lookUp", name_look_up),
      METHOD("socket", socket_open),
      METHOD("bind", socket_bind),
      METHOD("connect", socket_connect),
      METHOD("getsockname", socket_name),
      METHOD("getsockopt", socket_get_option),
      METHOD("setsockopt", socket_set_option),
      METHOD("shutdown", socket_shut_down),
      METHOD("recv", socket_receive),
      METHOD("attachFilter", socket_attach_filter),
      METHOD("sendmmsg", datagrams_send),
      METHOD("recvmmsg", datagrams_receive),
      METHOD("receiveStamped", stamped_receive),
      METHOD("watch", watch_open),
      METHOD("watchSignal", watch_signal),
      METHOD("keepAlive", watch_keep_alive),
      METHOD("unwatch", watch_close),
      METHOD("timerfdCreate", timer_open),
      METHOD("timerfdSettime", timer_arm),
      METHOD("timerfdRead", timer_read),
  };
  const size_t count = sizeof(methods) / sizeof(methods[0]);
  return napi_define_properties(env, exports, count, methods) == napi_ok ? exports : NULL;
}
