/** Virtual time: waiting costs nothing and dates are right. */
export class Clock {
  private time: number;

  constructor(start: Date) {
    this.time = start.getTime();
  }

  now(): Date {
    return new Date(this.time);
  }

  advance(seconds: number): void {
    this.time += seconds * 1000;
  }

  set(to: Date): void {
    this.time = to.getTime();
  }
}
