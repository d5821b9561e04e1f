import { expect, it } from "vitest";
import { createContactLog } from "./contact-log.js";

it("tells a short bump from pressing for half a second", () => {
  const bumped = createContactLog();
  const pressed = createContactLog();

  for (let step = 0; step < 500; step++) {
    bumped.add(step === 100 ? 200 : 0);
    pressed.add(step >= 100 && step < 400 ? 80 : 0);
  }

  expect(bumped.hardest().hardestBumpN).toBe(200);
  expect(bumped.hardest().hardestPressN).toBeCloseTo(0.8);
  expect(pressed.hardest().hardestBumpN).toBe(80);
  expect(pressed.hardest().hardestPressN).toBeCloseTo(80);
});
