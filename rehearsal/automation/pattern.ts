import { NotModelled } from "../errors";

/**
 * `allowedPattern` is a regular expression of Java's, which has to match the whole value. It is written anew as one of
 * JavaScript's; what means something else there, or nothing, is refused rather than half understood.
 */
export function javaPattern(where: string, pattern: string): RegExp {
  const translation = new Translation(where, pattern);
  try {
    return new RegExp(`^(?:${translation.whole()})$`, "u");
  } catch {
    throw new NotModelled(`${where}: the rehearsal cannot read the pattern ${pattern}`);
  }
}

const space = " \\t\\n\\x0B\\f\\r";
const group = /^\(\?(?::|=|!|<=|<!|<[A-Za-z][A-Za-z0-9]*>)/;
const quantifier = /^(?:[*+?]|\{\d+(?:,\d*)?\})\??/;

class Translation {
  private at = 0;

  constructor(
    private readonly where: string,
    private readonly pattern: string,
  ) {}

  whole(): string {
    let text = "";
    while (this.at < this.pattern.length) text += this.next();
    return text;
  }

  private next(): string {
    const character = this.pattern[this.at];
    if (character === "\\") return this.escape(false);
    if (character === "[") return this.characterClass();
    if (character === "(") return this.groupStart();
    if ("*+?{".includes(character)) return this.repetition();
    this.at += 1;
    // Both are plain characters to Java here; in JavaScript's stricter mode they have to be escaped.
    return character === "]" || character === "}" ? `\\${character}` : character;
  }

  private groupStart(): string {
    const rest = this.pattern.slice(this.at);
    if (!rest.startsWith("(?")) return this.take("(");
    const start = group.exec(rest);
    return start ? this.take(start[0]) : this.refuse(rest.slice(0, 4));
  }

  private repetition(): string {
    const found = quantifier.exec(this.pattern.slice(this.at));
    if (!found) return this.refuse(this.pattern.slice(this.at, this.at + 4));
    this.take(found[0]);
    // Java's possessive quantifiers: `a++` never gives back what it took.
    return this.pattern[this.at] === "+" ? this.refuse(`${found[0]}+`) : found[0];
  }

  private characterClass(): string {
    let text = this.take("[");
    if (this.pattern[this.at] === "^") text += this.take("^");
    if (this.pattern[this.at] === "]") return this.refuse("[]");
    while (this.at < this.pattern.length && this.pattern[this.at] !== "]") text += this.inClass();
    return text + this.take("]");
  }

  private inClass(): string {
    const character = this.pattern[this.at];
    if (character === "\\") return this.escape(true);
    // A class inside a class is a union to Java, and && an intersection.
    if (character === "[" || this.pattern.startsWith("&&", this.at)) return this.refuse(character);
    this.at += 1;
    return /[()|/{}]/.test(character) ? `\\${character}` : character;
  }

  private escape(inClass: boolean): string {
    const character = this.pattern[this.at + 1] ?? "";
    const code = /^\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4})/.exec(this.pattern.slice(this.at));
    if (code) return this.take(code[0]);
    this.at += 2;
    if ("dDwWtnrf".includes(character) && character !== "") return `\\${character}`;
    if (character === "s") return inClass ? space : `[${space}]`;
    if (character === "S" && !inClass) return `[^${space}]`;
    if (character === "" || /[A-Za-z0-9]/.test(character)) return this.refuse(`\\${character}`);
    return /[\^$\\.*+?()[\]{}|/]/.test(character) || (inClass && character === "-")
      ? `\\${character}`
      : character;
  }

  private take(text: string): string {
    this.at += text.length;
    return text;
  }

  private refuse(part: string): never {
    throw new NotModelled(
      `${this.where}: the rehearsal does not model ${part} in the pattern ${this.pattern}`,
    );
  }
}
