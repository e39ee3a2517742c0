/**
 * A migration that counts, in each of the numbered documents of a collection, how often it was there: a document in a
 * step. `onStep` is told each position before the step, and may wait.
 */
export const counting = (id, onStep = async () => {}) => ({
  id,
  description: "count",
  olderServers: "may start",
  async step(db, session, position) {
    await onStep(position);
    const [next] = await db
      .collection("numbers")
      .find({ _id: { $gt: position ?? "" } }, { session })
      .sort({ _id: 1 })
      .limit(1)
      .toArray();
    if (next) await db.collection("numbers").updateOne({ _id: next._id }, { $inc: { count: 1 } }, { session });
    return next?._id;
  },
});
