import { parseArgs } from "node:util";
import { GOLDEN_STATES, type GoldenState } from "./account/world";
import { type SourceKind, sourceKinds } from "./account/world/sourceKinds";
import { RehearsalError } from "./errors";
import { Fault } from "./faults";
import type { Mishaps } from "./stage";

export interface Options {
  stack: string;
  from: Date;
  nights: number;
  launchSource: SourceKind;
  golden: GoldenState;
  crowded: boolean;
  faults: Fault[];
  /** The one runbook that is started. */
  only?: string;
  rollBack: boolean;
  mishaps: Mishaps;
  json?: string;
  help: boolean;
}

export const HELP = `Runs the stack's program and the runbooks that it registers, with no AWS account.

usage: npm run rehearse -- [options]

  --stack NAME     the stack whose Pulumi.NAME.yaml is used (default: dev)
  --from ISO       when the rehearsal begins, such as 2026-11-23T00:00:00Z (default: now)
  --nights N       how many times the schedule fires (default: 1)
  --launch-source SOURCE
                   what the group launches from when the rehearsal begins: configuration (default); template,
                   template-default or template-latest: a launch template, referred to by number, $Default or $Latest;
                   parameter: a launch template whose image a parameter names; or mixed: a mixed instances policy
  --golden STATE   in what state the golden instance is when the rehearsal begins: running (default), stopped, or
                   unmanaged: it runs, and Systems Manager does not manage it
  --crowded        fills the account to AWS's quotas before it begins: 500 groups, 5,000 launch templates, all but three of
                   the 200 launch configurations, and 50,000 images of other teams
  --fault FAULT    what goes wrong; may be given several times. Without NIGHT in every night. Either a call that fails:
                   SERVICE:API[:KIND][@NIGHT[.ATTEMPT]], such as ec2:CreateImage:denied@2; KIND is error (default: the
                   server fails and has done nothing), error-after (it has done what was asked), denied, throttled,
                   quota, no-answer (none comes until the time is up) or no-answer-after (the same, but it was done);
                   without ATTEMPT every time. Or something that happens: NAME[:MOMENT][@NIGHT[.ATTEMPT]], such as
                   group-deleted:waitForImage@2; NAME is image-fails, image-slow (seven hours), image-late (not found
                   for two minutes), image-vanishes, instance-terminated, group-deleted, group-switched or
                   run-cancelled; MOMENT is STEP (when it begins), STEP:end, SERVICE:API (when it was answered) or
                   90s (after the start); without it, when the image has been asked for, and for image-vanishes
                   when the run has seen that it is available. image-fails, -slow and -late have no moment.
                   All of this counts over the runs of a night, and of the watch until the next one: an attempt, a step,
                   the seconds since the night's start.
  --only RUNBOOK   starts this runbook only, such as create-image, roll-out or retire; by hand, with the defaults of its
                   parameters, where the schedule does not start it
  --roll-back      after the nights, a person starts the roll-out of the image before
  --drop-start NIGHT
                   EventBridge may not start anything that night: the starts are refused
  --lose-start NIGHT
                   the schedule's event of that night never comes
  --disable-rule [NIGHT]
                   somebody disables the rule, so that nothing starts from that night on, the first if none is named;
                   then time goes on until the watch speaks
  --double-start NIGHT
                   EventBridge starts everything twice that night
  --bad-image NIGHT
                   the image of that night is bad: no instance of it ever becomes healthy
  --failing-patch NIGHT
                   the command fails that night that is run on the golden instance
  --json FILE      writes the record of everything that happened
  --help           this text

Exit status: 0 when everything that was verified holds; 1 when something does not, or a fault never happened; 2 when the
rehearsal cannot be made, with one sentence that says why.
`;

/** Reads the command line. */
export function readOptions(argv: string[], now: Date): Options {
  const values = parse(argv);
  if (values.help) {
    return {
      stack: "dev",
      from: now,
      nights: 1,
      launchSource: "configuration",
      golden: "running",
      crowded: false,
      faults: [],
      rollBack: false,
      mishaps: {},
      help: true,
    };
  }
  const nights = readNights(values.nights);
  return {
    stack: readStackName(values.stack),
    from: readFrom(values.from, now),
    nights,
    launchSource: readLaunchSource(values["launch-source"]),
    golden: readGolden(values.golden),
    crowded: values.crowded ?? false,
    faults: (values.fault ?? []).map((text) => Fault.read(text)),
    only: values.only,
    rollBack: values["roll-back"] ?? false,
    mishaps: {
      dropped: readNight("drop-start", values["drop-start"], nights),
      lost: readNight("lose-start", values["lose-start"], nights),
      disabled: readNight("disable-rule", values["disable-rule"], nights),
      doubled: readNight("double-start", values["double-start"], nights),
      bad: readNight("bad-image", values["bad-image"], nights),
      unpatched: readNight("failing-patch", values["failing-patch"], nights),
    },
    json: values.json,
    help: false,
  };
}

/** The one option whose value may be left out. */
function withDisabledNight(argv: string[]): string[] {
  return argv.flatMap((arg, index) =>
    arg === "--disable-rule" && !/^\d/.test(argv[index + 1] ?? "") ? [arg, "1"] : [arg],
  );
}

function parse(argv: string[]) {
  try {
    return parseArgs({
      args: withDisabledNight(argv),
      options: {
        stack: { type: "string" },
        from: { type: "string" },
        nights: { type: "string" },
        "launch-source": { type: "string" },
        golden: { type: "string" },
        crowded: { type: "boolean" },
        fault: { type: "string", multiple: true },
        only: { type: "string" },
        "roll-back": { type: "boolean" },
        "drop-start": { type: "string" },
        "lose-start": { type: "string" },
        "disable-rule": { type: "string" },
        "double-start": { type: "string" },
        "bad-image": { type: "string" },
        "failing-patch": { type: "string" },
        json: { type: "string" },
        help: { type: "boolean" },
      },
    }).values;
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).split("\n")[0];
    throw new RehearsalError(`${reason.replace(/\.$/, "")}; see npm run rehearse -- --help.`);
  }
}

const ISO = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/;

function readFrom(text: string | undefined, now: Date): Date {
  if (text === undefined) {
    return now;
  }
  const from = new Date(text);
  if (!ISO.test(text) || Number.isNaN(from.getTime()) || !isDay(text.slice(0, 10))) {
    throw new RehearsalError(
      `--from ${text}: write a date, or a time with its zone, in ISO 8601, such as 2026-11-23T00:00:00Z.`,
    );
  }
  return from;
}

/** Date takes 30 February for 2 March. */
function isDay(text: string): boolean {
  return new Date(text).toISOString().startsWith(text);
}

/** Pulumi's own rule for the names of stacks. */
function readStackName(name = "dev"): string {
  if (!/^[A-Za-z0-9_.-]{1,100}$/.test(name)) {
    throw new RehearsalError(
      `--stack ${name}: a stack's name has 1 to 100 letters, digits and _ . -; give such a name.`,
    );
  }
  return name;
}

function readNights(text = "1"): number {
  if (!/^[1-9][0-9]{0,5}$/.test(text)) {
    throw new RehearsalError(`--nights ${text}: write a whole number from 1 to 999999.`);
  }
  return Number(text);
}

/** The number of one of the nights. */
function readNight(flag: string, text: string | undefined, nights: number): number | undefined {
  if (text === undefined) {
    return undefined;
  }
  if (!/^[1-9][0-9]{0,5}$/.test(text) || Number(text) > nights) {
    throw new RehearsalError(
      `--${flag} ${text}: write the number of one of the nights, of which there are ${nights} (--nights).`,
    );
  }
  return Number(text);
}

function readLaunchSource(text = "configuration"): SourceKind {
  const found = sourceKinds.find((kind) => kind === text);
  if (found === undefined) {
    throw new RehearsalError(`--launch-source ${text}: write one of ${sourceKinds.join(", ")}.`);
  }
  return found;
}

function readGolden(text = "running"): GoldenState {
  const found = GOLDEN_STATES.find((state) => state === text);
  if (found === undefined) {
    throw new RehearsalError(`--golden ${text}: write one of ${GOLDEN_STATES.join(", ")}.`);
  }
  return found;
}
