{
  "targets": [
    {
      "target_name": "vipkit_native",
      "sources": [
        "module.c",
        "descriptor.c",
        "process.c",
        "name.c",
        "socket.c",
        "datagrams.c",
        "stamped.c",
        "watch.c",
        "timer.c"
      ],
      "defines": ["_GNU_SOURCE", "NAPI_VERSION=9"],
      "cflags": ["-std=c11", "-Wall", "-Wextra", "-Werror"],
      "configurations": {
        # The build of `npm run test:asan`; package.json finds it under the condition "asan".
        "Debug": {
          "cflags": ["-fsanitize=address", "-fno-omit-frame-pointer"],
          "ldflags": ["-fsanitize=address"]
        }
      }
    }
  ]
}
