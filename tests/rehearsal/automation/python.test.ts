import { expect } from "chai";
import { NotModelled } from "../../../rehearsal/errors";
import { AwsError, NoAnswer } from "../../../rehearsal/account/errors";
import type { CallAws, Knows, Members } from "../../../rehearsal/account/api";
import { Clock } from "../../../rehearsal/account/clock";
import { ScriptError, ScriptTimedOut } from "../../../rehearsal/automation/python/errors";
import type { Python, ScriptResult } from "../../../rehearsal/automation/python/python";
import { sharedPython } from "../python";

const start = new Date("2026-03-01T05:30:00.250Z");

interface Call {
  service: string;
  api: string;
  params: Members;
}

describe("Python", () => {
  let python: Python;
  let clock: Clock;
  let calls: Call[];

  before(async function () {
    python = await sharedPython();
  });

  beforeEach(() => {
    clock = new Clock(start);
    calls = [];
  });

  const nothing: CallAws = () => ({});

  function full(
    script: string,
    call: CallAws = nothing,
    events: unknown = {},
    region?: string,
    knows?: Knows,
  ): ScriptResult {
    const recorded: CallAws = (service, api, params) => {
      calls.push({ service, api, params });
      return call(service, api, params);
    };
    return python.run({
      script,
      handler: "handler",
      events,
      clock,
      call: recorded,
      budgetSeconds: 600,
      region,
      knows,
    });
  }

  /** The payload of a handler with this body. */
  function handle(body: string, call?: CallAws, region?: string): unknown {
    const lines = body.split("\n").map((line) => `    ${line}`);
    return full(`def handler(events, context):\n${lines.join("\n")}\n`, call, {}, region).payload;
  }

  function failure(work: () => unknown): unknown {
    try {
      work();
    } catch (error) {
      return error;
    }
    throw new Error("this did not fail");
  }

  /** The last line of the exception with which a handler of this body ends. */
  function lastLine(body: string, call?: CallAws): string {
    const error = failure(() => handle(body, call));
    if (!(error instanceof ScriptError)) throw error;
    return error.lastLine;
  }

  const passed = () => (clock.now().getTime() - start.getTime()) / 1000;

  describe("a handler", () => {
    it("gets events and gives its payload", () => {
      const events = { a: [1, "ü", true, null, { b: 1.5 }] };
      const script =
        "def handler(events, context):\n    return [events, type(context).__name__ != 'NoneType']";
      expect(full(script, nothing, events).payload).to.deep.equal([events, true]);
      expect(handle("pass")).to.equal(null);
    });

    it("has the module's other names, and may print", () => {
      const script =
        "LIMIT = 3\ndef twice(x): return 2 * x\ndef handler(events, context):\n    print('hello')\n    return twice(LIMIT)";
      expect(full(script)).to.deep.equal({ payload: 6, printed: "hello\n" });
    });

    it("has a context, of which nothing is known", () => {
      expect(failure(() => handle('return context["x"]'))).to.be.instanceOf(NotModelled);
      expect(failure(() => handle('return context.get("x")'))).to.be.instanceOf(NotModelled);
      expect(handle("return isinstance(context, dict)")).to.equal(true);
    });

    it("fails where it is missing", () => {
      const error = failure(() => full("def other(): pass"));
      expect(error).to.be.instanceOf(ScriptError);
      expect((error as ScriptError).lastLine).to.match(/AttributeError: .*has no attribute 'handler'/);
    });

    it("fails with a traceback of its own lines", () => {
      const error = failure(() =>
        full("def inner():\n    return 1 / 0\ndef handler(events, context):\n    return inner()"),
      );
      const { traceback } = error as ScriptError;
      expect(traceback).to.match(
        /^Traceback \(most recent call last\):\n {2}File "\/tmp\/customer_script.py", line 4/,
      );
      expect(traceback).to.match(/line 2, in inner\n {4}return 1 \/ 0/);
      expect(traceback).to.not.contain("_rehearsal");
      expect((error as ScriptError).lastLine).to.equal("ZeroDivisionError: division by zero");
    });

    it("fails where it does not compile, or leaves", () => {
      expect((failure(() => full("def handler(:")) as ScriptError).lastLine).to.match(/^SyntaxError: /);
      expect(lastLine("import sys\nsys.exit(3)")).to.equal("SystemExit: 3");
    });

    it("fails where its payload is not JSON", () => {
      expect(lastLine("import datetime\nreturn datetime.datetime(2026, 1, 1)")).to.equal(
        "TypeError: Object of type datetime is not JSON serializable",
      );
      expect(lastLine("return {1, 2}")).to.match(/^TypeError: Object of type set/);
      expect(lastLine('return float("nan")')).to.match(/^ValueError: /);
    });

    it("returns 100 KB and no more", () => {
      expect(handle('return "x" * (100 * 1024 - 2)')).to.have.length(102398);
      expect(lastLine('return "x" * (100 * 1024 - 1)')).to.contain("102401 bytes, Automation takes 102400");
      expect(lastLine('return "ü" * 60000')).to.contain("bytes, Automation takes 102400");
    });

    it("shares nothing with the run before", () => {
      full("import os\nleft = 1\nos.environ['LEFT'] = 'x'\ndef handler(e, c): pass");
      expect(lastLine("return left")).to.match(/^NameError: name 'left' is not defined/);
      expect(handle("import os\nreturn os.environ.get('LEFT')")).to.equal(null);
      expect(handle("import sys\nreturn sys.modules['customer_script'].__name__")).to.equal(
        "customer_script",
      );
    });

    it("works with dataclasses and postponed annotations", () => {
      const script = `from __future__ import annotations
from dataclasses import dataclass, asdict
@dataclass
class Image:
    name: str
    kept: bool = True
def handler(events, context):
    return asdict(Image("a"))`;
      expect(full(script).payload).to.deep.equal({ name: "a", kept: true });
    });
  });

  describe("imports", () => {
    it("gives the standard library", () => {
      expect(
        handle(
          "import json, re, itertools, collections.abc\nfrom urllib.parse import quote\nreturn quote('a b')",
        ),
      ).to.equal("a%20b");
    });

    for (const name of [
      "requests",
      "js",
      "pyodide",
      "_rehearsal",
      "_rehearsal_host",
      "annotationlib",
      "boto4",
    ]) {
      it(`has no ${name}`, () => {
        expect(lastLine(`import ${name}`)).to.equal(`ModuleNotFoundError: No module named '${name}'`);
        expect(lastLine(`from ${name} import x`)).to.equal(`ModuleNotFoundError: No module named '${name}'`);
      });
    }

    for (const name of [
      "threading",
      "subprocess",
      "urllib.request",
      "asyncio",
      "concurrent.futures",
      "zoneinfo",
    ]) {
      it(`refuses ${name}`, () => {
        expect(failure(() => handle(`try:\n    import ${name}\nexcept BaseException:\n    pass`)))
          .to.be.instanceOf(NotModelled)
          .with.property("message")
          .contains(name);
      });
    }

    it("refuses them out of their package too", () => {
      expect(failure(() => handle("from urllib import request"))).to.be.instanceOf(NotModelled);
      expect(failure(() => handle("from concurrent import futures"))).to.be.instanceOf(NotModelled);
    });

    it("refuses what boto3 has and the rehearsal has not", () => {
      const bodies = [
        "import boto3\nboto3.resource('ec2')",
        "import boto3\nboto3.Session()",
        "from botocore.exceptions import WaiterError",
        "from botocore.config import Config\nConfig(retries={'mode': 'adaptive'})",
        "from botocore.config import Config\nConfig(signature_version='v4')",
        "import boto3\nboto3.client('ec2', endpoint_url='http://x')",
        "import boto3\nboto3.client('ec2').get_waiter('image_available')",
        "import boto3\nboto3.client('ec2').meta.region_name",
        "import boto3\nboto3.client('ec2').meta.service_model.operation_names",
        "import boto3\nboto3.client('ec2').meta.service_model.operation_model('X').output_shape",
        "import boto3\nboto3.client('ec2').meta.service_model.operation_model('X').input_shape.required_members",
        "import boto3\nlist(boto3.client('ec2').meta.service_model.operation_model('X').input_shape.members)",
        "import boto3\nlen(boto3.client('ec2').meta.service_model.operation_model('X').input_shape.members)",
        "import boto3\nboto3.client('ec2').meta.service_model.operation_model('X').input_shape.members['A']",
        "import boto3\nboto3.client('ec2').meta.service_model.operation_model('X').input_shape.members.keys()",
        "from botocore.model import ServiceModel",
        "import boto3\nboto3.client('ec2').exceptions.ResourceNotFoundException",
        "import boto3\nboto3.client('ec2').get_paginator('describe_vpcs')",
        "import boto3\nboto3.client('ec2').get_paginator('describe_images').paginate(PaginationConfig={})",
        "import boto3\nboto3.client('ec2').get_paginator('describe_images').paginate().build_full_result()",
      ];
      for (const body of bodies)
        expect(
          failure(() => handle(body)),
          body,
        ).to.be.instanceOf(NotModelled);
    });
  });

  describe("time", () => {
    it("stands still but for sleeping", () => {
      const body = `
import time, datetime
from time import sleep, monotonic
from datetime import datetime as dt, timezone, date, timedelta
before = monotonic()
sleep(90)
time.sleep(0.5)
assert time.monotonic() - before == 90.5
assert time.time_ns() == int(time.time() * 1000) * 10**6
assert dt.now().tzinfo is None and dt.now() == dt.utcnow() == dt.today()
assert dt.now(timezone.utc) == datetime.datetime.fromtimestamp(time.time(), datetime.timezone.utc)
assert dt.now() - timedelta(days=1) < datetime.datetime.now()
assert isinstance(dt.now(), datetime.datetime) and isinstance(dt.now(), date)
assert time.gmtime()[:6] == time.localtime()[:6] == (2026, 3, 1, 5, 31, 30)
assert time.strftime("%Y-%m-%d_%H.%M.%S") == "2026-03-01_05.31.30"
assert time.mktime(time.gmtime(86400)) == 86400
assert dt.now().astimezone().utcoffset() == timedelta(0)
return [time.time(), dt.now(timezone.utc).isoformat(), date.today().isoformat(), dt.strptime("2026-01-02", "%Y-%m-%d").day]`;
      expect(handle(body)).to.deep.equal([
        start.getTime() / 1000 + 90.5,
        "2026-03-01T05:31:30.750000+00:00",
        "2026-03-01",
        2,
      ]);
      expect(passed()).to.equal(90.5);
    });

    it("passes while AWS answers", () => {
      const call: CallAws = () => {
        clock.advance(3);
        return {};
      };
      expect(
        handle(
          "import boto3, time\nt = time.time()\nboto3.client('ec2').describe_x()\nreturn time.time() - t",
          call,
        ),
      ).to.equal(3);
    });

    it("does not run backward", () => {
      expect(lastLine("import time\ntime.sleep(-1)")).to.equal(
        "ValueError: sleep length must be non-negative",
      );
    });

    it("refuses to wait by looking at the clock", () => {
      expect(failure(() => handle("import time\nwhile time.time() < 2e9:\n    pass"))).to.be.instanceOf(
        NotModelled,
      );
    });
  });

  describe("the end of the time", () => {
    const ways: [name: string, body: string][] = [
      ["a sleep", "time.sleep(601)"],
      ["many sleeps", "while True:\n    time.sleep(10)"],
      ["a slow answer", "ec2.slow()"],
      ["retries", "while True:\n    try:\n        ec2.throttled()\n    except Exception:\n        pass"],
      [
        "a sleep inside except Exception",
        "while True:\n    try:\n        time.sleep(700)\n    except Exception:\n        pass",
      ],
      [
        "a sleep inside a bare except",
        "while True:\n    try:\n        time.sleep(700)\n    except:\n        pass",
      ],
      ["a sleep before a finally", "try:\n    time.sleep(700)\nfinally:\n    ec2.after()"],
      ["a sleep before a return in finally", "try:\n    time.sleep(700)\nfinally:\n    return 1"],
    ];
    const call: CallAws = (_service, api) => {
      if (api === "Slow") clock.advance(700);
      if (api === "Throttled") throw new AwsError("Throttling", "Slow down.");
      return {};
    };
    for (const [name, body] of ways) {
      it(`comes during ${name}`, () => {
        const error = failure(() =>
          handle(`import time, boto3\nec2 = boto3.client('ec2')\n${body}\nec2.after()`, call),
        );
        expect(error).to.be.instanceOf(ScriptTimedOut);
        expect(calls.map(({ api }) => api)).to.not.include("After");
        expect(passed()).to.equal(body.includes("slow") ? 700 : 600);
      });
    }

    it("leaves the next run its whole time", () => {
      failure(() => handle("import time\ntime.sleep(700)"));
      expect(handle("import time\nfor _ in range(6):\n    time.sleep(100)\nreturn 1")).to.equal(1);
    });
  });

  describe("an error of the rehearsal", () => {
    const reason = new NotModelled("ec2 DescribeX");
    const call: CallAws = (_service, api) => {
      if (api === "DescribeX") throw reason;
      return {};
    };
    const bodies = {
      "as it is": "ec2.describe_x()",
      "out of except Exception": "try:\n    ec2.describe_x()\nexcept Exception:\n    ec2.after()",
      "out of a bare except": "try:\n    ec2.describe_x()\nexcept:\n    ec2.after()",
      "out of except BaseException":
        "try:\n    ec2.describe_x()\nexcept BaseException as error:\n    raise ValueError from error",
      "out of contextlib.suppress":
        "import contextlib\nwith contextlib.suppress(BaseException):\n    ec2.describe_x()\nec2.after()",
      "out of a comprehension": "return [ec2.describe_x() for _ in range(3)]",
    };
    for (const [way, body] of Object.entries(bodies)) {
      it(`comes out, ${way}`, () => {
        expect(failure(() => handle(`import boto3\nec2 = boto3.client('ec2')\n${body}`, call))).to.equal(
          reason,
        );
        expect(calls.map(({ api }) => api)).to.deep.equal(["DescribeX"]);
      });
    }
  });

  describe("boto3", () => {
    const asking = (body: string) =>
      `import boto3\nfrom botocore.exceptions import ClientError, BotoCoreError\nec2 = boto3.client('ec2')\n${body}`;

    it("calls by the API's name and gives the answer", () => {
      const call: CallAws = () => ({ Groups: [{ Name: "ü", Size: 3, On: true, Share: 0.5 }] });
      const payload = handle(
        "import boto3\nasg = boto3.client('autoscaling', config=None, region_name='eu-west-1')\nreturn asg.describe_auto_scaling_groups(AutoScalingGroupNames=['a'], MaxRecords=5, Flag=False)",
        call,
        "eu-west-1",
      );
      expect(calls).to.deep.equal([
        {
          service: "autoscaling",
          api: "DescribeAutoScalingGroups",
          params: { AutoScalingGroupNames: ["a"], MaxRecords: 5, Flag: false },
        },
      ]);
      expect(payload).to.deep.equal({
        Groups: [{ Name: "ü", Size: 3, On: true, Share: 0.5 }],
        ResponseMetadata: {
          RequestId: "00000000-0000-4000-8000-000000000001",
          HTTPStatusCode: 200,
          HTTPHeaders: {},
          RetryAttempts: 0,
        },
      });
    });

    it("ends a script that computes for ever", function () {
      for (const loop of [
        "while True: pass",
        "while True:\n  try:\n    x = 1\n  except Exception:\n    pass",
      ]) {
        const ended = failure(() => handle(loop, nothing));
        expect(ended).to.be.instanceOf(NotModelled);
        expect((ended as Error).message).to.contain("executes more than 2000000 lines");
      }
    });

    it("encodes user data as botocore does: the caller gives text or bytes, AWS gets base64", () => {
      const create = (value: string) =>
        handle(
          `import boto3\nboto3.client('autoscaling').create_launch_configuration(LaunchConfigurationName='a', UserData=${value})`,
          () => ({}),
        );
      create("'ü'");
      create("'ü'.encode('utf-8')");
      const encoded = Buffer.from("ü").toString("base64");
      expect(calls.map(({ params }) => params.UserData)).to.deep.equal([encoded, encoded]);
    });

    it("refuses another Region", () => {
      expect(
        failure(() => handle("import boto3\nboto3.client('ec2', 'us-east-1')", nothing, "eu-west-1")),
      ).to.be.instanceOf(NotModelled);
    });

    it("has times in answers and in parameters", () => {
      const created = new Date("2026-01-02T03:04:05.678Z");
      const payload = handle(
        asking(`
import datetime
made = ec2.describe_x()["Images"][0]["Created"]
assert isinstance(made, datetime.datetime) and made.utcoffset() == datetime.timedelta(0)
ec2.describe_y(After=made, Naive=datetime.datetime(2026, 1, 1), Else={"x": [datetime.datetime(2026, 1, 1, 9, tzinfo=datetime.timezone(datetime.timedelta(hours=9)))]})
return made.isoformat()`),
        () => ({ Images: [{ Created: created }] }),
      );
      expect(payload).to.equal("2026-01-02T03:04:05.678000+00:00");
      const newYear = new Date("2026-01-01T00:00:00Z");
      expect(calls[1].params).to.deep.equal({ After: created, Naive: newYear, Else: { x: [newYear] } });
    });

    it("lacks the APIs that its boto3 is too old for", () => {
      const script = `
import boto3
def handler(events, context):
    ec2 = boto3.client("ec2")
    has = [hasattr(ec2, name) for name in ("describe_image_references", "describe_images")]
    pages = [ec2.can_paginate(name) for name in ("describe_image_references", "describe_images")]
    try:
        ec2.describe_image_references(ImageIds=["ami-12345678"])
    except AttributeError as error:
        return [has, pages, str(error)]`;
      const older = (_service: string, api: string) => api !== "DescribeImageReferences";
      expect(full(script, nothing, {}, undefined, older).payload).to.deep.equal([
        [false, true],
        [false, true],
        "'ec2' object has no attribute 'describe_image_references'",
      ]);
      expect(calls).to.deep.equal([]);
      expect(full(script).payload).to.equal(null);
      expect(calls.map(({ api }) => api)).to.deep.equal(["DescribeImageReferences"]);
    });

    describe("tells of a parameter whether its boto3 has it", () => {
      const script = (test: string) => `
import boto3
def handler(events, context):
    model = boto3.client("ec2").meta.service_model
    return ${test}`;
      const asked =
        '"DeleteAssociatedSnapshots" in model.operation_model("DeregisterImage").input_shape.members';

      it("by the API's model", () => {
        const questions: unknown[] = [];
        const knows: Knows = (...question) => {
          questions.push(question);
          return question[2] !== "DeleteAssociatedSnapshots";
        };
        expect(full(script(asked), nothing, {}, undefined, knows).payload).to.equal(false);
        expect(questions.at(-1)).to.deep.equal(["ec2", "DeregisterImage", "DeleteAssociatedSnapshots"]);
        expect(full(script(asked)).payload).to.equal(true);
        expect(calls).to.deep.equal([]);
      });

      it("and has no model of an API that it lacks", () => {
        const error = failure(() => full(script(asked), nothing, {}, undefined, () => false));
        expect((error as ScriptError).lastLine).to.equal(
          "botocore.model.OperationNotFoundError: DeregisterImage",
        );
      });

      it("but not where nobody knows: that ends the script", () => {
        const reason = new NotModelled("ec2:DeregisterImage Colour");
        const knows: Knows = (_service, _api, parameter) => {
          if (parameter !== undefined) throw reason;
          return true;
        };
        const guarded = script(asked).replace(
          / {4}return (.*)$/,
          "    try:\n        return $1\n    except BaseException:\n        return 1",
        );
        expect(failure(() => full(guarded, nothing, {}, undefined, knows))).to.equal(reason);
      });
    });

    describe("gets no answer", () => {
      const lost: CallAws = () => {
        throw new NoAnswer("lost");
      };
      const url = (region: string, suffix: string) =>
        `botocore.exceptions.ReadTimeoutError: Read timeout on endpoint URL: "https://ec2.${region}.${suffix}/"`;

      it("for a minute each time, and asks five times", () => {
        expect(lastLine(asking("ec2.describe_images()"), lost)).to.equal(url("", "amazonaws.com"));
        expect(calls).to.have.length(5);
        expect(passed()).to.equal(5 * 60 + 0.5 + 1 + 2 + 4);
      });

      it("for as long, and as often, as its Config says", () => {
        const config = "Config(read_timeout=5, retries={'total_max_attempts': 2, 'mode': 'standard'})";
        const body = `from botocore.config import Config\nec2 = boto3.client("ec2", config=${config})`;
        expect(lastLine(asking(`${body}\nec2.describe_images()`), lost)).to.contain("ReadTimeoutError");
        expect(calls).to.have.length(2);
        expect(passed()).to.equal(2 * 5 + 0.5);
      });

      it("and goes on when one comes", () => {
        let attempts = 0;
        const late: CallAws = (...call) => {
          attempts += 1;
          return attempts === 1 ? lost(...call) : { Images: [] };
        };
        const body = 'return ec2.describe_images()["ResponseMetadata"]["RetryAttempts"]';
        expect(handle(asking(body), late)).to.equal(1);
      });

      it("as an exception that is a BotoCoreError and no ClientError", () => {
        const body = `
try:
    ec2.describe_images()
except ClientError:
    return "ClientError"
except BotoCoreError as error:
    return type(error).__name__`;
        expect(handle(asking(body), lost, "cn-north-1")).to.equal("ReadTimeoutError");
        expect(lastLine(asking("ec2.describe_images()"), lost)).to.contain("ReadTimeoutError");
      });

      it("until the script's own time is up", () => {
        const body = asking(
          "for _ in range(3):\n    try: ec2.describe_images()\n    except BotoCoreError: pass",
        );
        expect(failure(() => handle(body, lost))).to.be.instanceOf(ScriptTimedOut);
        expect(passed()).to.equal(600);
      });
    });

    it("refuses what boto3 refuses", () => {
      expect(lastLine(asking("ec2.describe_images('x')"))).to.equal(
        "TypeError: describe_images() only accepts keyword arguments.",
      );
      expect(lastLine(asking("ec2.DescribeImages()"))).to.contain(
        "AttributeError: 'ec2' object has no attribute 'DescribeImages'",
      );
      expect(lastLine(asking("boto3.client('ec2', foo=1)"))).to.contain("unexpected keyword argument 'foo'");
      const invalid = lastLine(asking("ec2.describe_images(Filters=[{'Name': None}])"));
      expect(invalid).to.contain(
        "Invalid type for parameter Filters[0].Name, value: None, type: <class 'NoneType'>",
      );
      expect(
        lastLine(
          asking("try:\n    ec2.x(A={1})\nexcept BotoCoreError as e:\n    raise KeyError(type(e).__name__)"),
        ),
      ).to.equal("KeyError: 'ParamValidationError'");
      expect(calls).to.deep.equal([]);
    });

    it("raises ClientError for an error answer", () => {
      const call: CallAws = () => {
        throw new AwsError("InvalidAMIID.NotFound", "The image id does not exist", 400);
      };
      const payload = handle(
        asking(`
try:
    ec2.describe_images()
except ClientError as error:
    assert not isinstance(error, BotoCoreError)
    assert ec2.exceptions.ClientError is ClientError
    return [error.response, str(error), error.operation_name]`),
        call,
      );
      expect(payload).to.deep.equal([
        {
          Error: { Code: "InvalidAMIID.NotFound", Message: "The image id does not exist" },
          ResponseMetadata: {
            RequestId: "00000000-0000-4000-8000-000000000001",
            HTTPStatusCode: 400,
            HTTPHeaders: {},
            RetryAttempts: 0,
          },
        },
        "An error occurred (InvalidAMIID.NotFound) when calling the DescribeImages operation: The image id does not exist",
        "DescribeImages",
      ]);
      expect(lastLine(asking("ec2.describe_images()"), call)).to.equal(
        "botocore.exceptions.ClientError: An error occurred (InvalidAMIID.NotFound) when calling the DescribeImages " +
          "operation: The image id does not exist",
      );
    });

    describe("retries", () => {
      const throttled: CallAws = () => {
        throw new AwsError("RequestLimitExceeded", "Request limit exceeded.", 503);
      };

      it("at most four times, longer and longer", () => {
        expect(lastLine(asking("ec2.describe_images()"), throttled)).to.equal(
          "botocore.exceptions.ClientError: An error occurred (RequestLimitExceeded) when calling the DescribeImages " +
            "operation (reached max retries: 4): Request limit exceeded.",
        );
        expect(calls).to.have.length(5);
        expect(passed()).to.equal(0.5 + 1 + 2 + 4);
      });

      it("until it works", () => {
        const call: CallAws = () => (calls.length < 3 ? throttled("", "", {}) : { Ok: true });
        const payload = handle(
          asking(
            "answer = ec2.describe_images()\nreturn [answer['Ok'], answer['ResponseMetadata']['RetryAttempts']]",
          ),
          call,
        );
        expect(payload).to.deep.equal([true, 2]);
      });

      const configured: [config: string, attempts: number][] = [
        ["{'max_attempts': 0}", 1],
        ["{'max_attempts': 2}", 3],
        ["{'total_max_attempts': 2}", 2],
        ["{'total_max_attempts': 2, 'max_attempts': 7}", 2],
        ["{'mode': 'legacy'}", 5],
        ["{'mode': 'standard'}", 3],
        ["{'mode': 'standard', 'max_attempts': 8}", 9],
      ];
      for (const [config, attempts] of configured) {
        it(`as Config(retries=${config}) says`, () => {
          const body = `import boto3\nfrom botocore.config import Config\nboto3.client('ec2', config=Config(retries=${config}, read_timeout=5)).x()`;
          lastLine(body, throttled);
          expect(calls).to.have.length(attempts);
        });
      }

      const wrong: [config: string, message: RegExp][] = [
        ["{'max_attempts': -1}", /InvalidMaxRetryAttemptsError: Value provided to "max_attempts": -1/],
        ["{'total_max_attempts': 0}", /InvalidMaxRetryAttemptsError/],
        [
          "{'attempts': 1}",
          /InvalidRetryConfigurationError: Cannot provide retry configuration for "attempts"/,
        ],
        ["{'mode': 'eager'}", /InvalidRetryModeError: Invalid value provided to "mode": "eager"/],
      ];
      for (const [config, message] of wrong) {
        it(`not with Config(retries=${config})`, () => {
          expect(lastLine(`from botocore.config import Config\nConfig(retries=${config})`)).to.match(message);
        });
      }

      it("for these answers and no others", () => {
        const attempts = (code: string, status: number) => {
          calls = [];
          lastLine(asking("ec2.x()"), () => {
            throw new AwsError(code, "No.", status);
          });
          return calls.length;
        };
        for (const status of [429, 500, 502, 503, 504, 509])
          expect(attempts("Any", status), `${status}`).to.equal(5);
        const codes =
          "Throttling ThrottlingException ThrottledException RequestThrottledException RequestThrottled TooManyRequestsException RequestLimitExceeded BandwidthLimitExceeded LimitExceededException SlowDown PriorRequestNotComplete EC2ThrottledException";
        for (const code of codes.split(" ")) expect(attempts(code, 400), code).to.equal(5);
        for (const code of ["InternalError", "LimitExceeded", "AccessDenied"])
          expect(attempts(code, 400), code).to.equal(1);
        expect(attempts("NotImplemented", 501)).to.equal(1);
      });
    });

    describe("paginators", () => {
      const pages: CallAws = (_service, _api, params) => {
        const number = Number(params.NextToken ?? 0);
        return { Images: [number], ...(number < 2 && { NextToken: String(number + 1) }) };
      };

      it("follow NextToken, each time anew", () => {
        const payload = handle(
          asking(`
pages = ec2.get_paginator("describe_images").paginate(Owners=["self"])
return [[image for page in pages for image in page["Images"]] for _ in range(2)]`),
          pages,
        );
        expect(payload).to.deep.equal([
          [0, 1, 2],
          [0, 1, 2],
        ]);
        expect(calls.slice(0, 3).map(({ params }) => params)).to.deep.equal([
          { Owners: ["self"] },
          { Owners: ["self"], NextToken: "1" },
          { Owners: ["self"], NextToken: "2" },
        ]);
      });

      it("call only for the pages that are asked for", () => {
        handle(asking('pages = iter(ec2.get_paginator("describe_images").paginate())\nnext(pages)'), pages);
        expect(calls).to.have.length(1);
      });

      it("end at an empty token, and refuse the same one twice", () => {
        const body = asking('return len(list(ec2.get_paginator("describe_images").paginate()))');
        expect(handle(body, () => ({ NextToken: "" }))).to.equal(1);
        expect(lastLine(body, () => ({ NextToken: "x" }))).to.contain(
          "The same next token was received twice",
        );
      });

      it("exist for the operations that have them", () => {
        expect(
          lastLine("import boto3\nboto3.client('autoscaling').get_paginator('describe_instance_refreshes')"),
        ).to.equal(
          "botocore.exceptions.OperationNotPageableError: Operation cannot be paginated: describe_instance_refreshes",
        );
        const names = ["fleets", "instance_types", "launch_template_versions", "snapshots"];
        const operations = [...names, "spot_fleet_requests", "volumes"].map((name) => `describe_${name}`);
        const body = asking(`return [ec2.can_paginate(name) for name in ${JSON.stringify(operations)}]`);
        expect(handle(body)).to.deep.equal(operations.map(() => true));
      });
    });
  });
});
