/** Characters without a number of their own share these: enough to tell an unknown word's parts apart. */
export const SHARED_NUMBERS = 64;

/** Numbers for characters: known ones by their place in the card's list, all others by code point. 0 is empty. */
export function numberCharacters(text: string, characters: ReadonlyMap<string, number>): readonly number[] {
  // UTF-16 units, so that spans count as strings do.
  return Array.from({ length: text.length }, (_, i) => {
    const place = characters.get(text[i]);
    return place === undefined ? 1 + (text.charCodeAt(i) % SHARED_NUMBERS) : 1 + SHARED_NUMBERS + place;
  });
}

export const placesOf = (characters: readonly string[]): ReadonlyMap<string, number> =>
  new Map(characters.map((character, place) => [character, place]));
