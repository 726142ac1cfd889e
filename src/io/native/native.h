/*
 * What the files of this addon share: reading arguments and answering.
 *
 * Every function that JavaScript sees stands for one system call and answers as libuv does: a number,
 * 0 or more when the kernel agreed, -errno when it refused. Nothing is thrown but a TypeError for
 * arguments of the wrong type, which is a bug of our own TypeScript.
 */
#ifndef VIPKIT_NATIVE_H
#define VIPKIT_NATIVE_H

#include <node_api.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bytes {
  uint8_t *data;
  size_t length;
};

/* Fills `argv`, with undefined for what was left out. */
bool read_arguments(napi_env env, napi_callback_info info, size_t count, napi_value *argv);

/* These throw a TypeError and return false on another type. */
bool read_int(napi_env env, napi_value value, int *out);
bool read_ints(napi_env env, const napi_value *values, size_t count, int *out);
bool read_int64(napi_env env, napi_value value, int64_t *out);
/* A Uint8Array, whose memory is borrowed until JavaScript runs again; undefined gives NULL and 0. */
bool read_bytes(napi_env env, napi_value value, struct bytes *out);

/* `result` as a number, or -errno where it is negative: the answer of most functions. */
napi_value answer(napi_env env, long result);
napi_value answer_error(napi_env env, int error);

/* A Uint8Array of its own memory: never a Buffer, whose slice() would share it. */
napi_value copy_bytes(napi_env env, const void *data, size_t length);

napi_value descriptor_close(napi_env env, napi_callback_info info);
napi_value descriptor_close_aside(napi_env env, napi_callback_info info);
napi_value descriptors_close_on_exec(napi_env env, napi_callback_info info);
napi_value descriptor_pipe(napi_env env, napi_callback_info info);
napi_value process_enter_namespace(napi_env env, napi_callback_info info);
napi_value process_leave_namespaces(napi_env env, napi_callback_info info);
napi_value process_schedule(napi_env env, napi_callback_info info);
napi_value process_set_option(napi_env env, napi_callback_info info);
napi_value process_wait(napi_env env, napi_callback_info info);
napi_value process_set_capabilities(napi_env env, napi_callback_info info);
napi_value name_look_up(napi_env env, napi_callback_info info);
napi_value socket_open(napi_env env, napi_callback_info info);
napi_value socket_bind(napi_env env, napi_callback_info info);
napi_value socket_connect(napi_env env, napi_callback_info info);
napi_value socket_name(napi_env env, napi_callback_info info);
napi_value socket_get_option(napi_env env, napi_callback_info info);
napi_value socket_set_option(napi_env env, napi_callback_info info);
napi_value socket_shut_down(napi_env env, napi_callback_info info);
napi_value socket_receive(napi_env env, napi_callback_info info);
napi_value socket_attach_filter(napi_env env, napi_callback_info info);
napi_value datagrams_send(napi_env env, napi_callback_info info);
napi_value datagrams_receive(napi_env env, napi_callback_info info);
napi_value watch_open(napi_env env, napi_callback_info info);
napi_value watch_signal(napi_env env, napi_callback_info info);
napi_value watch_keep_alive(napi_env env, napi_callback_info info);
napi_value watch_close(napi_env env, napi_callback_info info);
napi_value stamped_receive(napi_env env, napi_callback_info info);
napi_value timer_open(napi_env env, napi_callback_info info);
napi_value timer_arm(napi_env env, napi_callback_info info);
napi_value timer_read(napi_env env, napi_callback_info info);

#endif
