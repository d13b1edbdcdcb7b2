import { createHash } from "node:crypto";

/** Ids as AWS makes them, only that the same rehearsal gets the same ids again. */
export class Ids {
  private made = 0;

  /** An id with 17 hexadecimal digits, as `ami-0…`. */
  next(prefix: string): string {
    return `${prefix}-0${this.digest().slice(0, 16)}`;
  }

  uuid(): string {
    const digits = this.digest();
    const groups = [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20)];
    return [...groups, digits.slice(20, 32)].join("-");
  }

  private digest(): string {
    this.made += 1;
    return createHash("sha256").update(`id ${this.made}`).digest("hex");
  }
}
