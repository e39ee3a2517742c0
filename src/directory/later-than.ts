/** `now`, or the given time where the database's clock has gone back behind it. */
export const laterThan = (time: Date, now: Date): Date => new Date(Math.max(now.getTime(), time.getTime()));
