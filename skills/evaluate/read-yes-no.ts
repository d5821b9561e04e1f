export type YesNo = "yes" | "no" | "other";

/** As MME's own script reads answers: "yes" or "no" by itself, one letter, or one of the two within the first four characters. */
export function readMmeAnswer(answer: string): YesNo {
  const text = answer.toLowerCase().trim().replaceAll(".", "");
  if (text === "yes" || text === "no") return text;
  if (text.length === 1) return text === "y" ? "yes" : text === "n" ? "no" : "other";
  const start = text.slice(0, 4);
  if (start.includes("yes")) return "yes";
  return start.includes("no") ? "no" : "other";
}

/** As POPE's script reads them: a "no" or "not" among the words of the first sentence is a no, everything else a yes. */
export function readPopeAnswer(answer: string): "yes" | "no" {
  const [sentence] = answer.split(".");
  const words = sentence.replaceAll(",", "").split(/\s+/u);
  return words.some((word) => word === "No" || word === "no" || word === "not") ? "no" : "yes";
}
