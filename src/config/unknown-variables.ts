import { closest, distance } from "fastest-levenshtein";
import { settings } from "./settings.js";

const variables = Object.values(settings).map(({ variable }) => variable);

// Read by clients, which may share the environment of a server.
const ofClients = ["ROSTER_API_KEY", "ROSTER_ADDRESS", "ROSTER_CA_FILE"];

// Set by Kubernetes for the Services of a namespace whose names begin with "roster", and with such a value for its port only.
const ofServices = [
  /^ROSTER_(\w+_)?SERVICE_(HOST|PORT(_\w+)?)=/,
  /^ROSTER_(\w+_)?PORT=(tcp|udp|sctp):/,
  /^ROSTER_(\w+_)?PORT_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?=/,
];

const maxTypos = 2;

/** What is wrong with variables that have our prefix and are no settings: a line for each. */
export const unknownVariables = (env: Readonly<Record<string, string | undefined>>): string[] =>
  Object.entries(env)
    .filter(([name, value]) => value && name.startsWith("ROSTER_") && !isKnown(name, value))
    .map(([name]) => {
      const near = nearest(name);
      return `${name} is not a setting${near === undefined ? "" : `; did you mean ${near}?`}`;
    });

const isKnown = (name: string, value: string): boolean =>
  variables.includes(name) ||
  ofClients.includes(name) ||
  ofServices.some((pattern) => pattern.test(`${name}=${value}`));

const nearest = (given: string): string | undefined => {
  const name = given.toUpperCase();
  const near = variables.filter(
    (variable) =>
      distance(name, variable) <= maxTypos ||
      variable.startsWith(`${name}_`) ||
      name.startsWith(`${variable}_`) ||
      name.endsWith(`_${variable}`),
  );
  return near.length === 0 ? undefined : closest(name, near);
};
