// Finding by the beginnings of words, as streamlit_app/frames/search.py does it for the dashboards: a test holds both to the
// same hits. The letters that Unicode does not take apart come as data, so there is one table of them. Pure.

export function fold(text, letters) {
  const plain = text.toLowerCase().normalize("NFKD").replace(/\p{Mn}/gu, "");
  return [...plain].map((letter) => letters[letter] ?? letter).join("").replace(/([aou])e/g, "$1");
}

export const foldedWords = (text, letters) => fold(text, letters).match(/[\p{L}\p{N}]+/gu) || [];

// Whether every word of the query begins a word of the text; an empty query fits everything.
export function fits(text, query, letters) {
  const here = foldedWords(text, letters);
  return foldedWords(query, letters).every((wanted) => here.some((word) => word.startsWith(wanted)));
}
