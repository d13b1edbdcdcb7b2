import * as aws from "@pulumi/aws/provider";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { AmiRefresh, type AmiRefreshArgs } from "../../components";
import { automationPolicy } from "../../components/automationPolicy";
import { automationTrust, eventsPolicy, eventsTrust } from "../../components/policies";
import { fillIn, loadRunbook } from "../../components/runbook";
import { BEIJING, GOVCLOUD, messageOf, type Recorded, TOKYO, underMocks, valueOf } from "../mocks";

const ARGS: AmiRefreshArgs = {
  instanceId: "i-0123456789abcdef0",
  autoScalingGroupName: "web-group",
  prefix: "web",
  cron: "30 5 * * ? *",
};

const NAMES = {
  automationRole: "SSMRoleForUpdateAutoScalingGroupAMI",
  automationPolicy: "PolicyForUpdateAutoScalingGroupAMI",
  eventsRole: "EventsRoleForExecSSMAutomation",
  eventsPolicy: "PolicyForExecSSMAutomation",
  document: "RefreshWeb",
  rule: "EveryNight",
};

describe("AmiRefresh", () => {
  for (const place of [TOKYO, BEIJING, GOVCLOUD]) {
    it(`registers exactly these resources with exactly these inputs in ${place.partition}`, async () => {
      const { partition, region, accountId } = place;
      const { resources } = await underMocks(
        () =>
          new AmiRefresh("web", {
            ...ARGS,
            cron: "cron(30 5 ? * mon-fri *)",
            enabled: false,
            reboot: true,
            launchConfigurationFrom: "group",
            allowSharedTemplate: true,
            customerKeyReady: true,
            retire: false,
            retainImages: 30,
            retainLaunchConfigurations: 4,
            names: NAMES,
            permissionsBoundaryArn: `arn:${partition}:iam::${accountId}:policy/boundary`,
            rolePath: "/automation/",
            tags: { Team: "web" },
          }),
        { place },
      );

      const automationRoleArn = `arn:${partition}:iam::${accountId}:role/automation/${NAMES.automationRole}`;
      const eventsRoleArn = `arn:${partition}:iam::${accountId}:role/automation/${NAMES.eventsRole}`;
      const ruleArn = `arn:${partition}:events:${region}:${accountId}:rule/${NAMES.rule}`;
      const refreshed = {
        ...place,
        instanceId: "i-0123456789abcdef0",
        autoScalingGroupName: "web-group",
        prefix: "web",
        launchConfigurationFrom: "group" as const,
        retire: false,
        launch: {
          kind: "configuration" as const,
          templates: [],
          profiles: ["web-server"],
          roleArns: [`arn:${partition}:iam::${accountId}:role/web-server`],
          taggedTypes: [],
          namedArns: [],
          keyArns: [],
        },
      };
      const role = {
        path: "/automation/",
        permissionsBoundary: `arn:${partition}:iam::${accountId}:policy/boundary`,
        tags: { Team: "web" },
      };
      expect(children(resources)).to.deep.equal({
        "web-automation-role": {
          type: "aws:iam/role:Role",
          inputs: {
            ...role,
            name: NAMES.automationRole,
            description: "The ami-refresh runbook images the golden instance and updates the group with it",
            assumeRolePolicy: JSON.stringify(automationTrust(place)),
          },
        },
        "web-automation-policy": {
          type: "aws:iam/rolePolicy:RolePolicy",
          inputs: {
            name: NAMES.automationPolicy,
            role: NAMES.automationRole,
            policy: JSON.stringify(automationPolicy(refreshed)),
          },
        },
        "web-runbook": {
          type: "aws:ssm/document:Document",
          inputs: {
            name: NAMES.document,
            documentType: "Automation",
            documentFormat: "YAML",
            content: fillIn(
              loadRunbook(),
              {
                ...refreshed,
                reboot: true,
                allowSharedTemplate: true,
                customerKeyReady: true,
                retainImages: 30,
                retainLaunchConfigurations: 4,
                tags: { Team: "web" },
              },
              automationRoleArn,
            ),
            tags: { Team: "web" },
          },
        },
        "web-schedule": {
          type: "aws:cloudwatch/eventRule:EventRule",
          inputs: {
            name: NAMES.rule,
            description: "Starts the ami-refresh runbook",
            scheduleExpression: "cron(30 5 ? * MON-FRI *)",
            state: "DISABLED",
            tags: { Team: "web" },
          },
        },
        "web-events-role": {
          type: "aws:iam/role:Role",
          inputs: {
            ...role,
            name: NAMES.eventsRole,
            description: "EventBridge starts the ami-refresh runbook with it",
            assumeRolePolicy: JSON.stringify(eventsTrust(accountId, ruleArn)),
          },
        },
        "web-events-policy": {
          type: "aws:iam/rolePolicy:RolePolicy",
          inputs: {
            name: NAMES.eventsPolicy,
            role: NAMES.eventsRole,
            policy: JSON.stringify(eventsPolicy(place, NAMES.document, automationRoleArn)),
          },
        },
        "web-target": {
          type: "aws:cloudwatch/eventTarget:EventTarget",
          inputs: {
            rule: NAMES.rule,
            targetId: "runbook",
            arn: `arn:${partition}:ssm:${region}:${accountId}:automation-definition/RefreshWeb:$DEFAULT`,
            roleArn: eventsRoleArn,
            input: JSON.stringify({
              AutomationAssumeRole: [automationRoleArn],
              InstanceId: ["i-0123456789abcdef0"],
              LaunchConfigPrefix: ["web"],
              AutoScalingGroupName: ["web-group"],
            }),
            retryPolicy: { maximumRetryAttempts: 20, maximumEventAgeInSeconds: 3600 },
          },
        },
      });
    });
  }

  it("leaves names, boundary and tags out where none are given, and the rule enabled", async () => {
    const { resources } = await underMocks(() => new AmiRefresh("web", ARGS));
    const made = children(resources);
    expect(Object.keys(made["web-automation-role"].inputs).sort()).to.deep.equal([
      "assumeRolePolicy",
      "description",
      "path",
    ]);
    expect(made["web-automation-role"].inputs.path).to.equal("/");
    expect(made["web-schedule"].inputs).to.deep.equal({
      description: "Starts the ami-refresh runbook",
      scheduleExpression: "cron(30 5 * * ? *)",
      state: "ENABLED",
    });
    expect(Object.keys(made["web-runbook"].inputs).sort()).to.deep.equal([
      "content",
      "documentFormat",
      "documentType",
    ]);
  });

  it("has every child under itself", async () => {
    const { urns } = await underMocks(() => new AmiRefresh("web", ARGS));
    const parent = "ami-refresh:index:AmiRefresh";
    expect(Object.fromEntries(urns)).to.deep.equal({
      web: parent,
      "web-automation-role": `${parent}$aws:iam/role:Role`,
      "web-automation-policy": `${parent}$aws:iam/rolePolicy:RolePolicy`,
      "web-runbook": `${parent}$aws:ssm/document:Document`,
      "web-schedule": `${parent}$aws:cloudwatch/eventRule:EventRule`,
      "web-events-role": `${parent}$aws:iam/role:Role`,
      "web-events-policy": `${parent}$aws:iam/rolePolicy:RolePolicy`,
      "web-target": `${parent}$aws:cloudwatch/eventTarget:EventTarget`,
    });
  });

  for (const policy of ["web-automation-policy", "web-events-policy"]) {
    it(`makes the target last, however long ${policy} takes`, async () => {
      const { resources } = await underMocks(() => new AmiRefresh("web", ARGS), { takes: { [policy]: 300 } });
      expect(resources.at(-1)?.name).to.equal("web-target");
    });
  }

  it("passes its arguments to the engine, so that a preview shows them", async () => {
    const { resources } = await underMocks(() => new AmiRefresh("web", ARGS));
    expect(resources.find(({ name }) => name === "web")?.inputs).to.deep.equal(ARGS);
  });

  it("gives an explicit provider to every child", async () => {
    const { resources } = await underMocks(() => {
      const provider = new aws.Provider("elsewhere", { region: "eu-west-1" });
      return new AmiRefresh("web", ARGS, { provider });
    });
    const used = resources.filter(({ name }) => name.startsWith("web-")).map(({ provider }) => provider);
    expect(used).to.have.length(7);
    used.forEach((provider) => expect(provider).to.contain("::elsewhere::"));
  });

  it("gives six outputs and registers exactly them", async () => {
    const { value } = await underMocks(() => new AmiRefresh("web", { ...ARGS, names: NAMES }), {
      place: BEIJING,
    });
    const outputs = {
      documentName: "RefreshWeb",
      automationRoleArn: `arn:aws-cn:iam::210987654321:role/${NAMES.automationRole}`,
      eventsRoleArn: `arn:aws-cn:iam::210987654321:role/${NAMES.eventsRole}`,
      ruleName: "EveryNight",
      startCommand: "aws ssm start-automation-execution --region cn-north-1 --document-name RefreshWeb",
      executionsUrl:
        "https://cn-north-1.console.amazonaws.cn/systems-manager/automation/executions?region=cn-north-1",
    };
    expect(await registeredOutputs("web")).to.deep.equal(outputs);
    for (const [name, expected] of Object.entries(outputs)) {
      expect(await valueOf(value[name as keyof typeof outputs]), name).to.equal(expected);
    }
  });

  it("registers the same in a preview in which nothing is known yet", async () => {
    const everything = await underMocks(() => new AmiRefresh("web", ARGS));
    const { resources, rejections } = await underMocks(
      () => {
        const other = new pulumi.StackReference("later");
        const later = (name: string) => other.getOutput(name) as pulumi.Output<string>;
        return new AmiRefresh("web", {
          instanceId: later("instanceId"),
          autoScalingGroupName: later("group"),
          prefix: later("prefix"),
          cron: later("cron"),
          enabled: later("enabled").apply(Boolean),
          tags: { Team: later("team") },
          names: { document: later("document") },
          launchTemplateIds: [later("template")],
          instanceProfileRoleArns: [later("role")],
          allowSharedTemplate: later("shared").apply(Boolean),
        });
      },
      { preview: true },
    );
    expect(rejections).to.deep.equal([]);
    expect(Object.keys(children(resources)).sort()).to.deep.equal(
      Object.keys(children(everything.resources)).sort(),
    );
  });

  it("shows in a preview what depends on known values only", async () => {
    const { resources } = await underMocks(
      () => {
        const team = new pulumi.StackReference("later").getOutput("team") as pulumi.Output<string>;
        return new AmiRefresh("web", { ...ARGS, tags: { Team: team } });
      },
      { preview: true },
    );
    const made = children(resources);
    expect(made["web-automation-policy"].inputs.policy).to.contain("i-0123456789abcdef0");
    expect(made["web-schedule"].inputs.scheduleExpression).to.equal("cron(30 5 * * ? *)");
  });

  describe("values that are known only later", () => {
    const later = (value: unknown) => pulumi.output(Promise.resolve(value)) as pulumi.Output<never>;

    it("are used once they are known", async () => {
      const { resources } = await underMocks(
        () => new AmiRefresh("web", { ...ARGS, cron: later("0 1 * * ? *") }),
      );
      expect(children(resources)["web-schedule"].inputs.scheduleExpression).to.equal("cron(0 1 * * ? *)");
    });

    for (const [input, value] of Object.entries({
      instanceId: "i-1",
      autoScalingGroupName: "a:b",
      prefix: "*",
      cron: "* * * * * *",
      enabled: "yes",
      reboot: "no",
      launchConfigurationFrom: "image",
      launchTemplateIds: ["x"],
      instanceProfileRoleArns: ["x"],
      allowSharedTemplate: "yes",
      customerKeyReady: "yes",
      permissionsBoundaryArn: "x",
      rolePath: "x",
      tags: { "aws:x": "y" },
    })) {
      it(`fail with one sentence, and neither the rule nor the target is made: ${input}`, async () => {
        const { resources, rejections } = await underMocks(
          () => new AmiRefresh("web", { ...ARGS, [input]: later(value) }),
        );
        expect(rejections.map((error) => (error as Error).message)).to.have.length(1);
        expect((rejections[0] as Error).message).to.match(
          new RegExp(`^AmiRefresh "web": ${input} [^\\n]*\\.$`),
        );
        expect((rejections[0] as Error).stack).to.equal(undefined);
        expect(pulumi.RunError.isInstance(rejections[0])).to.equal(true);
        expect(Object.keys(children(resources))).to.not.include.members(["web-schedule"]);
        expect(Object.keys(children(resources))).to.not.include.members(["web-target"]);
      });
    }

    it("are used when they come as promises", async () => {
      const { resources } = await underMocks(
        () => new AmiRefresh("web", { ...ARGS, cron: Promise.resolve("0 1 * * ? *") }),
      );
      expect(children(resources)["web-schedule"].inputs.scheduleExpression).to.equal("cron(0 1 * * ? *)");
    });

    it("do not keep their neighbours from being checked at once", async () => {
      await underMocks(() => undefined);
      for (const [input, value] of Object.entries({
        tags: { a: later("x"), "aws:bad": "y" },
        launchTemplateIds: [later("x"), "nonsense"],
        instanceProfileRoleArns: [later("x"), "nonsense"],
      })) {
        expect(
          messageOf(() => new AmiRefresh("web", { ...ARGS, [input]: value })),
          input,
        ).to.contain(input);
      }
    });

    it("are not shown when they are secret", async () => {
      const { rejections } = await underMocks(
        () => new AmiRefresh("web", { ...ARGS, prefix: pulumi.secret("hunter 2") }),
      );
      expect((rejections[0] as Error).message).to.match(
        /^AmiRefresh "web": prefix "\[secret\]" cannot be used/,
      );
    });

    it("of the roles are checked against the account that the provider is in", async () => {
      const { rejections, resources } = await underMocks(
        () =>
          new AmiRefresh("web", { ...ARGS, instanceProfileRoleArns: ["arn:aws:iam::999999999999:role/x"] }),
      );
      expect((rejections[0] as Error).message).to.contain("is of another account or partition");
      expect(Object.keys(children(resources))).to.not.include("web-schedule");
    });

    it("are found too large for the runbook in a preview, before anything is made that fires", async () => {
      const tags = Object.fromEntries(
        Array.from({ length: 40 }, (_, i) => [`${"日".repeat(120)}${i}`, "本".repeat(256)]),
      );
      const { rejections, resources } = await underMocks(() => new AmiRefresh("web", { ...ARGS, tags }), {
        preview: true,
      });
      expect((rejections[0] as Error).message).to.match(
        /^AmiRefresh "web": the runbook with the values filled in has/,
      );
      expect(Object.keys(children(resources))).to.not.include("web-schedule");
    });

    it("fail inside names too", async () => {
      const { rejections } = await underMocks(
        () => new AmiRefresh("web", { ...ARGS, names: { document: later("aws-x") } }),
      );
      expect((rejections[0] as Error).message).to.contain("names.document");
    });
  });

  describe("plain values fail in the constructor", () => {
    for (const [input, value] of Object.entries({
      instanceId: undefined,
      autoScalingGroupName: "",
      prefix: 7,
      cron: "rate(1 day)",
      enabled: "true",
      reboot: 1,
      launchConfigurationFrom: "instances",
      launchTemplateIds: "lt-0123456789abcdef0",
      instanceProfileRoleArns: "arn:aws:iam::123456789012:role/web",
      allowSharedTemplate: "no",
      customerKeyReady: 1,
      permissionsBoundaryArn: "boundary",
      rolePath: "no-slash",
      tags: ["Team"],
      names: { roles: "x" },
      instanceProfileRoleArn: "arn:aws:iam::123456789012:role/web",
    })) {
      it(input, async () => {
        await underMocks(() => undefined);
        const message = messageOf(() => new AmiRefresh("web", { ...ARGS, [input]: value } as AmiRefreshArgs));
        expect(message).to.match(new RegExp(`^AmiRefresh "web": ${input}[^\\n]*\\.$`));
      });
    }

    it("its own name", async () => {
      await underMocks(() => undefined);
      expect(messageOf(() => new AmiRefresh("aws-web", ARGS))).to.contain('the component\'s name "aws-web"');
    });

    it("one name for both roles", async () => {
      await underMocks(() => undefined);
      const names = { automationRole: "Same", eventsRole: "same" };
      expect(messageOf(() => new AmiRefresh("web", { ...ARGS, names }))).to.contain(
        "is the automation role's name too",
      );
    });

    it("names that are known only later as a whole, and arguments that are", async () => {
      await underMocks(() => undefined);
      const later = (value: unknown) => pulumi.output(value) as unknown;
      const names = later({}) as AmiRefreshArgs["names"];
      expect(messageOf(() => new AmiRefresh("web", { ...ARGS, names }))).to.contain(
        "names is known only later as a whole",
      );
      expect(messageOf(() => new AmiRefresh("web", later(ARGS) as AmiRefreshArgs))).to.contain(
        "not a plain object",
      );
    });

    it("no arguments at all", async () => {
      await underMocks(() => undefined);
      expect(messageOf(() => new AmiRefresh("web", undefined as unknown as AmiRefreshArgs))).to.contain(
        "instanceId is missing",
      );
    });
  });
});

type Children = Record<string, Pick<Recorded, "type" | "inputs">>;

function children(resources: Recorded[]): Children {
  const own = resources.filter(({ name }) => name.startsWith("web-"));
  expect(new Set(own.map(({ name }) => name)).size, "names are unique").to.equal(own.length);
  return Object.fromEntries(own.map(({ type, name, inputs }) => [name, { type, inputs }]));
}

/** What a component handed to registerOutputs: the mocks keep it as a protobuf structure. */
async function registeredOutputs(name: string): Promise<unknown> {
  const monitor = pulumi.runtime.getMonitor() as unknown as {
    getRegisteredResources(): Map<string, { state: { toJavaScript?: () => unknown } }>;
  };
  const found = [...monitor.getRegisteredResources()].find(([urn]) => urn.endsWith(`::${name}`));
  return found?.[1].state.toJavaScript?.();
}
