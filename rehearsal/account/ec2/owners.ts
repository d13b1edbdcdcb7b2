import { NotModelled } from "../../errors";
import type { AccountState } from "../state";

/** Whether something belongs to one of these owners; without any, it may be anybody's. `what` is the parameter's name. */
export function ownedBy(
  account: AccountState,
  owners: string[],
  what: string,
): (item: { OwnerId: string }) => boolean {
  const ids = owners.map((owner) => (owner === "self" ? account.place.accountId : owner));
  const unknown = ids.find((id) => !/^\d{12}$/.test(id));
  if (unknown !== undefined) {
    throw new NotModelled(`The rehearsal does not model ${what} "${unknown}".`);
  }
  return ({ OwnerId }) => ids.length === 0 || ids.includes(OwnerId);
}
