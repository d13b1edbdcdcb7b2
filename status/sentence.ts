/** What Automation puts around a script's own sentence, as documents/scripts/shared/failures.py has it too. */
const BEGINNING = /^Step fails when it is [^.]*\.\s*/;
const END = /Please refer to Automation Service Troubleshooting Guide for more diagnosis details\.$/;
/** The exception's own lines, which alone are not indented, at the end of its traceback. */
const AFTER_TRACEBACK = /Traceback \(most recent call last\):.*\n [^\n]*\n+(?=\S)/gs;
/** Of these two the type says nothing that the sentence does not. */
const TYPE = /^([\w.]*\.)?(Exception|ClientError)(: | - )/;

/** The sentence that a script raised, or AWS's own where it was no script that failed. */
export function extractSentence(failureMessage: string): string {
  const said = failureMessage.trim().replace(BEGINNING, "").replace(END, "").replace(AFTER_TRACEBACK, "");
  const sentence = said.trim().split(/\s+/).join(" ").replace(TYPE, "");
  // Automation ends it with a full stop, whether it has one or not.
  return sentence.endsWith("..") ? sentence.slice(0, -1) : sentence;
}
