import { expect } from "chai";
import type { Principal } from "../../../rehearsal/account/iam";
import { NotModelled } from "../../../rehearsal/errors";
import { administrator, allow, at, furnished, itNeeds, notAllowed, principal, refusal } from "./support";

function world() {
  const { account } = furnished();
  const key = account.kms.addKey("CUSTOMER");
  const describeKey = (KeyId: string, caller: Principal = administrator) =>
    account.call(caller, "kms", "DescribeKey", { KeyId });
  return { account, key, describeKey };
}

/** The same in every account that is furnished alike. */
const { Arn: arn } = world().key;

describe("DescribeKey", () => {
  it("tells who keeps a key", () => {
    const { account, key, describeKey } = world();
    expect(describeKey(key.Arn)).to.deep.equal({
      KeyMetadata: {
        AWSAccountId: "111122223333",
        KeyId: key.KeyId,
        Arn: `arn:aws:kms:ap-northeast-1:111122223333:key/${key.KeyId}`,
        CreationDate: new Date("2026-11-23T05:30:00.000Z"),
        Enabled: true,
        Description: "",
        KeyUsage: "ENCRYPT_DECRYPT",
        KeyState: "Enabled",
        Origin: "AWS_KMS",
        KeyManager: "CUSTOMER",
        CustomerMasterKeySpec: "SYMMETRIC_DEFAULT",
        KeySpec: "SYMMETRIC_DEFAULT",
        EncryptionAlgorithms: ["SYMMETRIC_DEFAULT"],
        MultiRegion: false,
      },
    });
    const managed = describeKey(account.kms.addKey("AWS").Arn);
    expect(at(managed, "KeyMetadata", "KeyManager")).to.equal("AWS");
  });

  it("takes a key's id as well", () => {
    const { key, describeKey } = world();
    expect(describeKey(key.KeyId)).to.deep.equal(describeKey(key.Arn));
  });

  it("answers NotFoundException to a key that does not exist", () => {
    const { describeKey } = world();
    const missing = "arn:aws:kms:ap-northeast-1:111122223333:key/00000000-0000-0000-0000-000000000000";
    for (const keyId of [missing, missing.split("/")[1]]) {
      expect(refusal(() => describeKey(keyId))).to.deep.equal({
        code: "NotFoundException",
        message: `Key '${missing}' does not exist`,
        status: 400,
      });
    }
  });

  it("does not model aliases and grants", () => {
    const { account, describeKey } = world();
    for (const alias of ["alias/aws/ebs", "arn:aws:kms:ap-northeast-1:111122223333:alias/aws/ebs"]) {
      expect(() => describeKey(alias)).to.throw(NotModelled, `alias "${alias}"`);
    }
    expect(() => account.call(administrator, "kms", "DescribeKey", { KeyId: arn, GrantTokens: [] })).to.throw(
      NotModelled,
      "kms:DescribeKey GrantTokens",
    );
  });

  describe("permissions", () => {
    itNeeds(
      [allow("kms:DescribeKey", arn)],
      () => (caller) => world().describeKey(arn, caller),
      (missing) => ({
        code: "AccessDeniedException",
        message: notAllowed(principal(), missing),
        status: 400,
      }),
    );

    it("by id are asked for on the key's ARN", () => {
      const { key, describeKey } = world();
      expect(describeKey(key.KeyId, principal(allow("kms:DescribeKey", arn)))).to.have.property(
        "KeyMetadata",
      );
    });
  });
});
