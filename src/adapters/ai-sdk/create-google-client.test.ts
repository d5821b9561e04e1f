import { describeModelClientContract } from "../../../test/contract/model-client-contract.js";
import { startGoogleServer } from "../../../test/support/servers/google-server.js";
import { createGoogleClient } from "./create-google-client.js";

describeModelClientContract("google", {
  create: createGoogleClient,
  startServer: startGoogleServer,
  model: "gemini-robotics-er-2-preview",
});
