import { describeModelClientContract } from "../../../test/contract/model-client-contract.js";
import { startAnthropicServer } from "../../../test/support/servers/anthropic-server.js";
import { createAnthropicClient } from "./create-anthropic-client.js";

describeModelClientContract("anthropic", {
  create: createAnthropicClient,
  startServer: startAnthropicServer,
  model: "claude-sonnet-4-6",
});
