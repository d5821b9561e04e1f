/** The text that readers read and that their spans count in: compatibility forms resolved, lower case, single spaces. */
export const prepareText = (instruction: string): string =>
  instruction.normalize("NFKC").toLowerCase().replaceAll("’", "'").replaceAll(/\s+/gu, " ").trim();
