process.stdout.write("vipkit\n");
