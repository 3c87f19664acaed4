// How much the recorder gives. Over a line that can't carry it for long, less shows more: the next recorder gives half.
// When all has been sent and the line stays calm a fuller one is tried again, less often each time that fails.
const STEPS = [[1200000, 64000], [600000, 48000], [300000, 32000]];
const MOST_LEAPS = 2;
const WATCHED_MS = 60000;
const CALM_MS = 120000;

export class Pace {
  constructor() {
    this.step = 0;
    this.calmMs = CALM_MS;
    this.raised = 0;
    this.moved = Date.now();
  }

  get rates() {
    const [videoBitsPerSecond, audioBitsPerSecond] = STEPS[this.step];
    return { videoBitsPerSecond, audioBitsPerSecond };
  }

  // Whether another recorder should begin now.
  change(line, unsentSeconds) {
    const now = Date.now();
    if (line.isWeak() || unsentSeconds > 1) this.moved = now;
    const isSlow = line.order.leaps.filter((at) => now - at < WATCHED_MS).length >= MOST_LEAPS;
    if (isSlow && this.step < STEPS.length - 1) {
      if (now - this.raised < WATCHED_MS) this.calmMs *= 2;
      this.step += 1;
    } else if (this.step && now - this.moved > this.calmMs) {
      this.raised = now;
      this.step -= 1;
    } else {
      return false;
    }
    this.moved = now;
    return true;
  }
}
