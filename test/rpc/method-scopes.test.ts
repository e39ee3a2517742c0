import { readFileSync } from "node:fs";
import { fromBinary, toBinary } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema, type MethodOptions } from "@bufbuild/protobuf/wkt";
import { describe, expect, it } from "vitest";
import { EventServiceService } from "../../gen/ts/roster/v1/event_service.js";
import { methodScopes } from "../../gen/ts/method-scopes.js";
import { Needs } from "../../src/rpc/authentication/needs.js";

const root = new URL("../../", import.meta.url);
const descriptors = readFileSync(new URL("gen/descriptors.binpb", root));
const { methodScopesModule } = (await import(new URL("scripts/method-scopes.mjs", root).href)) as {
  methodScopesModule: (descriptors: Uint8Array) => string;
};

const scopeOption = 50_051;
const path = "/roster.v1.EventService/WatchEvents";

/** The descriptors, with other options of WatchEvents. */
const withOptions = (change: (options: MethodOptions) => void): Uint8Array => {
  const set = fromBinary(FileDescriptorSetSchema, descriptors);
  const services = set.file.flatMap((file) => (file.package === "roster.v1" ? file.service : []));
  const methods = services.find(({ name }) => name === "EventService")?.method;
  const options = methods?.find(({ name }) => name === "WatchEvents")?.options;
  if (options === undefined) throw new Error("WatchEvents has no options");
  change(options);
  return toBinary(FileDescriptorSetSchema, set);
};

const scopeField = (scope: string) => ({
  no: scopeOption,
  wireType: 2,
  data: Buffer.concat([Buffer.from([scope.length]), Buffer.from(scope)]),
});

describe("the generator of scopes", () => {
  it("makes what is in gen/", () => {
    expect(methodScopesModule(descriptors)).toBe(readFileSync(new URL("gen/ts/method-scopes.ts", root), "utf8"));
  });

  it("fails on a method without a scope, and names it", () => {
    const without = withOptions((options) => {
      options.$unknown = (options.$unknown ?? []).filter(({ no }) => no !== scopeOption);
    });
    expect(() => methodScopesModule(without)).toThrow(`${path} has no option (roster.v1.scope)`);
  });

  it("fails on a method with an unknown scope, and names both", () => {
    const unknown = withOptions((options) => {
      options.$unknown = [scopeField("events:watch")];
    });
    expect(() => methodScopesModule(unknown)).toThrow(`${path} has the scope "events:watch", not one of users:read, `);
  });
});

describe("a server", () => {
  it("does not serve a method of which it knows no scope", () => {
    const service = { getWeather: { ...EventServiceService.listEvents, path: "/roster.v1.WeatherService/GetWeather" } };
    expect(() => new Needs().add(service)).toThrow(
      "/roster.v1.WeatherService/GetWeather does not state the scope that its callers need",
    );
  });
});

describe("docs/security.md", () => {
  it("has the scope of every method", () => {
    const text = readFileSync(new URL("docs/security.md", root), "utf8");
    const rows = [...text.matchAll(/^\| `([a-z:]+)` \| `(\w+Service)` \| (.*) \|$/gm)];
    const listed = rows.flatMap(([, scope, service, methods = ""]) =>
      methods.split(", ").map((method) => [`/roster.v1.${service}/${method.replaceAll("`", "")}`, scope] as const),
    );
    expect(listed.length).toBe(methodScopes.size);
    expect(new Map(listed)).toEqual(methodScopes);
  });
});
