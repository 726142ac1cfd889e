/** Certificates for tests, made by openssl in a folder of their own that is removed again. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Certified {
  readonly cert: string; // PEM
  readonly key: string;
}

/** An authority that nobody knows, with what it signs. */
export class Authority {
  readonly folder = mkdtempSync(join(tmpdir(), "vipkit-certificates-"));
  readonly cert: string;

  constructor() {
    writeFileSync(join(this.folder, "index"), "");
    writeFileSync(join(this.folder, "serial"), "01\n");
    writeFileSync(join(this.folder, "config"), configIn(this.folder));
    const subject = ["-subj", "/CN=Test Authority", "-out", "ca.pem", "-keyout", "ca.key"];
    this.#openssl("req", "-x509", ...NEW_KEY, ...subject, "-days", "3650");
    this.cert = this.#read("ca.pem");
  }

  /** @param alt as subjectAltName has it @param from, until as YYYYMMDD */
  sign(name: string, alt: string, { from = "20200101", until = "20991231" } = {}): Certified {
    const files = ["-keyout", `${name}.key`, "-out", `${name}.csr`];
    const subject = ["-subj", `/CN=${name}`, "-addext", `subjectAltName=${alt}`];
    this.#openssl("req", "-new", ...NEW_KEY, ...files, ...subject);
    const dates = ["-startdate", `${from}000000Z`, "-enddate", `${until}000000Z`];
    const out = ["-in", `${name}.csr`, "-out", `${name}.pem`, "-notext", "-batch"];
    this.#openssl("ca", "-config", "config", ...out, ...dates);
    return { cert: this.#read(`${name}.pem`), key: this.#read(`${name}.key`) };
  }

  selfSigned(name: string): Certified {
    const files = ["-keyout", "self.key", "-out", "self.pem", "-days", "365"];
    const subject = ["-subj", `/CN=${name}`, "-addext", `subjectAltName=DNS:${name}`];
    this.#openssl("req", "-x509", ...NEW_KEY, ...files, ...subject);
    return { cert: this.#read("self.pem"), key: this.#read("self.key") };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #openssl(...args: readonly string[]): void {
    execFileSync("openssl", args, { cwd: this.folder, stdio: "ignore" });
  }

  #read(name: string): string {
    return readFileSync(join(this.folder, name), "utf8");
  }
}

const NEW_KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];

const configIn = (folder: string): string => `[ca]
default_ca = it
[it]
database = ${folder}/index
serial = ${folder}/serial
new_certs_dir = ${folder}
certificate = ${folder}/ca.pem
private_key = ${folder}/ca.key
default_md = sha256
policy = any
copy_extensions = copy
unique_subject = no
[any]
commonName = supplied
`;
