import type { X509Certificate } from "node:crypto";
import type { ServerCredentials } from "@grpc/grpc-js";
import { TlsCredentials } from "./tls-credentials.js";
import { checkTlsFiles, expiryOf, readTlsFiles, TlsFileError, type TlsFiles, type TlsMaterial } from "./tls-files.js";

/** Is told what becomes of the certificate. */
export interface TlsReport {
  /** Connections get this certificate from now on. */
  inUse(certificate: X509Certificate): void;
  /** The files changed to something that cannot be used: what was in use stays. Told once for each reason. */
  refused(reason: string): void;
}

// Contents are compared: where secrets are mounted, files change by a link that points elsewhere.
const pollMs = 1_000;

/** A server's TLS, which follows its files. */
export class ServerTls {
  readonly #files: TlsFiles;
  readonly #report: TlsReport;
  readonly #credentials: TlsCredentials;
  #material: TlsMaterial;
  #fault: string | undefined;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  private constructor(files: TlsFiles, report: TlsReport, material: TlsMaterial) {
    this.#files = files;
    this.#report = report;
    this.#material = material;
    this.#credentials = new TlsCredentials(material.context, files.clientCa !== undefined);
  }

  /** Reads the files and follows them until `stop`. Throws TlsFileError. */
  static async start(files: TlsFiles, report: TlsReport): Promise<ServerTls> {
    const tls = new ServerTls(files, report, checkTlsFiles(files, await readTlsFiles(files)));
    report.inUse(tls.#material.certificate);
    tls.#schedule();
    return tls;
  }

  get credentials(): ServerCredentials {
    return this.#credentials;
  }

  /** When the certificate in use stops to be valid. */
  get expiry(): Date {
    return expiryOf(this.#material.certificate);
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #schedule(): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => {
      void this.#follow().finally(() => this.#schedule());
    }, pollMs).unref();
  }

  async #follow(): Promise<void> {
    try {
      const contents = await readTlsFiles(this.#files);
      if (contents.every((content, index) => this.#material.contents[index]?.equals(content))) {
        this.#fault = undefined;
        return;
      }
      const material = checkTlsFiles(this.#files, contents);
      this.#credentials.use(material.context);
      this.#material = material;
      this.#fault = undefined;
      this.#report.inUse(material.certificate);
    } catch (error) {
      const reason = error instanceof TlsFileError ? error.message : String(error);
      if (reason !== this.#fault) this.#report.refused(reason);
      this.#fault = reason;
    }
  }
}
