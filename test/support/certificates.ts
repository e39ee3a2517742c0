import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { ChannelCredentials } from "@grpc/grpc-js";

const run = promisify(execFile);

const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];

/** A certificate and its key, in files. */
export interface CertificateFiles {
  readonly cert: string;
  readonly key: string;
}

/** A certificate authority whose files, and those of what it issues, are in one folder. */
export class TestCa {
  private constructor(
    readonly folder: string,
    readonly cert: string,
    readonly key: string,
  ) {}

  static async create(folder: string, name = "ca"): Promise<TestCa> {
    const ca = new TestCa(folder, join(folder, `${name}.crt`), join(folder, `${name}.key`));
    await openssl("req", "-x509", ...newKey, "-keyout", ca.key, "-out", ca.cert, "-subj", `/CN=${name}`, "-days", "2");
    return ca;
  }

  /** Issues a certificate of these subject alternative names, as openssl writes them. `days`: less than 0 is expired. */
  async issue(name: string, alternativeNames: string, days = 2): Promise<CertificateFiles> {
    const [cert, key, request, extensions] = ["crt", "key", "csr", "ext"].map((type) =>
      join(this.folder, `${name}.${type}`),
    );
    const files = { cert: cert as string, key: key as string };
    await writeFile(extensions as string, `subjectAltName=${alternativeNames}\n`);
    await openssl("req", ...newKey, "-keyout", files.key, "-out", request as string, "-subj", `/CN=${name}`);
    await openssl(
      ...["x509", "-req", "-in", request as string, "-out", files.cert, "-days", String(days)],
      ...["-CA", this.cert, "-CAkey", this.key, "-set_serial", String(Date.now()), "-extfile", extensions as string],
    );
    return files;
  }

  /** This authority's key, encrypted. */
  async encryptedKey(name: string): Promise<string> {
    const path = join(this.folder, `${name}.key`);
    await openssl("pkcs8", "-topk8", "-in", this.key, "-out", path, "-passout", "pass:secret");
    return path;
  }

  /**
   * What a server is configured with to show a certificate, and, with `client`, to want one of this authority. Callers are
   * not asked who they are.
   */
  env({ cert, key }: CertificateFiles, client?: "client certificates"): Record<string, string> {
    const ofClients = client && { ROSTER_TLS_CLIENT_CA_FILE: this.cert };
    return { ROSTER_TLS_CERT_FILE: cert, ROSTER_TLS_KEY_FILE: key, ROSTER_AUTHENTICATION: "none", ...ofClients };
  }

  /** What a client connects with: it trusts this authority, and shows a certificate when it is given one. */
  credentials(client?: CertificateFiles): ChannelCredentials {
    const [key, cert] = client ? [readFileSync(client.key), readFileSync(client.cert)] : [];
    return ChannelCredentials.createSsl(readFileSync(this.cert), key, cert);
  }
}

const openssl = async (...args: string[]): Promise<void> => {
  await run("openssl", args);
};
