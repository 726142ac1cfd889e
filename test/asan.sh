#!/bin/sh
# Builds the addon with AddressSanitizer beside the ordinary build and runs its tests on it.
# Not looked for: leaks, because V8 frees nothing at its end, and the type under which raw-socket
# deletes its uv_poll_t.
set -eu
node-gyp configure build --debug -C src/io/native --loglevel=error >/dev/null
LD_PRELOAD="$(gcc -print-file-name=libasan.so)" \
  ASAN_OPTIONS=detect_leaks=0:new_delete_type_mismatch=0 NODE_OPTIONS=--conditions=asan \
  exec node --test dist/test/unit/io/*.test.js dist/test/property/native.test.js \
  dist/test/netns/*-socket.test.js dist/test/netns/netns.test.js
