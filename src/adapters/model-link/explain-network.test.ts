import { expect, it } from "vitest";
import { explainNetwork } from "./explain-network.js";

const SERVER = "ollama at http://127.0.0.1:11434";

/** As fetch throws it: the machine's error is the cause, or one of the causes for a name with two addresses. */
const failed = (code: string, message = "secret-key"): TypeError =>
  new TypeError("fetch failed", { cause: new AggregateError([Object.assign(new Error(message), { code })]) });

it.each([
  ["ECONNREFUSED", "nothing listens there", true],
  ["ENOTFOUND", "its name is unknown", false],
  ["EAI_AGAIN", "broke before an answer", true],
  ["ECONNRESET", "broke before an answer", true],
  ["ETIMEDOUT", "broke before an answer", true],
  ["SELF_SIGNED_CERT_IN_CHAIN", "certificate", false],
  ["ERR_TLS_CERT_ALTNAME_INVALID", "certificate", false],
])("explains %s by its code alone", (code, words, passing) => {
  const failure = explainNetwork(failed(code), { server: SERVER, begun: false });

  expect(failure).toMatchObject({ code: "link-lost", passing });
  expect(failure.message).toContain(words);
  expect(failure.message).not.toContain("secret-key");
});

it("does not send a request again that Node gave up waiting for", () => {
  const failure = explainNetwork(failed("UND_ERR_HEADERS_TIMEOUT"), { server: SERVER, begun: false });

  expect(failure).toMatchObject({ code: "timeout", passing: false });
});

it("says that an answer had begun", () => {
  expect(explainNetwork(failed("UND_ERR_SOCKET"), { server: SERVER, begun: true }).message).toContain("in the middle");
});

it("knows the ports that fetch does not reach", async () => {
  const error: unknown = await fetch("http://127.0.0.1:6666").catch((reason: unknown) => reason);

  expect(explainNetwork(error, { server: SERVER, begun: false }).message).toContain("Choose another one");
});
