import { describeModelClientContract } from "../../../test/contract/model-client-contract.js";
import { startOpenAiServer } from "../../../test/support/servers/openai-server.js";
import { createOpenAiCompatibleClient } from "./create-openai-compatible-client.js";

describeModelClientContract("openai-compatible", {
  create: createOpenAiCompatibleClient,
  startServer: startOpenAiServer,
  model: "Qwen/Qwen3-VL-8B-Instruct",
});
