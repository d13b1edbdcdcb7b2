import { expect } from "chai";
import { InputError } from "../../../components/errors";
import { checkTimeZone } from "../../../components/inputs/timeZone";

describe("timeZone", () => {
  for (const zone of [
    "UTC",
    "Etc/UTC",
    "Etc/GMT+9",
    "Asia/Tokyo",
    "America/Argentina/Buenos_Aires",
    // Under another name in Node's list.
    "Asia/Kolkata",
    "Europe/Kyiv",
    "US/Eastern",
    ...Intl.supportedValuesOf("timeZone").slice(0, 400),
  ]) {
    it(`may be ${zone}`, () => expect(checkTimeZone(zone)).to.equal(zone));
  }

  for (const [value, meant] of [
    ["asia/tokyo", "Asia/Tokyo"],
    ["Asia/Tokio", "Asia/Tokyo"],
    ["Tokyo", "Asia/Tokyo"],
    ["JST", "Asia/Tokyo"],
    ["New York", "America/New_York"],
    ["America/NewYork", "America/New_York"],
    ["Europe/Berln", "Europe/Berlin"],
    ["+09:00", "Asia/Tokyo or Europe/Berlin"],
    ["", "Asia/Tokyo or Europe/Berlin"],
    [9, "Asia/Tokyo or Europe/Berlin"],
    [`Asia/${"x".repeat(50)}`, "Asia/Tokyo or Europe/Berlin"],
  ] as const) {
    it(`is not ${JSON.stringify(value)}, and the sentence says ${meant}`, () => {
      expect(() => checkTimeZone(value)).to.throw(
        InputError,
        new RegExp(
          `^timeZone .+ is no time zone: give a name of the IANA time zone database, such as ${meant}, or leave it out`,
        ),
      );
    });
  }
});
