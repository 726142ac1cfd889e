/** nginx on a host of the test, with a configuration and pages of its own in a folder that is removed. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Host } from "./netns.ts";

/** Ports: 80 HTTP/1, 81 HTTP/2, 443 TLS with both, 444 TLS that asks for a client's certificate. */
export class Nginx implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), "vipkit-nginx-"));

  /** Its certificate is for www.test, good for 20 days, and in `cert.pem`; user `me`, password `secret`. */
  static async start(host: Pick<Host, "spawn">): Promise<Nginx> {
    const nginx = new Nginx();
    try {
      nginx.#prepare();
      const { lines } = host.spawn("nginx", "-p", nginx.folder, "-c", nginx.file("nginx.conf"));
      await lines.next(/start worker process \d/);
      return nginx;
    } catch (error) {
      nginx[Symbol.dispose]();
      throw error;
    }
  }

  file(name: string): string {
    return join(this.folder, name);
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #prepare(): void {
    mkdirSync(this.file("html"));
    writeFileSync(this.file("html/health"), "ok: all is well\n");
    writeFileSync(this.file("html/state"), '{"status":"green","nodes":[{"up":true}]}');
    writeFileSync(
      this.file("html/big"),
      Uint8Array.from({ length: 300_000 }, (_, n) => (n * n) % 251),
    );
    writeFileSync(this.file("users"), "me:{PLAIN}secret\n");
    const names = ["-subj", "/CN=www.test", "-addext", "subjectAltName=DNS:www.test"];
    const out = ["-keyout", "key.pem", "-out", "cert.pem", "-days", "20"];
    const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
    const options = { cwd: this.folder, stdio: "ignore" } as const;
    execFileSync("openssl", ["req", "-x509", ...key, ...names, ...out], options);
    writeFileSync(this.file("nginx.conf"), configIn(this.folder, process.getuid?.() === 0));
  }
}

const configIn = (folder: string, isRoot: boolean): string => `
daemon off; pid ${folder}/pid; error_log stderr notice; worker_processes 1;
${isRoot ? "user root;" : ""}
events {}
http {
  access_log off; root ${folder}/html;
  client_body_temp_path ${folder}/1; proxy_temp_path ${folder}/2; fastcgi_temp_path ${folder}/3;
  uwsgi_temp_path ${folder}/4; scgi_temp_path ${folder}/5;
  ssl_certificate ${folder}/cert.pem; ssl_certificate_key ${folder}/key.pem;
  server {
    listen 80;
    location /moved { return 301 /health; }
    location /loop { return 302 /loop; }
    location /error { return 503; }
    location /secret { auth_basic "x"; auth_basic_user_file ${folder}/users; alias ${folder}/html/health; }
  }
  server { listen 81 http2; }
  server { listen 443 ssl http2; }
  server { listen 444 ssl; ssl_client_certificate ${folder}/cert.pem; ssl_verify_client on; }
}
`;
