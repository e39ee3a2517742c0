import { describe, expect, it } from "vitest";
import { type PasswordHash, type PasswordHashAlgorithm, parsePasswordHash } from "../../src/passwords/index.js";

const bytes = (length: number): string => Buffer.alloc(length, 0xa5).toString("base64");
const salt = bytes(16);
const hash = bytes(32);
const problemOf = (given: PasswordHash) => {
  const parsed = parsePasswordHash(given);
  return "problem" in parsed ? `${parsed.field} ${parsed.problem}` : "none";
};
const bcryptTail = "abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui";
const fire = (m: string | number, r: string | number, more: Record<string, string> = {}): string => {
  const parts = { ss: "Bw==", sk: bytes(64), salt: bytes(10), hash: bytes(64), ...more };
  return `$firebase-scrypt$v=1$r=${r},m=${m},ss=${parts.ss},sk=${parts.sk}$${parts.salt}$${parts.hash}`;
};
const scryptForms = "hash must be $scrypt$v=1$n=…,r=…,p=…,kl=…$salt$hash or $scrypt$ln=…,r=…,p=…$salt$hash";
const firebaseForms =
  "hash must be $firebase-scrypt$v=1$r=…,m=…,ss=…,sk=…$salt$hash, " +
  "$firebase-scrypt$hash=…$salt=…$sk=…$ss=…$r=…$m=…, $firescrypt$ln=…,r=…,p=1$salt$hash$ss$sk or " +
  "$fbscrypt$v=1,n=…,r=…,p=1,ss=…,sk=…$salt$hash";
const pbkdf2Forms = "hash must be $pbkdf2$i=…,d=…$salt$hash, $pbkdf2-sha256$…$salt$hash or $pbkdf2-sha512$…$salt$hash";
const argon2Forms = "hash must be $argon2id$v=19$m=…,t=…,p=…$salt$hash, or the same with argon2i or argon2d";
const bcryptForm = "hash must be $2a$, $2b$ or $2y$, a cost in two digits, $, and 53 characters of ./A-Za-z0-9";
const base64Of = (name: string) =>
  `hash must have a ${name} in base64 (A-Z, a-z, 0-9, + and /), with or without padding`;
const wholeNumber = (name: string, min: number, max: number) =>
  `hash must have ${name} as a whole number from ${min} to ${max}`;
const once = (...names: string[]) => `hash must have each of the parameters ${names.join(", ")} once, and no other`;

/** A template and, for each number put in, whether it is allowed and what is said if not. */
const bounds: {
  name: string;
  algorithm: PasswordHashAlgorithm;
  make: (value: string | number) => string;
  allowed: (string | number)[];
  refused: (string | number)[];
  problem: string;
}[] = [
  {
    name: "the cost of bcrypt",
    algorithm: "BCRYPT",
    make: (cost) => `$2b$${cost}$${bcryptTail}`,
    allowed: ["04", "15"],
    refused: ["00", "03", "16", "31", "99"],
    problem: wholeNumber("a cost", 4, 15),
  },
  {
    name: "the memory of scrypt, by n",
    algorithm: "SCRYPT",
    make: (n) => `$scrypt$v=1$n=${n},r=8,p=1,kl=32$${salt}$${hash}`,
    allowed: [2, 65_536],
    refused: [131_072],
    problem: "hash must need at most 64 MiB of memory: 128 times n (2^ln) times r",
  },
  {
    name: "the memory of scrypt, by ln",
    algorithm: "SCRYPT",
    make: (ln) => `$scrypt$ln=${ln},r=8,p=1$${salt}$${hash}`,
    allowed: [1, 16],
    refused: [17, 19],
    problem: "hash must need at most 64 MiB of memory: 128 times n (2^ln) times r",
  },
  {
    name: "the memory of scrypt, by r",
    algorithm: "SCRYPT",
    make: (r) => `$scrypt$ln=14,r=${r},p=1$${salt}$${hash}`,
    allowed: [1, 32],
    refused: [33, 262_144],
    problem: "hash must need at most 64 MiB of memory: 128 times n (2^ln) times r",
  },
  {
    name: "the memory of scrypt, by p",
    algorithm: "SCRYPT",
    make: (p) => `$scrypt$v=1$n=2,r=262144,p=${p},kl=32$${salt}$${hash}`,
    allowed: [1, 2],
    refused: [3, 16],
    problem: "hash must need at most 64 MiB of memory: 128 times r times p",
  },
  {
    name: "n of scrypt",
    algorithm: "SCRYPT",
    make: (n) => `$scrypt$v=1$n=${n},r=8,p=1,kl=32$${salt}$${hash}`,
    allowed: [16_384],
    refused: [0, 1, -2, "1e4", "NaN", "Infinity", "0x10", "016384", "+2", " 2", "", 4_294_967_296, "9".repeat(400)],
    problem: wholeNumber("n", 2, 524_288),
  },
  {
    name: "n of scrypt as a power of two",
    algorithm: "SCRYPT",
    make: (n) => `$scrypt$v=1$n=${n},r=8,p=1,kl=32$${salt}$${hash}`,
    allowed: [1_024],
    refused: [1_000, 16_383, 3],
    problem: "hash must have n as a power of two",
  },
  {
    name: "n of scrypt where r is 1",
    algorithm: "SCRYPT",
    make: (ln) => `$scrypt$ln=${ln},r=1,p=1$${salt}$${hash}`,
    allowed: [15],
    refused: [16, 19],
    problem: "hash must have r of at least 2 with a cost this high",
  },
  {
    name: "ln of scrypt",
    algorithm: "SCRYPT",
    make: (ln) => `$scrypt$ln=${ln},r=2,p=1$${salt}$${hash}`,
    allowed: [1, 18],
    refused: [0, 20, 64, 1_100],
    problem: wholeNumber("ln", 1, 19),
  },
  {
    name: "p of scrypt",
    algorithm: "SCRYPT",
    make: (p) => `$scrypt$ln=4,r=8,p=${p}$${salt}$${hash}`,
    allowed: [1, 16],
    refused: [0, 17],
    problem: wholeNumber("p", 1, 16),
  },
  {
    name: "kl of scrypt",
    algorithm: "SCRYPT",
    make: (kl) => `$scrypt$v=1$n=16,r=8,p=1,kl=${kl}$${salt}$${bytes(Number(kl))}`,
    allowed: [16, 64, 128],
    refused: [15, 129],
    problem: wholeNumber("kl", 16, 128),
  },
  {
    name: "the memory cost of Firebase",
    algorithm: "FIREBASE_SCRYPT",
    make: (m) => fire(m, 8),
    allowed: [1, 16],
    refused: [0, 17, -1, "14.0"],
    problem: wholeNumber("the memory cost", 1, 16),
  },
  {
    name: "the rounds of Firebase",
    algorithm: "FIREBASE_SCRYPT",
    make: (r) => fire(14, r),
    allowed: [1, 16],
    refused: [0, 17],
    problem: wholeNumber("r", 1, 16),
  },
  {
    name: "the iterations of pbkdf2",
    algorithm: "PBKDF2",
    make: (i) => `$pbkdf2$i=${i},d=sha256$${salt}$${hash}`,
    allowed: [1_000, 2_000_000],
    refused: [0, 999, 2_000_001, -1_000],
    problem: wholeNumber("iterations", 1_000, 2_000_000),
  },
  {
    name: "the iterations of passlib's pbkdf2",
    algorithm: "PBKDF2",
    make: (i) => `$pbkdf2-sha512$${i}$${salt}$${bytes(64)}`,
    allowed: [1_000, 2_000_000],
    refused: [999, 2_000_001, "i=1000"],
    problem: wholeNumber("iterations", 1_000, 2_000_000),
  },
  {
    name: "the iterations of pbkdf2 for a hash of 512 bytes",
    algorithm: "PBKDF2",
    make: (i) => `$pbkdf2$i=${i},d=sha256$${salt}$${bytes(512)}`,
    allowed: [250_000],
    refused: [250_001],
    problem: "hash must have fewer iterations or a shorter hash: 16 blocks of sha256 may have 250000",
  },
  {
    name: "the memory of argon2",
    algorithm: "ARGON2",
    make: (m) => `$argon2id$v=19$m=${m},t=1,p=1$${salt}$${hash}`,
    allowed: [8, 262_144],
    refused: [7, 262_145],
    problem: wholeNumber("m", 8, 262_144),
  },
  {
    name: "the memory of argon2 with lanes",
    algorithm: "ARGON2",
    make: (m) => `$argon2d$v=19$m=${m},t=1,p=4$${salt}$${hash}`,
    allowed: [32],
    refused: [31],
    problem: wholeNumber("m with p=4", 32, 262_144),
  },
  {
    name: "the passes of argon2",
    algorithm: "ARGON2",
    make: (t) => `$argon2i$v=19$m=64,t=${t},p=1$${salt}$${hash}`,
    allowed: [1, 10],
    refused: [0, 11],
    problem: wholeNumber("t", 1, 10),
  },
  {
    name: "the lanes of argon2",
    algorithm: "ARGON2",
    make: (p) => `$argon2id$v=19$m=1024,t=1,p=${p}$${salt}$${hash}`,
    allowed: [1, 16],
    refused: [0, 17],
    problem: wholeNumber("p", 1, 16),
  },
];

describe("a bound", () => {
  it.each(bounds)("of $name", ({ algorithm, make, allowed, refused, problem }) => {
    for (const value of allowed) expect(problemOf({ algorithm, hash: make(value) }), String(value)).toBe("none");
    for (const value of refused) expect(problemOf({ algorithm, hash: make(value) }), String(value)).toBe(problem);
  });
});

const long = (name: string, min: number, max: number, given: number) =>
  `hash must have a ${name} of ${min === max ? min : `${min}-${max}`} bytes, not ${given}`;
const ssha = (length: number) => `{SSHA}${bytes(length)}`;
const shaName = (digest: number) => `hash of ${digest} bytes and salt of 1-256 bytes, together`;

const lengths: [PasswordHashAlgorithm, string, string][] = [
  ["SCRYPT", `$scrypt$ln=4,r=8,p=1$${bytes(1)}$${bytes(16)}`, "none"],
  ["SCRYPT", `$scrypt$ln=4,r=8,p=1$$${hash}`, long("salt", 1, 256, 0)],
  ["SCRYPT", `$scrypt$ln=4,r=8,p=1$${bytes(256)}$${hash}`, "none"],
  ["SCRYPT", `$scrypt$ln=4,r=8,p=1$${bytes(257)}$${hash}`, long("salt", 1, 256, 257)],
  ["SCRYPT", `$scrypt$ln=4,r=8,p=1$${salt}$${bytes(15)}`, long("hash", 16, 128, 15)],
  ["SCRYPT", `$scrypt$ln=4,r=8,p=1$${salt}$`, long("hash", 16, 128, 0)],
  ["SCRYPT", `$scrypt$v=1$n=16,r=8,p=1,kl=64$${salt}$${hash}`, long("hash", 64, 64, 32)],
  ["FIREBASE_SCRYPT", fire(14, 8, { salt: "" }), long("salt", 1, 256, 0)],
  ["FIREBASE_SCRYPT", fire(14, 8, { ss: "" }), "none"],
  ["FIREBASE_SCRYPT", fire(14, 8, { hash: bytes(63) }), long("hash", 64, 64, 63)],
  ["FIREBASE_SCRYPT", fire(14, 8, { sk: bytes(32) }), long("hash", 32, 32, 64)],
  ["FIREBASE_SCRYPT", fire(14, 8, { sk: "" }), long("signer key (sk)", 16, 256, 0)],
  ["FIREBASE_SCRYPT", fire(16, 1), "hash must have r of at least 2 with a cost this high"],
  ["PBKDF2", `$pbkdf2$i=1000,d=sha256$${bytes(1)}$${bytes(16)}`, "none"],
  ["PBKDF2", `$pbkdf2$i=1000,d=sha256$$${hash}`, long("salt", 1, 256, 0)],
  ["PBKDF2", `$pbkdf2$i=1000,d=sha256$${salt}$${bytes(15)}`, long("hash", 16, 512, 15)],
  ["PBKDF2", `$pbkdf2$i=1000,d=sha512$${salt}$${bytes(513)}`, long("hash", 16, 512, 513)],
  ["ARGON2", `$argon2id$v=19$m=64,t=1,p=1$${bytes(7)}$${hash}`, long("salt", 8, 64, 7)],
  ["ARGON2", `$argon2id$v=19$m=64,t=1,p=1$${bytes(8)}$${bytes(12)}`, "none"],
  ["ARGON2", `$argon2id$v=19$m=64,t=1,p=1$${bytes(64)}$${bytes(128)}`, "none"],
  ["ARGON2", `$argon2id$v=19$m=64,t=1,p=1$${salt}$${bytes(11)}`, long("hash", 12, 128, 11)],
  ["SSHA", ssha(20), long(shaName(20), 21, 276, 20)],
  ["SSHA", ssha(21), "none"],
  ["SSHA", ssha(276), "none"],
  ["SSHA", ssha(277), long(shaName(20), 21, 276, 277)],
  ["SSHA256", bytes(32), long(shaName(32), 33, 288, 32)],
  ["SSHA256", bytes(33), "none"],
];

describe("a length", () => {
  it.each(lengths)("of %s %s", (algorithm, given, problem) => {
    expect(problemOf({ algorithm, hash: given })).toBe(problem);
  });
});

const sk = bytes(64);
const named = (...parts: string[]) => `$firebase-scrypt$${parts.join("$")}`;
const namedParts = [`hash=${sk}`, `salt=${salt}`, `sk=${sk}`, "ss=Bw==", "r=8", "m=14"];

const malformed: [PasswordHashAlgorithm, string, string][] = [
  ["BCRYPT", `$2x$10$${bcryptTail}`, bcryptForm],
  ["BCRYPT", `$2$10$${bcryptTail}`, bcryptForm],
  ["BCRYPT", `$2b$4$${bcryptTail}`, bcryptForm],
  ["BCRYPT", `$2b$10$${bcryptTail}a`, bcryptForm],
  ["BCRYPT", `$2b$10$${bcryptTail.slice(1)}`, bcryptForm],
  ["BCRYPT", `$2b$10$${bcryptTail}\n`, bcryptForm],
  ["BCRYPT", ` $2b$10$${bcryptTail}`, bcryptForm],
  ["BCRYPT", `$2b$10$${bcryptTail.replace("/", "+")}`, bcryptForm],
  ["BCRYPT", `$2b$10$${bcryptTail.slice(0, -1)}j`, "hash must end in a character that a bcrypt hash can end in"],
  ["BCRYPT", `bcrypt_sha256$$2b$12$${bcryptTail}`, bcryptForm],
  ["SCRYPT", `$scrypt$ln=14,r=8,p=1$${salt}$${hash}$`, scryptForms],
  ["SCRYPT", `$scrypt$ln=14,r=8,p=1$${salt}`, scryptForms],
  ["SCRYPT", `scrypt$ln=14,r=8,p=1$${salt}$${hash}`, scryptForms],
  ["SCRYPT", `$scrypt$v=2$n=16384,r=8,p=1,kl=32$${salt}$${hash}`, scryptForms],
  ["SCRYPT", `$argon2id$v=19$m=65536,t=3,p=4$${salt}$${hash}`, scryptForms],
  ["SCRYPT", `$scrypt$n=16384,r=8,p=1$${salt}$${hash}`, once("ln", "r", "p")],
  ["SCRYPT", `$scrypt$ln=14,r=8,r=8,p=1$${salt}$${hash}`, once("ln", "r", "p")],
  ["SCRYPT", `$scrypt$ln=14,r=8$${salt}$${hash}`, once("ln", "r", "p")],
  ["SCRYPT", `$scrypt$ln=14,r=8,p=1,x=1$${salt}$${hash}`, once("ln", "r", "p")],
  ["SCRYPT", `$scrypt$ln=14,r=8,p=1,$${salt}$${hash}`, once("ln", "r", "p")],
  ["SCRYPT", `$scrypt$ln=14,r=8,__proto__=1$${salt}$${hash}`, once("ln", "r", "p")],
  ["SCRYPT", `$scrypt$v=1$n=16384,r=8,p=1$${salt}$${hash}`, once("n", "r", "p", "kl")],
  ["FIREBASE_SCRYPT", fire(14, 8).replace("v=1", "v=2"), firebaseForms],
  ["FIREBASE_SCRYPT", `${fire(14, 8)}$`, firebaseForms],
  ["FIREBASE_SCRYPT", `x${fire(14, 8)}`, firebaseForms],
  ["FIREBASE_SCRYPT", `$scrypt$ln=14,r=8,p=1$${salt}$${hash}`, firebaseForms],
  ["FIREBASE_SCRYPT", fire(14, 8).replace("r=8", "r=8,p=1"), once("r", "m", "ss", "sk")],
  ["FIREBASE_SCRYPT", named(...namedParts.slice(0, 5), "r=8"), once("hash", "salt", "sk", "ss", "r", "m")],
  ["FIREBASE_SCRYPT", named(...namedParts.slice(0, 5)), firebaseForms],
  ["FIREBASE_SCRYPT", `$firescrypt$ln=14,r=8,p=2$${salt}$${sk}$Bw$${sk}`, wholeNumber("p", 1, 1)],
  ["FIREBASE_SCRYPT", `$firescrypt$ln=14,r=8$${salt}$${sk}$Bw$${sk}`, once("ln", "r", "p")],
  ["FIREBASE_SCRYPT", `$firescrypt$ln=14,r=8,p=1$${salt}$${sk}$Bw`, firebaseForms],
  ["FIREBASE_SCRYPT", `$fbscrypt$v=2,n=14,r=8,p=1,ss=Bw,sk=${sk}$${salt}$${sk}`, wholeNumber("v", 1, 1)],
  ["FIREBASE_SCRYPT", `$fbscrypt$v=1,n=14,r=8,ss=Bw,sk=${sk}$${salt}$${sk}`, once("v", "n", "r", "p", "ss", "sk")],
  ["PBKDF2", `pbkdf2_sha256$600000$${salt}$${hash}`, pbkdf2Forms],
  ["PBKDF2", `$pbkdf2-sha1$600000$${salt}$${hash}`, pbkdf2Forms],
  ["PBKDF2", `$pbkdf2-toString$600000$${salt}$${hash}`, pbkdf2Forms],
  ["PBKDF2", `$pbkdf2$600000$${salt}$${hash}`, once("i", "d")],
  ["PBKDF2", `$pbkdf2$i=600000,i=1000,d=sha256$${salt}$${hash}`, once("i", "d")],
  ["PBKDF2", `$pbkdf2$i=600000,d=md5$${salt}$${hash}`, "hash must have d as sha256 or sha512"],
  ["PBKDF2", `$pbkdf2$i=600000,d=SHA256$${salt}$${hash}`, "hash must have d as sha256 or sha512"],
  ["PBKDF2", `$pbkdf2$i=600000,d=sha256$${salt}$${hash}$x`, pbkdf2Forms],
  ["ARGON2", `$argon2$v=19$m=64,t=3,p=4$${salt}$${hash}`, argon2Forms],
  ["ARGON2", `$argon2id$v=16$m=64,t=3,p=4$${salt}$${hash}`, argon2Forms],
  ["ARGON2", `$argon2id$m=64,t=3,p=4$${salt}$${hash}`, argon2Forms],
  ["ARGON2", `$argon2id$v=19$m=64,t=3,p=4$${salt}$${hash}$`, argon2Forms],
  ["ARGON2", `$argon2id$v=19$m=64,t=3,p=4,keyid=1$${salt}$${hash}`, once("m", "t", "p")],
  ["ARGON2", `$argon2id$v=19$m=64,m=64,p=4$${salt}$${hash}`, once("m", "t", "p")],
  ["SSHA", bytes(28), "hash must be {SSHA} and base64 of the hash and the salt"],
  ["SSHA", `{SSHA256}${bytes(40)}`, "hash must be {SSHA} and base64 of the hash and the salt"],
  ["SSHA", `{SSHA} ${bytes(28)}`, base64Of(shaName(20))],
  ["SSHA", `{SSHA}${bytes(28)}\n`, base64Of(shaName(20))],
  ["SSHA256", ssha(28), "hash must be base64 of the hash and the salt, with {SSHA256} in front or without"],
  [
    "SSHA256",
    `{SSHA256}{SSHA256}${bytes(40)}`,
    "hash must be base64 of the hash and the salt, with {SSHA256} in front or without",
  ],
];

describe("a malformed hash", () => {
  it.each(malformed)("of %s: %s", (algorithm, given, problem) => {
    expect(problemOf({ algorithm, hash: given })).toBe(problem);
  });
});

const phc = (saltText: string) => problemOf({ algorithm: "SCRYPT", hash: `$scrypt$ln=4,r=8,p=1$${saltText}$${hash}` });
const pbkdf2 = (saltText: string, name = "pbkdf2-sha256$1000") =>
  parsePasswordHash({ algorithm: "PBKDF2", hash: `$${name}$${saltText}$${hash}` });
const ssha256 = (saltPosition?: "SUFFIX") => parsePasswordHash({ algorithm: "SSHA256", hash: bytes(40), saltPosition });

describe("base64", () => {
  it.each(["+/+/+w==", "+/+/+w", "+/+/+/8=", "+/+/+/8", "AAAA"])("%s is read", (given) => {
    expect(phc(given)).toBe("none");
  });

  it.each([
    ["one = of two", "+/+/+w="],
    ["three =", "+/+/+w==="],
    ["padding that is not due", "AAAA="],
    ["padding in the middle", "AA==AAAA"],
    ["a length that no bytes have", "AAAAA"],
    ["bits that are not used", "+/+/+x"],
    ["bits that are not used, padded", "+/+/+x=="],
    ["the URL alphabet", "-_-_-w"],
    ["passlib's alphabet", "./././"],
    ["white space", "AAAA AAAA"],
    ["a line break", "AAAA\n"],
    ["what is no ASCII", "AAAÄ"],
    ["NUL", "AAAA\0"],
  ])("with %s is refused", (_, given) => {
    expect(phc(given)).toBe(base64Of("salt"));
  });

  it("of passlib's pbkdf2 has . for +, and may have +", () => {
    expect(pbkdf2("..//..//")).toMatchObject({ salt: "++//++//" });
    expect(pbkdf2("++//..//")).toEqual(pbkdf2("..//..//"));
    expect(pbkdf2("..//..//", "pbkdf2$i=1000,d=sha256")).toHaveProperty("problem");
  });
});

describe("a salt position", () => {
  const algorithms: [PasswordHashAlgorithm, string][] = [
    ["BCRYPT", `$2b$10$${bcryptTail}`],
    ["SSHA", ssha(28)],
    ["PBKDF2", `$pbkdf2$i=1000,d=sha256$${salt}$${hash}`],
  ];

  it.each(algorithms)("with %s is a problem of its own", (algorithm, given) => {
    expect(problemOf({ algorithm, hash: given, saltPosition: "SUFFIX" })).toBe(
      "salt_position must be absent with any algorithm but SSHA256",
    );
  });

  it("that is unknown is refused", () => {
    const given = { algorithm: "SSHA256", hash: bytes(40), saltPosition: "MIDDLE" } as unknown as PasswordHash;
    expect(problemOf(given)).toBe("salt_position must be PREFIX or SUFFIX");
  });

  it("is SUFFIX when absent", () => {
    expect(ssha256()).toMatchObject({ saltPosition: "suffix" });
    expect(ssha256()).toEqual(ssha256("SUFFIX"));
  });
});

describe("any hash", () => {
  it("of an unknown algorithm is refused", () => {
    for (const algorithm of ["MD5", "", "bcrypt", "toString", "__proto__"] as string[]) {
      expect(problemOf({ algorithm: algorithm as PasswordHashAlgorithm, hash: "x" })).toBe(
        "algorithm must be one of BCRYPT, SCRYPT, FIREBASE_SCRYPT, PBKDF2, ARGON2, SSHA, SSHA256",
      );
    }
  });

  it("must be there and be at most 2048 bytes", () => {
    expect(problemOf({ algorithm: "BCRYPT", hash: "" })).toBe("hash is required");
    expect(problemOf({ algorithm: "BCRYPT", hash: "$".repeat(2_048) })).toBe(bcryptForm);
    expect(problemOf({ algorithm: "BCRYPT", hash: "$".repeat(2_049) })).toBe("hash must be at most 2048 bytes");
    expect(problemOf({ algorithm: "BCRYPT", hash: "ä".repeat(1_025) })).toBe("hash must be at most 2048 bytes");
  });

  it("that is refused is not in the problem, nor a part of it", () => {
    const secret = "c2VjcmV0U2VjcmV0U2VjcmV0U2VjcmV0";
    const given: [PasswordHashAlgorithm, string][] = [
      ["BCRYPT", `$2b$99$${secret}${secret}`],
      ["SCRYPT", `$scrypt$ln=14,r=8,p=${secret}$${secret}$${secret}`],
      ["SCRYPT", `$scrypt$${secret}=14,r=8,p=1$${secret}$${secret}`],
      ["FIREBASE_SCRYPT", fire(14, 8, { sk: `${secret}!`, hash: secret })],
      ["PBKDF2", `$pbkdf2-${secret}$1000$${secret}$${secret}`],
      ["PBKDF2", `$pbkdf2$i=1000,d=${secret}$${secret}$${secret}`],
      ["ARGON2", `$argon2id$v=${secret}$m=64,t=1,p=1$${secret}$${secret}`],
      ["SSHA", `{${secret}}${secret}`],
      ["SSHA256", `{${secret}}${secret}`],
    ];
    for (const [algorithm, hash] of given) {
      const problem = problemOf({ algorithm, hash });
      expect(problem).not.toBe("none");
      expect(problem).not.toMatch(/c2Vj/i);
    }
  });
});
