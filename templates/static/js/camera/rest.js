// Sends what recorders that film no longer had not sent: of a page that was closed, before the camera was turned, before
// another phone took over. It goes over a line of its own and is only kept by the shop, never shown.
import { Line } from "./line.js";
import { SLICE_MS, Take } from "./takes.js";

const PAUSING = new Set(["no_room", "not_live"]);
const PAUSE_MS = 10000;

export class Rest {
  // `spare` says how many bytes may be under way beside the picture, `lost` hears how many seconds can't be sent.
  constructor(address, shelf, { spare, lost }) {
    this.address = address;
    this.shelf = shelf;
    this.spare = spare;
    this.lost = lost;
    this.takes = [];
    this.pausedUntil = 0;
  }

  async find() {
    for (const [name, numbers] of await this.shelf.left()) this.add(new Take(this.shelf, name, numbers));
  }

  add(take) {
    if (take.waiting) this.takes.push(take);
  }

  get seconds() {
    return this.takes.reduce((sum, take) => sum + take.waiting, 0) * SLICE_MS / 1000;
  }

  // Called a few times a second.
  tick() {
    const [take] = this.takes;
    if (!take || Date.now() < this.pausedUntil) return;
    if (!take.waiting) {
      this.next();
    } else if (this.line || this.spare()) {
      this.line ??= new Line(this.address, take, {
        isLate: true, spare: this.spare, told: (what) => this.hear(what), shut: () => this.pause(),
      });
      this.line.tick();
    }
  }

  next() {
    this.line?.hangUp();
    this.line = null;
    this.takes.shift();
  }

  hear({ refused }) {
    if (!refused) return;
    if (PAUSING.has(refused)) {
      this.pause();
    } else if (refused === "ended") {
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
