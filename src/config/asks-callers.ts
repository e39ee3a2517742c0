import type { Config } from "./config.js";
import { isLoopback } from "./loopback.js";

/** Whether callers must show who they are. */
export const asksCallers = ({
  authentication,
  listen,
  tlsCertFile,
}: Pick<Config, "authentication" | "listen" | "tlsCertFile">): boolean => {
  const open = isLoopback(listen.host) && tlsCertFile === undefined;
  return (authentication ?? (open ? "none" : "required")) === "required";
};
