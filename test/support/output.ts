import type { ChildProcess } from "node:child_process";
import { appendFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, inject } from "vitest";
import { type Secret, secretsFile } from "./find-secrets.js";

declare module "vitest" {
  export interface ProvidedContext {
    /** Where everything is kept that is written during the run. */
    outputFolder: string;
  }
}

const flushBytes = 65_536;
const pending = new Map<string, string[]>();
let pendingBytes = 0;
const noted = new Set<string>();

/** Keeps what is written by `source`, to be searched for secrets at the end of the run. */
export const keepOutput = (source: string, text: string): void => {
  const file = `${basename(expect.getState().testPath ?? "unknown")} ${source}`;
  const chunks = pending.get(file);
  if (chunks) chunks.push(text);
  else pending.set(file, [text]);
  pendingBytes += text.length;
  if (pendingBytes > flushBytes) flushOutput();
};

/** Commands that are there to write secrets to standard output. */
const secretsAreTheirOutput = new Set(["export", "keys"]);

/** Keeps what a run of the program writes. */
export const keepOutputOf = (process: ChildProcess, command: string): void => {
  process.stderr?.on("data", (chunk) => keepOutput(`${command} stderr`, String(chunk)));
  if (secretsAreTheirOutput.has(command)) return;
  process.stdout?.on("data", (chunk) => keepOutput(`${command} stdout`, String(chunk)));
};

/** From now on nothing that is written may hold this. */
export const noteSecret = (secret: Secret): void => {
  if (noted.has(secret.text)) return;
  noted.add(secret.text);
  appendFileSync(join(inject("outputFolder"), secretsFile), `${JSON.stringify(secret)}\n`);
};

export const flushOutput = (): void => {
  for (const [file, chunks] of pending) appendFileSync(join(inject("outputFolder"), file), chunks.join(""));
  pending.clear();
  pendingBytes = 0;
};
