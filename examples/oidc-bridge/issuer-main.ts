// Runs the stand-in for an identity provider.
//
// Usage: npm run issuer -- [port]
import { Issuer } from "./issuer.js";

const { url } = await Issuer.start(Number(process.argv[2] ?? 8_400));
console.log(`issuer ${url}, keys at ${url}/jwks, tokens at ${url}/token?aud=...&sub=...&email=...`);
