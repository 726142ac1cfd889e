#!/usr/bin/env node
// CommonJS (see package.json beside this file): as a module, the same takes 6 ms more.
require("../dist/vipkit.cjs");
