import { createCipheriv, timingSafeEqual } from "node:crypto";
import { decodeBase64, toBase64, unpadded } from "../base64.js";
import { readInteger, readParameters } from "../parameters.js";
import { refuse } from "../problem.js";
import { checkScryptCost, deriveScrypt, type ScryptCost } from "./scrypt.js";

/** The scrypt of Firebase Authentication, whose hash is a secret of the project encrypted under the derived key. */
export interface FirebaseScryptCredential {
  readonly algorithm: "firebaseScrypt";
  /** The base 2 logarithm of scrypt's n. */
  readonly memoryCost: number;
  /** Scrypt's r. */
  readonly rounds: number;
  /** The user's salt, base64. */
  readonly salt: string;
  /** The project's salt separator, base64; may be empty. */
  readonly saltSeparator: string;
  /** The project's signer key, base64. */
  readonly signerKey: string;
  /** The signer key as encrypted for the user, base64. */
  readonly hash: string;
}

type Texts = Record<"m" | "r" | "salt" | "hash" | "ss" | "sk", string>;

const saltBytes = { min: 1, max: 256 };
const separatorBytes = { min: 0, max: 256 };
const keyBytes = { min: 16, max: 256 };

/** Reads the four forms that are in use. */
export const parseFirebaseScrypt = (text: string): FirebaseScryptCredential => {
  const { m, r, ...texts } = findTexts(text);
  const memoryCost = readInteger(m, "the memory cost", 1, 16);
  const rounds = readInteger(r, "r", 1, 16);
  checkScryptCost(costOf({ memoryCost, rounds }));
  const signerKey = decodeBase64(texts.sk, "signer key (sk)", keyBytes);
  return {
    algorithm: "firebaseScrypt",
    memoryCost,
    rounds,
    salt: toBase64(decodeBase64(texts.salt, "salt", saltBytes)),
    saltSeparator: toBase64(decodeBase64(texts.ss, "salt separator (ss)", separatorBytes)),
    signerKey: toBase64(signerKey),
    // The cipher keeps the length.
    hash: toBase64(decodeBase64(texts.hash, "hash", { min: signerKey.length, max: signerKey.length })),
  };
};

const findTexts = (text: string): Texts => {
  const [front, name, ...rest] = text.split("$");
  const [first = "", second = "", third = "", fourth = "", fifth = ""] = rest;
  const given = `${front}$${name}/${rest.length}`;
  if (given === "$firebase-scrypt/4" && first === "v=1") {
    return { ...readParameters(second.split(","), ["r", "m", "ss", "sk"]), salt: third, hash: fourth };
  }
  if (given === "$firebase-scrypt/6") return readParameters(rest, ["hash", "salt", "sk", "ss", "r", "m"]);
  if (given === "$firescrypt/5") {
    const { ln, r, p } = readParameters(first.split(","), ["ln", "r", "p"]);
    readInteger(p, "p", 1, 1);
    return { m: ln, r, salt: second, hash: third, ss: fourth, sk: fifth };
  }
  if (given === "$fbscrypt/3") {
    const { v, n, p, ...texts } = readParameters(first.split(","), ["v", "n", "r", "p", "ss", "sk"]);
    readInteger(v, "v", 1, 1);
    readInteger(p, "p", 1, 1);
    return { m: n, ...texts, salt: second, hash: third };
  }
  return refuse(
    "must be $firebase-scrypt$v=1$r=…,m=…,ss=…,sk=…$salt$hash, $firebase-scrypt$hash=…$salt=…$sk=…$ss=…$r=…$m=…, " +
      "$firescrypt$ln=…,r=…,p=1$salt$hash$ss$sk or $fbscrypt$v=1,n=…,r=…,p=1,ss=…,sk=…$salt$hash",
  );
};

type Cost = Pick<FirebaseScryptCredential, "memoryCost" | "rounds">;

/** The same cost in the terms of scrypt. */
export const costOf = ({ memoryCost, rounds }: Cost): ScryptCost => ({ n: 2 ** memoryCost, r: rounds, p: 1 });

export const verifyFirebaseScrypt = async (
  { salt, saltSeparator, signerKey, hash, ...cost }: FirebaseScryptCredential,
  password: string,
): Promise<boolean> => {
  const salts = Buffer.concat([Buffer.from(salt, "base64"), Buffer.from(saltSeparator, "base64")]);
  const key = await deriveScrypt(password, salts, costOf(cost), 32);
  const cipher = createCipheriv("aes-256-ctr", key, Buffer.alloc(16));
  const encrypted = Buffer.concat([cipher.update(signerKey, "base64"), cipher.final()]);
  return timingSafeEqual(encrypted, Buffer.from(hash, "base64"));
};

export const formatFirebaseScrypt = (credential: FirebaseScryptCredential): string => {
  const { memoryCost, rounds, salt, saltSeparator, signerKey, hash } = credential;
  const parameters = `r=${rounds},m=${memoryCost},ss=${unpadded(saltSeparator)},sk=${unpadded(signerKey)}`;
  return `$firebase-scrypt$v=1$${parameters}$${unpadded(salt)}$${unpadded(hash)}`;
};
