/** A command to the database, by its name, its collection if it has one, and the database's name. */
export interface DatabaseCommand {
  readonly operation: string;
  readonly collection: string | undefined;
  readonly database: string;
}

/** What a span tells beside its time. Never anything of a request, an answer or a document. */
export interface SpanDescription {
  readonly name: string;
  /** The command to the database that the span is for. */
  readonly command?: DatabaseCommand;
  readonly attributes?: Readonly<Record<string, string | number>>;
}

/** The span of one call that waits for work which is done for several calls at once. */
export interface Share {
  end(): void;
}

/** One who waits for shared work. */
export interface Sharer {
  readonly share: Share | undefined;
}

/** Makes spans below those of the calls under way, where these are recorded. */
export interface Spans {
  inSpan<T>(describe: () => SpanDescription, work: () => Promise<T>): Promise<T>;
  startShare(name: string): Share | undefined;
  inShares<T>(sharers: Iterable<Sharer>, work: () => Promise<T>): Promise<T>;
  outside(work: () => void): void;
}

// One for the process, like the clock. Absent where nobody collects traces: all that these functions cost then is a look.
let spans: Spans | undefined;

/** From now on spans are made with these, or not at all. */
export const setSpans = (made: Spans | undefined): void => {
  spans = made;
};

/** Does work in a span of its own, below that of the call for which it is done. */
export const inSpan = <T>(describe: () => SpanDescription, work: () => Promise<T>): Promise<T> =>
  spans === undefined ? work() : spans.inSpan(describe, work);

/** Starts a span for the wait of the current call; see `inShares`. */
export const startShare = (name: string): Share | undefined => spans?.startShare(name);

/**
 * Does work that several calls wait for. Its spans are below the first span of theirs; that one and the others link to each
 * other.
 */
export const inShares = <T>(sharers: Iterable<Sharer>, work: () => Promise<T>): Promise<T> =>
  spans === undefined ? work() : spans.inShares(sharers, work);

/** Starts work that is not part of the current call, though the call is what brings it about. */
export const outsideSpans = (work: () => void): void => (spans === undefined ? work() : spans.outside(work));
