// Initiates the replica set, and makes the user that Roster is to MongoDB; each only where it is not there yet.
// For mongosh with --nodb.
const { MONGODB_ROOT_PASSWORD, MONGODB_PASSWORD } = process.env;
const hosts = ["mongo1:27017", "mongo2:27017", "mongo3:27017"];
const root = `mongodb://root:${encodeURIComponent(MONGODB_ROOT_PASSWORD)}@`;
const notYetInitialized = 94;

const first = connect(`${root}${hosts[0]}/admin?directConnection=true`);
try {
  first.adminCommand({ replSetGetStatus: 1 });
} catch (error) {
  if (error.code !== notYetInitialized) throw error;
  const members = hosts.map((host, _id) => ({ _id, host }));
  first.adminCommand({ replSetInitiate: { _id: "rs0", members } });
  print("replica set initiated");
}

const admin = connect(`${root}${hosts.join()}/admin?replicaSet=rs0`);
const user = { pwd: MONGODB_PASSWORD, roles: [{ role: "readWrite", db: "roster" }] };
if (admin.getUser("roster") === null) admin.createUser({ user: "roster", ...user });
else admin.updateUser("roster", user);
print("ready");
