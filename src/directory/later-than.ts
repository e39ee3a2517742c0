/** Now, or the given time where this machine's clock is behind the one that set it. */
export const laterThan = (time: Date): Date => new Date(Math.max(Date.now(), time.getTime()));
