import { Ajv } from "ajv";
import { expect } from "chai";
import { dashboardBody } from "../../../components/notices/dashboard";
import { ruleMetrics, scheduleGroupMetrics } from "../../../components/notices/startMetrics";

const OF = {
  region: "ap-northeast-1",
  groupName: "web",
  starts: ruleMetrics("nightly"),
  failureRule: "failures",
  alarms: ["arn:aws:cloudwatch:ap-northeast-1:123456789012:alarm:one"],
};

const integer = (minimum: number, maximum: number) => ({ type: "integer", minimum, maximum });

/**
 * The structure of a body, as far as alarms and metrics go. Source:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
const SCHEMA = {
  type: "object",
  required: ["widgets"],
  additionalProperties: false,
  properties: {
    widgets: {
      type: "array",
      maxItems: 500,
      items: {
        type: "object",
        required: ["type", "properties"],
        additionalProperties: false,
        properties: {
          type: { enum: ["alarm", "metric"] },
          x: integer(0, 23),
          y: integer(0, 1000),
          width: integer(1, 24),
          height: integer(1, 1000),
          properties: { type: "object" },
        },
        allOf: [
          {
            if: { properties: { type: { const: "alarm" } } },
            then: {
              properties: {
                properties: {
                  required: ["alarms"],
                  additionalProperties: false,
                  properties: {
                    title: { type: "string" },
                    alarms: { type: "array", maxItems: 100, items: { type: "string", pattern: "^arn:" } },
                  },
                },
              },
            },
            else: {
              properties: {
                properties: {
                  required: ["region", "metrics"],
                  additionalProperties: false,
                  properties: {
                    title: { type: "string" },
                    region: { type: "string" },
                    view: { enum: ["timeSeries", "singleValue", "gauge", "bar", "pie"] },
                    stat: { enum: ["SampleCount", "Average", "Sum", "Minimum", "Maximum"] },
                    period: { type: "integer", multipleOf: 60 },
                    metrics: {
                      type: "array",
                      minItems: 1,
                      maxItems: 500,
                      items: {
                        type: "array",
                        // Namespace, metric, and the names and values of dimensions; what is rendered stands last.
                        minItems: 5,
                        maxItems: 5,
                        prefixItems: [...Array<object>(4).fill({ type: "string" }), { type: "object" }],
                        items: [...Array<object>(4).fill({ type: "string" }), { type: "object" }],
                      },
                    },
                  },
                },
              },
            },
          },
        ],
      },
    },
  },
};

describe("the dashboard", () => {
  const validate = new Ajv({ strict: false, allErrors: true }).compile(SCHEMA);

  for (const [what, changes] of Object.entries({
    "with notices": {},
    "with nobody to tell": { failureRule: "" },
    "with schedules": { starts: scheduleGroupMetrics("nightly") },
  })) {
    it(`has CloudWatch's structure, ${what}`, () => {
      const body = JSON.parse(JSON.stringify(dashboardBody({ ...OF, ...changes }))) as object;
      expect(validate(body), JSON.stringify(validate.errors)).to.equal(true);
      expect(validate({ ...body, start: 1 })).to.equal(false);
    });
  }

  it("has no two widgets in one place, and none beside the page", () => {
    const taken = new Set<string>();
    for (const { x, y, width, height } of dashboardBody(OF).widgets) {
      expect(x + width).to.be.at.most(24);
      for (let column = x; column < x + width; column++) {
        for (let row = y; row < y + height; row++) {
          expect(taken.has(`${column} ${row}`), `${column} ${row}`).to.equal(false);
          taken.add(`${column} ${row}`);
        }
      }
    }
  });

  it("shows the age of the image, the runs, what is kept, and the alarms", () => {
    const shown = dashboardBody(OF).widgets.map(({ properties: { metrics, alarms } }) =>
      metrics === undefined
        ? alarms
        : (metrics as string[][]).map(([namespace, name, , value]) => `${namespace} ${name} ${value}`),
    );
    expect(shown).to.deep.equal([
      OF.alarms,
      ["AmiRefresh ImageAgeDays web"],
      ["AmiRefresh HoursSinceSuccess web"],
      [
        "AWS/Events Invocations nightly",
        "AWS/Events FailedInvocations nightly",
        "AWS/Events MatchedEvents failures",
      ],
      ["AmiRefresh Images web", "AmiRefresh Snapshots web"],
    ]);
  });
});
