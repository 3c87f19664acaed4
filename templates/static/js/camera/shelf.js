// Slices on the phone's disk (IndexedDB) until the shop has them: a page that was killed in the middle of a show sends
// the rest when it is opened again. Written once a second, so what a good line brings away sooner never costs a write.
// Where the disk refuses (private pages, no room) filming goes on from memory alone.
const NAME = "cho-phien-camera";
const SLICES = "slices";
const TAKES = "takes";
const WRITE_MS = 1000;
const MOST_BYTES = 256 * 1024 * 1024;
const SHARE_OF_FREE = 0.5;
const OLD_MS = 2 * 24 * 3600 * 1000;
export const AT_ONCE = 24;
const LAST = [];

const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});
const lockName = (take) => `camera-${take}`;

export class Shelf {
  constructor(show) {
    this.show = show;
    this.waiting = new Map();
    this.written = new Map();
    this.writing = new Set();
    this.dropped = [];
    this.bytes = 0;
    this.room = MOST_BYTES;
    this.database = this.open().catch(() => null);
    setInterval(() => this.write(), WRITE_MS);
    addEventListener("pagehide", () => this.write());
    document.addEventListener("visibilitychange", () => { if (document.hidden) this.write(); });
  }

  async open() {
    const opening = indexedDB.open(NAME, 1);
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore(SLICES, { keyPath: ["show", "take", "number"] });
      opening.result.createObjectStore(TAKES, { keyPath: ["show", "take"] });
    };
    const database = await done(opening);
    const told = await navigator.storage?.estimate?.().catch(() => null);
    if (told?.quota) this.room = Math.min(MOST_BYTES, Math.max(0, told.quota - told.usage) * SHARE_OF_FREE);
    const takes = await done(database.transaction(TAKES).objectStore(TAKES).getAll());
    for (const old of takes.filter((one) => one.madeMs < Date.now() - OLD_MS)) this.erase(database, old.show, old.take);
    return database;
  }

  // While this page lives, others leave the take alone.
  hold(take) {
    navigator.locks?.request(lockName(take), () => new Promise(() => {}));
  }

  put(take, number, framed) {
    this.waiting.set(`${take}/${number}`, { show: this.show, take, number, framed });
  }

  drop(take, number) {
    const key = `${take}/${number}`;
    if (this.waiting.delete(key)) return;
    this.bytes -= this.written.get(key) ?? 0;
    this.written.delete(key);
    this.dropped.push([this.show, take, number]);
  }

  // Whether it is on the disk for certain.
  has(take, number) {
    const key = `${take}/${number}`;
    return this.written.has(key) && !this.writing.has(key);
  }

  erase(database, show, take) {
    const changing = database.transaction([SLICES, TAKES], "readwrite");
    changing.objectStore(SLICES).delete(IDBKeyRange.bound([show, take], [show, take, LAST]));
    changing.objectStore(TAKES).delete([show, take]);
  }

  async write() {
    const database = await this.database;
    if (!database || (!this.waiting.size && !this.dropped.length)) return;
    try {
      await this.change(database);
    } catch {
      this.room = 0;
    }
  }

  change(database) {
    const changing = database.transaction([SLICES, TAKES], "readwrite", { durability: "relaxed" });
    const finished = new Promise((resolve, reject) => {
      changing.oncomplete = resolve;
      changing.onabort = reject;
    });
    const slices = changing.objectStore(SLICES);
    for (const key of this.dropped.splice(0)) slices.delete(key);
    const takes = new Set();
    const keys = [];
    for (const [key, slice] of this.waiting) {
      if (this.bytes + slice.framed.byteLength > this.room) break;
      slices.put(slice);
      takes.add(slice.take);
      this.bytes += slice.framed.byteLength;
      this.written.set(key, slice.framed.byteLength);
      this.writing.add(key);
      keys.push(key);
      this.waiting.delete(key);
    }
    for (const take of takes) changing.objectStore(TAKES).put({ show: this.show, take, madeMs: Date.now() });
    return finished.catch((error) => { this.undo(keys); throw error; }).finally(() => {
      for (const key of keys) this.writing.delete(key);
    });
  }

  undo(keys) {
    for (const key of keys) {
      this.bytes -= this.written.get(key) ?? 0;
      this.written.delete(key);
    }
  }

  // What earlier pages have left of this show: pairs of a take's name and its slices' numbers.
  async left() {
    const database = await this.database.catch(() => null);
    if (!database) return [];
    const held = new Set((await navigator.locks?.query())?.held.map((one) => one.name));
    const found = [];
    const range = IDBKeyRange.bound([this.show], [this.show, LAST]);
    for (const { take } of await done(database.transaction(TAKES).objectStore(TAKES).getAll(range))) {
      if (held.has(lockName(take))) continue;
      const its = IDBKeyRange.bound([this.show, take], [this.show, take, LAST]);
      const keys = await done(database.transaction(SLICES).objectStore(SLICES).getAllKeys(its));
      if (keys.length) found.push([take, keys.map(([, , number]) => number)]);
      else this.erase(database, this.show, take);
    }
    return found;
  }

  // The first few slices of a take from a number on.
  async some(take, from) {
    await this.write();
    const database = await this.database;
    if (!database) return [];
    const range = IDBKeyRange.bound([this.show, take, from], [this.show, take, LAST]);
    const found = await done(database.transaction(SLICES).objectStore(SLICES).getAll(range, AT_ONCE));
    return found.map((one) => [one.number, one.framed]);
  }
}
