export { createBroker, type Broker, type BrokerRules } from "../adapters/mqtt-broker/index.js";
export { createMqttLink } from "../adapters/mqtt-link/index.js";
