export {
  openMediaServer,
  requestKey,
  type CallOptions,
  type MediaServer,
  type MediaServerOptions,
} from "./media-server.js";
export type { RawVideo } from "./raw-video.js";
export { runJob, type FetchedJob, type JobState, type JobSteps, type RunJobOptions } from "./run-job.js";
export { videoLimits, VIDEO_MODELS, type VideoModel, type VideoPlan } from "./video-models.js";
