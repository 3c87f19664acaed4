// Sends what recorders that film no longer had not sent: of a page that was closed, before the camera was turned, before
// another phone took over. It goes over a line of its own and is only kept by the shop, never shown.
import { Line } from "./line.js";
import { SLICE_MS, StoredTake } from "./takes.js";

const OVER = new Set(["ended", "not_live"]);
const PAUSE_MS = 10000;

export class Rest {
  // `lost` hears how many seconds can't be sent any more.
  constructor(address, shelf, { lost }) {
    this.address = address;
    this.shelf = shelf;
    this.lost = lost;
    this.takes = [];
    this.pausedUntil = 0;
  }

  async find() {
    for (const [name, count] of await this.shelf.left()) this.add(new StoredTake(this.shelf, name, count));
  }

  add(take) {
    if (take.waiting) this.takes.push(take);
  }

  get seconds() {
    return this.takes.reduce((sum, take) => sum + take.waiting, 0) * SLICE_MS / 1000;
  }

  // Called a few times a second.
  async tick() {
    const [take] = this.takes;
    if (!take || this.isFilling || Date.now() < this.pausedUntil) return;
    if (!take.kept.size) {
      this.isFilling = true;
      await take.refill().catch(() => take.forgetAll());
      this.isFilling = false;
    }
    if (!take.waiting) return this.next();
    this.line ??= new Line(this.address, take, { isLate: true, told: (what) => this.hear(what), shut: () => this.pause() });
    this.line.tick();
  }

  next() {
    this.line?.hangUp();
    this.line = null;
    this.takes.shift();
  }

  hear({ refused }) {
    if (!refused) return;
    if (refused === "no_room") {
      this.pause();
    } else if (OVER.has(refused)) {
      this.giveUp();
    } else {
      this.takes[0].forgetAll();
      this.next();
    }
  }

  pause() {
    this.line?.hangUp();
    this.line = null;
    this.pausedUntil = Date.now() + PAUSE_MS;
  }

  giveUp() {
    const { seconds } = this;
    for (const take of this.takes) take.forgetAll();
    this.takes = [];
    this.line = null;
    this.lost(seconds);
  }
}
