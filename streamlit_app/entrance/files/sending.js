// Sends the queue and fetches what changed: again and again, slower when nobody answers, at once when the line is back.
// A try leaves the queue only with the server's answer; sent twice it counts once, its nonce sees to that.

const BATCH = 20;
const POLL = 4000;
const LONGEST = 30000;
const PATIENCE = 20000;
const AT_ONCE = 10000;

// What a tablet decided without a line, or was not answered at once, has happened by the time it arrives: the people went
// in, or home. Null while the server's answer still comes to somebody who stands at the door.
export const decidedAlone = (one, now) => (one.alone || now - Date.parse(one.sent.at) > AT_ONCE ? one.told.result : null);

export class Line {
  constructor(event, keeping, tell) {
    Object.assign(this, { event, keeping, tell, state: "loading", wait: 1000, timer: null, busy: false, batch: BATCH });
  }

  start() {
    addEventListener("online", () => this.soon());
    addEventListener("offline", () => this.say("offline"));
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.soon());
    this.soon();
  }

  soon() {
    this.again = this.busy;
    this.wait = 1000;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.turn(), 0);
  }

  stop() {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  async turn() {
    if (this.stopped || this.busy) return;
    this.busy = true;
    try {
      if (!navigator.onLine) this.say("offline");
      else if (await this.sendAll()) await this.fetchList();
    } catch (problem) {
      this.say(navigator.onLine ? "server" : "offline");
    } finally {
      this.busy = false;
    }
    const fine = ["online", "nocodb", "readOnly"].includes(this.state);
    this.wait = fine ? 1000 : Math.min(this.wait * 2, LONGEST);
    const pause = this.again ? 0 : fine ? POLL : this.wait * (0.75 + Math.random() / 2);
    this.again = false;
    if (!this.stopped) this.timer = setTimeout(() => this.turn(), pause);
  }

  say(state) {
    if (this.state !== state) {
      this.state = state;
      this.tell.state(state);
    }
  }

  // Send what waits, in its order. Of two windows of one tablet only one sends.
  async sendAll() {
    if (!navigator.locks) return this.sendBatches();
    return navigator.locks.request(`einlass-${this.event}`, { ifAvailable: true }, (lock) => (lock ? this.sendBatches() : true));
  }

  async sendBatches() {
    for (;;) {
      const waiting = (await this.keeping.tries(this.event)).slice(0, this.batch);
      if (!waiting.length) return true;
      const sent_at = new Date().toISOString();
      const tries = waiting.map((one) => ({ ...one.sent, decided: decidedAlone(one, Date.now()), name: one.told.name }));
      const body = JSON.stringify({ sent_at, tries });
      const answer = await this.ask(`versuche`, { method: "POST", body, headers: { "content-type": "application/json" } });
      if (!answer) return false;
      this.batch = BATCH;
      await this.settle(waiting, answer);
    }
  }

  async settle(waiting, answer) {
    const results = new Map(answer.results.map((one) => [one.nonce, one]));
    const broken = new Set(answer.broken);
    const done = waiting.filter((one) => results.has(one.sent.nonce) || broken.has(one.sent.nonce));
    await this.keeping.takeIn(this.event, answer.guests, [], false);
    await this.keeping.dropTries(done.map((one) => one.order));
    this.tell.answered(done, results, answer.guests);
  }

  async fetchList() {
    const list = (await this.keeping.note(`list:${this.event}`)) || { version: 0, begun: Date.now() };
    const answer = await this.ask(`gaeste?ab=${list.version}`, {});
    if (!answer) return;
    await this.keeping.takeIn(this.event, answer.guests, answer.gone, answer.whole);
    const kept = { version: answer.version, begun: list.begun, event: answer.event, who: answer.who };
    await this.keeping.setNote(`list:${this.event}`, kept);
    this.tell.list(answer);
    this.say(!answer.may_write ? "readOnly" : answer.live ? "online" : "nocodb");
  }

  // Ask the server; null when it has no answer for us, the state then says why.
  async ask(path, options) {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const headers = { ...options.headers, "x-einlass": "1", accept: "application/json" };
      const answer = await fetch(`/einlass/${this.event}/${path}`, { ...options, headers, signal: stop.signal, redirect: "error", cache: "no-store" });
      if (answer.ok) return await answer.json();
      if (answer.status === 401) this.say("signIn");
      else if (answer.status === 403) this.say("readOnly");
      else this.say(answer.status === 503 ? "nocodb" : "server");
      if (answer.status >= 500) this.batch = Math.max(1, Math.floor(this.batch / 2));
      return null;
    } finally {
      clearTimeout(timer);
    }
  }
}
