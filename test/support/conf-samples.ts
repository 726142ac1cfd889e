/** Configurations that use all of the language, as seeds of mutations. */

const VRRP = `! a comment
global_defs {
    router_id "node one"   # where it is
    include_check +match
}
$IF=eth0
$VIPS= \\
  10.0.0.\${N}/24 dev $IF \\
  @one 10.0.1.\${N}/24

vrrp_instance VI_\${_INSTANCE}
{
    track_file { f weight 1 }
    virtual_ipaddress {
        ~SEQ(N, 1, 3) $VIPS
        ~SEQx(H,0xa,0xc) fe80::\${H}
    }
    notify "/bin/x 'a \\x41' b" root
}
include part/{a,b}*.inc
includea none.inc
`;

const GENERATED = `$RS= \\
 real_server 10.0.\${V}.\${R} 80 { \\
   $W=\${_RANDOM 1 1} \\
   weight $W \\
 }
~LST({V, NAME}, {1,a},{2,b}) ~SEQ(R,2) $RS
@^two virtual_server { } } {
${"\t".repeat(3)}a\\#b "c # d" \${_HASH}\${_ENV HOME}\${NONE}$NONE
`;

export const CONF_SAMPLES: readonly string[] = [
  VRRP,
  GENERATED,
  VRRP.replaceAll("\n", "\r\n"),
  "global_defs\nvrrp_instance a {\n virtual_ipaddress\n 1.2.3.4\nglobal_defs {",
];
