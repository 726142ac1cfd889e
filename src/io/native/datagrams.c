/*
 * Datagrams in batches: sendmmsg(2) and recvmmsg(2), the latter with ancillary data (cmsg(3)).
 */
#include "batch.h"

#include <errno.h>
#include <sys/socket.h>

/*
 * sendmmsg(fd, datagrams, sockaddr | undefined): how many of the first 32 went out, all to the same
 * address; -errno when the first was refused
 */
napi_value datagrams_send(napi_env env, napi_callback_info info) {
  napi_value argv[3];
  int fd;
  uint32_t count;
  struct bytes address;
  if (!read_arguments(env, info, 3, argv) || !read_int(env, argv[0], &fd) ||
      !read_bytes(env, argv[2], &address)) {
    return NULL;
  }
  if (napi_get_array_length(env, argv[1], &count) != napi_ok) {
    napi_throw_type_error(env, NULL, "an array is expected");
    return NULL;
  }
  if (count > BATCH) count = BATCH;

  struct mmsghdr messages[BATCH] = {0};
  struct iovec parts[BATCH];
  for (uint32_t i = 0; i < count; i++) {
    napi_value datagram;
    struct bytes bytes;
    if (napi_get_element(env, argv[1], i, &datagram) != napi_ok ||
        !read_bytes(env, datagram, &bytes)) {
      return NULL;
    }
    parts[i] = (struct iovec){.iov_base = bytes.data, .iov_len = bytes.length};
    messages[i].msg_hdr = (struct msghdr){
        .msg_name = address.data,
        .msg_namelen = (socklen_t)address.length,
        .msg_iov = &parts[i],
        .msg_iovlen = 1,
    };
  }
  int sent;
  do {
    sent = sendmmsg(fd, messages, count, MSG_NOSIGNAL);
  } while (sent < 0 && errno == EINTR);
  return answer(env, sent);
}

/* [{level, type, data}, ...] */
static napi_value control_messages(napi_env env, struct msghdr *header) {
  napi_value list;
  if (napi_create_array(env, &list) != napi_ok) return NULL;
  uint32_t index = 0;
  for (struct cmsghdr *c = CMSG_FIRSTHDR(header); c != NULL; c = CMSG_NXTHDR(header, c)) {
    napi_value message, level, type;
    napi_value data = copy_bytes(env, CMSG_DATA(c), c->cmsg_len - CMSG_LEN(0));
    if (data == NULL || napi_create_object(env, &message) != napi_ok ||
        napi_create_int32(env, c->cmsg_level, &level) != napi_ok ||
        napi_create_int32(env, c->cmsg_type, &type) != napi_ok ||
        napi_set_named_property(env, message, "level", level) != napi_ok ||
        napi_set_named_property(env, message, "type", type) != napi_ok ||
        napi_set_named_property(env, message, "data", data) != napi_ok ||
        napi_set_element(env, list, index++, message) != napi_ok) {
      return NULL;
    }
  }
  return list;
}

/* {bytes, from, control, truncated} */
static napi_value received_datagram(napi_env env, struct mmsghdr *message) {
  struct msghdr *header = &message->msg_hdr;
  napi_value datagram, truncated;
  napi_value bytes = copy_bytes(env, header->msg_iov->iov_base, message->msg_len);
  napi_value from = copy_bytes(env, header->msg_name, header->msg_namelen);
  napi_value control = control_messages(env, header);
  const bool cut = (header->msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0;
  if (bytes == NULL || from == NULL || control == NULL ||
      napi_create_object(env, &datagram) != napi_ok ||
      napi_get_boolean(env, cut, &truncated) != napi_ok ||
      napi_set_named_property(env, datagram, "bytes", bytes) != napi_ok ||
      napi_set_named_property(env, datagram, "from", from) != napi_ok ||
      napi_set_named_property(env, datagram, "control", control) != napi_ok ||
      napi_set_named_property(env, datagram, "truncated", truncated) != napi_ok) {
    return NULL;
  }
  return datagram;
}

/*
 * recvmmsg(fd, scratch, limit): an array of what waits, at most 32 datagrams of at most `limit` bytes,
 * as many as `scratch` has room for; -errno when there is nothing
 */
napi_value datagrams_receive(napi_env env, napi_callback_info info) {
  napi_value argv[3];
  int fd, limit;
  struct bytes scratch;
  if (!read_arguments(env, info, 3, argv) || !read_int(env, argv[0], &fd) ||
      !read_bytes(env, argv[1], &scratch) || !read_int(env, argv[2], &limit)) {
    return NULL;
  }
  if (limit <= 0 || scratch.length < (size_t)limit) return answer_error(env, EINVAL);

  struct batch batch;
  const int received = batch_receive(&batch, fd, 0, scratch, (size_t)limit, 0);
  if (received < 0) return answer_error(env, errno);

  napi_value list;
  if (napi_create_array_with_length(env, (size_t)received, &list) != napi_ok) return NULL;
  for (int i = 0; i < received; i++) {
    napi_value datagram = received_datagram(env, &batch.messages[i]);
    if (datagram == NULL || napi_set_element(env, list, (uint32_t)i, datagram) != napi_ok) return NULL;
  }
  return list;
}
