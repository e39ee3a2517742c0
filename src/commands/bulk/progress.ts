import { SingleBar } from "cli-progress";

/** How far a command is. */
export interface Progress {
  /** Tells how many rows are done and, where the whole is known, the bytes of the source that were read for them. */
  update(rows: number, position?: number): void;
  stop(): void;
}

const lineIntervalMs = 5_000;

/** Shows progress on standard error: a bar on a terminal, else a line every few seconds. `total` is the source's bytes. */
export const showProgress = (total: number | undefined, stream: NodeJS.WriteStream = process.stderr): Progress =>
  stream.isTTY ? showBar(total, stream) : printLines(total, stream);

const showBar = (total: number | undefined, stream: NodeJS.WriteStream): Progress => {
  const known = "{bar} {percentage}%, {eta_formatted} left, {rows} rows, {rate} rows/s";
  const unknown = "{rows} rows, {rate} rows/s, {duration_formatted}";
  const bar = new SingleBar({
    stream,
    format: total === undefined ? unknown : known,
    barCompleteChar: "#",
    barIncompleteChar: "-",
    barsize: 30,
    fps: 5,
    etaBuffer: 50,
    hideCursor: true,
    clearOnComplete: true,
  });
  const started = Date.now();
  bar.start(total ?? 1, 0, { rows: "0", rate: "0" });
  return {
    update: (rows, position = 0) => bar.update(position, { rows: count(rows), rate: rate(rows, started) }),
    stop: () => bar.stop(),
  };
};

const printLines = (total: number | undefined, stream: NodeJS.WriteStream): Progress => {
  const started = Date.now();
  let latest = { rows: 0, position: 0 };
  const timer = setInterval(() => {
    const { rows, position } = latest;
    stream.write(`${count(rows)} rows, ${rate(rows, started)} rows/s${remaining(position, total, started)}\n`);
  }, lineIntervalMs);
  return {
    update: (rows, position = 0) => {
      latest = { rows, position };
    },
    stop: () => clearInterval(timer),
  };
};

const remaining = (position: number, total: number | undefined, started: number): string => {
  if (total === undefined || position === 0) return "";
  const seconds = Math.round((((Date.now() - started) / 1_000) * (total - position)) / position);
  return `, ${Math.floor((100 * position) / total)}%, about ${seconds} s left`;
};

/** A number with its thousands set apart. */
export const count = (number: number): string => number.toLocaleString("en-US");

/** Rows in a second since a time. */
export const rate = (rows: number, startedMs: number): string =>
  count(Math.round(rows / Math.max(0.001, (Date.now() - startedMs) / 1_000)));
