import { describeModelClientContract } from "../../../test/contract/model-client-contract.js";
import { startOllamaServer } from "../../../test/support/servers/ollama-server.js";
import { createOllamaClient } from "./create-ollama-client.js";

describeModelClientContract("ollama", {
  create: createOllamaClient,
  startServer: startOllamaServer,
  model: "qwen3-vl:8b",
  filters: false,
});
