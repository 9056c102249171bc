// The door: ties together what is kept, the rules, the line to the server and the screen.

import * as keeping from "./keeping.js";
import { Line, decidedAlone } from "./sending.js";
import { Camera, canScan, readsAlone } from "./camera.js";
import { decide, fill, party, people, readCode, readLog, tally, isOtherwise } from "./rules.js";
import { List, chosen, dayOf, make, namesOf, saying } from "./drawing.js";
import { fits, fold as folded } from "./folding.js";

const words = JSON.parse(document.getElementById("words").textContent);
const said = words.page;
const event = Number(location.pathname.split("/").at(-1));
const at = (id) => document.getElementById(id);
const state = { guests: new Map(), queue: [], shown: new Map(), event: null, who: "", device: "", line: "loading", kept: false, conflicts: [], loaded: false };
const seconds = () => Math.floor(Date.now() / 1000);
const line = new Line(event, keeping, { state: onState, answered, list: onList });
const list = new List(at("list"), at("list-note"), words, {
  enter: (guest) => attempt(guest, { count: party(guest) }), alone: (guest) => attempt(guest, { count: 1 }),
  later: (guest) => attempt(guest, { kind: "nachgekommen", count: 1 }), more: openMore, team: letTeamIn,
});

function nonce() {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// --- what the tablet knows: the server's list, and over it what has not been sent yet -----------------------------------

const keyOf = (sent) => (sent.walk_in ? `w:${sent.nonce}` : sent.of ? `w:${sent.of}` : sent.invitation);
const asAttempt = (sent) => ({ ...sent, at: Math.floor(Date.parse(sent.at) / 1000) });
const hasLine = () => state.line === "online" || state.line === "readOnly";

function stranger(sent) {
  return {
    id: `w:${sent.nonce}`, name: sent.walk_in.name, org: sent.walk_in.note, group: "", state: "eingeladen", answer: "offen", place: "",
    companions: sent.count - 1, mark: "", since: null, inside: 0, represented_by: "", with: "", walk_in: true, log: "", of: sent.nonce,
  };
}

function fold() {
  const shown = new Map(state.guests);
  const arrived = new Map([...state.guests.values()].filter((one) => one.of).map((one) => [`w:${one.of}`, one.id]));
  for (const one of state.queue) {
    const sent = { ...one.sent, decided: decidedAlone(one, Date.now()) };
    const key = arrived.get(keyOf(sent)) ?? keyOf(sent);
    if (sent.walk_in && !shown.has(key)) shown.set(key, stranger(sent));
    const guest = shown.get(key);
    if (guest) shown.set(key, decide(guest, asAttempt(sent), words).after);
  }
  for (const [key, guest] of shown) if (guest.walk_in && guest.state === "gestrichen" && guest.since === null) shown.delete(key);
  state.shown = shown;
}

async function reload() {
  const guests = await keeping.guests(event);
  state.guests = new Map(guests.map((one) => [one.id, one]));
  state.queue = await keeping.tries(event);
  fold();
  draw();
}

// --- one try -------------------------------------------------------------------------------------------------------------

async function attempt(guest, given, name = guest?.name) {
  const target = typeof guest?.id === "number" ? { invitation: guest.id } : guest ? { of: guest.of } : { invitation: given.unknown };
  const sent = {
    nonce: nonce(), kind: given.kind || "einlassen", invitation: null, walk_in: null, of: "", at: new Date(seconds() * 1000).toISOString(),
    count: given.count || 1, device: state.device, by: state.who, forced: Boolean(given.forced), representative: given.representative || "",
    mark: given.mark ?? null, takes_back: given.takes_back || "", ...target,
  };
  const unknown = { result: "abgewiesen", reason: "unbekannt", why: words.why.unbekannt };
  return record(sent, guest ? decide(state.shown.get(guest.id) || guest, asAttempt(sent), words) : unknown, name || fill(said.foreign, { id: given.unknown }));
}

async function record(sent, verdict, name) {
  const one = { event, sent, told: { result: verdict.result, name }, alone: !hasLine() };
  one.order = await keeping.addTry(one);
  state.queue.push(one);
  fold();
  const key = keyOf(sent);
  const guest = state.shown.get(key) || [...state.shown.values()].find((other) => other.of && `w:${other.of}` === key);
  announce(verdict, name, sent, guest);
  draw();
  line.soon();
  return verdict;
}

async function walkIn(name, organisation, count) {
  const sent = {
    nonce: nonce(), kind: "einlassen", invitation: null, walk_in: { name, note: organisation }, of: "", at: new Date(seconds() * 1000).toISOString(),
    count, device: state.device, by: state.who, forced: false, representative: "", mark: null, takes_back: "",
  };
  await record(sent, decide(stranger(sent), asAttempt(sent), words), name);
}

async function letTeamIn(members) {
  let last = null;
  for (const guest of members) last = await attempt(guest, { count: party(guest) });
  return last;
}

// --- what the screen says ------------------------------------------------------------------------------------------------

function announce(verdict, name, sent, guest) {
  const { level, sign, headline } = saying(verdict, name, words, sent.count);
  const buttons = [];
  if (verdict.result === "eingelassen" && guest) {
    buttons.push(make("button", { class: "quiet", text: said.undo, id: "undo", click: () => attempt(guest, { kind: "zuruecknehmen", takes_back: sent.nonce }, name) }));
  }
  if (verdict.result === "abgewiesen" && guest && verdict.reason !== "falscher-code") {
    const again = { kind: sent.kind, count: sent.count, representative: sent.representative, mark: sent.mark, forced: true };
    buttons.push(make("button", { class: "danger", id: "anyway", text: said.anyway, click: () => attempt(guest, again, name) }));
  }
  const text = make("div", { class: "text" }, make("strong", { text: headline }), verdict.why);
  at("result").replaceChildren(make("div", { class: `told ${level}` }, make("span", { class: "sign", "aria-hidden": "true", text: sign }), text, ...buttons));
}

function remark(level, text) {
  at("result").replaceChildren(make("div", { class: `told ${level}` }, make("div", { class: "text", text })));
}

function draw() {
  const everybody = [...state.shown.values()];
  const { there, expected, free } = tally(everybody, state.event ? state.event.capacity : null);
  at("there").textContent = there;
  at("expected").textContent = expected;
  at("free").textContent = free === null ? said.noLimit : free;
  at("free").className = free === null ? "text" : "";
  const by = document.querySelector("input[name=by]:checked").value;
  const show = document.querySelector("input[name=show]:checked").value;
  const found = readCode(at("search").value) ? everybody : chosen(everybody, at("search").value, show, words.letters);
  const more = found.length ? "" : !state.loaded ? (state.line === "loading" ? said.loading : said.noList) : everybody.length ? said.nothing : said.emptyList;
  list.draw(found, by, seconds(), more);
  drawLine();
}

function drawLine() {
  const count = state.queue.length;
  const waiting = count === 1 ? said.waitingOne : fill(said.waitingMany, { count });
  at("line").textContent = count ? waiting : state.line === "online" ? said.online : state.line === "loading" ? said.loading : "Ohne Verbindung";
  if (!count && ["readOnly", "nocodb", "signIn", "server"].includes(state.line)) at("line").textContent = said.alert;
  at("line").className = count || state.line !== "online" ? "pill waiting" : "pill";
  const text = said[state.line] && !["online", "loading"].includes(state.line) ? said[state.line] : "";
  const banner = at("banner");
  if (banner.dataset.text === `${text}${count}`) return;
  banner.dataset.text = `${text}${count}`;
  banner.hidden = !text;
  banner.replaceChildren(text && count ? `${text} (${waiting})` : text);
  if (state.line === "signIn") banner.append(" ", make("a", { href: `/anmelden?weiter=${encodeURIComponent(location.pathname)}`, text: "Neu anmelden" }));
}

function drawConflicts() {
  const box = at("conflicts");
  if (!state.conflicts.length) return box.replaceChildren();
  const lines = state.conflicts.slice(-8).map((one) => make("li", { text: fill(said.conflict, one) }));
  const close = make("button", { class: "quiet", text: "Gelesen", click: () => { state.conflicts = []; drawConflicts(); at("search").focus(); } });
  box.replaceChildren(make("strong", { text: "Anders als auf diesem Gerät gedacht:" }), make("ul", {}, ...lines), close);
}

// --- what the line tells -------------------------------------------------------------------------------------------------

function onState(now) {
  state.line = now;
  draw();
}

async function answered(done, results, guests) {
  for (const one of done) {
    const result = results.get(one.sent.nonce);
    if (!result) state.conflicts.push({ name: one.told.name, why: fill(said.sendFailed, { count: 1 }) });
    else if (isOtherwise(one.told, result)) state.conflicts.push({ name: one.told.name, why: result.why });
  }
  const gone = new Set(done.map((one) => one.order));
  state.queue = state.queue.filter((one) => !gone.has(one.order));
  for (const guest of guests) state.guests.set(guest.id, guest);
  fold();
  draw();
  drawConflicts();
}

function onList(answer) {
  if (answer.whole) state.guests.clear();
  for (const guest of answer.guests) state.guests.set(guest.id, guest);
  for (const id of answer.gone) state.guests.delete(id);
  state.loaded = true;
  setEvent(answer.event, answer.who);
  if (answer.whole || answer.guests.length || answer.gone.length) fold();
  draw();
}

function setEvent(given, who) {
  state.event = given;
  state.who = who;
  at("event").textContent = given.name || "Einlass";
  document.title = `Einlass: ${given.name}`;
  at("when").textContent = given.starts ? `${dayOf(Date.parse(given.starts) / 1000)} Uhr` : "";
}

// --- hands ---------------------------------------------------------------------------------------------------------------

function take(text) {
  const code = readCode(text);
  if (!code) return remark("bad", fill(said.noCode, { text: text.slice(0, 60) }));
  const guest = state.shown.get(code.invitation);
  const given = { mark: code.mark, unknown: code.invitation, count: guest ? party(guest) : 1 };
  return attempt(guest, given);
}

at("find").addEventListener("submit", (submitted) => {
  submitted.preventDefault();
  const field = at("search");
  const text = field.value.trim();
  if (readCode(text) || /^(KN[:ö]|https?:)/i.test(text)) {
    field.value = "";
    take(text);
    draw();
  } else at("list").querySelector("button")?.focus();
});
at("search").addEventListener("input", draw);
addEventListener("keydown", (pressed) => {
  if (pressed.key === "Escape" && !document.querySelector("dialog[open]")) {
    at("search").value = "";
    at("search").focus();
    draw();
  } else if (pressed.key.length === 1 && !pressed.ctrlKey && !pressed.metaKey && !pressed.altKey && pressed.key !== " "
    && !document.querySelector("dialog[open]") && !/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName)) at("search").focus();
});
for (const radio of document.querySelectorAll("input[type=radio]")) {
  radio.addEventListener("change", draw);
  radio.addEventListener("keydown", (pressed) => pressed.key === "Enter" && pressed.preventDefault());
}
for (const button of document.querySelectorAll("[data-close]")) button.addEventListener("click", () => button.closest("dialog").close("no"));

function ask(box) {
  return new Promise((resolve) => {
    box.returnValue = "";
    box.addEventListener("close", () => resolve(box.returnValue), { once: true });
    box.showModal();
  });
}

const number = (id) => Math.min(Math.max(Number.parseInt(at(id).value, 10) || 1, 1), 50);

at("walk-in").addEventListener("click", async () => {
  const typed = at("search").value.trim();
  at("walk-in-name").value = readCode(typed) ? "" : typed;
  at("walk-in-org").value = "";
  at("walk-in-count").value = 1;
  const { free } = tally(state.shown.values(), state.event ? state.event.capacity : null);
  at("walk-in-room").textContent = free === null ? "" : free > 0 ? `Noch ${free} frei.` : said.full;
  const names = [...new Set([...state.shown.values()].map((one) => one.org).filter(Boolean))].sort();
  at("organisations").replaceChildren(...names.map((name) => make("option", { value: name })));
  drawKnown();
  if ((await ask(at("walk-in-box"))) !== "yes") return;
  const name = at("walk-in-name").value.trim() || at("walk-in-org").value.trim() || "Gast ohne Namen";
  at("search").value = "";
  await walkIn(name, at("walk-in-org").value.trim(), number("walk-in-count"));
});

function drawKnown() {
  const typed = at("walk-in-name").value.trim();
  const found = folded(typed, words.letters).length < 3 ? [] : [...state.shown.values()].filter((one) => fits(namesOf(one), typed, words.letters)).slice(0, 3);
  const pick = (guest) => make("button", { type: "button", class: "quiet", text: [guest.name, guest.org].filter(Boolean).join(" · "), click: () => { at("walk-in-box").close("no"); at("search").value = guest.name; draw(); } });
  at("walk-in-known").replaceChildren(...(found.length ? [make("p", { text: said.known }), make("div", { class: "buttons" }, ...found.map(pick))] : []));
}
at("walk-in-name").addEventListener("input", drawKnown);

async function openMore(guest) {
  const inside = guest.since !== null;
  at("more-title").textContent = guest.name;
  at("more-about").textContent = [guest.org, guest.group, fill("Angemeldet: {who}", { who: people(party(guest), words) })].filter(Boolean).join(" · ");
  at("more-count").value = inside ? 1 : party(guest);
  at("more-deputy").hidden = inside;
  at("more-name").value = "";
  at("more-yes").textContent = inside ? "Weitere Personen einlassen" : said.letIn;
  const last = [...readLog(guest.log).active.keys()].at(-1);
  at("more-back").hidden = !inside || !last;
  at("more-hint").textContent = inside && !last ? "In NocoDB eingetragen; zurücknehmen können Sie es nur dort." : "";
  const choice = await ask(at("more-box"));
  const now = state.shown.get(guest.id) || guest;
  if (choice === "back") await attempt(now, { kind: "zuruecknehmen", takes_back: last });
  if (choice === "yes") await attempt(now, { kind: inside ? "nachgekommen" : "einlassen", count: number("more-count"), representative: at("more-name").value.trim() });
}

at("menu").addEventListener("click", async () => {
  const count = state.queue.length;
  const waiting = count === 1 ? said.waitingOne : fill(said.waitingMany, { count });
  at("device").value = state.device;
  at("menu-ready").textContent = !window.isSecureContext ? said.notSafe : state.kept && state.loaded ? fill(said.ready, { count: state.guests.size }) : said.noList;
  at("menu-end").textContent = count ? fill(said.endWaiting, { count: waiting }) : said.endEmpty;
  at("end").textContent = count ? said.endAnyway : said.end;
  const choice = await ask(at("menu-box"));
  if (choice === "save" && at("device").value.trim()) {
    state.device = at("device").value.trim();
    await keeping.setNote("device", state.device);
  }
  if (choice === "end") await end();
});

async function end() {
  line.stop();
  camera.stop();
  await keeping.dropTries(state.queue.map((one) => one.order));
  await keeping.forget(event);
  document.querySelector("header").remove();
  document.querySelector("main").replaceChildren(make("p", { class: "banner", role: "status", text: said.ended }), make("p", {}, make("a", { href: `/veranstaltungen?v=${event}&teil=einlass`, text: "Zurück zur Veranstaltung" })));
}

const camera = new Camera(at("video"), take);
at("scan").addEventListener("click", async () => {
  try {
    at("camera").hidden = false;
    await camera.start();
  } catch (problem) {
    at("camera").hidden = true;
    remark("warn", said.camera);
  }
});
at("scan-stop").addEventListener("click", () => {
  camera.stop();
  at("camera").hidden = true;
  at("search").focus();
});

// --- begin ---------------------------------------------------------------------------------------------------------------

async function keepPage() {
  if (!navigator.serviceWorker) return;
  navigator.serviceWorker.addEventListener("message", (told) => { state.kept ||= Boolean(told.data.kept); document.documentElement.dataset.kept = state.kept; });
  await navigator.serviceWorker.register("/einlass/worker.js", { scope: "/einlass/" });
  const ready = await navigator.serviceWorker.ready;
  ready.active.postMessage({ keep: location.pathname });
  navigator.storage?.persist?.();
}

async function expire() {
  if (!(await keeping.forgetOld(event, Date.now()))) return;
  state.guests.clear();
  state.loaded = false;
  fold();
  remark("warn", said.expired);
  draw();
}

async function begin() {
  for (const name of ["there", "expected", "free"]) at(`label-${name}`).textContent = said[name];
  await expire();
  state.device = (await keeping.note("device")) || `Tablet ${10 + (crypto.getRandomValues(new Uint8Array(1))[0] % 90)}`;
  await keeping.setNote("device", state.device);
  const kept = await keeping.note(`list:${event}`);
  if (kept) {
    state.loaded = true;
    setEvent(kept.event, kept.who);
  }
  await reload();
  at("scan").hidden = !canScan() || !((await readsAlone()) || navigator.onLine);
  line.start();
  setInterval(expire, 60000);
  keepPage().catch(() => {});
  at("search").focus();
}

begin();
