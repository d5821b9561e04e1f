export * from "./mission/mission.types.js";
