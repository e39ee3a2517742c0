import { CommandError } from "../../command-error.js";

/** How a Firebase project hashes passwords, by the names of its console. */
export interface FirebaseHashConfig {
  readonly base64_signer_key: string;
  readonly base64_salt_separator: string;
  readonly rounds: string;
  readonly mem_cost: string;
}

const base64 = /^[A-Za-z0-9+/_-]*={0,2}$/;
const forms = { base64_signer_key: base64, base64_salt_separator: base64, rounds: /^\d+$/, mem_cost: /^\d+$/ };

/** Reads the parameters: the text that the console shows (`hash_config { ... }`), or the same names in JSON. */
export const parseHashConfig = (text: string): FirebaseHashConfig => {
  const found = new Map<string, string>();
  for (const [, name, quoted, plain] of text.matchAll(/"?(\w+)"?\s*[:=]\s*(?:"([^"]*)"|([^\s,{}]*))/g)) {
    found.set(name as string, quoted ?? plain ?? "");
  }
  const algorithm = found.get("algorithm") ?? "SCRYPT";
  if (algorithm !== "SCRYPT") throw new CommandError("the hash parameters are of another algorithm than SCRYPT");
  const missing = Object.entries(forms).filter(([name, form]) => !form.test(found.get(name) ?? " "));
  if (missing.length > 0) {
    throw new CommandError(`the hash parameters lack, or have wrong: ${missing.map(([name]) => name).join(", ")}`);
  }
  // Roster reads the standard alphabet.
  const standard = (name: string) => (found.get(name) ?? "").replaceAll("-", "+").replaceAll("_", "/");
  return {
    base64_signer_key: standard("base64_signer_key"),
    base64_salt_separator: standard("base64_salt_separator"),
    rounds: found.get("rounds") ?? "",
    mem_cost: found.get("mem_cost") ?? "",
  };
};
