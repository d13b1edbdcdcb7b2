import type { Place } from "./api";
import type { Clock } from "./clock";
import type { Ids } from "./ids";

/** KMS's own shape of a key, as far as the account fills it in. */
export interface Key {
  AWSAccountId: string;
  KeyId: string;
  Arn: string;
  CreationDate: Date;
  Enabled: boolean;
  Description: string;
  KeyUsage: string;
  KeyState: string;
  Origin: string;
  /** Who keeps the key: AWS for the `aws/ebs` of each account, or a customer. */
  KeyManager: "AWS" | "CUSTOMER";
  CustomerMasterKeySpec: string;
  KeySpec: string;
  EncryptionAlgorithms: string[];
  MultiRegion: boolean;
}

/** KMS's state in one Region: keys. Their key policies all let the account's IAM policies decide. */
export class Kms {
  /** By ARN. */
  readonly keys = new Map<string, Key>();

  constructor(
    private readonly place: Place,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Adds a symmetric key of this account. */
  addKey(keyManager: Key["KeyManager"]): Key {
    const { partition, region, accountId } = this.place;
    const id = this.ids.uuid();
    const key: Key = {
      AWSAccountId: accountId,
      KeyId: id,
      Arn: `arn:${partition}:kms:${region}:${accountId}:key/${id}`,
      CreationDate: this.clock.now(),
      Enabled: true,
      Description:
        keyManager === "AWS" ? "Default key that protects my EBS volumes when no other key is defined" : "",
      KeyUsage: "ENCRYPT_DECRYPT",
      KeyState: "Enabled",
      Origin: "AWS_KMS",
      KeyManager: keyManager,
      CustomerMasterKeySpec: "SYMMETRIC_DEFAULT",
      KeySpec: "SYMMETRIC_DEFAULT",
      EncryptionAlgorithms: ["SYMMETRIC_DEFAULT"],
      MultiRegion: false,
    };
    this.keys.set(key.Arn, key);
    return key;
  }
}
