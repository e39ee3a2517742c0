// Run once when a backup has been put back, before the first server is started on it; docs/operations.md says why.
//
//   mongosh "$MONGODB_URI" --file deploy/after-restore.js
//
// Makes every cursor that was given out before now expire, so that whoever follows the events takes a new copy.
(async () => {
  const directory = db.getSiblingDB(process.env.ROSTER_DATABASE || "roster");
  const [log, outbox, servers] = ["events", "outbox", "servers"].map((name) => directory.getCollection(name));

  // A server that is alive changes its mark twice a second.
  const marks = async () => (await servers.find().toArray()).map((server) => Number(server.heartbeatAt)).sort();
  const before = await marks();
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  if (String(before) !== String(await marks())) throw new Error("a server runs on this database: stop it first");

  const [newest] = await log.find().sort({ _id: -1 }).limit(1).toArray();
  if (newest === undefined) throw new Error("there are no events: is this the right database?");

  // The place of now in the order of events, by the database's clock, as an event's id.
  const { localTime } = await db.hello();
  const digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  let time = "";
  for (let rest = localTime.getTime(); time.length < 10; rest = Math.floor(rest / 32)) time = digits[rest % 32] + time;
  const place = `event_${time}${"0".repeat(16)}`;
  if (newest.last >= place) throw new Error(`the database's clock is behind the newest event, ${newest.last}`);

  // The log begins anew at this place, with an entry that holds no event. What was in the outbox and has its place goes first,
  // so that it does not get another one.
  await outbox.deleteMany({ _id: { $in: newest.sources } });
  const nothing = { sources: [], events: [], userIds: [], organizationIds: [], types: [] };
  await log.insertOne({ _id: newest._id + 1, after: place, last: place, ...nothing });
  await log.deleteMany({ _id: { $lte: newest._id } });
  print(`cursors from before ${place} are expired`);
})();
