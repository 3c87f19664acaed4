// Which slice of a take goes out next. Those that follow each other are the picture; where the line can't carry them
// they fall behind, shown slowly, and then leap to the newest key picture: a leap breaks picture and sound, and less
// often is better. What was leapt over is missed, and goes out when there is room to spare.
const BEHIND_MS = 4000;
const GAIN_MS = 1000;

export class Order {
  constructor(take) {
    this.take = take;
    this.begin = this.at = 0;
    this.resumedMs = Date.now();
    this.leaps = [];
  }

  // On a new line: from the first that was not acknowledged.
  resume() {
    this.resumedMs = Date.now();
    this.at = this.first ?? this.take.newest + 1;
  }

  // The first of those that follow each other whose acknowledgement has not come.
  get first() {
    for (const number of this.take.kept.keys()) if (number >= this.begin) return number;
    return undefined;
  }

  get behindMs() {
    const { first } = this;
    return first === undefined ? 0 : Date.now() - this.take.kept.get(first).madeMs;
  }

  get isAllOut() {
    return this.at > this.take.newest;
  }

  following() {
    const { kept, newest, isKnown } = this.take;
    while (this.at <= newest && !kept.has(this.at)) this.at += 1;
    if (this.isAllOut) return undefined;
    // The recording's head is to be known first.
    if (isKnown && Date.now() - kept.get(this.at).madeMs > BEHIND_MS) this.leap();
    return this.at++;
  }

  leap() {
    const { kept, newest } = this.take;
    for (let number = newest; number > this.at; number -= 1) {
      if (!kept.get(number)?.isKey) continue;
      if (kept.get(number).madeMs - kept.get(this.at).madeMs < GAIN_MS) return;
      this.begin = this.at = number;
      // What an outage has cost says nothing of how much the line can carry.
      if (Date.now() - this.resumedMs > BEHIND_MS) this.leaps.push(Date.now());
      return;
    }
  }

  missed(sent) {
    for (const number of this.take.kept.keys()) if (!sent.has(number)) return number;
    this.take.refill();
    return undefined;
  }

  get missedCount() {
    return [...this.take.kept.keys()].filter((number) => number < this.begin).length + this.take.away.size;
  }
}
