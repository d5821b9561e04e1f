export { createMqttLink, type MqttLinkOptions } from "./create-mqtt-link.js";
