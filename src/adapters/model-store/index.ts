export { downloadFile, type Delay, type Downloaded, type DownloadOptions } from "./download-file.js";
export { factsOf, sizeOf, type FileFacts } from "./file-hash.js";
export { lockFolder, type Processes } from "./lock-folder.js";
export { checkStatus, openUrl, type Http } from "./open-url.js";
export { PullProblem, type PullFailure } from "./pull-failure.js";
