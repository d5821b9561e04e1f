export { callWithRetries, type SendContext } from "./call-with-retries.js";
export { errorWords, parseJson } from "./clean-text.js";
export { schemaInWords, sendWithConcessions, type Concession } from "./concessions.js";
export { leavesMachine } from "./leaves-machine.js";
export { LinkFailure } from "./link-failure.js";
export type { Delay, LinkOptions } from "./link-options.js";
export { openLink, type Link } from "./open-link.js";
export { rewordRefusal } from "./reword-refusal.js";
export { createSharedClient, type SendRequest } from "./shared-client.js";
