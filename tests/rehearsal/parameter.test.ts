import { expect } from "chai";
import { AmiRefresh } from "../../components";
import type { Account } from "../../rehearsal/account/account";
import type { LaunchTemplateData } from "../../rehearsal/account/ec2/launchTemplateShapes";
import { addGroup } from "../../rehearsal/account/world/groups";
import { addLaunchTemplate } from "../../rehearsal/account/world/launchTemplates";
import { PARAMETER } from "../../rehearsal/account/world/sources";
import type { Registered } from "../../rehearsal/deploy/program";
import type { Run } from "../../rehearsal/nights";
import { underMocks } from "../mocks";
import { imageOf } from "./history";
import {
  ARGS,
  broken,
  golden,
  group,
  launchedNow,
  madeImages,
  refresh,
  rollBack,
  runOf,
  runsOf,
  sentence as wholeSentence,
  START,
  template,
  templateVersion,
  type Refreshed,
  type Wanted,
} from "./refresh";
import { sharedPython } from "./python";
import { statementsOf, withStatements } from "./registered";

const DAY = 24 * 60 * 60 * 1000;
const RESOLVED = `resolve:ssm:${PARAMETER}`;

const nightsFrom = (count: number) =>
  Array.from({ length: count }, (_, index) => new Date(START.getTime() + index * DAY));

/** Without what Automation calls it. */
const sentence = (run: Run) => wholeSentence(run).replace(/^Exception: /, "");

/** Nights of a group whose launch template takes its image from a parameter. */
const happen = (wanted: Wanted = {}): Promise<Refreshed> => refresh({ launchSource: "parameter", ...wanted });

const valueOf = ({ ssm }: Account) => ssm.parameters.latest(PARAMETER)?.Value;
const inUse = (account: Account): LaunchTemplateData =>
  templateVersion(account, "$Latest").LaunchTemplateData;

/** All that a roll-out of this kind leaves alone. */
const untouched = (account: Account): unknown =>
  structuredClone([[...account.ec2.launchTemplates.values()], group(account).LaunchTemplate]);

/** Another template that says where its image comes from, in its one version. */
function addReader(account: Account, imageId = RESOLVED, name = "reader") {
  const data = { ...inUse(account), ImageId: imageId };
  return addLaunchTemplate(account, { name, daysOld: 1, versions: [data], defaultVersion: 1 });
}

/** The same with a later version that is the default one and names an image, so that a number alone leads to the parameter. */
function addOldReader(account: Account) {
  const data = inUse(account);
  const versions = [data, { ...data, ImageId: golden(account).ImageId }];
  return addLaunchTemplate(account, { name: "reader", daysOld: 1, versions, defaultVersion: 2 });
}

describe("a night with a parameter", () => {
  before(() => sharedPython());

  it("gives the parameter the new image, night after night, and leaves template and group alone", async () => {
    let before: unknown;
    const { account, checks, nights } = await happen({
      starts: nightsFrom(3),
      account: (fresh) => (before = untouched(fresh)),
    });
    expect(broken(checks)).to.deep.equal([]);
    const [first, second, third] = madeImages(account).map(({ ImageId }) => ImageId);
    expect(valueOf(account)).to.equal(third);
    expect(account.ssm.parameters.latest(PARAMETER)?.Version).to.equal(4);
    expect(launchedNow(account).map(({ imageId }) => imageId)).to.deep.equal([third]);
    expect(untouched(account)).to.deep.equal(before);
    const [, , last] = runsOf(nights, "roll-out");
    const { LaunchTemplateId: id } = template(account);
    const source = `parameter ${PARAMETER} of launch template web (${id}) version 2 by $Latest`;
    expect(last.outputs).to.deep.include({
      "report.ImageId": third,
      "report.ParameterName": PARAMETER,
      "report.ParameterVersion": "4",
      "report.PreviousLaunchSource": source,
      "report.PreviousImageId": second,
      "report.Schedule": "as it was",
    });
    expect(String(last.outputs["report.Summary"])).to.match(
      /^Auto Scaling group web-group now launches image ami-\w+ \(i-\w+_2026-11-26\) through version 4 of parameter \/images\/web; before, it launched image ami-\w+ through parameter /,
    );
    expect(runsOf(nights, "roll-out").flatMap(({ calls }) => calls.map(({ api }) => api))).to.not.include(
      "CreateLaunchTemplateVersion",
    );
    expect(first).to.not.equal(undefined);
  });

  for (const [how, refer] of [
    ["by number", (account: Account) => (group(account).LaunchTemplate!.Version = "2")],
    [
      "by $Default",
      (account: Account) => {
        group(account).LaunchTemplate!.Version = "$Default";
        template(account).DefaultVersionNumber = 2;
      },
    ],
    ["as a name without a slash", (account: Account) => renameParameter(account, "web-image")],
  ] as [string, (account: Account) => void][]) {
    it(`finds the parameter of a template that is named ${how}`, async () => {
      const { account, checks } = await happen({ world: refer });
      expect(broken(checks)).to.deep.equal([]);
      expect(launchedNow(account)[0].imageId).to.equal(madeImages(account)[0].ImageId);
    });
  }

  it("leaves a preview as it was", async () => {
    let before: Registered[] = [];
    const { account } = await happen({ registered: (resources) => (before = structuredClone(resources)) });
    const { resources } = await underMocks(() => new AmiRefresh("web", ARGS), { account });
    expect(resources.map(({ name, inputs }) => [name, inputs])).to.deep.equal(
      before.map(({ name, inputs }) => [name, inputs]),
    );
  });

  it("rolls back by hand, and forward again", async () => {
    const at = (hours: number) => new Date(START.getTime() + hours * 60 * 60 * 1000);
    const [one, two] = nightsFrom(2);
    const { account, checks, nights } = await happen({
      starts: [one, two, { at: at(30), byHand: [rollBack()] }, { at: at(31), byHand: [rollBack()] }],
    });
    expect(broken(checks)).to.deep.equal([]);
    const [older, newer] = madeImages(account).map(({ ImageId }) => ImageId);
    expect(runsOf(nights, "roll-out").map(({ outputs }) => outputs["report.ImageId"])).to.deep.equal([
      older,
      newer,
      older,
      newer,
    ]);
    expect(valueOf(account)).to.equal(newer);
  });

  it("switches the schedule off with a roll-back, as with any kind", async () => {
    const [one, two] = nightsFrom(2);
    const byHand = [{ runbook: "roll-out", parameters: { ImageId: ["previous"] } }];
    const { nights } = await happen({ starts: [one, two, { at: new Date(two.getTime() + 1e7), byHand }] });
    expect(String(runOf(nights[2], "roll-out").outputs["report.Schedule"])).to.match(/^off, so that nothing/);
  });

  it("writes nothing where the parameter names the image already", async () => {
    const parameters = { ImageId: ["previous"], PauseSchedule: ["false"] };
    const { account, nights, checks } = await happen({
      starts: [START, { at: new Date(START.getTime() + 1e7), byHand: [{ runbook: "roll-out", parameters }] }],
      after: (_step, fresh) => (parameters.ImageId = [valueOf(fresh) ?? ""]),
    });
    expect(broken(checks)).to.deep.equal([]);
    const run = runOf(nights[1], "roll-out");
    expect(run.outputs["report.ParameterVersion"]).to.equal("2");
    expect(run.outputs["report.PreviousImageId"]).to.equal(run.outputs["report.ImageId"]);
    expect(account.ssm.parameters.latest(PARAMETER)?.Version).to.equal(2);
  });

  it("waits as long as AWS takes to look at the image", async () => {
    const { checks, night } = await happen({
      world: (account) => (account.ssm.parameters.validatedAfterSeconds = 150),
    });
    expect(broken(checks)).to.deep.equal([]);
    const { startedAt, endedAt } = runOf(night, "roll-out");
    expect(Date.parse(endedAt) - Date.parse(startedAt)).to.be.within(150_000, 200_000);
  });
});

describe("a roll-out through a parameter that fails", () => {
  before(() => sharedPython());

  /** It fails in this sentence, and the parameter names what it did. */
  async function expectRefused(wanted: Wanted, says: RegExp, step = "checkGroup"): Promise<Refreshed> {
    let before: string | undefined;
    const refreshed = await happen({
      ...wanted,
      account: (fresh) => {
        wanted.account?.(fresh);
        before = valueOf(fresh);
      },
    });
    const rollOut = runOf(refreshed.night, "roll-out");
    expect(sentence(rollOut)).to.match(says);
    expect(sentence(refreshed.run)).to.equal(sentence(rollOut));
    expect(rollOut.steps.at(-1)?.name).to.equal(step);
    // What AWS may still take is there by then.
    refreshed.account.clock.advance(3600);
    expect(valueOf(refreshed.account)).to.equal(before);
    return refreshed;
  }

  const REFUSALS: [string, (account: Account) => unknown, RegExp][] = [
    [
      "a template that has gone over to an image id",
      (account) => (inUse(account).ImageId = golden(account).ImageId),
      /^Launch template web \(lt-\w+\) version 2 by \$Latest names ami-\w+, but this runbook is for an image that a parameter names: run pulumi up\.$/,
    ],
    [
      "a template that has gone over to a version of the parameter",
      (account) => (inUse(account).ImageId = `${RESOLVED}:1`),
      /^Launch template web .+ takes its image from resolve:ssm:\/images\/web:1, which is not the bare name of a parameter: let it name a parameter of this account without an ARN, a version or a label\.$/,
    ],
    [
      "a template that has gone over to another parameter",
      (account) => renameParameter(account, "/images/other"),
      /AccessDeniedException.+ssm:GetParameter.+parameter\/images\/other.+: run pulumi up, because the permissions are for one parameter\.$/,
    ],
    [
      "a parameter of another data type",
      (account) => account.ssm.parameters.add(PARAMETER, valueOf(account) ?? "", "text"),
      /^Parameter \/images\/web, from which launch template web .+ takes its image, is of data type text, which AWS does not check: make a parameter of data type aws:ec2:image, and let the template name that one\.$/,
    ],
    [
      "a group that has gone over to a launch configuration",
      (account) => {
        delete group(account).LaunchTemplate;
        [group(account).LaunchConfigurationName] = account.autoscaling.launchConfigurations.keys();
      },
      /^Auto Scaling group web-group launches from another kind of source now, but this runbook is for an image that a parameter names: run pulumi up\.$/,
    ],
    [
      "a template that does not fit the image",
      (account) => (inUse(account).BlockDeviceMappings![0].Ebs!.VolumeSize = 4),
      /gives \/dev\/xvda 4 GiB, less than the 8 of image/,
    ],
    [
      "an instance type of another architecture, of an image that is gone",
      (account) => {
        account.ec2.removeImage(valueOf(account) ?? "");
        delete inUse(account).InstanceType;
      },
      /does not fit parameter \/images\/web of launch template web .+its image is gone, and it names no instance type/,
    ],
  ];
  for (const [what, change, says] of REFUSALS) {
    it(`is refused for ${what}`, async () => {
      const { night } = await happen({ account: change as (account: Account) => void });
      const rollOut = runOf(night, "roll-out");
      expect(sentence(rollOut)).to.match(says);
      expect(rollOut.steps.map(({ name }) => name)).to.deep.equal(["checkGroup"]);
      expect(rollOut.calls.map(({ api }) => api)).to.not.include("PutParameter");
    });
  }

  it("is refused where the parameter is gone", async () => {
    const { night } = await happen({ account: (account) => account.ssm.parameters.remove(PARAMETER) });
    expect(sentence(runOf(night, "roll-out"))).to.match(
      /^Parameter \/images\/web, from which the group's launch template takes its image, does not exist in this Region: make it, with data type aws:ec2:image, or let the template name another one\.$/,
    );
  });

  const READERS: Record<string, (account: Account) => string> = {
    "another template's default version, used or not": (account) => {
      addReader(account);
      return "launch template reader";
    },
    "a number of another template, by a group": (account) => {
      addGroup(account, {
        name: "pinned",
        size: 0,
        daysOld: 0,
        source: { LaunchTemplate: addOldReader(account)("1") },
      });
      return "group pinned";
    },
    "the group's own template, by another group": (account) => {
      const source = { LaunchTemplate: structuredClone(group(account).LaunchTemplate) };
      addGroup(account, { name: "following", size: 0, daysOld: 0, source });
      return "group following";
    },
    "a fleet": (account) => {
      const specifications = [addOldReader(account)("1")];
      account.ec2.fleets.push({
        id: "fleet-1",
        kind: "ec2",
        state: "active",
        type: "maintain",
        specifications,
      });
      return "fleet fleet-1";
    },
    "an override of another group": (account) => {
      const LaunchTemplateSpecification = addReader(account, golden(account).ImageId)("1");
      const Overrides = [{ InstanceType: "t3.small", ImageId: RESOLVED }];
      const MixedInstancesPolicy = { LaunchTemplate: { LaunchTemplateSpecification, Overrides } };
      addGroup(account, { name: "mixing", size: 0, daysOld: 0, source: { MixedInstancesPolicy } });
      return "group mixing";
    },
    "its ARN, in another template": (account) => {
      addReader(account, "resolve:ssm:arn:aws:ssm:ap-northeast-1:123456789012:parameter/images/web");
      return "launch template reader";
    },
  };
  for (const [what, add] of Object.entries(READERS)) {
    it(`is refused where the parameter is read by ${what}, and not with allowSharedTemplate`, async () => {
      let who = "";
      const wanted = { account: (account: Account) => void (who = add(account)) };
      const { night } = await expectRefused(wanted, /^This run would also change what /);
      expect(sentence(runOf(night, "roll-out"))).to.equal(
        `This run would also change what ${who} launches through parameter /images/web: let each read a parameter of ` +
          "its own, or set allowSharedTemplate and run pulumi up.",
      );
      const { run } = await happen({ ...wanted, args: { allowSharedTemplate: true } });
      expect(run.status).to.equal("Success");
    });
  }

  it("goes on where others read a version of the parameter, another one, or have read it", async () => {
    const { checks } = await happen({
      account: (account) => {
        account.ssm.parameters.add("/images/web2", golden(account).ImageId);
        addReader(account, `${RESOLVED}:1`, "pinned");
        addReader(account, "resolve:ssm:/images/web2", "other");
        addOldReader(account);
      },
    });
    expect(broken(checks)).to.deep.equal([]);
  });

  it("says so where AWS never takes the image, and puts the value back", async () => {
    const { night, account } = await expectRefused(
      { faults: ["image-vanishes:ssm:PutParameter@1"] },
      /^AWS took image ami-\w+ for parameter \/images\/web, which names ami-\w+ after 180 seconds: see whether the image is available and who else changes the parameter, and start the roll-out again\.$/,
      "putParameter",
    );
    const puts = runOf(night, "roll-out").calls.filter(({ api }) => api === "PutParameter");
    expect(puts).to.have.length(2);
    expect(puts[1].params.Value).to.equal(valueOf(account));
    expect(puts[0].params).to.deep.include({ Type: "String", DataType: "aws:ec2:image", Overwrite: true });
  });

  it("says so where AWS takes neither value in time", async () => {
    const { night } = await happen({
      world: (account) => (account.ssm.parameters.validatedAfterSeconds = 200),
    });
    expect(sentence(runOf(night, "roll-out"))).to.match(
      /^The run failed \(AWS took image .+, and this could not be put back: parameter \/images\/web \(it names ami-\w+, and AWS does not take ami-\w+\); do so by hand\.$/,
    );
  });

  it("leaves alone what somebody else made of the parameter meanwhile", async () => {
    const { night, account } = await happen({
      after: (step, fresh) =>
        step.name === "checkGroup" ? fresh.ssm.parameters.set(PARAMETER, golden(fresh).ImageId) : undefined,
    });
    expect(sentence(runOf(night, "roll-out"))).to.match(
      /^What Auto Scaling group web-group launches from changed during this run, and was left as it is: /,
    );
    expect(valueOf(account)).to.equal(golden(account).ImageId);
  });

  it("says what could not be put back", async () => {
    const { night, account } = await happen({
      faults: [
        "ec2:CreateTags:denied@1.1",
        ...[2, 3, 4].map((attempt) => `ssm:PutParameter:error@1.${attempt}`),
      ],
    });
    const [image] = madeImages(account);
    expect(sentence(runOf(night, "roll-out"))).to.match(
      /^The run failed \(.*CreateTags.*\), and this could not be put back: parameter \/images\/web \(.*PutParameter.*\); do so by hand\.$/,
    );
    expect(valueOf(account)).to.equal(image.ImageId);
  });
});

describe("the retirement beside a parameter", () => {
  before(() => sharedPython());

  for (const knowsReferences of [true, false]) {
    const how = knowsReferences ? "EC2 tells of references" : "boto3 cannot ask for references";
    it(`keeps what the parameter names and what it named before, over 30 nights, where ${how}`, async () => {
      const args = { retainImages: 1, retainLaunchConfigurations: 1 };
      const { account, checks, nights } = await happen({
        args,
        starts: nightsFrom(30),
        account: (fresh) => (fresh.ec2.knowsImageReferences = knowsReferences),
      });
      expect(broken(checks)).to.deep.equal([]);
      // Retire runs before the roll-out: that night's, the one that was launched then, and the one before.
      expect(madeImages(account)).to.have.length(3);
      expect(imageOf(account, valueOf(account) ?? "").State).to.equal("available");
      expect(runsOf(nights, "retire").every(({ status }) => status === "Success")).to.equal(true);
    });

    it(`keeps an old image to which somebody set the parameter, where ${how}`, async () => {
      const nine = nightsFrom(9);
      const { account, checks } = await happen({
        args: { retainImages: 1 },
        starts: nine.map((at, index) => (index < 4 ? at : { at, byHand: [{ runbook: "retire" }] })),
        account: (fresh) => (fresh.ec2.knowsImageReferences = knowsReferences),
        after: (step, fresh, run) =>
          step.name === "report" && run.runbook === "create-image" && run.night === 4
            ? setBack(fresh)
            : undefined,
      });
      const [oldest] = madeImages(account);
      expect(valueOf(account)).to.equal(oldest.ImageId);
      expect(oldest.State).to.equal("available");
      // People set it, so that the night itself is not as it should be.
      expect(broken(checks).filter(({ check }) => check.includes("deleted"))).to.deep.equal([]);
    });
  }

  it("ends before it deletes anything where the parameter cannot be read", async () => {
    const { nights, account } = await happen({
      args: { retainImages: 1 },
      starts: nightsFrom(6),
      registered: withStatements("web-retire-policy", (statement) =>
        statement.Sid === "ReadTheParameterOfTheGroup" ? [] : [statement],
      ),
    });
    expect(madeImages(account)).to.have.length(6);
    for (const run of runsOf(nights, "retire")) {
      expect(sentence(run)).to.match(/ssm:GetParameter.+: run pulumi up, because/);
      expect(run.calls.map(({ api }) => api)).to.not.include("DeregisterImage");
    }
  });
});

/** Somebody sets the parameter back to the oldest image that there is. */
function setBack(account: Account): void {
  account.ssm.parameters.set(PARAMETER, madeImages(account)[0].ImageId);
}

function renameParameter(account: Account, name: string): void {
  account.ssm.parameters.add(name, valueOf(account) ?? "");
  inUse(account).ImageId = `resolve:ssm:${name}`;
}

describe("the role of a roll-out through a parameter", () => {
  it("may do nothing to the template or the group", async () => {
    await happen({
      registered: (resources) => {
        const actions = statementsOf(resources, "web-roll-out-policy").flatMap(({ Action }) => Action ?? []);
        const changes = actions.filter((action) => !/:(Describe|Get)/.test(action));
        expect(changes.sort()).to.deep.equal(["ec2:CreateTags", "ssm:PutParameter"]);
      },
    });
  });
});
