/** Who calls: a service, known by its API key or its client certificate. */
export interface Actor {
  /** `key_…` for an API key; for a certificate the name in it that the configuration lists. */
  readonly id: string;
  readonly name: string;
}

/** What an operation that changes something knows of the call that it is made for. */
export interface CallContext {
  /** Aborted, with the reason, when nobody waits for the operation any more. */
  readonly signal: AbortSignal;
  /** Absent where callers are not asked who they are. */
  readonly actor?: Actor | undefined;
}

/** The same call for work that has to be done even when nobody waits for it any more. */
export const withoutCaller = ({ actor }: CallContext): CallContext => ({ signal: new AbortController().signal, actor });
