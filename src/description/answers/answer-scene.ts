import { fail, ok, type Result } from "../../domain/result.js";
import type { Scene } from "../../domain/scene.js";
import { captionSentence } from "../captions/caption-sentence.js";
import type { Language } from "../language.js";
import type { Question } from "../questions/question.js";
import { answerAttributes } from "./answer-attributes.js";
import { answerDrawers } from "./answer-drawers.js";
import { answerMetres } from "./answer-metres.js";
import { answerPresence } from "./answer-presence.js";
import { answerRelations } from "./answer-relations.js";
import type { SceneAnswer } from "./scene-answer.js";
import { idsOf, leastSure, seenScene, type AnswerMemory } from "./seen-scene.js";

/** The answer to a question, from what is seen. `unanswerable`: the scene cannot say, although the words were understood. */
export function answerScene(
  question: Question,
  scene: Scene,
  { language, memory = { about: [] } }: { readonly language: Language; readonly memory?: AnswerMemory },
): Result<SceneAnswer, "unanswerable"> {
  const seen = seenScene(scene, language, memory);
  switch (question.ask) {
    case "scene":
      return ok({
        text: captionSentence(seen.things, language),
        confidence: leastSure(seen.things),
        about: idsOf(seen.things),
      });
    case "presence":
    case "count":
    case "which":
    case "is-kind":
      return ok(answerPresence(question, seen));
    case "color":
    case "is-color":
      return ok(answerAttributes(question, seen));
    case "where":
    case "related":
    case "holds": {
      const answer = answerRelations(question, seen);
      return answer === undefined
        ? fail("unanswerable", "This relation is not one that the picture can settle.")
        : ok(answer);
    }
    case "size":
    case "distance":
    case "compare":
    case "which-of":
      return ok(answerMetres(question, seen));
    case "state":
    case "empty":
      return ok(answerDrawers(question, seen));
  }
}
