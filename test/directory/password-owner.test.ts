import { expect, it } from "vitest";
import { ownerOf } from "../../src/directory/password-owner.js";

it("the owner of a password is known by the email without the white space around it, and by the names there are", () => {
  const email = `${" ".repeat(1_000_000)}ada@example.com\n`;
  expect(ownerOf({ email, firstName: "Ada", name: "Ada Lovelace" })).toEqual({
    email: "ada@example.com",
    names: ["Ada", "Ada Lovelace"],
  });
});
