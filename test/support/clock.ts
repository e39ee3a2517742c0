import type { Clock } from "../../src/directory/clock.js";
import { idMaker } from "../../src/directory/id.js";

/** A clock, this machine's where nothing else is given. */
export const clockOf = (now = () => new Date()): Clock => ({ now, newId: idMaker(now) });

/** The clock of this machine, which is that of the tests' database too. */
export const clock = clockOf();

/** An id that no server has made. */
export const newId = clock.newId;
