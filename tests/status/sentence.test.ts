import { expect } from "chai";
import { extractSentence } from "../../status/sentence";

// The cases of tests/scripts/shared/test_failures.py.
const POLL = "Step fails when it is Poll action status for completion. ";
const GUIDE = " Please refer to Automation Service Troubleshooting Guide for more diagnosis details.";
const SENTENCE = "Auto Scaling group web does not exist: set autoScalingGroupName and run pulumi up.";
const TRACEBACK = `Traceback (most recent call last):
  File "/tmp/5a927c4c/customer_script.py", line 4, in check_group
    raise Exception(
    ^^^^^^^^^^^^^^^^
`;
const DENIED = "An error occurred (AccessDenied) when calling the UpdateAutoScalingGroup operation: No.";
const BETWEEN = "\nDuring handling of the above exception, another exception occurred:\n\n";

const CASES: [string, string, string][] = [
  ["alone", SENTENCE, SENTENCE],
  ["behind a traceback", `${POLL}${TRACEBACK}Exception: ${SENTENCE}`, SENTENCE],
  ["before AWS's own end", `${POLL}${TRACEBACK}Exception: ${SENTENCE}${GUIDE}`, SENTENCE],
  ["with a full stop of AWS's", `${POLL}${TRACEBACK}\nException - ${SENTENCE}.${GUIDE}`, SENTENCE],
  ["with lines between", `${POLL}${TRACEBACK}Exception: ${SENTENCE}\n${GUIDE}\n`, SENTENCE],
  ["without a traceback", `${POLL}Exception: ${SENTENCE}${GUIDE}`, SENTENCE],
  [
    "of the last of several exceptions",
    `${POLL}${TRACEBACK}KeyError: 'ImageId'\n${BETWEEN}${TRACEBACK}Exception: ${SENTENCE}${GUIDE}`,
    SENTENCE,
  ],
  ["of AWS", `${POLL}${TRACEBACK}botocore.exceptions.ClientError: ${DENIED}${GUIDE}`, DENIED],
  ["of an API step", `Step fails when it is Execute/Cancelling action. ${DENIED}${GUIDE}`, DENIED],
  [
    "of another exception, with its type",
    `${POLL}${TRACEBACK}\nKeyError - 'ImageId'.${GUIDE}`,
    "KeyError - 'ImageId'.",
  ],
  ["of a time-out", `Step timed out while step is running.${GUIDE}`, "Step timed out while step is running."],
  [
    "that speaks of an exception",
    `${POLL}${TRACEBACK}Exception: The run failed (Exception: ${DENIED}), and so on.${GUIDE}`,
    `The run failed (Exception: ${DENIED}), and so on.`,
  ],
  ["where nothing is said", "", ""],
];

describe("the sentence in what Automation says of a failure", () => {
  for (const [of, message, sentence] of CASES)
    it(`is found ${of}`, () => expect(extractSentence(message)).to.equal(sentence));
});
