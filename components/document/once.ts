/** Makes something of an object and a word once, as long as there is that object: a program may have hundreds of components. */
export function once<O extends object, T>(
  make: (object: O, word: string) => T,
): (object: O, word: string) => T {
  const made = new WeakMap<O, Map<string, T>>();
  return (object, word) => {
    const ofObject = made.get(object) ?? new Map<string, T>();
    made.set(object, ofObject);
    const known = ofObject.get(word) ?? make(object, word);
    ofObject.set(word, known);
    return known;
  };
}
