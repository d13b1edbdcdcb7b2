import { expect } from "chai";
import * as vm from "node:vm";
import { isPlainMap } from "../../../components/inputs/plainMap";

describe("a plain map", () => {
  for (const [name, value] of Object.entries<unknown>({
    "an empty one": {},
    "one with keys": { a: 1 },
    "one without a prototype": Object.create(null),
    "one of another realm": vm.runInNewContext("({ a: 1 })"),
  })) {
    it(`is ${name}`, () => expect(isPlainMap(value)).to.equal(true));
  }
  for (const [name, value] of Object.entries<unknown>({
    "an array": ["a"],
    "a Map": new Map([["a", 1]]),
    "a Date": new Date(0),
    "a text": "a",
    null: null,
    nothing: undefined,
  })) {
    it(`is not ${name}`, () => expect(isPlainMap(value)).to.equal(false));
  }
});
