// The scope that each method of the API states, as a TypeScript module. Throws when a method states none, or one that the
// comment of the option does not list.
import { createFileRegistry, fromBinary, getOption, hasOption } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";

const optionName = "roster.v1.scope";

/** Every file of a set, once. */
const read = (descriptors) => {
  const set = fromBinary(FileDescriptorSetSchema, descriptors);
  return createFileRegistry({ ...set, file: [...new Map(set.file.map((file) => [file.name, file])).values()] });
};

const scopesOf = (option) => {
  const location = option.file.proto.sourceCodeInfo?.location.find(({ path }) => path.join() === "7,0");
  return [...(location?.leadingComments ?? "").matchAll(/^ - `([a-z:]+)`/gm)].map(([, scope]) => scope);
};

/** Makes the module from descriptors with their comments. */
export const methodScopesModule = (descriptors) => {
  const registry = read(descriptors);
  const option = registry.getExtension(optionName);
  const scopes = scopesOf(option);
  const services = [...registry].filter((type) => type.kind === "service" && type.file.proto.package === "roster.v1");
  const lines = services.flatMap((service) =>
    service.methods.map((method) => {
      const path = `/${service.typeName}/${method.name}`;
      if (!hasOption(method, option)) throw new Error(`${path} has no option (${optionName})`);
      const scope = String(getOption(method, option));
      if (!scopes.includes(scope)) throw new Error(`${path} has the scope "${scope}", not one of ${scopes.join(", ")}`);
      return `  ["${path}", "${scope}"],\n`;
    }),
  );
  return [
    "/** What a caller may be allowed to do. `admin` includes all others. */\n",
    `export const scopes = ${JSON.stringify(scopes)} as const;\n\n`,
    "export type Scope = (typeof scopes)[number];\n\n",
    "/** The scope that a caller of each method needs, by the method's path. */\n",
    `export const methodScopes: ReadonlyMap<string, Scope> = new Map<string, Scope>([\n${lines.join("")}]);\n`,
  ].join("");
};
