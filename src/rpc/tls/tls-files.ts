import { constants, createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createSecureContext, type SecureContextOptions } from "node:tls";

/** A file that a setting names. */
export interface NamedFile {
  /** The setting, as it is told where the file cannot be used. */
  readonly setting: string;
  readonly path: string;
}

/** The files of a server's TLS, in PEM. */
export interface TlsFiles {
  readonly certificate: NamedFile;
  readonly key: NamedFile;
  /** What client certificates must lead to; undefined when no client is asked for one. */
  readonly clientCa: NamedFile | undefined;
}

/** What TLS files held at one time, and what was found good in them. */
export interface TlsMaterial {
  readonly contents: readonly Buffer[];
  readonly certificate: X509Certificate;
  readonly context: SecureContextOptions;
}

/** Everything that is wrong with TLS files, one line for each; written for the person who put them there. */
export class TlsFileError extends Error {}

// HTTP/2 forbids the rest of TLS 1.2's.
const ciphers = [
  "TLS_AES_128_GCM_SHA256",
  "TLS_AES_256_GCM_SHA384",
  "TLS_CHACHA20_POLY1305_SHA256",
  "ECDHE-ECDSA-AES128-GCM-SHA256",
  "ECDHE-RSA-AES128-GCM-SHA256",
  "ECDHE-ECDSA-AES256-GCM-SHA384",
  "ECDHE-RSA-AES256-GCM-SHA384",
  "ECDHE-ECDSA-CHACHA20-POLY1305",
  "ECDHE-RSA-CHACHA20-POLY1305",
].join(":");

/** Reads the files. Throws TlsFileError. */
export const readTlsFiles = async ({ certificate, key, clientCa }: TlsFiles): Promise<Buffer[]> => {
  const read = await Promise.allSettled([certificate, key, ...(clientCa ? [clientCa] : [])].map(readNamed));
  const failed = read.flatMap((result) => (result.status === "rejected" ? [(result.reason as Error).message] : []));
  if (failed.length > 0) throw new TlsFileError(failed.join("\n"));
  return read.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
};

const readNamed = async ({ setting, path }: NamedFile): Promise<Buffer> => {
  try {
    return await readFile(path);
  } catch (error) {
    throw new Error(`${setting} cannot be read: ${(error as Error).message}`, { cause: error });
  }
};

/** Checks what `readTlsFiles` read: each file for itself, and the key for the certificate. Throws TlsFileError. */
export const checkTlsFiles = (files: TlsFiles, contents: readonly Buffer[]): TlsMaterial => {
  const [certificatePem, keyPem, caPem] = contents as [Buffer, Buffer, Buffer?];
  const faults: string[] = [];
  const certificate = parseCertificates(certificatePem)?.[0];
  const key = parseKey(keyPem);
  if (certificate === undefined) faults.push(notPem(files.certificate, "a certificate"));
  if (key === undefined) faults.push(notPem(files.key, "a private key", ", not encrypted"));
  if (certificate && key && !certificate.checkPrivateKey(key)) {
    faults.push(`${files.key.setting} is not the key of the first certificate in ${files.certificate.setting}`);
  }
  if (certificate && expiryOf(certificate) <= new Date()) {
    faults.push(
      `${files.certificate.setting} holds a certificate that expired at ${expiryOf(certificate).toISOString()}`,
    );
  }
  if (files.clientCa && !parseCertificates(caPem as Buffer)) faults.push(notPem(files.clientCa, "certificates"));
  if (certificate === undefined || faults.length > 0) throw new TlsFileError(faults.join("\n"));
  const context: SecureContextOptions = { cert: certificatePem, key: keyPem, minVersion: "TLSv1.2", ciphers };
  if (caPem) {
    context.ca = caPem;
    // Who resumes a session shows no certificate, and one that has expired since would still count.
    context.secureOptions = constants.SSL_OP_NO_TICKET;
  }
  try {
    createSecureContext(context);
  } catch (error) {
    throw new TlsFileError(`${files.certificate.setting} cannot be used: ${(error as Error).message}`, {
      cause: error,
    });
  }
  return { contents, certificate, context };
};

/** When a certificate stops to be valid. */
export const expiryOf = (certificate: X509Certificate): Date => new Date(certificate.validTo);

const notPem = ({ setting, path }: NamedFile, what: string, more = ""): string =>
  `${setting} must hold ${what} in PEM${more}; ${path} does not`;

/** The certificates of a file; undefined when there is none, or something is wrong with one. */
const parseCertificates = (pem: Buffer): X509Certificate[] | undefined => {
  const text = pem.toString("latin1");
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [];
  // A file that is being written may end within one.
  if (blocks.length === 0 || blocks.length !== text.split("-----BEGIN CERTIFICATE-----").length - 1) return undefined;
  try {
    return blocks.map((block) => new X509Certificate(block));
  } catch {
    return undefined;
  }
};

const parseKey = (pem: Buffer): KeyObject | undefined => {
  try {
    return createPrivateKey({ key: pem, format: "pem" });
  } catch {
    return undefined;
  }
};
