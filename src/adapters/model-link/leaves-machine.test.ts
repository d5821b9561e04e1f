import { expect, it } from "vitest";
import { leavesMachine } from "./leaves-machine.js";

it.each([
  "http://localhost:11434",
  "http://LOCALHOST./v1",
  "http://ollama.localhost/v1",
  "http://127.0.0.1:8000/v1",
  "http://127.8.9.1",
  "http://127.1",
  "http://0x7f000001/",
  "http://[::1]:8080/v1",
  "http://[::ffff:127.0.0.1]/v1",
])("keeps %s on the machine", (baseUrl) => {
  expect(leavesMachine(baseUrl)).toBe(false);
});

it.each([
  "http://0.0.0.0:11434",
  "http://192.168.1.20:8000/v1",
  "http://127.0.0.1.example.com",
  "http://localhost.example.com",
  "http://localhost@example.com",
  "http://[::ffff:10.0.0.1]",
  "http://[::2]",
  "https://api.example.com/v1",
])("takes %s for another machine", (baseUrl) => {
  expect(leavesMachine(baseUrl)).toBe(true);
});
