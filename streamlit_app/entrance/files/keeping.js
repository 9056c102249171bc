// What the tablet keeps (IndexedDB): the guest list, the queue of tries, a few notes. The list goes after 24 hours; a try
// goes only when the server has answered it, or when a person throws it away.

const LIFETIME = 24 * 3600 * 1000;
let opened = null;

function open() {
  opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open("kontaktnetz-einlass", 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("guests", { keyPath: ["event", "id"] });
      asked.result.createObjectStore("tries", { keyPath: "order", autoIncrement: true });
      asked.result.createObjectStore("notes");
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  return opened;
}

async function run(stores, mode, work) {
  const base = await open();
  return new Promise((resolve, reject) => {
    const turn = base.transaction(stores, mode, { durability: mode === "readwrite" ? "strict" : "default" });
    const asked = work(turn);
    turn.oncomplete = () => resolve(asked && asked.result);
    turn.onerror = turn.onabort = () => reject(turn.error);
  });
}

const rangeOf = (event) => IDBKeyRange.bound([event, 0], [event, Infinity]);

export const guests = (event) => run(["guests"], "readonly", (t) => t.objectStore("guests").getAll(rangeOf(event)));

export function takeIn(event, changed, gone, all) {
  return run(["guests"], "readwrite", (turn) => {
    const store = turn.objectStore("guests");
    if (all) store.delete(rangeOf(event));
    for (const guest of changed) store.put({ ...guest, event });
    for (const id of gone) store.delete([event, id]);
  });
}

export async function tries(event) {
  const all = await run(["tries"], "readonly", (turn) => turn.objectStore("tries").getAll());
  return all.filter((one) => one.event === event);
}

export const addTry = (one) => run(["tries"], "readwrite", (turn) => turn.objectStore("tries").add(one));

export function dropTries(orders) {
  return run(["tries"], "readwrite", (turn) => orders.forEach((order) => turn.objectStore("tries").delete(order)));
}

export const note = (name) => run(["notes"], "readonly", (turn) => turn.objectStore("notes").get(name));

export const setNote = (name, value) =>
  run(["notes"], "readwrite", (turn) => turn.objectStore("notes").put(value, name));

export function forget(event) {
  return run(["guests", "notes"], "readwrite", (turn) => {
    turn.objectStore("guests").delete(rangeOf(event));
    turn.objectStore("notes").delete(`list:${event}`);
  });
}

// Forget the lists of all events that are older than a day; say whether this event's was among them.
export async function forgetOld(event, now) {
  const names = await run(["notes"], "readonly", (turn) => turn.objectStore("notes").getAllKeys());
  let ours = false;
  for (const name of names.filter((one) => String(one).startsWith("list:"))) {
    const list = await note(name);
    if (list && now - list.begun > LIFETIME) {
      const old = Number(name.slice(5));
      await forget(old);
      ours ||= old === event;
    }
  }
  return ours;
}
