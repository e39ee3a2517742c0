import { create, type DescField, type DescMessage, type Message, ScalarType, toBinary } from "@bufbuild/protobuf";
import { type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import { describe, expect, it } from "vitest";
import { ListEventsRequest } from "../../gen/ts/roster/v1/event_service.js";
import { ListOrganizationMembershipsRequest } from "../../gen/ts/roster/v1/organization_membership_service.js";
import { ImportUsersRequest } from "../../gen/ts/roster/v1/user_service.js";
import { decoder, type MessageType, UnreadableRequest } from "../../src/rpc/codec.js";
import { call, seenError } from "../support/call.js";
import { callWith, type ServedMethod, servedMethods } from "../support/methods.js";
import { useServer } from "../support/server.js";
import { createUser } from "../support/users.js";

const server = useServer();

const maxBytes = 4 * 1_024 * 1_024;
const message = "the request has too many items: at most 10000 are accepted, with about 200000 fields in all";

const varint = (value: number): number[] => (value > 127 ? [(value & 127) | 128, ...varint(value >>> 7)] : [value]);
const field = (number: number, content: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from([...varint(number * 8 + 2), ...varint(content.length)]), content]);
const times = (count: number, bytes: Uint8Array): Buffer => Buffer.alloc(count * bytes.length, bytes);
const group = (number: number, content: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from(varint(number * 8 + 3)), content, Buffer.from(varint(number * 8 + 4))]);

const empty = Buffer.alloc(0);
const pairs = (number: number, count: number): Buffer =>
  Buffer.concat(Array.from({ length: count }, (_, i) => field(number, field(1, Buffer.from(i.toString(36))))));

/** The number that a field has, by the descriptors. */
const numberOf = ({ request }: ServedMethod, name: string): number =>
  request.fields.find((one) => one.name === name)?.number as number;

const lists = servedMethods.flatMap((method) =>
  method.request.fields
    .filter(({ fieldKind }) => fieldKind === "list" || fieldKind === "map")
    .map(({ name }) => ({ method, name, path: method.path })),
);

const refusal = async (method: ServedMethod, bytes: Buffer) => {
  const { code, reason, message: text, violations } = seenError(await callWith(server.current.users, method, bytes));
  return { code, reason, message: text, violations };
};

describe("a request of four mebibytes with more items than any valid one is refused", () => {
  const refused = { code: "INVALID_ARGUMENT", reason: "MALFORMED_REQUEST", message, violations: [] };

  it.each(lists)("$path: $name", async ({ method, name }) => {
    const item = field(numberOf(method, name), empty);
    expect(await refusal(method, times(Math.floor(maxBytes / item.length), item))).toEqual(refused);
    const user = await createUser(server.current.users);
    const { users } = server.current;
    expect((await call(users.getUser.bind(users), { id: user.id })).user).toEqual(user);
  });

  const nested: [name: string, path: string, bytes: Buffer][] = [
    [
      "one packed list",
      "OrganizationMembershipService/ListOrganizationMemberships",
      field(8, Buffer.alloc(maxBytes - 10)),
    ],
    ["the pairs of one row", "UserService/ImportUsers", field(2, pairs(9, 300_000))],
    ["the fields of one row", "UserService/ImportUsers", field(2, times(2_000_000, field(12, empty)))],
    ["a group that nobody knows", "UserService/GetUser", group(1_000, times(2_000_000, field(1, empty)))],
  ];

  it.each(nested)("with all of them in %s", async (_name, path, bytes) => {
    const method = servedMethods.find((one) => one.path === `/roster.v1.${path}`) as ServedMethod;
    expect(await refusal(method, bytes)).toEqual(refused);
  });
});

/** Whether the decoder refuses the bytes; for their items, if it does. */
const isRefused = <T>(type: MessageType<T>, bytes: Buffer): boolean => {
  const decoded = decoder(type, maxBytes)(bytes);
  if (decoded instanceof UnreadableRequest) expect(decoded.error.message).toBe(message);
  return decoded instanceof UnreadableRequest;
};

const row = (fields: number): Buffer => field(2, times(fields, field(12, empty)));

describe("the items of a request are counted:", () => {
  it("its own fields up to 10,000", () => {
    expect(isRefused(ListEventsRequest, times(10_000, field(6, empty)))).toBe(false);
    expect(isRefused(ListEventsRequest, times(10_001, field(6, empty)))).toBe(true);
    expect(isRefused(ListEventsRequest, times(10_000, field(6, Buffer.from("some.type"))))).toBe(false);
    expect(isRefused(ListEventsRequest, times(10_001, field(6, Buffer.from("some.type"))))).toBe(true);
  });

  it("a tag and a length for each field of its items, up to 400,000", () => {
    expect(isRefused(ImportUsersRequest, row(199_999))).toBe(false);
    expect(isRefused(ImportUsersRequest, row(200_000))).toBe(true);
  });

  it("each item of a packed list", () => {
    expect(isRefused(ListOrganizationMembershipsRequest, field(8, Buffer.alloc(399_998)))).toBe(false);
    expect(isRefused(ListOrganizationMembershipsRequest, field(8, Buffer.alloc(399_999)))).toBe(true);
  });

  it("whatever is in a text is none", () => {
    const bytes = field(6, times(1_000_000, field(6, empty)));
    expect(isRefused(ListEventsRequest, bytes)).toBe(false);
  });
});

/** A message with every field: so many items in its lists, and as many pairs in each map as there may be. */
const full = (type: DescMessage, items: number): Message => {
  const filled = reflect(type, create(type));
  for (const one of type.fields) fill(filled, one, items);
  return filled.message;
};

const nestedIn = (type: DescMessage): ReflectMessage => reflect(type, full(type, 50));

const fill = (filled: ReflectMessage, one: DescField, items: number): void => {
  switch (one.fieldKind) {
    case "list": {
      const list = filled.get(one);
      for (let i = 0; i < items; i++) list.add(one.listKind === "message" ? nestedIn(one.message) : valueOf(one));
      break;
    }
    case "map": {
      const map = filled.get(one);
      for (let i = 0; i < 50; i++) map.set(String(i), valueOf(one));
      break;
    }
    case "message":
      filled.set(one, nestedIn(one.message));
      break;
    default:
      filled.set(one, valueOf(one));
  }
};

const valueOf = ({ enum: type, scalar }: DescField): unknown => {
  if (type) return type.values.at(-1)?.number;
  switch (scalar) {
    case ScalarType.STRING:
      return "x";
    case ScalarType.BYTES:
      return Buffer.from("x");
    case ScalarType.BOOL:
      return true;
    case ScalarType.INT64:
    case ScalarType.UINT64:
      return 1n;
    default:
      return 1;
  }
};

describe("no valid request has too many items:", () => {
  it.each(servedMethods)(
    "$path takes every field, a thousand items in each list and fifty pairs in each map",
    async (method) => {
      const bytes = Buffer.from(toBinary(method.request, full(method.request, 1_000)));
      expect(bytes.length).toBeLessThan(maxBytes);
      const error = await callWith(server.current.users, method, bytes);
      expect(error && seenError(error).reason).not.toBe("MALFORMED_REQUEST");
    },
  );

  it("each item of a list takes a number that is counted", () => {
    const types = lists.map(({ method, name }) => method.request.fields.find((one) => one.name === name));
    const scalars = types.map((one) =>
      one?.fieldKind === "list" && one.listKind === "scalar" ? one.scalar : undefined,
    );
    expect([...new Set(scalars)].toSorted()).toEqual([ScalarType.STRING, undefined]);
  });
});
