#!/usr/bin/env node
// CommonJS (see package.json beside this file): loading one bundle this way costs 2 ms, as a module 8 ms.
require("node:module").enableCompileCache?.(); // Node 22 and later
require("../dist/vipkit.cjs");
