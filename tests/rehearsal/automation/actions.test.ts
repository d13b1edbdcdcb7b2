import { expect } from "chai";
import { NotModelled } from "../../../rehearsal/errors";
import { AwsError, NoAnswer } from "../../../rehearsal/account/errors";
import type { Members } from "../../../rehearsal/account/api";
import { failureSentence } from "../../../rehearsal/automation/failure";
import type { Clock } from "../../../rehearsal/account/clock";
import { sharedPython } from "../python";
import { run, runbook, script, start, step, type Answer } from "./running";

const lost: Answer = () => {
  throw new NoAnswer("lost");
};

function secondsPassed(clock: Clock): number {
  return (clock.now().getTime() - start.getTime()) / 1000;
}

/** The error with which a run is refused. */
async function refusal(running: Promise<unknown>): Promise<unknown> {
  let thrown: unknown;
  await running.catch((reason: unknown) => (thrown = reason));
  return thrown;
}

before(async function () {
  await sharedPython();
});

describe("aws:executeAwsApi", () => {
  const outputs = (selector: string, type: string) =>
    step("a", `outputs: [{ Name: Out, Selector: "${selector}", Type: ${type} }]`);
  const answer: Members = {
    S: "s",
    I: 5,
    F: 1.5,
    B: false,
    SL: ["a"],
    M: { a: 1 },
    ML: [{ a: 1 }],
    E: [],
    N: null,
    D: "-12",
    T: "true",
    IL: [7],
    DL: ["-12"],
    BL: [true],
    LL: [["a"]],
    FL: [1.5],
    TWO: ["a", "b"],
    Inner: { Deep: "d" },
  };
  const outcome = async (selector: string, type: string) => {
    const { result } = await run(runbook(outputs(selector, type)), { answer: () => answer });
    return result.status === "Success" ? result.steps[0].outputs.Out : result.failureMessage;
  };

  const fitting: [string, string, unknown][] = [
    ["$.S", "String", "s"],
    ["$.I", "Integer", 5],
    ["$.B", "Boolean", false],
    ["$.SL", "StringList", ["a"]],
    ["$.M", "StringMap", { a: 1 }],
    ["$.ML", "MapList", [{ a: 1 }]],
    ["$.E", "StringList", []],
    ["$.E", "MapList", []],
    // What AWS converts.
    ["$.S", "StringList", ["s"]],
    ["$.D", "Integer", -12],
    ["$.T", "Boolean", true],
    ["$.I", "String", "5"],
    ["$.I", "StringList", ["5"]],
    ["$.B", "String", "false"],
    ["$.B", "StringList", ["false"]],
    ["$.SL", "String", "a"],
    ["$.IL", "Integer", 7],
    ["$.IL", "String", "7"],
    ["$.DL", "Integer", -12],
    ["$.DL", "String", "-12"],
    ["$.BL", "Boolean", true],
    ["$.BL", "String", "true"],
    ["$..Deep", "String", "d"],
  ];
  for (const [selector, type, value] of fitting) {
    it(`gives ${selector} as ${type}`, async () =>
      expect(await outcome(selector, type)).to.deep.equal(value));
  }

  const unfitting: [string, string][] = [
    ["$.S", "Integer"],
    ["$.I", "Boolean"],
    ["$.B", "Integer"],
    ["$.F", "String"],
    ["$.D", "Boolean"],
    ["$.E", "String"],
    ["$.TWO", "String"],
    ["$.IL", "Boolean"],
    ["$.BL", "Integer"],
    ["$.LL", "String"],
    ["$.FL", "String"],
    ["$.IL", "StringList"],
    ["$.M", "String"],
    ["$.ML", "String"],
    ["$.F", "Integer"],
    ["$.S", "Boolean"],
    ["$.ML", "StringList"],
    ["$.ML", "StringMap"],
    ["$.SL", "MapList"],
    ["$.N", "String"],
  ];
  for (const [selector, type] of unfitting) {
    it(`fails with ${selector} as ${type}`, async () =>
      expect(await outcome(selector, type)).to.match(
        new RegExp(`output a\\.Out is .* not of the type ${type}\\.`),
      ));
  }

  it("fails where a selector matches nothing, and names it", async () => {
    expect(await outcome("$.Images[0].ImageId", "String")).to.contain(
      "The selector $.Images[0].ImageId of the output a.Out matches nothing",
    );
  });

  it("hands all inputs but Service and Api to the API", async () => {
    const { made } = await run(runbook(step("a").replace("Api: A", "Api: A, Owners: [self], DryRun: false")));
    expect(made).to.deep.equal([
      { step: "a", api: "A", params: { Owners: ["self"], DryRun: false }, second: 1 },
    ]);
  });

  it("waits so long for an answer that does not come", async () => {
    for (const [more, seconds] of [
      ["", 25],
      ["timeoutSeconds: 100", 25],
      ["timeoutSeconds: 10", 10],
    ] as const) {
      const { result, clock } = await run(runbook(step("a", more)), { answer: lost });
      expect(result.status).to.equal("TimedOut");
      expect(result.failureMessage).to.contain(`waiting ${seconds} seconds for the answer of A`);
      expect(secondsPassed(clock)).to.equal(1 + seconds);
    }
  });

  it("has 25 seconds, and not more whatever the runbook says", async () => {
    const status = async (seconds: number, more = "") =>
      (await run(runbook(step("a", more)), { seconds })).result.steps[0];
    expect((await status(25)).status).to.equal("Success");
    const late = await status(26, "timeoutSeconds: 100");
    expect(late.status).to.equal("TimedOut");
    expect(late.failureMessage).to.match(
      /^Step timed out while step is waiting 25 seconds for the answer of A\./,
    );
    expect((await status(6, "timeoutSeconds: 5")).status).to.equal("TimedOut");
  });
});

describe("aws:waitForAwsResourceProperty", () => {
  const waiting = (desired: string, more = "", selector = "$.State") =>
    runbook(`
  - name: wait
    action: aws:waitForAwsResourceProperty
    ${more}
    inputs: { Service: ec2, Api: Look, Id: x, PropertySelector: ${selector}, DesiredValues: ${desired} }`);
  const becoming = (...states: Members[string][]): Answer => {
    return (_api, _params, made) => ({ State: states[Math.min(made.length, states.length) - 1] });
  };

  it("polls every 30 seconds until a desired value comes", async () => {
    const { result, made } = await run(waiting("[available, failed]"), {
      answer: becoming("pending", "pending", "failed"),
    });
    expect(result.status).to.equal("Success");
    expect(made.map(({ second }) => second)).to.deep.equal([1, 32, 63]);
    expect(made[0].params).to.deep.equal({ Id: "x" });
  });

  it("times out after an hour, and says what it last saw", async () => {
    const { result } = await run(waiting("[available]"), { answer: becoming("pending") });
    expect(result.status).to.equal("TimedOut");
    const [{ startedAt, endedAt, status }] = result.steps;
    expect(status).to.equal("TimedOut");
    expect((Date.parse(endedAt) - Date.parse(startedAt)) / 1000).to.equal(3601);
    expect(result.failureMessage).to.contain(
      'waiting for 3600 seconds: $.State is "pending", desired is "available".',
    );
  });

  it("times out when timeoutSeconds says, shorter or longer", async () => {
    for (const seconds of [45, 43200]) {
      const yaml = waiting("[available]", `timeoutSeconds: ${seconds}`);
      const { result } = await run(yaml, { answer: becoming("pending") });
      const [{ startedAt, endedAt }] = result.steps;
      expect((Date.parse(endedAt) - Date.parse(startedAt)) / 1000).to.equal(seconds + 1);
    }
  });

  it("goes to its handler when it times out, and the run is TimedOut", async () => {
    const yaml = `${waiting("[available]", "onFailure: step:c")}${step("b", "isEnd: true")}${step("c")}`;
    const { result, order } = await run(yaml, { answer: becoming("pending") });
    expect(order).to.deep.equal(["wait", "c"]);
    expect(result.status).to.equal("TimedOut");
  });

  it("fails with the sentence of its handler, where that raises one", async () => {
    const handler = script("c", 'raise RuntimeError("Not in time.")');
    const yaml = `${waiting("[available]", "onFailure: step:c")}${step("b", "isEnd: true")}${handler}`;
    const { result } = await run(yaml, { answer: becoming("pending") });
    expect(result.status).to.equal("Failed");
    expect(result.failureMessage).to.match(/\nRuntimeError: Not in time\. Please refer to .* details\.$/);
    expect(result.steps.map(({ status }) => status)).to.deep.equal(["TimedOut", "Failed"]);
  });

  it("has not timed out before its last attempt has", async () => {
    const yaml = waiting("[available]", "timeoutSeconds: 10\n    maxAttempts: 3");
    const { result } = await run(yaml, { answer: becoming("pending", "pending", "available") });
    expect(result.steps[0]).to.include({ status: "Success", attempts: 3 });
  });

  it("fails at an error answer", async () => {
    const answer = () => {
      throw new AwsError("InvalidAMIID.NotFound", "It does not exist.");
    };
    const { result, made } = await run(waiting("[available]"), { answer });
    expect(result.failureMessage).to.contain("(InvalidAMIID.NotFound) when calling the Look operation");
    expect(made).to.have.length(1);
  });

  const equal: [Members[string], string][] = [
    ["a", "[b, a]"],
    [5, "['5']"],
    ["5", "[5]"],
    [true, "['True']"],
    [false, "[False]"],
  ];
  for (const [value, desired] of equal) {
    it(`takes ${JSON.stringify(value)} for one of ${desired}`, async () => {
      const { made } = await run(waiting(desired), { answer: becoming(value) });
      expect(made).to.have.length(1);
    });
  }

  const unequal: [Members[string], string][] = [
    ["a", "[A]"],
    [true, "['true']"],
    [null, "['null', 'None', '']"],
  ];
  for (const [value, desired] of unequal) {
    it(`does not take ${JSON.stringify(value)} for one of ${desired}`, async () => {
      const { result } = await run(waiting(desired), { answer: becoming(value) });
      expect(result.status).to.equal("TimedOut");
    });
  }

  it("waits on while there is nothing at the selector", async () => {
    const { made, result } = await run(waiting("[a]", "", "'$.Images[0].State'"), {
      answer: (_api, _params, { length }) => ({ Images: length < 3 ? [] : [{ State: "a" }] }),
    });
    expect(result.status).to.equal("Success");
    expect(made).to.have.length(3);
  });

  it("takes an answer that never comes for none, after a minute, and asks again", async () => {
    const { result, made } = await run(waiting("[a]"), {
      answer: (api, params, calls) => (calls.length === 1 ? lost(api, params, calls) : { State: "a" }),
    });
    expect(result.status).to.equal("Success");
    expect(made.map(({ second }) => second)).to.deep.equal([1, 1 + 1 + 60 + 30]);
  });

  it("ends at its time where no answer ever comes", async () => {
    const { result } = await run(waiting("[a]", "timeoutSeconds: 600"), { answer: lost });
    expect(result.steps[0].status).to.equal("TimedOut");
    expect(result.failureMessage).to.contain("waiting for 600 seconds: no answer came for 60 seconds");
  });

  it("refuses to compare a list", async () => {
    expect(await refusal(run(waiting("[a]"), { answer: becoming(["a"]) }))).to.be.instanceOf(NotModelled);
  });
});

describe("aws:assertAwsResourceProperty", () => {
  const asserting = (more = "") =>
    runbook(`
  - name: check
    action: aws:assertAwsResourceProperty
    ${more}
    inputs: { Service: ec2, Api: Look, PropertySelector: $.State, DesiredValues: [good, fine] }`);

  it("goes on where the property is as desired", async () => {
    expect((await run(asserting(), { answer: () => ({ State: "fine" }) })).result.status).to.equal("Success");
  });

  it("fails at once where it is not", async () => {
    for (const answer of [{ State: "bad" }, {}, { State: null }] as Members[]) {
      const { result, made } = await run(asserting(), { answer: () => answer });
      expect(result.status).to.equal("Failed");
      expect(made).to.have.length(1);
    }
    const { result } = await run(asserting(), { answer: () => ({ State: "bad" }) });
    expect(result.failureMessage).to.contain('$.State is "bad", desired is "good" or "fine".');
  });

  it("times out where no answer comes", async () => {
    const { result, clock } = await run(asserting(), { answer: lost });
    expect(result.steps[0].status).to.equal("TimedOut");
    expect(result.failureMessage).to.contain("waiting 25 seconds for the answer of Look");
    expect(secondsPassed(clock)).to.equal(1 + 1 + 25);
  });

  it("asks again where the step may be tried again", async () => {
    const { result } = await run(asserting("maxAttempts: 2"), {
      answer: (_api, _params, { length }) => ({ State: length < 2 ? "bad" : "good" }),
    });
    expect(result.steps[0]).to.include({ status: "Success", attempts: 2 });
  });
});

describe("aws:executeScript", () => {
  it("gives the payload, whole and in parts", async () => {
    const yaml = runbook(
      script(
        "a",
        'return {"name": events["name"], "all": events["all"]}',
        "outputs: [{ Name: Name, Selector: $.Payload.name, Type: String }]",
      ) +
        "\n      InputPayload: { name: '{{ P }}', all: ['{{ P }}', 1, true] }" +
        step("b").replace("Api:", 'X: "{{ a.Payload }}", Y: "{{ a.Name }}", Api:'),
      "parameters: { P: { type: String, default: p } }",
    );
    const { made, result } = await run(yaml);
    const payload = { name: "p", all: ["p", 1, true] };
    expect(made[0].params).to.deep.equal({ X: payload, Y: "p" });
    expect(result.steps[0].outputs).to.deep.equal({ Payload: payload, Name: "p" });
  });

  it("passes an empty map where there is no InputPayload", async () => {
    const { result } = await run(runbook(script("a", "return events")));
    expect(result.steps[0].outputs.Payload).to.deep.equal({});
  });

  it("gives outputs the types that they have in Python", async () => {
    const typed = (type: string) =>
      runbook(script("a", 'return {"n": 3}', `outputs: [{ Name: N, Selector: $.Payload.n, Type: ${type} }]`));
    expect((await run(typed("Integer"))).result.status).to.equal("Success");
    expect((await run(typed("Boolean"))).result.failureMessage).to.contain(
      "a.N is 3, which is not of the type Boolean",
    );
  });

  it("fails with the traceback, whose last line is the exception's", async () => {
    const { result } = await run(runbook(script("a", 'x = 1\nraise RuntimeError("No image.")')));
    expect(result.failureMessage).to.equal(
      "Step fails when it is Poll action status for completion. Traceback (most recent call last):\n" +
        '  File "/tmp/customer_script.py", line 3, in handler\n' +
        '    raise RuntimeError("No image.")\n' +
        "RuntimeError: No image. Please refer to Automation Service Troubleshooting Guide for more diagnosis details.",
    );
    expect(failureSentence(result.failureMessage ?? "")).to.equal("RuntimeError: No image.");
  });

  it("takes two seconds to start, then what the script takes", async () => {
    const { result } = await run(runbook(script("a", "import time\ntime.sleep(7)")));
    const [{ startedAt, endedAt }] = result.steps;
    expect((Date.parse(endedAt) - Date.parse(startedAt)) / 1000).to.equal(9);
  });

  it("has 600 seconds, or fewer where timeoutSeconds says so", async () => {
    const sleeping = (seconds: number, more = "") =>
      runbook(script("a", `import time\ntime.sleep(${seconds})`, more));
    expect((await run(sleeping(600))).result.status).to.equal("Success");
    const late = await run(sleeping(601, "timeoutSeconds: 900"));
    expect(late.result.status).to.equal("TimedOut");
    expect(late.result.failureMessage).to.contain("running its script for 600 seconds");
    expect((await run(sleeping(6, "timeoutSeconds: 5"))).result.status).to.equal("TimedOut");
  });

  it("calls AWS in the name of its step", async () => {
    const { made } = await run(
      runbook(script("a", 'import boto3\nboto3.client("ec2").describe_images(Owners=["self"])')),
    );
    expect(made).to.deep.equal([
      { step: "a", api: "DescribeImages", params: { Owners: ["self"] }, second: 2 },
    ]);
  });

  it("refuses lists of which AWS returns only a part", async () => {
    expect((await run(runbook(script("a", 'return {"l": [0] * 100}')))).result.status).to.equal("Success");
    for (const value of ["[0] * 101", '{"l": [0] * 101}']) {
      expect(await refusal(run(runbook(script("a", `return ${value}`))))).to.be.instanceOf(NotModelled);
    }
  });
});
