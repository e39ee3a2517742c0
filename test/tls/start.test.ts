import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { loadConfig } from "../../src/config/config.js";
import { createLogger } from "../../src/log.js";
import { TlsFileError } from "../../src/rpc/tls/tls-files.js";
import { serve } from "../../src/serve.js";
import { type CertificateFiles, TestCa } from "../support/certificates.js";
import { useFolder } from "../support/folder.js";

const folder = useFolder();
let ca: TestCa;
let server: CertificateFiles;

beforeAll(async () => {
  ca = await TestCa.create(folder.path);
  server = await ca.issue("server", "DNS:localhost,IP:127.0.0.1");
});

/** A file of this content. */
const file = async (name: string, content: string | Buffer): Promise<string> => {
  const path = join(folder.path, name);
  await writeFile(path, content);
  return path;
};

interface Given {
  cert?: string;
  key?: string;
  clientCa?: string;
}

const cert = "ROSTER_TLS_CERT_FILE";
const key = "ROSTER_TLS_KEY_FILE";
const clientCa = "ROSTER_TLS_CLIENT_CA_FILE";
const noCertificate = (path: string) => `${cert} must hold a certificate in PEM; ${path} does not`;
const noKey = (path: string) => `${key} must hold a private key in PEM, not encrypted; ${path} does not`;
const noCa = (path: string) => `${clientCa} must hold certificates in PEM; ${path} does not`;
const notItsKey = `${key} is not the key of the first certificate in ${cert}`;
const half = async (path: string) => {
  const text = await readFile(path, "latin1");
  return text.slice(0, text.length / 2);
};

/** What is given beside good files, and what the server says to it. */
const refusals: Record<string, () => Promise<[Given, (string | RegExp)[]]>> = {
  "a certificate file that is not there": async () => {
    const path = join(folder.path, "none.crt");
    return [{ cert: path }, [`${cert} cannot be read: ENOENT: no such file or directory, open '${path}'`]];
  },
  "a key file that is a folder": async () => [
    { key: folder.path },
    [`${key} cannot be read: EISDIR: illegal operation on a directory, read`],
  ],
  "a certificate file of other text": async () => {
    const path = await file("text.crt", "hello\n");
    return [{ cert: path }, [noCertificate(path)]];
  },
  "a certificate in binary form": async () => {
    const pem = await readFile(server.cert, "latin1");
    const path = await file("binary.crt", Buffer.from(pem.replace(/-----.*-----|\n/g, ""), "base64"));
    return [{ cert: path }, [noCertificate(path)]];
  },
  "half of a certificate": async () => {
    const path = await file("half.crt", await half(server.cert));
    return [{ cert: path }, [noCertificate(path)]];
  },
  "a certificate that is followed by half of another": async () => {
    const path = await file("chain.crt", (await readFile(server.cert, "latin1")) + (await half(ca.cert)));
    return [{ cert: path }, [noCertificate(path)]];
  },
  "a certificate in the place of the key": async () => [{ key: server.cert }, [noKey(server.cert)]],
  "an encrypted key": async () => {
    const path = await ca.encryptedKey("encrypted");
    return [{ key: path }, [noKey(path)]];
  },
  "the key of another certificate": async () => {
    const other = await ca.issue("other", "DNS:localhost");
    return [{ key: other.key }, [notItsKey]];
  },
  "a chain in the wrong order": async () => {
    const path = await file(
      "reversed.crt",
      (await readFile(ca.cert, "latin1")) + (await readFile(server.cert, "latin1")),
    );
    return [{ cert: path }, [notItsKey]];
  },
  "an expired certificate": async () => [
    await ca.issue("expired", "DNS:localhost", -1),
    [/^ROSTER_TLS_CERT_FILE holds a certificate that expired at \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/],
  ],
  "a client CA file that is not there": async () => {
    const path = join(folder.path, "none-ca.crt");
    return [{ clientCa: path }, [`${clientCa} cannot be read: ENOENT: no such file or directory, open '${path}'`]];
  },
  "an empty client CA file": async () => {
    const path = await file("empty-ca.crt", "");
    return [{ clientCa: path }, [noCa(path)]];
  },
  "a key in the place of the client CA": async () => [{ clientCa: ca.key }, [noCa(ca.key)]],
  "half of a client CA": async () => {
    const path = await file("half-ca.crt", (await readFile(ca.cert, "latin1")) + (await half(ca.cert)));
    return [{ clientCa: path }, [noCa(path)]];
  },
  "everything wrong at once": async () => {
    const path = await file("wrong", "hello\n");
    return [{ cert: path, key: path, clientCa: path }, [noCertificate(path), noKey(path), noCa(path)]];
  },
};

describe("a server does not start with", () => {
  it.each(Object.entries(refusals))("%s", async (_name, given) => {
    const [files, expected] = await given();
    const config = loadConfig({
      MONGODB_URI: "mongodb://127.0.0.1:1",
      ROSTER_TLS_CERT_FILE: files.cert ?? server.cert,
      ROSTER_TLS_KEY_FILE: files.key ?? server.key,
      ROSTER_TLS_CLIENT_CA_FILE: files.clientCa ?? ca.cert,
    });
    const error = await serve(config, createLogger("silent", { write: () => {} })).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(TlsFileError);
    const lines = (error as Error).message.split("\n");
    expect(lines).toEqual(expected.map((line) => (typeof line === "string" ? line : expect.stringMatching(line))));
  });
});
