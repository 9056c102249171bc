// Who is let in, as schemas/events/rules/admission.py says it: this is what a tablet goes by while the line is cut. The
// server decides again by the same rules, and what a tablet decided without a line (attempt.decided) stands; a test holds
// both to the same answers. Pure: no clock, no page, no storage.

const ENTRY = /^([A-Za-z0-9_-]{1,40}):([0-9]{1,3}):([a-z]*):([^\s:]*)$/;
const BACK = /^([A-Za-z0-9_-]{1,40}):-([A-Za-z0-9_-]{1,40})$/;
const FROM = { v: "vorgemerkt", g: "gestrichen", a: "ausgeladen" };
const COMING = ["zugesagt", "vertretung"];
const BADGE = /^KN:([1-9][0-9]{0,9})\.([A-Za-z0-9_-]{4,16})$/i;
const LINK = /^(?:https?:\/\/[^\s?#]*)?\/a\/([1-9][0-9]{0,9})\.([A-Za-z0-9_-]{4,16})\.[A-Za-z0-9_-]{22}\/?$/;

export function readLog(text) {
  let stay = new Map();
  const entered = new Set(), backs = new Set(), gone = new Set();
  for (const word of text.split(/\s+/)) {
    let found;
    if (word === "|") stay = new Map();
    else if ((found = ENTRY.exec(word))) {
      entered.add(found[1]);
      stay.set(found[1], { count: Number(found[2]), flags: found[3], device: decodeURIComponent(found[4]) });
    } else if ((found = BACK.exec(word))) {
      backs.add(found[1]);
      gone.add(found[2]);
    }
  }
  const active = new Map([...stay].filter(([nonce]) => !gone.has(nonce)));
  return { active, entered, backs, gone };
}

export function party(guest) {
  return 1 + Math.max(guest.companions, 0);
}

export function decide(guest, attempt, words) {
  const log = readLog(guest.log);
  if (log.backs.has(attempt.nonce)) return told("zurueckgenommen", "zurueckgenommen", {}, guest, words);
  if (log.entered.has(attempt.nonce)) return told("eingelassen", "uebertragen", {}, guest, words);
  if (attempt.kind === "zuruecknehmen") return takeBack(guest, attempt, log, words);
  if (log.gone.has(attempt.nonce)) return told("zurueckgenommen", "hinfaellig", {}, guest, words);
  const verdict = letIn(guest, attempt, log, words);
  if (attempt.decided === "abgewiesen" && verdict.result === "eingelassen") return told("abgewiesen", "vor-ort-abgewiesen", {}, guest, words);
  return verdict;
}

// Whoever stands at the door hears of what the server saw otherwise, also where the people are in (or gone) all the same.
export const isOtherwise = (here, there) => there.result !== here.result || Boolean(there.remark);

export function people(count, words) {
  return count === 1 ? words.person : fill(words.people, { count });
}

export function fill(text, facts) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in facts ? String(facts[name]) : whole));
}

export function isExpected(guest) {
  return guest.state !== "gestrichen" && guest.state !== "ausgeladen" && COMING.includes(guest.answer)
    && guest.place !== "warteliste";
}

export function tally(guests, capacity) {
  let there = 0, expected = 0;
  for (const guest of guests) {
    if (guest.since !== null) there += Math.max(guest.inside, 1);
    else if (isExpected(guest)) expected += party(guest);
  }
  return { there, expected, free: capacity === null ? null : capacity - there - expected };
}

// Scanners type as an American keyboard does; on a tablet that is set to German other letters arrive (":" as "Ö").
const ON_GERMAN_KEYS = { "Ö": ":", "ö": ";", "ß": "-", "?": "_", y: "z", z: "y", Y: "Z", Z: "Y" };

export function readCode(text) {
  const came = text.trim();
  const typed = /^knö/i.test(came) ? [...came].map((sign) => ON_GERMAN_KEYS[sign] ?? sign).join("") : came;
  const found = BADGE.exec(typed) || LINK.exec(typed);
  return found ? { invitation: Number(found[1]), mark: found[2] } : null;
}

export function clock(seconds, at) {
  const berlin = { timeZone: "Europe/Berlin" };
  const day = (moment) => new Date(moment * 1000).toLocaleDateString("de-DE", { ...berlin, day: "2-digit", month: "2-digit", year: "numeric" });
  const time = new Date(seconds * 1000).toLocaleTimeString("de-DE", { ...berlin, hour: "2-digit", minute: "2-digit" });
  return day(seconds) === day(at) ? time : `${day(seconds)}, ${time}`;
}

export function presence(guest, at, log, words) {
  const first = log.active.values().next().value;
  return { since: clock(guest.since, at), where: (first && first.device) || words.byHand };
}

function told(result, reason, facts, after, words) {
  let why = fill(words.why[reason], facts);
  if (facts.representative) why += fill(words.inPlaceOf, { name: facts.representative });
  return { result, reason, why, after };
}

const stands = (attempt) => attempt.forced || attempt.decided === "eingelassen";

function letIn(guest, attempt, log, words) {
  const wrong = attempt.mark !== null && attempt.mark !== guest.mark;
  if (wrong && attempt.decided !== "eingelassen") return told("abgewiesen", "falscher-code", {}, guest, words);
  if (guest.since === null) return enter(guest, attempt, wrong ? { reason: "falscher-code", facts: {} } : null, words);
  if (attempt.kind === "nachgekommen") return later(guest, attempt, words);
  if (attempt.decided === "eingelassen" && attempt.count > Math.max(guest.inside, 1)) return add(guest, attempt, log, words);
  return told("schon-da", "schon-da", presence(guest, attempt.at, log, words), guest, words);
}

function enter(guest, attempt, wrong, words) {
  const obstacle = against(guest, attempt.count, words) || wrong;
  if (obstacle && !stands(attempt)) return told("abgewiesen", obstacle.reason, obstacle.facts, guest, words);
  const moves = ["vorgemerkt", "gestrichen", "ausgeladen"].includes(guest.state);
  let flags = moves ? Object.keys(FROM).find((flag) => FROM[flag] === guest.state) : "";
  const name = attempt.representative.trim();
  if (name && !guest.represented_by) flags += "r";
  const after = {
    ...guest, since: attempt.at, inside: attempt.count, state: moves ? "eingeladen" : guest.state,
    represented_by: name || guest.represented_by, log: `${guest.log} | ${word(attempt, flags)}`.trim(),
  };
  const facts = name ? { representative: name } : {};
  if (obstacle) return allTheSame(attempt, obstacle, facts, after, words);
  return told("eingelassen", welcome(guest), facts, after, words);
}

function allTheSame(attempt, obstacle, facts, after, words) {
  const rule = fill((attempt.forced ? words.why : words.meanwhile)[obstacle.reason], obstacle.facts);
  return told("eingelassen", attempt.forced ? "trotzdem" : "ohne-verbindung", { ...facts, rule }, after, words);
}

function welcome(guest) {
  if (guest.walk_in) return "ohne-einladung";
  if (guest.state === "vorgemerkt") return "vorgemerkt";
  return COMING.includes(guest.answer) ? "angemeldet" : "ohne-antwort";
}

function against(guest, count, words) {
  if (guest.state === "ausgeladen") return { reason: "ausgeladen", facts: {} };
  if (guest.state === "gestrichen") return { reason: "gestrichen", facts: {} };
  if (guest.answer === "abgesagt") return { reason: "abgesagt", facts: {} };
  if (guest.place === "warteliste" && COMING.includes(guest.answer)) return { reason: "warteliste", facts: {} };
  if (count > party(guest) && !guest.walk_in) {
    return { reason: "zu-viele", facts: { expected: people(party(guest), words), count: people(count, words) } };
  }
  return null;
}

function later(guest, attempt, words) {
  const inside = Math.max(guest.inside, 1);
  const now = inside + attempt.count;
  const crowded = now > party(guest);
  if (crowded && !stands(attempt)) {
    const facts = { expected: people(party(guest), words), inside: people(inside, words) };
    return told("abgewiesen", "alle-da", facts, guest, words);
  }
  const after = { ...guest, inside: now, log: `${guest.log} ${word(attempt, "")}`.trim() };
  if (crowded && !attempt.forced) {
    const facts = { expected: people(party(guest), words), inside: people(now, words) };
    return allTheSame(attempt, { reason: "alle-da", facts }, {}, after, words);
  }
  return told("eingelassen", "nachgekommen", { count: people(attempt.count, words), inside: people(now, words) }, after, words);
}

function add(guest, attempt, log, words) {
  const more = { ...attempt, count: attempt.count - Math.max(guest.inside, 1) };
  const after = { ...guest, inside: attempt.count, log: `${guest.log} ${word(more, "")}`.trim() };
  const facts = { ...presence(guest, attempt.at, log, words), inside: people(attempt.count, words) };
  return told("eingelassen", "hinzugezaehlt", facts, after, words);
}

function takeBack(guest, attempt, log, words) {
  const undone = attempt.takes_back;
  const entry = log.active.get(undone);
  if (log.gone.has(undone) || (!entry && log.entered.has(undone))) {
    return told("zurueckgenommen", "schon-zurueckgenommen", {}, guest, words);
  }
  const noted = { ...guest, log: `${guest.log} ${attempt.nonce}:-${undone}`.trim() };
  if (!entry) return told("zurueckgenommen", "zurueckgenommen-zuvor", {}, noted, words);
  if (guest.since !== null && log.active.size > 1) {
    const left = { ...noted, inside: Math.max(guest.inside - entry.count, 1) };
    return told("zurueckgenommen", "zurueckgenommen", {}, left, words);
  }
  const flag = Object.keys(FROM).find((one) => entry.flags.includes(one));
  const after = {
    ...noted, since: null, inside: 0, state: guest.walk_in ? "gestrichen" : flag ? FROM[flag] : guest.state,
    represented_by: entry.flags.includes("r") ? "" : guest.represented_by,
  };
  return told("zurueckgenommen", "zurueckgenommen", {}, after, words);
}

function word(attempt, flags) {
  return `${attempt.nonce}:${attempt.count}:${flags}:${encodeURIComponent(attempt.device.trim())}`;
}
