// Finding by the beginnings of words, as streamlit_app/frames/search.py does it for the dashboards: a test holds both to the
// same hits. The letters that Unicode does not take apart come as data, so there is one table of them. Pure.

export function fold(text, letters) {
  const typed = (told) => [...told].map((letter) => letters[letter] ?? letter).join("");
  return umlauts(typed(typed(text.toLowerCase()).normalize("NFKD").replace(/[\p{Mn}\p{Cf}]/gu, "")));
}

const umlauts = (text) => text.replace(/([aou])e/g, "$1");

export const foldedWords = (text, letters) => fold(text, letters).match(/[\p{L}\p{N}]+/gu) || [];

// Words that hyphens or apostrophes link, written as one: O'Brien is found by "obrien".
function joinedWords(text, letters) {
  const runs = fold(text, letters).match(/[\p{L}\p{N}'-]+/gu) || [];
  const linked = runs.map((run) => run.replace(/^['-]+|['-]+$/g, "")).filter((run) => /['-]/.test(run));
  return linked.map((run) => umlauts(run.replace(/['-]+/g, "")));
}

// Whether every word of the query begins a word of the text; an empty query fits everything.
export function fits(text, query, letters) {
  const here = [...foldedWords(text, letters), ...joinedWords(text, letters)];
  return foldedWords(query, letters).every((wanted) => here.some((word) => word.startsWith(wanted)));
}
