// Puts the list on the screen. Text only ever becomes text, never markup.

import { isExpected, people, party, fill, clock, presence, readLog } from "./rules.js";
import { fits, fold } from "./folding.js";

const MOST = 60;

export function make(tag, given = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") made.className = value;
    else if (name === "click") made.addEventListener("click", value);
    else if (name === "text") made.textContent = value;
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...inside.filter((one) => one !== null && one !== undefined && one !== ""));
  return made;
}

export const needsAsking = (guest) =>
  ["gestrichen", "ausgeladen"].includes(guest.state) || guest.answer === "abgesagt" || guest.place === "warteliste";

// Everybody who may come on an invitation leads to it, not only who is named first.
export const namesOf = (guest) => `${guest.name} ${guest.represented_by} ${guest.with || ""}`;

export function chosen(guests, query, show, letters) {
  const surname = (guest) => fold(guest.name.trim().split(/\s+/).at(-1) || "", letters);
  const isChosen = (guest) => {
    if (show === "missing" && !(guest.since === null && isExpected(guest))) return false;
    if (show === "there" && guest.since === null) return false;
    if (show === "ask" && !(guest.since === null && needsAsking(guest))) return false;
    return fits(`${namesOf(guest)} ${guest.org} ${guest.group}`, query, letters);
  };
  return guests.filter(isChosen).sort((a, b) => surname(a).localeCompare(surname(b)) || a.name.localeCompare(b.name, "de"));
}

export class List {
  constructor(place, remark, words, acts) {
    Object.assign(this, { place, remark, words, acts, drawn: "" });
  }

  draw(guests, by, now, more) {
    const state = JSON.stringify([by, guests, more]);
    if (state === this.drawn) return;
    this.drawn = state;
    const focus = document.activeElement?.dataset?.key;
    const rows = by === "org" ? this.teams(guests, now) : guests.map((guest) => make("li", { class: look(guest) }, this.row(guest, now)));
    this.place.replaceChildren(...rows.slice(0, MOST));
    const left = rows.length - MOST;
    this.remark.textContent = more || (left > 0 ? fill(this.words.page.more, { count: left }) : "");
    if (focus) this.place.querySelector(`[data-key="${CSS.escape(focus)}"]`)?.focus();
  }

  teams(guests, now) {
    const teams = new Map();
    for (const guest of guests) {
      const name = guest.org || this.words.page.noOrg;
      teams.set(name, [...(teams.get(name) || []), guest]);
    }
    const names = [...teams.keys()].sort((a, b) => (a === this.words.page.noOrg) - (b === this.words.page.noOrg) || a.localeCompare(b, "de"));
    return names.map((name) => this.team(name, teams.get(name), now));
  }

  team(name, members, now) {
    const counted = members.filter((one) => one.since !== null || !needsAsking(one));
    const there = counted.filter((one) => one.since !== null).length;
    const missing = members.filter((one) => one.since === null && isExpected(one));
    const told = fill(this.words.page.ofTeam, { there, all: counted.length });
    const all = missing.length > 1
      ? make("button", { click: () => this.acts.team(missing), "data-key": `team:${name}`, text: fill(this.words.page.allIn, { count: missing.length }) }) : null;
    const tag = make("span", { class: there && there === counted.length ? "tag good" : "tag", text: told });
    return make("li", { class: there && there === counted.length ? "there" : "" },
      make("div", { class: "row" }, make("div", { class: "who" }, make("b", { text: name }), " ", tag), all),
      make("ul", {}, ...members.map((one) => make("li", {}, this.row(one, now)))));
  }

  row(guest, now) {
    const about = [guest.org, guest.group].filter(Boolean).join(" · ");
    return make("div", { class: "row" },
      make("div", { class: "who" }, make("b", { text: guest.name || fill(this.words.page.foreign, { id: guest.id }) }),
        about ? make("div", { class: "about", text: about }) : null,
        make("div", {}, ...this.tags(guest, now).flatMap((tag) => [tag, " "]))),
      make("div", { class: "acts" }, ...this.buttons(guest)));
  }

  tags(guest, now) {
    const { page, answers, states } = this.words;
    const tags = [];
    if (guest.since !== null) {
      const { since, where } = presence(guest, now, readLog(guest.log), this.words);
      tags.push(make("span", { class: "tag good", text: fill(page.thereSince, { time: fill(page.where, { time: since, where }) }) }));
      if (party(guest) > 1 || guest.inside > 1) tags.push(make("span", { class: "tag", text: fill(page.withOthers, { inside: guest.inside, party: Math.max(party(guest), guest.inside) }) }));
    } else if (["gestrichen", "ausgeladen"].includes(guest.state)) tags.push(make("span", { class: "tag bad", text: states[guest.state] }));
    else if (guest.place === "warteliste") tags.push(make("span", { class: "tag warn", text: page.waitingList }));
    else if (!guest.walk_in && !guest.represented_by) tags.push(make("span", { class: guest.answer === "abgesagt" ? "tag bad" : "tag", text: answers[guest.answer] || guest.answer }));
    if (guest.walk_in) tags.push(make("span", { class: "tag", text: page.walkIn }));
    if (guest.companions > 0 && guest.since === null) tags.push(make("span", { class: "tag", text: fill(page.companions, { count: guest.companions }) }));
    if (guest.with) tags.push(make("span", { class: "tag", text: fill(page.companionNames, { names: guest.with }) }));
    if (guest.represented_by) tags.push(make("span", { class: "tag", text: fill(page.represented, { name: guest.represented_by }) }));
    return tags;
  }

  buttons(guest) {
    const { page } = this.words;
    const act = (name, text, options) => make("button", {
      ...options, text, "data-key": `${name}:${guest.id}`, "aria-label": `${text}: ${guest.name}`, click: () => this.acts[name](guest),
    });
    const found = [];
    if (guest.since === null) {
      const plain = needsAsking(guest) ? "quiet" : "main";
      found.push(act("enter", party(guest) > 1 ? fill(page.letInParty, { count: party(guest) }) : page.letIn, { class: plain }));
      if (party(guest) > 1 && plain === "main") found.push(act("alone", page.letInAlone, { class: "quiet" }));
    } else if (guest.inside < party(guest)) found.push(act("later", page.laterOne, { class: "quiet" }));
    found.push(act("more", page.options, { class: "quiet" }));
    return found;
  }
}

function look(guest) {
  return guest.since !== null ? "there" : needsAsking(guest) ? "ask" : "";
}

export function saying(verdict, name, words, count) {
  const { page } = words;
  if (verdict.result === "eingelassen") {
    const headline = count > 1 ? fill(page.admittedParty, { name, people: people(count, words) }) : fill(page.admitted, { name });
    return { level: "good", sign: "✓", headline };
  }
  if (verdict.result === "schon-da") return { level: "warn", sign: "!", headline: fill(page.already, { name }) };
  if (verdict.result === "zurueckgenommen") return { level: "warn", sign: "↩", headline: fill(page.takenBack, { name }) };
  return { level: "bad", sign: "✕", headline: fill(page.refused, { name }) };
}

export const dayOf = (seconds) => clock(seconds, 0);
