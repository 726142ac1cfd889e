/** What the man page of `ipvs adm` tells beyond its description. */

export const admManual = {
  "DIFFERENCES FROM IPVSADM": [
    "Exit status: ipvsadm ends with 255 where the kernel refuses and -R with the status of its last line; here it is 2 where anything was refused.",
    "-R understands all lines before it carries out the first: a mistake in one of them, told with its line and column, changes nothing. Of lines that the kernel refuses each is named, all others are done. Comments are understood.",
    "Names of hosts are refused, and nothing is shown by name: -n is always so. Of ports the common names are read (http, domain, ...).",
    "The module ip_vs is never loaded: where it is missing the command says so. The kernel loads schedulers by itself.",
    "-M 24 is refused for IPv4, where ipvsadm takes it for 0.0.0.24. --pe needs -p. Options stand in any order, also before the command. A firewall mark of 2147483648 or more is shown as it is, not as a negative number.",
    "As there, -S leaves thresholds out, and timeouts and sync daemons: ipvs save has them. As there, the port of a server behind -g or -i is that of the service.",
    "-h shows this help, --netns and --color stand before the command: vipkit --netns blue ipvs adm -L.",
  ],
};
