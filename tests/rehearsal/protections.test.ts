import { isDeepStrictEqual } from "node:util";
import { expect } from "chai";
import type { Account } from "../../rehearsal/account/account";
import type { Image } from "../../rehearsal/account/ec2/shapes";
import type { SourceKind } from "../../rehearsal/account/world/sourceKinds";
import { documentOf } from "../../rehearsal/nights/starting";
import { addGroup } from "../../rehearsal/account/world/groups";
import { addLaunchConfiguration } from "../../rehearsal/account/world/launchConfigurations";
import { addLaunchTemplate, contents } from "../../rehearsal/account/world/launchTemplates";
import { addInstance } from "../../rehearsal/account/world/machines";
import { addVersion, earlierNights } from "./history";
import { launchNewest } from "./interventions";
import { answering, golden, GOLDEN, GROUP, group, sentence, template } from "./refresh";
import { deployable, failedChecks, Life, type LifeWanted, tooMany } from "./rules";

/*
 * The tests can fail: each protection of what is in use is broken in the text of what retires, and then a run at a time at
 * which something depends on it shows an offence. As it is, the same run shows none, and keeps the image.
 */

const ARGS = { retainImages: 1, retainLaunchConfigurations: 1 } as const;
const RETIRE = [{ runbook: "retire" }];

/** What is replaced in the runbook, and by what. */
type Broken = [string | RegExp, string][];

interface Protection {
  name: string;
  launchSource?: SourceKind;
  /** Somebody comes to use an image, or says that it is to be kept. */
  world: (account: Account, image: Image, life: Life) => void;
  broken: Broken;
  /** What the offence says. */
  offence: RegExp;
  /** Which of the three images it is; the oldest, which nothing keeps, unless told otherwise. */
  which?: 0 | 1 | 2;
  /** Not so where it is not the image that is protected. */
  keepsImage?: boolean;
}

const HEARD = 'guards.items() if found), "")';

/** A guard of the decision is not heard. */
function ignoring(...reasons: string[]): [string, string] {
  return [HEARD, `guards.items() if found and reason not in ${list(reasons)}), "")`];
}

function list(texts: string[]): string {
  return `[${texts.map((text) => JSON.stringify(text)).join(", ")}]`;
}

const PINNED: [string, string] = ["if version in named:", "if False:"];
/** What EC2 knows, and not every boto3. */
const REFERENCES: [string, string] = ["state.users[image_id] = arn", "pass"];
const LAUNCHED: [RegExp, string] = [/\[.*for image_id in launched\] \+ uses/, "uses"];
/** A group is read without its launch configuration. */
const CONFIGURED: [string, string] = ['by_name.get(one.get("LaunchConfigurationName"))', "None"];
/** AWS keeps what a group has: what does not go keeps its image. */
const NAMED: [string, string] = ["if None in answers:", "if False:"];
const RUNNING: [string, string] = ['not in ("shutting-down", "terminated")', '== "running"'];

const NEWEST = "it is one of the newest that were rolled out";
const BEFORE = "the group launched it before";
const YOUNG = "it is younger than 12 hours";
const YOUNG_USER = "what names it is younger than 12 hours";
const KEPT = "it has the tag ami-refresh:keep";

const initial = (account: Account) => golden(account).ImageId;
const configurationOf = ({ Name }: Image) => `web${Name.slice(GOLDEN.length)}`;
const hoursAgo = ({ clock }: Account, hours: number) => new Date(clock.now().getTime() - hours * 3600 * 1000);

/** A template of somebody else's, whose versions have these images. */
function foreign(account: Account, imageIds: string[], defaultVersion: number) {
  const versions = imageIds.map((imageId) => contents({ imageId, role: "foreign" }));
  return addLaunchTemplate(account, { name: "foreign", daysOld: 9, versions, defaultVersion });
}

function pinnedByGroup(account: Account, version: string): void {
  const { LaunchTemplateId, LaunchTemplateName } = template(account);
  const source = { LaunchTemplate: { LaunchTemplateId, LaunchTemplateName, Version: version } };
  addGroup(account, { name: "pinning", size: 0, daysOld: 9, source });
}

/** The version of our template that names an image. */
function versionNaming(account: Account, { ImageId }: Image) {
  const versions = [...template(account).versions.values()];
  const found = versions.find(({ LaunchTemplateData }) => LaunchTemplateData.ImageId === ImageId);
  if (found === undefined) {
    throw new Error(`no version names ${ImageId}`);
  }
  return found;
}

const versionOf = (account: Account, image: Image) => String(versionNaming(account, image).VersionNumber);

function launchVersion(account: Account, image: Image): void {
  Object.assign(group(account).LaunchTemplate ?? {}, { Version: versionOf(account, image) });
}

/** A person puts the group back to what it launched in the beginning. */
function launchInitial(account: Account): void {
  group(account).LaunchConfigurationName = `${GROUP}-initial`;
}

function addUser(account: Account, { ImageId: imageId }: Image, state = "running"): void {
  const { instance } = addInstance(account, { id: account.ids.next("i"), imageId, daysOld: 9, tags: [] });
  instance.State.Name = state;
}

/** A run that somebody started a while ago. Gives its id. */
function addRun(
  account: Account,
  documentName: string,
  status: string,
  parameters: Record<string, string[]> = {},
): string {
  const id = account.ids.uuid();
  account.ssm.addExecution({
    AutomationExecutionId: id,
    DocumentName: documentName,
    DocumentVersion: "1",
    AutomationExecutionStatus: status,
    ExecutionStartTime: account.clock.now(),
    ExecutedBy: "somebody",
    Parameters: parameters,
  });
  return id;
}

/** A roll-out of an older image, as a person starts it. */
function addRollOut({ account, deployment }: Life, { ImageId }: Image): string {
  return addRun(account, documentOf(deployment, "roll-out"), "InProgress", { ImageId: [ImageId] });
}

/** The image is of a run of what the document was called before, which has not rolled it out. */
function takeBack(account: Account, image: Image, status: string): void {
  image.Tags = image.Tags.filter(({ Key }) => Key !== "ami-refresh:rolled-out");
  const made = image.Tags.find(({ Key }) => Key === "ami-refresh:execution-id");
  Object.assign(made ?? {}, { Value: addRun(account, "web-runbook-before", status) });
}

const PROTECTIONS: Protection[] = [
  {
    name: "the newest that were rolled out are kept",
    which: 2,
    world: launchInitial,
    broken: [ignoring(NEWEST)],
    offence: /one of the newest 1 images/,
  },
  {
    name: "the newest launch configurations that were rolled out are kept",
    which: 2,
    world: launchInitial,
    broken: [["names[-most_configurations:]", "names[:0]"]],
    offence: /one of the newest 1 launch configurations/,
  },
  {
    name: "what was rolled out last is the newest, and not what was made last",
    world: ({ clock }, image) => {
      const noted = image.Tags.find(({ Key }) => Key === "ami-refresh:rolled-out");
      Object.assign(noted ?? {}, { Value: `${clock.now().toISOString().slice(0, 19)}Z` });
    },
    broken: [["key=lambda one: times[one]", "key=lambda one: made_at(state.images[one])"]],
    offence: /one of the newest 1 images/,
  },
  {
    name: "the group launched it before what it launches now",
    which: 1,
    world: () => undefined,
    broken: [ignoring(BEFORE)],
    offence: /the group launched it before/,
  },
  {
    name: "the group launched it before a roll-back, as the tag says",
    launchSource: "template",
    world: (account, { ImageId }) => {
      const launched = account.ec2.allImages().find(({ Name }) => Name.endsWith("2026-11-23"));
      const noted = launched?.Tags.find(({ Key }) => Key === "ami-refresh:previous-image");
      Object.assign(noted ?? {}, { Value: `${initial(account)} ${ImageId}` });
    },
    broken: [['" ".join(tags).split()', '" ".join(tags).split()[:1]']],
    offence: /the group launched it before/,
  },
  {
    name: "age alone decides nothing",
    world: (account, image) => addUser(account, image),
    broken: [[HEARD, 'guards.items() if False), "")']],
    offence: /runs on it/,
  },
  {
    name: "it is younger than 12 hours",
    world: (account, image) => {
      image.CreationDate = hoursAgo(account, 3).toISOString();
    },
    broken: [ignoring(YOUNG)],
    offence: /image ami-\w+ must not be deleted: it is younger than 12 hours/,
  },
  {
    name: "its launch configuration is younger than 12 hours",
    world: (account, image) => {
      const configuration = account.autoscaling.launchConfigurations.get(configurationOf(image));
      Object.assign(configuration ?? {}, { CreatedTime: hoursAgo(account, 3) });
    },
    broken: [ignoring(YOUNG_USER)],
    offence: /launch configuration web_\S+ must not be deleted: it is younger than 12 hours/,
  },
  {
    name: "its version is younger than 12 hours",
    launchSource: "template",
    world: (account, image) => {
      versionNaming(account, image).CreateTime = hoursAgo(account, 3);
      addVersion(account, { imageId: initial(account) });
    },
    broken: [ignoring(YOUNG_USER)],
    offence: /version \d+ of launch template web must not be deleted: it is younger than 12 hours/,
  },
  {
    name: "its snapshot, which was left behind, is younger than 12 hours",
    world: (account, image) => {
      const snapshot = account.ec2.snapshot(image.BlockDeviceMappings[0].Ebs.SnapshotId);
      Object.assign(snapshot ?? {}, { StartTime: hoursAgo(account, 3) });
      account.ec2.removeImage(image.ImageId);
    },
    broken: [ignoring(YOUNG, YOUNG_USER)],
    offence: /snapshot snap-\w+ must not be deleted: it is younger than 12 hours/,
    keepsImage: false,
  },
  {
    name: "the group refers to it, through a launch configuration",
    world: (account, image) => {
      group(account).LaunchConfigurationName = configurationOf(image);
    },
    broken: [LAUNCHED, CONFIGURED, NAMED],
    offence: /group web-group refers to it/,
  },
  {
    name: "the group refers to it, through a version by its number",
    launchSource: "template",
    world: launchVersion,
    broken: [LAUNCHED, PINNED],
    offence: /group web-group refers to it/,
  },
  {
    name: "the default version of a template names it",
    world: (account, { ImageId }) => void foreign(account, [ImageId, initial(account)], 1),
    broken: [['Versions=["$Default", "$Latest"]', 'Versions=["$Latest"]'], REFERENCES],
    offence: /the default version of launch template foreign names it/,
  },
  {
    name: "the latest version of a template names it",
    launchSource: "template",
    world: (account, { ImageId }) => void foreign(account, [initial(account), ImageId], 1),
    broken: [['Versions=["$Default", "$Latest"]', 'Versions=["$Default"]'], REFERENCES],
    offence: /the latest version of launch template foreign names it/,
  },
  {
    name: "another group pins a version of ours",
    launchSource: "template",
    world: (account, image) => pinnedByGroup(account, versionOf(account, image)),
    broken: [PINNED],
    offence: /group pinning refers to it/,
  },
  {
    name: "another group pins a version of another template",
    world: (account, { ImageId }) => {
      const referTo = foreign(account, [initial(account), ImageId, initial(account)], 1);
      addGroup(account, { name: "pinning", size: 0, daysOld: 9, source: { LaunchTemplate: referTo("2") } });
    },
    broken: [PINNED, REFERENCES],
    offence: /group pinning refers to it/,
  },
  {
    name: "another group has a launch configuration of ours",
    world: (account, image) => {
      const source = { LaunchConfigurationName: configurationOf(image) };
      addGroup(account, { name: "pinning", size: 0, daysOld: 9, source });
    },
    broken: [CONFIGURED, NAMED],
    offence: /group pinning refers to it/,
  },
  {
    name: "an override names it",
    world: (account, { ImageId }) => {
      const referTo = foreign(account, [initial(account)], 1);
      const LaunchTemplate = {
        LaunchTemplateSpecification: referTo("1"),
        Overrides: [{ InstanceType: "t3.small", ImageId }],
      };
      const source = { MixedInstancesPolicy: { LaunchTemplate } };
      addGroup(account, { name: "mixing", size: 0, daysOld: 9, source });
    },
    broken: [["if isinstance(thing, list) else", "if False else"]],
    offence: /override 0 of group mixing refers to it/,
  },
  {
    name: "a launch configuration that is not ours names it",
    world: (account, { ImageId: imageId }) =>
      void addLaunchConfiguration(account, { name: "by-hand", imageId, daysOld: 9 }),
    broken: [["for one in others]", "for one in []]"]],
    offence: /launch configuration by-hand names it/,
  },
  ...(["ec2", "spot"] as const).map((kind): Protection => ({
    name: `a fleet launches it (${kind})`,
    launchSource: "template",
    world: (account, image) => {
      const { LaunchTemplateName } = template(account);
      const specifications = [{ LaunchTemplateName, Version: versionOf(account, image) }];
      const id = kind === "ec2" ? `fleet-${account.ids.uuid()}` : `sfr-${account.ids.uuid()}`;
      account.ec2.fleets.push({ id, kind, state: "active", type: "maintain", specifications });
    },
    broken: [
      kind === "ec2"
        ? ['"FleetState", fleets)', '"FleetState", [])']
        : ['"SpotFleetRequestState", requests)', '"SpotFleetRequestState", [])'],
    ],
    offence: /fleet .* refers to it/,
  })),
  {
    name: "an instance refresh that goes on launches it",
    launchSource: "template",
    world: (account, image) => {
      const { LaunchTemplateId, LaunchTemplateName } = template(account);
      const LaunchTemplate = { LaunchTemplateId, LaunchTemplateName, Version: versionOf(account, image) };
      account.autoscaling.instanceRefreshes.set(GROUP, [
        {
          InstanceRefreshId: "1",
          AutoScalingGroupName: GROUP,
          Status: "InProgress",
          DesiredConfiguration: { LaunchTemplate },
        },
      ]);
    },
    broken: [['answer["InstanceRefreshes"]', "[]"]],
    offence: /instance refresh 1 of group web-group refers to it/,
  },
  {
    name: "a running instance was launched from it",
    world: (account, image) => addUser(account, image),
    broken: [["for one in there]", "for one in []]"]],
    offence: /runs on it/,
  },
  ...(["stopped", "stopping", "pending"] as const).map((state): Protection => ({
    name: `an instance that is ${state} was launched from it`,
    launchSource: "mixed",
    world: (account, image) => addUser(account, image, state),
    broken: [RUNNING],
    offence: /runs on it/,
  })),
  {
    name: "EC2 reports another reference",
    world: ({ ec2 }, { ImageId }) => {
      const Arn = "arn:aws:ssm:ap-northeast-1:123456789012:parameter/image";
      ec2.otherImageReferences.push({ ImageId, ResourceType: "ssm:Parameter", Arn });
    },
    broken: [REFERENCES],
    offence: /parameter\/image refers to it/,
  },
  {
    name: "the golden instance was launched from it",
    launchSource: "template",
    world: (account, { ImageId }) => {
      golden(account).ImageId = ImageId;
      golden(account).State = { Code: 80, Name: "stopped" };
    },
    broken: [ignoring("the golden instance was launched from it"), RUNNING],
    offence: /the golden instance was launched from it/,
  },
  {
    name: "it is shared with another account",
    world: ({ ec2 }, { ImageId }) => void ec2.launchPermissions.set(ImageId, [{ UserId: "444455556666" }]),
    broken: [ignoring("shared with {}")],
    offence: /shared with another account/,
  },
  {
    name: "it has the tag ami-refresh:keep",
    world: (_account, image) => void image.Tags.push({ Key: "ami-refresh:keep", Value: "for the auditors" }),
    broken: [ignoring(KEPT)],
    offence: /image ami-\w+ must not be deleted: it has the tag ami-refresh:keep/,
  },
  {
    name: "its snapshot has the tag ami-refresh:keep",
    world: ({ ec2 }, { BlockDeviceMappings: [{ Ebs }] }) =>
      void ec2.snapshot(Ebs.SnapshotId)?.Tags.push({ Key: "ami-refresh:keep", Value: "" }),
    broken: [['KEPT_BY_TAG if KEEP_TAG in tags_of(one) else ""', '""']],
    offence: /snapshot snap-\w+ must not be deleted: it has the tag ami-refresh:keep/,
    keepsImage: false,
  },
  {
    name: "the run that made it is not finished",
    world: (account, image) => takeBack(account, image, "InProgress"),
    broken: [["not in FINAL", "not in [*FINAL, *AT_WORK]"]],
    offence: /which made it, has not ended/,
  },
  {
    name: "the run that made it is in a state that nobody knows",
    world: (account, image) => takeBack(account, image, "RunbookInProgress"),
    broken: [["not in FINAL", "in AT_WORK"]],
    offence: /which made it, has not ended/,
  },
  {
    name: "a roll-out that is at work names it",
    world: (_account, image, life) => void addRollOut(life, image),
    broken: [ignoring("a roll-out with it is at work")],
    offence: /which rolls it out, has not ended/,
  },
  {
    name: "it is a copy that has our tags",
    world: (_account, image) => void delete image.SourceInstanceId,
    broken: [['re.escape(image.get("SourceInstanceId") or "-") + DATED', '".*"']],
    offence: /not the runbooks' own/,
  },
  {
    name: "a launch configuration has another name",
    world: (account, { ImageId: imageId }) =>
      void addLaunchConfiguration(account, { name: "web_20xx-by-me", imageId, daysOld: 9 }),
    broken: [["named if ours.fullmatch(name_of(one))]", "named]"]],
    offence: /launch configuration web_20xx-by-me must not be deleted: it is not the runbooks' own/,
  },
  {
    name: "a version has another description",
    launchSource: "template",
    world: (account, { ImageId: imageId }) => {
      addVersion(account, { imageId, description: "by hand", daysOld: 5 });
      addVersion(account, { imageId: initial(account) });
    },
    broken: [['DESCRIPTION.fullmatch(one.get("VersionDescription", ""))', "True"]],
    offence: /version 7 of launch template web must not be deleted: it is not the runbooks' own/,
  },
];

/** Three earlier nights, of which the group launches the newest; of one's image somebody has made use. */
async function retiring(
  {
    launchSource,
    world,
    which = 0,
    faults,
  }: Pick<Protection, "launchSource" | "world" | "which"> & { faults?: string[] },
  broken: Broken,
) {
  const { life, images } = await afterThreeNights({ launchSource }, broken);
  const { account } = life;
  world(account, images[which], life);
  const outcome = life.night({ byHand: RETIRE, faults });
  return { ...outcome, isThere: account.ec2.image(images[which].ImageId) !== undefined };
}

async function afterThreeNights(wanted: LifeWanted, broken: Broken) {
  const life = await lifeWith(wanted, broken);
  const images = earlierNights(life.account, 3);
  launchNewest(life.account, images);
  return { life, images };
}

async function lifeWith(wanted: LifeWanted, broken: Broken = []): Promise<Life> {
  const runbook = (text: string, name: string) =>
    name === "web-retire" ? broken.reduce(replacing, text) : text;
  return new Life(
    await deployable({ args: ARGS, ...wanted, runbook: broken.length > 0 ? runbook : undefined }),
  );
}

function replacing(text: string, [what, by]: Broken[number]): string {
  const changed = text.replaceAll(typeof what === "string" ? what : new RegExp(what, "g"), () => by);
  if (changed === text) {
    throw new Error(`the runbook does not say ${what}`);
  }
  return changed;
}

describe("breaking a protection is noticed:", () => {
  for (const protection of PROTECTIONS) {
    const { name, launchSource = "configuration", broken, offence, keepsImage = true } = protection;
    it(`${name} (${launchSource})`, async () => {
      const kept = await retiring(protection, []);
      expect(failedChecks(kept)).to.deep.equal([]);
      expect(kept.isThere).to.equal(keepsImage);
      const bare = await retiring(protection, broken);
      expect(bare.run.offences.join("\n"), sentence(bare.run)).to.match(offence);
    });
  }

  it("where the group cannot be read, nothing is deleted", async () => {
    const faults = ["autoscaling:DescribeAutoScalingGroups:denied"];
    const wanted = { launchSource: "template" as const, world: launchVersion, faults };
    const kept = await retiring(wanted, []);
    expect([kept.run.status, kept.isThere, ...kept.run.offences]).to.deep.equal(["Failed", true]);
    const bare = await retiring(wanted, [
      [/groups = read_pages\(.*/, "groups: Any = []"],
      [/raise Exception\(\s*f"Auto Scaling group(.*\n)*?\s+\)\n/, 'return "", {}\n'],
      REFERENCES,
    ]);
    expect(bare.run.offences.join(), sentence(bare.run)).to.contain("group web-group refers to it");
  });

  describe("an image is rolled out by a person", () => {
    /** Something happens when a run has just made this call. */
    const meanwhile = async (
      when: string,
      happens: (life: Life, image: Image, rollOut: string) => void,
      broken: Broken,
      isAtWork = true,
    ) => {
      const { life, images } = await afterThreeNights({}, broken);
      const { account } = life;
      const [oldest] = images;
      const rollOut = isAtWork ? addRollOut(life, oldest) : "";
      let times = 0;
      answering(account, (api, params, usual) => {
        const answer = usual();
        if (`${api} ${JSON.stringify(params)}`.startsWith(when) && times++ === 0) {
          happens(life, oldest, rollOut);
        }
        return answer;
      });
      const { run } = life.night({ byHand: RETIRE });
      expect(times).to.be.greaterThan(0);
      return [run.status, ...run.offences, account.ec2.image(oldest.ImageId)?.State].join(" ");
    };
    const ends = ({ account }: Life, image: Image, rollOut: string) => {
      group(account).LaunchConfigurationName = configurationOf(image);
      image.Tags = image.Tags.map((tag) =>
        tag.Key === "ami-refresh:rolled-out" ? { ...tag, Value: "2026-11-24T05:30:01Z" } : tag,
      );
      account.ssm.updateExecution(rollOut, { AutomationExecutionStatus: "Success" });
    };
    const READ = 'state.rolling_out = read_rolling_out(event["RollOutDocumentName"])';
    const LATE: [RegExp, string] = [/(?<=image_id = thing\["ImageId"\]\n.*)state.rolling_out = .*/, "pass"];
    const TAGS: [string, string] = ["if any(seen.get(tag) != now.get(tag)", "if False and any(seen.get(tag)"];

    it("while retire reads: roll-outs are looked for before what the group has", async () => {
      const kept = await meanwhile("DescribeAutoScalingGroups", ends, [TAGS, NAMED]);
      expect(kept).to.equal("Success available");
      const bare = await meanwhile("DescribeAutoScalingGroups", ends, [
        TAGS,
        NAMED,
        [new RegExp(`${READ.replace(/[[\]()]/g, "\\$&")}(?=\n\\s+request)`), "pass"],
        ["state.previous = ", `${READ}; state.previous = `],
      ]);
      expect(bare).to.contain("group web-group refers to it");
    });

    it("after retire has read: its tags are looked at once more", async () => {
      const lastRead = 'DescribeInstances {"Filters":[{"Name":"image-id"';
      expect(await meanwhile(lastRead, ends, [], false)).to.equal("Success available");
      expect(await meanwhile(lastRead, ends, [TAGS, NAMED], false)).to.contain(
        "group web-group refers to it",
      );
    });

    it("from just before its deletion on: roll-outs are looked for once more", async () => {
      const lastRead = 'DescribeInstances {"Filters":[{"Name":"image-id"';
      const begins = (life: Life, image: Image) => void addRollOut(life, image);
      expect(await meanwhile(lastRead, begins, [], false)).to.equal("Success available");
      expect(await meanwhile(lastRead, begins, [LATE], false)).to.contain(
        "which rolls it out, has not ended",
      );
    });
  });

  it("answers that only look like success are read", async () => {
    const leaking = async (broken: Broken) => {
      const args = { retainImages: 2, retainLaunchConfigurations: 2 };
      const life = await lifeWith({ launchSource: "template", args }, broken);
      earlierNights(life.account, 4);
      life.account.ec2.versionDeletionFailure = "Not now.";
      const first = life.night();
      life.account.ec2.versionDeletionFailure = undefined;
      const wrong = [first, life.night(), life.night()].flatMap(failedChecks);
      return [...wrong, ...tooMany(life.account, life.configured)].join("\n");
    };
    expect(await leaking([])).to.equal("");
    const ignored: Broken = [['answer.get("UnsuccessfullyDeletedLaunchTemplateVersions", [])', "[]"]];
    expect(await leaking(ignored)).to.contain("versions of each launch template");
  });

  it("what was left over goes", async () => {
    const left = async (broken: Broken) => {
      const { life, images } = await afterThreeNights({}, broken);
      life.account.ec2.removeImage(images[0].ImageId);
      expect(failedChecks(life.night({ byHand: RETIRE }))).to.deep.equal([]);
      return tooMany(life.account, life.configured).join("\n");
    };
    expect(await left([])).to.equal("");
    expect(await left([["state.images |= find_left_over(state)", "pass"]])).to.match(
      /snap-\w+ was made for ami-\w+, which does not/,
    );
  });

  it("a dry run changes nothing", async () => {
    const changed = async (broken: Broken) => {
      const { life } = await afterThreeNights({}, broken);
      const before = life.account.snapshotState();
      const byHand = [{ runbook: "retire", parameters: { DryRun: ["true"] } }];
      expect(life.night({ byHand }).run.status).to.equal("Success");
      return !isDeepStrictEqual(life.account.snapshotState(), before);
    };
    expect(await changed([])).to.equal(false);
    expect(await changed([["answer = {} if self.dry else call()", "answer = call()"]])).to.equal(true);
  });

  it("of two runs one goes on", async () => {
    const working = async (broken: Broken) => {
      const { life } = await afterThreeNights({}, broken);
      const outcomes = life.nights({ byHand: RETIRE, further: [0] });
      expect(outcomes.flatMap(failedChecks)).to.deep.equal([]);
      return outcomes.filter(({ run }) => run.outputs["report.EarlierRun"] === "none").length;
    };
    expect(await working([])).to.equal(1);
    // Both do no harm, as the other's work is no obstacle to either.
    expect(await working([["{} if job.dry else find_earlier_run", "{} and find_earlier_run"]])).to.equal(2);
  });
});
