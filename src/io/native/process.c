/*
 * What a thread is and may: its namespaces, its scheduling, its capabilities. A call speaks of the
 * calling thread alone; threads and children that are started later inherit from it.
 *
 * mlockall(2) is left out on purpose: V8 aborts when it gives back memory that is locked.
 */
#include "native.h"

#include <errno.h>
#include <linux/capability.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* setns(fd, kind) */
napi_value process_enter_namespace(napi_env env, napi_callback_info info) {
  napi_value argv[2];
  int args[2];
  if (!read_arguments(env, info, 2, argv) || !read_ints(env, argv, 2, args)) return NULL;
  return answer(env, setns(args[0], args[1]));
}

/* unshare(kinds) */
napi_value process_leave_namespaces(napi_env env, napi_callback_info info) {
  napi_value argv[1];
  int kinds;
  if (!read_arguments(env, info, 1, argv) || !read_int(env, argv[0], &kinds)) return NULL;
  return answer(env, unshare(kinds));
}

/* schedSetscheduler(policy, priority) */
napi_value process_schedule(napi_env env, napi_callback_info info) {
  napi_value argv[2];
  int args[2];
  if (!read_arguments(env, info, 2, argv) || !read_ints(env, argv, 2, args)) return NULL;
  const struct sched_param parameters = {.sched_priority = args[1]};
  return answer(env, sched_setscheduler(0, args[0], &parameters));
}

/* Whether the argument of a prctl is a number: one that is an address would be anybody's memory. */
static bool takes_number(int option) {
  switch (option) {
    case PR_SET_PDEATHSIG:
    case PR_SET_DUMPABLE:
    case PR_SET_KEEPCAPS:
    case PR_CAPBSET_DROP:
    case PR_SET_TIMERSLACK:
    case PR_SET_CHILD_SUBREAPER:
    case PR_SET_NO_NEW_PRIVS:
      return true;
    default:
      return false;
  }
}

/* prctl(option, value): -EINVAL for options whose argument is not a number */
napi_value process_set_option(napi_env env, napi_callback_info info) {
  napi_value argv[2];
  int args[2];
  if (!read_arguments(env, info, 2, argv) || !read_ints(env, argv, 2, args)) return NULL;
  if (!takes_number(args[0])) return answer_error(env, EINVAL);
  return answer(env, prctl(args[0], (unsigned long)args[1], 0UL, 0UL, 0UL));
}

/* waitpid(pid): its number when it has ended and is gone now, 0 while it runs; never waits */
napi_value process_wait(napi_env env, napi_callback_info info) {
  napi_value argv[1];
  int pid;
  if (!read_arguments(env, info, 1, argv) || !read_int(env, argv[0], &pid)) return NULL;
  if (pid <= 0) return answer_error(env, EINVAL); /* any child, also those of libuv */
  return answer(env, waitpid(pid, NULL, WNOHANG));
}

/* capset(effective, permitted, inheritable): bit masks, bit n is capability n of linux/capability.h */
napi_value process_set_capabilities(napi_env env, napi_callback_info info) {
  napi_value argv[3];
  int64_t masks[3];
  if (!read_arguments(env, info, 3, argv)) return NULL;
  for (size_t i = 0; i < 3; i++) {
    if (!read_int64(env, argv[i], &masks[i])) return NULL;
    if (masks[i] < 0) return answer_error(env, EINVAL);
  }
  struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3, .pid = 0};
  struct __user_cap_data_struct halves[2];
  for (size_t i = 0; i < 2; i++) {
    halves[i] = (struct __user_cap_data_struct){
        .effective = (uint32_t)(masks[0] >> (32 * i)),
        .permitted = (uint32_t)(masks[1] >> (32 * i)),
        .inheritable = (uint32_t)(masks[2] >> (32 * i)),
    };
  }
  return answer(env, syscall(SYS_capset, &header, halves));
}
