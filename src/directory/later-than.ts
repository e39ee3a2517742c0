/** `now`, or the given time, if there is one, where the database's clock has gone back behind it. */
export const laterThan = (time: Date | undefined, now: Date): Date =>
  new Date(Math.max(now.getTime(), time?.getTime() ?? 0));
