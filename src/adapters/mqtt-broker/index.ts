export { createBroker, type Broker, type BrokerOptions, type BrokerRules } from "./create-broker.js";
