import { describe, expect, it } from "vitest";
import { startProfile } from "../support/database.js";
import { eventClient, listEvents, openWatch, userOf } from "../support/events.js";
import { useServer } from "../support/server.js";
import { createUser, fullMetadata, newEmail } from "../support/users.js";

const watches = 1_000;

const server = useServer({ env: { ROSTER_MAX_WATCHES_PER_CALLER: String(2 * watches) } });

describe("a server with many watches", () => {
  it("reads the log once for all of them", async () => {
    const { address, users, db } = server.current;
    const connections = Array.from({ length: 10 }, () => eventClient(address));
    const all = await Promise.all(
      Array.from({ length: watches }, (_, i) => openWatch(connections[i % connections.length] ?? address)),
    );
    const operations = await startProfile(db);
    const created = [];
    for (let n = 0; n < 10; n++) created.push((await createUser(users)).id);
    const delivered = await Promise.all(
      all.map(async (watch) => (await watch.events(10)).map((event) => userOf(event).id)),
    );
    for (const ids of delivered) expect(ids).toEqual(created);
    const reads = (await operations()).filter(({ op, ns }) => op === "query" && ns === `${db.databaseName}.events`);
    // The server that appends an entry need not read it at all; beside that it looks once a second.
    expect(reads.length).toBeLessThan(20);
    for (const watch of all) watch.cancel();
  });

  it("lets a watch that falls behind what is kept in memory catch up from the database", async () => {
    const { address, users } = server.current;
    const slow = await openWatch(address);
    const count = 200;
    const create = () => createUser(users, { email: newEmail(), metadata: new Map(Object.entries(fullMetadata())) });
    for (let n = 0; n < count; n += 20) await Promise.all(Array.from({ length: 20 }, create));
    // Meanwhile nothing of it was read: more than 24 MiB went by, of which 16 are kept.
    const ids = (await slow.events(count)).map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].toSorted());
    expect(ids).toHaveLength(count);
    expect(ids).toEqual((await listEvents(address)).slice(-count).map(({ id }) => id));
    slow.cancel();
  });
});
