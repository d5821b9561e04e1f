import { describe, expect, it } from "vitest";
import type { ApprovalCard } from "./create-approvals.js";
import { createDesk, type DeskCard } from "./desk.js";

const card = (sequence = 1): ApprovalCard =>
  ({
    action: { action: "release" },
    reason: "because",
    marginM: Infinity,
    expiresAtMs: 0,
    step: 1,
    instruction: "let go",
    timeoutMs: 1,
    scene: { view: { camera: "head", sequence } },
  }) as unknown as ApprovalCard;

function setUp() {
  let ids = 0;
  const desk = createDesk({ newId: () => `r${++ids}` });
  const cards: DeskCard[] = [];
  const closed: string[] = [];
  desk.listen({ card: (shown) => cards.push(shown), closed: (id, how) => closed.push(`${id} ${how}`) });
  const expiry = new AbortController();
  return { desk, cards, closed, expiry };
}

describe("createDesk", () => {
  it("takes the word of a person for the very action that was shown", async () => {
    const { desk, cards, closed, expiry } = setUp();
    const answer = desk.approve(card(), { signal: expiry.signal });

    expect(desk.decide("r1", "another", "approved", "ann")).toBe("wrong-digest");
    expect(desk.decide("r1", cards[0].digest, "approved", "ann")).toBe("taken");

    expect(await answer).toBe("approved");
    expect(closed).toEqual(["r1 approved"]);
  });

  it("gives the same action on another picture another digest", () => {
    const { desk, cards, expiry } = setUp();
    void desk.approve(card(1), { signal: expiry.signal });
    void desk.approve(card(2), { signal: expiry.signal });

    expect(cards[0].digest).not.toBe(cards[1].digest);
  });

  it("expires, and takes no answer after that", async () => {
    const { desk, cards, expiry } = setUp();
    const answer = desk.approve(card(), { signal: expiry.signal });

    expiry.abort();

    expect(await answer).toBe("expired");
    expect(desk.decide("r1", cards[0].digest, "approved", "ann")).toBe("unknown-request");
  });

  it("does not let whoever asked for a mission approve its steps, only deny them", async () => {
    const { desk, cards, expiry } = setUp();
    desk.bar("program");
    const answer = desk.approve(card(), { signal: expiry.signal });

    expect(desk.decide("r1", cards[0].digest, "approved", "program")).toBe("own-request");
    expect(desk.decide("r1", cards[0].digest, "denied", "program")).toBe("taken");

    expect(await answer).toBe("denied");
  });

  it("shows what lies on it to those who come later", () => {
    const { desk, expiry } = setUp();
    void desk.approve(card(), { signal: expiry.signal });
    void desk.answer("Which mug?", ["red", "blue"], { signal: expiry.signal });

    const seen: string[] = [];
    desk.listen({ card: ({ id }) => seen.push(id), question: ({ question }) => seen.push(question) });

    expect(seen).toEqual(["r1", "Which mug?"]);
  });

  it("passes on what a person says to a question", async () => {
    const { desk, expiry } = setUp();
    const answer = desk.answer("Which mug?", ["red", "blue"], { signal: expiry.signal });

    expect(desk.reply(desk.openQuestion?.id ?? "", "the red one")).toBe(true);

    expect(await answer).toBe("the red one");
    expect(desk.reply("r1", "again")).toBe(false);
  });
});
