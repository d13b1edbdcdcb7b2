import type { Clock } from "../clock";
import type { Ec2 } from "../ec2";

/** One version of a parameter. Only parameters of the type String are modelled. */
export interface ParameterVersion {
  Name: string;
  Value: string;
  DataType: string;
  Version: number;
  LastModifiedDate: Date;
}

/** A value that was taken, and of which AWS has yet to see whether it is an image. */
interface Pending {
  version: ParameterVersion;
  /** When AWS looks. */
  at: number;
  /** Whether who sent it may look at images. */
  maySee: boolean;
}

export const IMAGE_TYPE = "aws:ec2:image";

/** Parameters with their versions, and the values that are not versions yet. */
export class ParameterStore {
  private readonly parameters = new Map<string, ParameterVersion[]>();
  private pending: Pending[] = [];

  /** How long AWS takes to look at an image that a parameter is to name. It does not say. */
  validatedAfterSeconds = 15;

  constructor(
    private readonly clock: Clock,
    private readonly ec2: Ec2,
  ) {}

  /** Adds a parameter that has been there for long. */
  add(Name: string, Value: string, DataType = IMAGE_TYPE): void {
    const version = { Name, Value, DataType, Version: 1, LastModifiedDate: this.clock.now() };
    this.parameters.set(Name, [version]);
  }

  /** Gives a parameter a new value at once, as whoever does so long before anybody looks. */
  set(name: string, value: string): void {
    const latest = this.latest(name);
    if (latest !== undefined) {
      const version = {
        ...latest,
        Value: value,
        Version: latest.Version + 1,
        LastModifiedDate: this.clock.now(),
      };
      this.parameters.get(name)?.push(version);
    }
  }

  remove(name: string): void {
    this.parameters.delete(name);
  }

  /** The version that is the latest by now. */
  latest(name: string): ParameterVersion | undefined {
    return this.versions(name).at(-1);
  }

  version(name: string, number: number): ParameterVersion | undefined {
    return this.versions(name).find(({ Version }) => Version === number);
  }

  /** The parameters, each in its latest version. */
  all(): ParameterVersion[] {
    return [...this.parameters.keys()].flatMap((name) => this.latest(name) ?? []);
  }

  /** Takes a new value, and gives the number of its version, whether or not there ever is one. */
  put(name: string, value: string, maySee: boolean, dataType = IMAGE_TYPE): number {
    const latest = this.latest(name) ?? { Name: name, Value: "", DataType: dataType, Version: 0 };
    const taken = this.pending.filter(({ version }) => version.Name === name);
    const number = Math.max(latest.Version, ...taken.map(({ version }) => version.Version)) + 1;
    const isImage = latest.DataType === IMAGE_TYPE;
    this.pending.push({
      version: { ...latest, Value: value, Version: number, LastModifiedDate: this.clock.now() },
      at: this.clock.now().getTime() + (isImage ? this.validatedAfterSeconds * 1000 : 0),
      maySee: maySee || !isImage,
    });
    this.settle();
    return number;
  }

  /** Lets the values become versions at which AWS has looked by now. */
  settle(): void {
    const now = this.clock.now().getTime();
    const due = this.pending.filter(({ at }) => at <= now);
    this.pending = this.pending.filter(({ at }) => at > now);
    for (const { version, maySee } of due) {
      if (maySee && (version.DataType !== IMAGE_TYPE || this.isAvailable(version.Value))) {
        this.parameters.set(version.Name, [...(this.parameters.get(version.Name) ?? []), version]);
      }
    }
  }

  private versions(name: string): ParameterVersion[] {
    this.settle();
    return this.parameters.get(name) ?? [];
  }

  private isAvailable(imageId: string): boolean {
    return this.ec2.visibleImage(imageId)?.State === "available";
  }
}
