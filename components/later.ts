import * as pulumi from "@pulumi/pulumi";

/** A value of something that is made after what uses the value. */
export class Later<T> {
  readonly value: pulumi.Output<T>;
  private settle: (value: pulumi.Output<T>) => void = () => undefined;

  constructor() {
    const settled = new Promise<pulumi.Output<T>>((resolve) => {
      this.settle = resolve;
    });
    this.value = pulumi.output(settled) as unknown as pulumi.Output<T>;
  }

  become(value: pulumi.Output<T>): void {
    this.settle(value);
  }
}
